"""Re-issues: data of TCIA that others give out under terms of their own."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.reissues import UPSTREAM, load_reissues
from tcia_policy.importers.upstream import Collected
from tcia_policy.model import Archive, DatasetKind
from tcia_policy.registry import Registry
from tests.importers.registry_files import datasets


def test_each_is_in_the_registry_as_the_file_has_it() -> None:
    for each in load_reissues().datasets:
        found = datasets()[each.id]
        kept = {"aliases": each.aliases, "also_called": each.also_called, "sources": each.sources}
        assert found.model_copy(update=kept) == each
        assert (each.kind, each.archive) == (DatasetKind.REISSUE, Archive.ELSEWHERE)
        assert each.places
        assert each.page


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("LUNA16", "LUNA16"),
        ("luna 16", "LUNA16"),
        ("10.5281/zenodo.3723295", "LUNA16"),
        ("KiTS19", "KiTS19"),
        ("10.57754/FDAT.wf9fy-txq84", "FDG-PET-CT-Lesions-NIfTI"),
        ("autoPET NIfTI", "FDG-PET-CT-Lesions-NIfTI"),
        ("autoPET", "FDG-PET-CT-Lesions"),
        ("C4KC-KiTS", "C4KC-KiTS"),
    ],
)
def test_a_name_leads_to_the_copy_that_has_it(name: str, id_: str) -> None:
    assert Registry.load().find(name) == (id_,)


def test_one_whose_origin_is_not_at_hand_is_left_out() -> None:
    assert UPSTREAM.add(None, Collected()).datasets == ()  # type: ignore[arg-type]


def test_a_misspelt_key_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "reissues.yaml").write_text("source: {id: x}\ndatasets: []\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_reissues(tmp_path)
    assert raised.value.line == 1
