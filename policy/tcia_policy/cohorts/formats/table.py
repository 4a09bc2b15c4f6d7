"""CSV, TSV and other tables as text: what TCIA, IDC, General Commons and spreadsheets export, and people write."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, Line, TableForm
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.named_in_text import lines_above
from tcia_policy.cohorts.records.by_cells import role_of_cell
from tcia_policy.cohorts.records.columns import SAMPLE, Columns, find_columns, find_columns_by_values, remark_on
from tcia_policy.cohorts.records.roles import Role, meaning_of
from tcia_policy.cohorts.records.stored import stored_table
from tcia_policy.cohorts.uids import is_series_uid, is_series_uuid
from tcia_policy.errors import InputError
from tcia_policy.files.text import HEAD_BYTES

NAME = "table"
NAME_OF_LOOSE = "table without headings"
FULL = 5  # rows that the beginning of a file has, if they are not very long
REGULAR = 8  # of ten: at least so many lines of a table without headings have the same number of cells
NO_TABLE = ("{", "[", "<")  # JSON, and pages and lists in XML, begin so
DELIMITERS = ("\t", ";", ",", "|")
_TAG_ALONE = re.compile(r"\s*\(?[0-9A-Fa-f]{4},\s?[0-9A-Fa-f]{4}\)?\s*")  # a heading with a delimiter in it
UID_FORMS = {Role.SERIES: is_series_uid, Role.SERIES_UUID: is_series_uuid}


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: `header` is the line of its headings from 1, or 0 where it has none.

    `spaced` says that a blank stands between a delimiter and what is quoted.
    """

    delimiter: str
    header: int
    width: int
    columns: Columns
    spaced: bool = False


def layout_of(file: CohortFile) -> Layout | None:
    """Return the layout of a table, or `None` where none of its first lines has a heading of ours."""
    lines = _first_lines(file)
    if not lines or lines[0][1].lstrip("\ufeff ")[:1] in NO_TABLE or lines[0][1].rstrip().endswith(":"):
        return None  # JSON, YAML and web pages have words like our headings
    candidates = [layout for delimiter in DELIMITERS if (layout := _layout(lines, delimiter)) is not None]
    return min([*candidates, *_by_blanks(lines)], key=_order_of, default=None)


def is_table(file: CohortFile) -> bool:
    """Return whether the file begins with headings, one of which names a column of series or of datasets."""
    return layout_of(file) is not None


def layout_by_values(file: CohortFile) -> Layout | None:
    """Return the layout of a table whose columns are known by their cells alone."""
    lines = _first_lines(file)
    candidates = [layout for delimiter in DELIMITERS if (layout := _layout_by_values(lines, delimiter)) is not None]
    return min(candidates, key=_order_of, default=None)


def is_loose_table(file: CohortFile) -> bool:
    """Return whether the lines are alike, and have UIDs in some column."""
    return layout_by_values(file) is not None


def read_table(file: CohortFile) -> Cohort:
    """Return the entries of a table. Raise `InputError` for what is not a table after all."""
    return _read(file, _known_layout(file), NAME)


def read_loose_table(file: CohortFile) -> Cohort:
    """Return the entries of a table without headings. Raise as `read_table` does."""
    layout = layout_by_values(file)
    if layout is None:
        raise InputError("has no column of series", file=file.path)
    return _read(file, layout, NAME_OF_LOOSE)


def read_large_table(file: CohortFile) -> Cohort:
    """Return a cohort whose entries are left in their columns, for DuckDB; or what `read_table` returns.

    DuckDB reads no UTF-16, and would read millions of rows in vain where the column does not begin with UIDs.
    """
    layout = _known_layout(file)
    if layout.spaced or not _duckdb_reads(file) or not _begins_with_uids(file, layout):
        return read_table(file)
    table = stored_table(file, TableForm.DELIMITED, layout.columns, NAME)
    if table is None:
        return read_table(file)
    table = replace(table, delimiter=layout.delimiter, skip=layout.header)
    return Cohort(
        path=file.path, format_name=NAME, origin=layout.columns.origin, table=table, above=_above(file, layout)
    )


def _above(file: CohortFile, layout: Layout) -> tuple[Line, ...]:
    """Return what may name datasets above the headings."""
    above = [(number, line) for number, line in _first_lines(file) if number < layout.header]
    return lines_above(_parsed(above, layout.delimiter))


def _duckdb_reads(file: CohortFile) -> bool:
    return file.text is not None and file.text.encoding != "utf-16"


def _known_layout(file: CohortFile) -> Layout:
    layout = layout_of(file)
    if layout is None:
        raise InputError("has no column of series or of datasets", file=file.path)
    return layout


def _begins_with_uids(file: CohortFile, layout: Layout) -> bool:
    """Return whether one of the first rows has a UID in the column."""
    is_one = UID_FORMS.get(layout.columns.best)
    if is_one is None:
        return False
    column = layout.columns.levels[0][0].at
    rows = csv.reader(file.head_lines[layout.header : layout.header + SAMPLE], delimiter=layout.delimiter)
    try:
        return any(is_one(row[column]) for row in rows if column < len(row))
    except csv.Error:
        return False


def _read(file: CohortFile, layout: Layout, name: str) -> Cohort:
    entries = Entries(file.path)
    add_row = layout.columns.add_row
    try:
        for number, row in _rows(file.lines(), layout):
            add_row(entries, number, row)
    except csv.Error as error:
        raise InputError(f"is not a table: {error}", file=file.path) from None
    entries.above.extend(_above(file, layout))
    return entries.cohort(name, layout.columns.origin, remark_on(entries))


def _first_lines(file: CohortFile) -> list[tuple[int, str]]:
    """Return the first lines that are no comments, with their numbers. A heading may begin as a comment does."""
    lines = [
        (number, line)
        for number, line in enumerate(_lines_at_first(file), start=1)
        if line.strip() and not line.startswith("sep=") and not (line.startswith("#") and not _is_heading(line))
    ]
    return lines[: SAMPLE * 2]


def _lines_at_first(file: CohortFile) -> list[str]:
    """Return the beginning of a file in lines; some whole ones, however long: features of images are thousands."""
    lines = file.head_lines
    if len(lines) > FULL or len(file.start) < HEAD_BYTES or file.head.lstrip("\ufeff ")[:1] in NO_TABLE:
        return lines
    try:
        return list(islice(file.lines(), FULL))
    except InputError:  # endless
        return lines


def _is_heading(comment: str) -> bool:
    cells = comment.lstrip("# ").replace("\t", ",").replace(";", ",").split(",")
    return any((meaning := meaning_of(cell)) is not None and meaning.sure for cell in cells)


def _layout(lines: list[tuple[int, str]], delimiter: str) -> Layout | None:
    rows = _parsed(lines, delimiter)
    if _TAG_ALONE.fullmatch(lines[0][1]):
        rows[0] = (lines[0][0], [lines[0][1]])
    found = find_columns(rows)
    if found is None:
        return None
    header, columns = found
    if delimiter == "|" and not _goes_on(rows, header):
        return None
    return Layout(delimiter, header, len(columns.headings), columns, _is_spaced(lines, delimiter))


def _goes_on(rows: list[tuple[int, list[str]]], header: int) -> bool:
    """Return whether most lines below headings are rows of theirs, and no other text, as in a page of Markdown."""
    below = [cells for number, cells in rows if number > header]
    return sum(len(cells) > 1 for cells in below) * 2 >= len(below)


def _layout_by_values(lines: list[tuple[int, str]], delimiter: str) -> Layout | None:
    rows = _parsed(lines, delimiter)
    width = max((len(cells) for _number, cells in rows), default=0)
    regular = [(number, cells) for number, cells in rows if len(cells) == width]
    if width < 2 or len(regular) * 10 < len(rows) * REGULAR:  # noqa: PLR2004 - a column beside another
        return None
    found = find_columns_by_values(regular)
    if found is not None and any(number < found[0] and any(map(role_of_cell, cells)) for number, cells in rows):
        return None  # entries stand above
    return None if found is None else Layout(delimiter, found[0], width, found[1], _is_spaced(lines, delimiter))


def _by_blanks(lines: list[tuple[int, str]]) -> list[Layout]:
    """Return the layout of a table whose columns have blanks between them, where its headings have no other sign."""
    if any(delimiter in lines[0][1] for delimiter in DELIMITERS):
        return []
    layout = _layout(lines, " ")
    return [] if layout is None or layout.columns.sure < 2 else [replace(layout, spaced=True)]  # noqa: PLR2004


def _order_of(layout: Layout) -> tuple[int, int, int, int]:
    return layout.columns.best, -layout.columns.number, layout.header, -layout.width


def _parsed(lines: list[tuple[int, str]], delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the lines in cells, each by itself; one that is no row of a table has none."""
    spaced = _is_spaced(lines, delimiter)
    return [(number, _cells(line, delimiter, spaced)) for number, line in lines]


def _cells(line: str, delimiter: str, spaced: bool) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=spaced), [])
    except csv.Error:
        return []


def _is_spaced(lines: list[tuple[int, str]], delimiter: str) -> bool:
    return delimiter == " " or any(f'{delimiter} "' in line for _number, line in lines)


def _rows(lines: Iterable[str], layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the headings, each with the number of its first line."""
    below = islice(lines, layout.header, None)
    reader = csv.reader(below, delimiter=layout.delimiter, skipinitialspace=layout.spaced)
    number = layout.header + 1
    for row in reader:
        yield number, row
        number = layout.header + reader.line_num + 1


FORMAT = CohortFormat(
    NAME,
    "a CSV or TSV table with a column SeriesInstanceUID",
    is_table,
    read_table,
    read_large=read_large_table,
)
WITHOUT_HEADINGS = CohortFormat(
    NAME_OF_LOOSE,
    "a table without headings",
    is_loose_table,
    read_loose_table,
)
