"""A workbook as a table that is audited: the one sheet of it that has a column of series."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tcia_policy.cohorts.audit.table import Table, numbered
from tcia_policy.cohorts.cohort_file import open_cohort_file
from tcia_policy.cohorts.formats.workbook import is_workbook, sheets
from tcia_policy.cohorts.records.grid import Row
from tcia_policy.cohorts.records.roles import Role, meaning_of
from tcia_policy.errors import InputError
from tcia_policy.files import magic
from tcia_policy.files.content import read_start
from tcia_policy.text.english import joined, quoted

SOURCE = "audit_workbook"
MADE = (
    "create temp table audit_workbook as from read_csv($file, delim = ',', quote = '\"', escape = '\"',"
    " header = false, columns = $columns, auto_detect = false, parallel = false)"
)


def workbook_table(connection: duckdb.DuckDBPyConnection, label: str) -> Table | None:
    """Return the table in a workbook, of which the connection gets a copy; `None` for what is no workbook.

    Raise `InputError` for a workbook that is broken, and where not exactly one sheet has a column of series.
    """
    path = Path(label)
    if not path.is_file() or read_start(path, len(magic.ZIP)) != magic.ZIP:
        return None
    file = open_cohort_file(path)
    if not is_workbook(file):
        return None
    with TemporaryDirectory(prefix="tcia-policy-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "sheet.csv")
        with sheets(file) as of_file:
            columns = _copied(of_file, path, copy)
        types = {f"c{index}": "VARCHAR" for index in range(len(columns))}
        connection.execute(MADE, {"file": str(copy), "columns": types})
    return Table(label, SOURCE, {}, columns, numbered(columns))


def _copied(of_file: Sequence[tuple[str, Iterator[Row]]], path: Path, copy: Path) -> tuple[str, ...]:
    """Write the rows below the headings of the sheet that has a column of series, and return the headings."""
    found: dict[str, tuple[str, ...]] = {}
    for title, rows in of_file:
        heading = next((cells for _number, cells in rows if any(cells)), [])
        if not any(_is_of_series(cell) for cell in heading):
            continue
        found[title] = tuple(cell.strip() for cell in heading)
        if len(found) == 1:
            _write(rows, len(heading), copy)
    if len(found) > 1:
        titles = joined(quoted(list(found)))
        hint = "save the one that is meant as CSV"
        raise InputError(f"several sheets have a column of series: {titles}", file=path, hint=hint)
    if not found:
        hint = "the first row of the sheet has the headings, such as SeriesInstanceUID"
        raise InputError("has no sheet with a column of series", file=path, hint=hint)
    return next(iter(found.values()))


def _is_of_series(heading: str) -> bool:
    meaning = meaning_of(heading)
    return meaning is not None and meaning.role is Role.SERIES


def _write(rows: Iterator[Row], width: int, copy: Path) -> None:
    with copy.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerows(list(chain(cells, [""] * width))[:width] for _number, cells in rows if any(cells))
