"""Workbooks that are audited: the sheet with the series is the table."""

from pathlib import Path

import duckdb
import pytest

from tcia_policy.cohorts.audit.workbook_table import workbook_table
from tcia_policy.errors import InputError
from tests.cohorts.audit.tables import HEADING, ROWS, write_csv, write_workbook

NOTES = (("Note", "By"), ("as of May", "me"))


def test_the_sheet_with_a_column_of_series_is_the_table(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "x.xlsx", [*ROWS, ("1.2.1", "two\nlines")], Notes=NOTES)
    with duckdb.connect() as connection:
        table = workbook_table(connection, str(path))
        assert table is not None
        assert table.columns == HEADING
        names = ", ".join(map(table.name_of, HEADING))
        found = connection.execute(f"select {names} from {table.source}").fetchall()  # noqa: S608
    assert found == [
        *(tuple(str(each) if each else None for each in row) for row in ROWS),
        ("1.2.1", "two\nlines", None),
    ]


def test_what_is_no_workbook_is_left_to_others(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        assert workbook_table(connection, str(write_csv(tmp_path / "x.xlsx"))) is None
        assert workbook_table(connection, str(tmp_path)) is None
        assert workbook_table(connection, str(tmp_path / "none.xlsx")) is None


def test_one_sheet_has_the_series(tmp_path: Path) -> None:
    none = write_workbook(tmp_path / "none.xlsx", NOTES, ("Note", "By"))
    two = write_workbook(tmp_path / "two.xlsx", Test=[HEADING])
    with duckdb.connect() as connection:
        with pytest.raises(InputError, match="no sheet with a column of series"):
            workbook_table(connection, str(none))
        with pytest.raises(InputError, match="several sheets have a column of series: 'Test' and 'Rows'"):
            workbook_table(connection, str(two))


def test_a_broken_workbook_is_said(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "x.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-300])
    with duckdb.connect() as connection, pytest.raises(InputError, match="is a broken Excel workbook"):
        workbook_table(connection, str(path))
