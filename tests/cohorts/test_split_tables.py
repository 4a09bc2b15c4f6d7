"""Workbooks and Parquet tables apart."""

from pathlib import Path

import openpyxl
import pytest

from tcia_policy.cohorts.cohort_file import open_cohort_file
from tcia_policy.cohorts.records.columns import columns_of
from tcia_policy.cohorts.split_tables import is_row_without_entry, split_parquet, split_workbook
from tests.cohorts.records.made_up import S1, S2


def class_of(cells: object) -> str:
    return "one" if S1 in str(cells) else "other"


def test_a_row_whose_cells_that_matter_are_empty_has_no_entry() -> None:
    columns = columns_of(["SeriesInstanceUID", "note"], [[S1, "x"]])
    assert columns is not None
    assert is_row_without_entry(["NA", "x"], columns)
    assert not is_row_without_entry([S1, ""], columns)


def test_each_sheet_of_a_part_has_what_stands_above(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("a", "b"):
        sheet = book.create_sheet(name)
        for row in (["Title"], ["SeriesInstanceUID"], [S1], [S2], ["NA"]):
            sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    file = open_cohort_file(tmp_path / "x.xlsx")
    parts = split_workbook(file, class_of, "rest", lambda name: tmp_path / f"{name}.xlsx")
    assert parts is not None
    assert set(parts) == {"one", "other", "rest"}
    made = openpyxl.load_workbook(parts["other"])
    assert made.sheetnames == ["a", "b"]
    assert [row for (row,) in made["b"].iter_rows(values_only=True)] == ["Title", "SeriesInstanceUID", S2]


def test_text_that_begins_as_a_formula_does_stays_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["SeriesInstanceUID", "note"])
    book.active.append([S1, "x"])
    book.active["B2"].value, book.active["B2"].data_type = '=HYPERLINK("x")', "s"
    book.save(tmp_path / "x.xlsx")
    parts = split_workbook(
        open_cohort_file(tmp_path / "x.xlsx"), class_of, "rest", lambda name: tmp_path / f"{name}.xlsx"
    )
    assert parts is not None
    cell = openpyxl.load_workbook(parts["one"]).active["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_a_parquet_table_keeps_types_order_and_odd_names(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "it's a [table].parquet"
    quoted = str(path).replace("'", "''")
    rows = f"('{S2}', 1.5), ('{S1}', 2.5), ('{S2}', 3.5), (null, 4.5)"
    duckdb.execute(f"copy (select * from (values {rows}) t(series_uid, n)) to '{quoted}' (format parquet)")  # noqa: S608
    parts = split_parquet(open_cohort_file(path), class_of, "rest", lambda name: tmp_path / f"{name}'s.parquet")
    assert parts is not None
    assert set(parts) == {"one", "other", "rest"}
    read = duckdb.execute("select * from read_parquet($path)", {"path": str(parts["other"])}).fetchall()
    assert [(uid, float(n)) for uid, n in read] == [(S2, 1.5), (S2, 3.5)]
