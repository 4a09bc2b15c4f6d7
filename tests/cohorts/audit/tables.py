"""A small table of series, as files of several kinds."""

import csv
import gzip
import io
from collections.abc import Iterable
from pathlib import Path

import duckdb
import openpyxl

HEADING = ("SeriesInstanceUID", "bucket", "n")
# Of the made-up index of `small_index.py`: 1.2.20 was removed, 1.2.30 is of an earlier version.
ROWS = (
    ("1.2.1", "a", 3),
    ("1.2.1", "a", 1),
    (" 1.2.2 ", "a", 1),
    ("9.9.9", "a", 2),
    ("9.9.8", "a", 1),
    ("1.2.1", "b", 5),
    ("1.2.10", "b", 1),
    ("1.2.20", "b", 1),
    ("1.2.30", "b", 1),
    ("N/A", "b", 1),
    ("1.2.11", "", 1),
    ("junk", 'c, "d"', 1),
)
Rows = Iterable[tuple[object, ...]]


def write_csv(path: Path, rows: Rows = ROWS, heading: Iterable[str] = HEADING, delimiter: str = ",") -> Path:
    """Write a table as CSV, or with another delimiter; packed, if the name ends in `.gz`."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([tuple(heading), *rows])
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def write_workbook(path: Path, rows: Rows = ROWS, heading: Iterable[str] = HEADING, **others: Rows) -> Path:
    """Write a table as a workbook; `others` are the rows of further sheets, which come first."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, of_sheet in {**others, "Rows": [tuple(heading), *rows]}.items():
        sheet = workbook.create_sheet(title)
        for row in of_sheet:
            sheet.append(row)
    workbook.save(path)
    return path


def write_parquet(path: Path, rows: Rows = ROWS) -> Path:
    """Write a table as Parquet; empty text becomes null."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("create table t (SeriesInstanceUID varchar, bucket varchar, n integer)")
        connection.executemany("insert into t values (?, ?, ?)", [[each or None for each in row] for row in rows])
        connection.execute("copy t to $path (format parquet)", {"path": str(path)})
    return path
