"""Rows of files that are no text: cells brought to text, and the entries of one table of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from tcia_policy.cohorts.cohort import Entries
from tcia_policy.cohorts.named_in_text import lines_above
from tcia_policy.cohorts.records.columns import SAMPLE, Columns, find_columns, find_columns_by_values
from tcia_policy.errors import InputError
from tcia_policy.files import limits

Row = tuple[int, list[str]]
EXACT = 1e15  # a float has all digits of whole numbers below it


def as_text(value: object) -> str:
    """Return the text of a cell. A number is written as a person would; what was a UID may be `1.36e+55`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (list, tuple)):
        return "; ".join(map(as_text, value))
    return str(value)


def bounded(rows: Iterable[Row], path: Path) -> Iterator[Row]:
    """Yield rows. Raise `InputError` for more than any cohort has."""
    for position, row in enumerate(rows):
        if position >= limits.COHORT_LINES:
            raise InputError(f"has more than {limits.COHORT_LINES:,} rows; split it", file=path)
        yield row


def located_columns(first: Sequence[Row]) -> tuple[int, Columns] | None:
    """Return the number of the row of headings and the columns, by the first rows that are not blank."""
    return find_columns(first) or find_columns_by_values(first)


def add_grid(entries: Entries, rows: Iterable[Row]) -> Columns | None:
    """Note the entries of a table whose headings stand in one of its first rows, or that has none.

    Return its columns; `None`, and nothing noted, where it has no column of ours.
    """
    rest = iter(rows)
    first = list(islice((row for row in rest if any(row[1])), SAMPLE * 2))
    found = located_columns(first)
    if found is None:
        return None
    header, columns = found
    entries.above.extend(lines_above(row for row in first if row[0] < header))
    for number, cells in chain((row for row in first if row[0] > header), rest):
        columns.add_row(entries, number, cells)
    return columns
