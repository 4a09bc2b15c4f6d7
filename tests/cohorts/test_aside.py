"""What is told of UIDs that are no entries."""

from pathlib import Path

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.aside import told_aside, told_sheets
from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cohorts import idc


def test_the_heading_and_the_number_are_told(registry: Registry, tmp_path: Path) -> None:
    (uid,) = idc.uids_of(idc.LIDC, 1)
    (tmp_path / "x.csv").write_text(f"SeriesInstanceUID,mask\n{uid},1.2.3.4.5.6.7\n")
    told = resolve([DataItem(manifest="x.csv")], tmp_path, registry).read
    assert [each.remarks for each in told] == [
        ("the column 'mask' has 1 UID beside what counts; if they are series, call it SeriesInstanceUID",)
    ]


def test_a_number_that_is_not_known_is_left_out() -> None:
    assert "has UIDs beside" in next(told_aside({("mask", None): 0}, withheld=False))


def test_whole_studies_that_count_for_images_are_told() -> None:
    (told,) = told_aside({("image_uid", EntryKind.STUDY): 2}, withheld=False)
    assert "the UIDs of 2 images" in told
    assert "all series of their studies count" in told


def test_the_heading_of_a_file_elsewhere_is_not_shown() -> None:
    (told,) = told_aside({("secret", None): 2}, withheld=True)
    assert "secret" not in told


def test_sheets_without_columns_are_told_by_name_where_they_may_be_shown() -> None:
    assert list(told_sheets(("Notes", "Key"), withheld=False)) == ["2 sheets without a column that counts: Notes, Key"]
    assert list(told_sheets(("Notes",), withheld=True)) == ["1 sheet without a column that counts"]
    assert not list(told_sheets((), withheld=False))


def test_the_first_headings_are_told_of_many() -> None:
    assert len(list(told_aside({(f"mask {n}", None): 1 for n in range(9)}, withheld=False))) == 3
