"""Excel workbooks."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tcia_policy.cohorts import Line, read_cohort
from tcia_policy.cohorts.cohort import Beside
from tcia_policy.errors import InputError
from tests.cohorts.records.made_up import P1, S1, S2, S3, beside, listed

Sheets = dict[str, Sequence[Sequence[object]]]


def workbook_of(path: Path, sheets: Sheets, merged: str | None = None) -> Path:
    """Write a workbook of these sheets; cells of the first are merged."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if merged:
        workbook.worksheets[0].merge_cells(merged)
    workbook.save(path)
    return path


def test_titles_blank_rows_and_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Table S2", None], [], ["Patient", "Series UID"], [1, S1], [], [2.0, S2], [3, 1.36e55]]
    cohort = read_cohort(workbook_of(tmp_path / "x.xlsx", {"Sheet1": rows}))
    assert cohort.format_name == "workbook"
    assert cohort.series == (S1, S2)
    assert cohort.unread.examples == (Line(7, "1.36e+55"),)
    assert "a spreadsheet has turned UIDs into numbers" in (cohort.remark or "")


def test_every_sheet_counts_and_a_line_says_which_it_is(tmp_path: Path) -> None:
    sheets: Sheets = {
        "CT": [["SeriesInstanceUID"], [S1], ["x"]],
        "Notes": [["We took what we could get."]],
        "MR": [["Collection", "series_uid"], ["TCGA-GBM", S2]],
    }
    cohort = read_cohort(workbook_of(tmp_path / "x.xlsx", sheets))
    assert cohort.series == (S1, S2)
    assert cohort.unread.examples == (Line(3, "sheet CT: x"),)
    assert cohort.sheets_without == ("Notes",)


def test_cells_that_are_merged_downward_count_for_each_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Collection", "Series UID"], ["LIDC-IDRI", S1], [None, S2], [None, S3]]
    cohort = read_cohort(workbook_of(tmp_path / "x.xlsx", {"a": rows}, merged="A2:A3"))
    assert beside(cohort) == {S1: Beside(("LIDC-IDRI",)), S2: Beside(("LIDC-IDRI",)), S3: Beside()}


def test_patients_of_a_workbook(tmp_path: Path) -> None:
    cohort = read_cohort(workbook_of(tmp_path / "x.xlsx", {"a": [["Patient ID", "Age"], [P1, 50]]}))
    assert listed(cohort) == {"PatientID": [P1]}


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<broken"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        ("xl/workbook.xml", b""),
        ("xl/big.xml", bytes(30_000_000)),
    ],
)
def test_a_broken_or_hostile_workbook_is_one_error(tmp_path: Path, member: str, content: bytes) -> None:
    good = workbook_of(tmp_path / "good.xlsx", {"a": [["SeriesInstanceUID"], [S1]]}).read_bytes()
    bad = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as before, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as after:
        for name in (*before.namelist(), member):
            if name != member or name not in after.namelist():
                after.writestr(name, content if name == member else before.read(name))
    (tmp_path / "bad.xlsx").write_bytes(bad.getvalue())
    with pytest.raises(InputError, match="is a broken Excel workbook"):
        read_cohort(tmp_path / "bad.xlsx")
