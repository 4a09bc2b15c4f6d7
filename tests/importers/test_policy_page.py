"""The facts of TCIA's policy page: on which datasets they are put, and what loading refuses."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.policy_page import load_policy_page
from tcia_policy.registry import Registry

PAGE = """source: {id: page, title: Page, publisher: TCIA, url: https://example.org/page, before: 2018-10-30}
entries:
  - dataset: LIDC-IDRI
    kind: copyright
    data_type: Hologram
    summary: Holograms are copyrighted.
    contact: {name: Nobody, email: nobody@example.org}
"""


def test_a_dataset_that_the_page_does_not_name_stays_as_it_is() -> None:
    dataset = Registry.load().get("4D-Lung")
    assert load_policy_page().annotate(dataset) is dataset


def test_an_entry_on_data_that_the_dataset_does_not_have_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policy-page.yaml").write_text(PAGE, encoding="utf-8")
    with pytest.raises(InputError, match="LIDC-IDRI has no data of type 'Hologram'"):
        load_policy_page(tmp_path).annotate(Registry.load().get("LIDC-IDRI"))


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("kind: copyright", "kind: copyleft", 4, "entries[0].kind"),
        ("before: 2018-10-30", "before: autumn", 1, "source.before"),
        ("    summary: Holograms are copyrighted.\n", "", 3, "entries[0].summary"),
        (", email: nobody@example.org", "", 7, "entries[0].contact.email"),
    ],
)
def test_a_mistake_is_told_with_line_and_field(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    assert old in PAGE
    (tmp_path / "policy-page.yaml").write_text(PAGE.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_policy_page(tmp_path)
    assert (raised.value.line, raised.value.field) == (line, field)
