"""CSV and TSV with a column of series, or of datasets: what TCIA, IDC and spreadsheets export."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from tcia_policy.cohorts.cohort import Cohort, Entries, FileKind, UidColumn
from tcia_policy.cohorts.formats.s5cmd_manifest import series_uuid_of
from tcia_policy.cohorts.uids import is_series_uid, is_series_uuid, unwrap
from tcia_policy.errors import InputError
from tcia_policy.files.text import TextFile

LARGE = 4_000_000  # bytes, from which on DuckDB reads the column
DELIMITERS = ("\t", ";", ",", "|")
LONGEST_NAME = 300
FIRST_ROWS = 50


class Role(Enum):
    """What a column lists."""

    SERIES = auto()
    UUID = auto()
    URL = auto()
    DATASET = auto()


# The best first: where a table has several of these, the series are taken from the first.
# `Series ID` is TCIA's own digests' name, `Series UID` that of NBIA's metadata.csv, the others are IDC's and DICOM's.
COLUMNS = {
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


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: its columns that matter are `columns`, the best first; `header` is its 1-based line."""

    delimiter: str
    header: int
    width: int
    role: Role
    columns: tuple[int, ...]
    from_idc: bool


def plain_heading(cell: str) -> str:
    """`seriesinstanceuid` for `Series Instance UID`, `0020000e` for `(0020,000E)`."""
    return re.sub(r"[^0-9a-z]", "", cell.casefold())


def layout_of(file: TextFile) -> Layout | None:
    """The layout of a file whose first line that is no comment has the heading of such a column."""
    for number, line in enumerate(file.head_lines, start=1):
        if not line.strip() or line.startswith(("#", "sep=")):
            continue
        candidates = [_layout(line, number, delimiter) for delimiter in DELIMITERS]
        found = [layout for layout in candidates if layout is not None]
        return min(found, key=lambda layout: (layout.role.value, -layout.width), default=None)
    return None


def read_table(file: TextFile, layout: Layout, large: int = LARGE) -> Cohort:
    """The entries of a table's columns. From `large` bytes on a column of UIDs is left to DuckDB, as `Cohort.column`.

    Raises `InputError` for what is no table after all.
    """
    if file.size >= large and file.encoding != "utf-16" and _begins_with_uids(file, layout):
        return Cohort(
            path=file.path,
            kind=FileKind.TABLE,
            from_idc=layout.from_idc,
            column=UidColumn(
                delimiter=layout.delimiter,
                index=layout.columns[0],
                width=layout.width,
                skip=layout.header,
                uuids=layout.role is Role.UUID,
            ),
        )
    entries = Entries(file.path)
    try:
        for number, row in _rows(file.lines(), layout):
            cells = [row[column] for column in layout.columns if column < len(row)]
            if layout.role is Role.SERIES and cells and is_series_uid(cells[0]):  # at once: there may be millions
                entries.add_series(cells[0])
            else:
                _add(entries, number, row, next((cell for cell in cells if unwrap(cell)), ""), layout)
    except csv.Error as error:
        raise InputError(f"is not a table: {error}", file=file.path) from None
    return entries.cohort(FileKind.TABLE, from_idc=layout.from_idc)


def _begins_with_uids(file: TextFile, layout: Layout) -> bool:
    """Whether the first rows have a UID where there should be one: no use to give DuckDB millions that do not."""
    has_form = {Role.SERIES: is_series_uid, Role.UUID: is_series_uuid}.get(layout.role)
    column = layout.columns[0]
    rows = csv.reader(file.head_lines[layout.header : layout.header + FIRST_ROWS], delimiter=layout.delimiter)
    try:
        return has_form is not None and any(has_form(row[column]) for row in rows if column < len(row))
    except csv.Error:
        return False


def _layout(line: str, number: int, delimiter: str) -> Layout | None:
    try:
        cells = next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return None
    headings = [plain_heading(cell) for cell in cells]
    if plain_heading(line) in COLUMNS:
        headings = [plain_heading(line)]
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
    """The rows below the heading, each with the number of its first line."""
    reader = csv.reader(islice(lines, layout.header, None), delimiter=layout.delimiter)
    number = layout.header + 1
    for row in reader:
        yield number, row
        number = layout.header + reader.line_num + 1


def _add(entries: Entries, number: int, row: list[str], cell: str, layout: Layout) -> None:
    entry = unwrap(cell)
    if layout.role is Role.SERIES and is_series_uid(entry):
        entries.add_series(entry)
    elif layout.role is Role.UUID and is_series_uuid(entry):
        entries.add_uuid(entry)
    elif layout.role is Role.URL and (uuid := series_uuid_of(cell)) is not None:
        entries.add_uuid(uuid)
    elif not any(map(unwrap, row)) or row[0].startswith("#") or plain_heading(cell) in COLUMNS:
        return
    elif layout.role is Role.DATASET and entry and len(entry) <= LONGEST_NAME:
        entries.add_name(number, cell.strip())
    else:
        entries.add_unread(number, cell if entry else layout.delimiter.join(row))
