"""CSV and TSV with a column of series, or of datasets: what TCIA, IDC and spreadsheets export."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, Origin, UidColumn
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.found_in_text import series_uuid_of
from tcia_policy.cohorts.uids import is_series_uid, is_series_uuid, unwrap
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.packing import Packing
from tcia_policy.model import Route
from tcia_policy.text.name_keys import heading_key

NAME = "table"
DELIMITERS = ("\t", ";", ",", "|")
FIRST_ROWS = 50


class Role(Enum):
    """What a column lists."""

    SERIES = auto()
    UUID = auto()
    URL = auto()
    DATASET = auto()


# The best first: where a table has several of these, the series are taken from the first.
# `Series ID` is the name in TCIA's own digests, `Series UID` that in NBIA's metadata.csv, the others are IDC's and
# DICOM's.
COLUMNS: Mapping[str, Role] = {
    **dict.fromkeys(("seriesinstanceuid", "0020000e", "seriesuid", "seriesinstance", "seriesid"), Role.SERIES),
    **dict.fromkeys(("crdcseriesuuid", "seriesuuid"), Role.UUID),
    **dict.fromkeys(("seriesawsurl", "seriesgcsurl", "awsurl", "gcsurl", "s5cmdmanifest"), Role.URL),
    **dict.fromkeys(
        (
            *("sourcedoi", "doi", "datasetdoi", "collectiondoi", "analysisresultid", "collectionid", "collection"),
            *("collectionname", "dataset", "datasetid", "datasetname"),
        ),
        Role.DATASET,
    ),
}
RANKS = {name: rank for rank, name in enumerate(COLUMNS)}
IDC_COLUMNS = {"crdcseriesuuid", "seriesawsurl", "seriesgcsurl"}
FROM_IDC = Origin(Route.IDC, "it has columns of IDC's index")


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: its columns that matter are `columns`, the best first; `header` is its 1-based line."""

    delimiter: str
    header: int
    width: int
    role: Role
    columns: tuple[int, ...]
    from_idc: bool


def layout_of(file: CohortFile) -> Layout | None:
    """Return the layout of a table, or `None` where the first line that is no comment has no heading of ours."""
    for number, line in enumerate(file.head_lines, start=1):
        if not line.strip() or line.startswith(("#", "sep=")):
            continue
        candidates = [_layout(line, number, delimiter) for delimiter in DELIMITERS]
        found = [layout for layout in candidates if layout is not None]
        return min(found, key=lambda layout: (layout.role.value, -layout.width), default=None)
    return None


def is_table(file: CohortFile) -> bool:
    """Return whether the file begins with a heading that names a column of series or of datasets."""
    return layout_of(file) is not None


def read_table(file: CohortFile) -> Cohort:
    """Return the entries of a table. Raise `InputError` for what is not a table after all."""
    layout = _known_layout(file)
    entries = Entries(file.path)
    try:
        for number, row in _rows(file.lines(), layout):
            first = layout.columns[0]
            if layout.role is Role.SERIES and first < len(row) and is_series_uid(row[first]):
                entries.add_series(row[first])  # at once: there may be millions
            else:
                _add_row(entries, number, row, layout)
    except csv.Error as error:
        raise InputError(f"is not a table: {error}", file=file.path) from None
    return entries.cohort(NAME, FROM_IDC if layout.from_idc else None)


def read_large_table(file: CohortFile) -> Cohort:
    """Return a cohort whose UIDs are left in their column, for DuckDB; or what `read_table` returns.

    DuckDB reads no UTF-16, and would read millions of rows in vain where the column does not begin with UIDs.
    """
    layout = _known_layout(file)
    if not _duckdb_reads(file) or not _begins_with_uids(file, layout):
        return read_table(file)
    column = UidColumn(
        delimiter=layout.delimiter,
        index=layout.columns[0],
        width=layout.width,
        skip=layout.header,
        uuids=layout.role is Role.UUID,
    )
    return Cohort(path=file.path, format_name=NAME, origin=FROM_IDC if layout.from_idc else None, column=column)


def _duckdb_reads(file: CohortFile) -> bool:
    return file.packing is Packing.NONE and file.text is not None and file.text.encoding != "utf-16"


def _known_layout(file: CohortFile) -> Layout:
    layout = layout_of(file)
    if layout is None:
        raise InputError("has no column of series or of datasets", file=file.path)
    return layout


def _begins_with_uids(file: CohortFile, layout: Layout) -> bool:
    """Return whether one of the first rows has a UID in the column."""
    is_one = _UID_FORMS.get(layout.role)
    column = layout.columns[0]
    rows = csv.reader(file.head_lines[layout.header : layout.header + FIRST_ROWS], delimiter=layout.delimiter)
    try:
        return is_one is not None and any(is_one(row[column]) for row in rows if column < len(row))
    except csv.Error:
        return False


_UID_FORMS = {Role.SERIES: is_series_uid, Role.UUID: is_series_uuid}


def _layout(line: str, number: int, delimiter: str) -> Layout | None:
    try:
        cells = next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return None
    headings = [heading_key(cell) for cell in cells]
    if heading_key(line) in COLUMNS:
        headings = [heading_key(line)]
    ranked = sorted((RANKS[heading], column) for column, heading in enumerate(headings) if heading in COLUMNS)
    if not ranked:
        return None
    role = COLUMNS[headings[ranked[0][1]]]
    return Layout(
        delimiter=delimiter,
        header=number,
        width=len(cells),
        role=role,
        columns=tuple(column for _rank, column in ranked if role is Role.DATASET) or (ranked[0][1],),
        from_idc=not IDC_COLUMNS.isdisjoint(headings),
    )


def _rows(lines: Iterable[str], layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the heading, each with the number of its first line."""
    reader = csv.reader(islice(lines, layout.header, None), delimiter=layout.delimiter)
    number = layout.header + 1
    for row in reader:
        yield number, row
        number = layout.header + reader.line_num + 1


def _add_row(entries: Entries, number: int, row: list[str], layout: Layout) -> None:
    """Note what the first cell that is not empty lists, of the columns that matter."""
    cells = (row[column] for column in layout.columns if column < len(row))
    cell = next((cell for cell in cells if unwrap(cell)), "")
    if _add_series(entries, cell, layout.role) or _lists_nothing(row, cell):
        return
    if layout.role is Role.DATASET and 0 < len(unwrap(cell)) <= limits.DATASET_NAME:
        entries.add_name(number, cell.strip())
    else:
        entries.add_unread(number, cell if unwrap(cell) else layout.delimiter.join(row))


def _add_series(entries: Entries, cell: str, role: Role) -> bool:
    """Note the series that a cell lists, and return whether it lists one."""
    entry = unwrap(cell)
    if role is Role.SERIES and is_series_uid(entry):
        entries.add_series(entry)
    elif role is Role.UUID and is_series_uuid(entry):
        entries.add_uuid(entry)
    elif role is Role.URL and (uuid := series_uuid_of(cell)) is not None:
        entries.add_uuid(uuid)
    else:
        return False
    return True


def _lists_nothing(row: list[str], cell: str) -> bool:
    """Return whether a row is blank, a comment, or the heading once more."""
    return not any(map(unwrap, row)) or row[0].startswith("#") or heading_key(cell) in COLUMNS


FORMAT = CohortFormat(
    NAME,
    "a CSV or TSV table with a column SeriesInstanceUID",
    is_table,
    read_table,
    read_large=read_large_table,
)
