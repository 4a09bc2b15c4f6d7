"""The items of a first project: ids, parts to choose from, and what was not understood."""

from pathlib import Path

from tcia_policy.engine.project_draft import project_draft
from tcia_policy.engine.study import Study
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry

REGISTRY = Registry.load()


def test_every_item_has_an_id_of_its_own_that_is_no_name_of_other_data(tmp_path: Path) -> None:
    (tmp_path / "nlst.txt").write_text("LIDC-IDRI\n", encoding="utf-8")
    items = [
        DataItem(dataset="lidc"),
        DataItem(dataset="lidc"),
        DataItem(doi="10.7937/K9/TCIA.2015.LO9QL9SX"),
        DataItem(manifest="nlst.txt"),
        DataItem(dataset="NSCLC-Radiomics"),
    ]
    drafts = project_draft(Study.of(items, tmp_path), REGISTRY)
    assert [draft.item.id for draft in drafts] == ["lidc-idri", "lidc-idri-2", "nlst-3", "nsclc-radiomics"]


def test_parts_are_listed_where_only_some_are_controlled() -> None:
    mixed, alike = project_draft(Study.of([DataItem(dataset="REMBRANDT"), DataItem(dataset="LIDC-IDRI")]), REGISTRY)
    assert {part.access for part in mixed.parts} >= {"open", "controlled"}
    assert alike.parts == ()
