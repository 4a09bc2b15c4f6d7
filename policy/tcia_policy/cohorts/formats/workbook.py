"""Excel workbooks (XLSX, ECMA-376): every sheet with columns of ours is read, hidden ones too, as values.

openpyxl reads sheets row by row. It does not say which cells are merged when it does, so we look that up in the sheet.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.columns import remark_on
from tcia_policy.cohorts.records.grid import Row, add_grid, as_text, bounded
from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.packing import blocks, unpacked
from tcia_policy.files.zip import BoundedZip, ZipBounds

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

NAME = "workbook"
MEMBERS = (b"xl/", b"[Content_Types].xml")
BOUNDS = ZipBounds(limits.WORKBOOK_PARTS, limits.WORKBOOK_PART, limits.WORKBOOK_INFLATED, limits.ZIP_RATIO)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_BEFORE_A = ord("A") - 1
DOCTYPE_WITHIN = 4_096  # bytes of a part; one that is declared later is none
BROKEN = "is a broken Excel workbook"


def is_workbook(file: CohortFile) -> bool:
    """Return whether the file is a zip that has the parts of a workbook."""
    return file.start.startswith(magic.ZIP) and MEMBERS[0] in file.start and b"word/" not in file.start


def read_workbook(file: CohortFile) -> Cohort:
    """Return the entries of all sheets. Lines are rows; where there are several sheets, texts say which it is.

    Raise `InputError` for a workbook that is broken, encrypted, or larger than any cohort is.
    """
    entries = Entries(file.path)
    origin, passed_over = None, list[str]()
    with sheets(file) as of_file:
        for title, rows in of_file:
            entries.where = f"sheet {title}: " if len(of_file) > 1 else ""
            columns = add_grid(entries, bounded(rows, entries.path))
            if columns is None:
                passed_over.append(title)
            else:
                origin = origin or columns.origin
    without = tuple(passed_over) if len(passed_over) < len(of_file) else ()
    return replace(entries.cohort(NAME, origin, remark_on(entries)), sheets_without=without)


@contextmanager
def sheets(file: CohortFile) -> Iterator[list[tuple[str, Iterator[Row]]]]:
    """Open a workbook; return the title and the rows of each sheet, as texts.

    Raise `InputError` for one that is broken, encrypted or too large, also where that shows within.
    """
    import openpyxl  # noqa: PLC0415 - 60 ms, for workbooks only

    content = _content(file)
    parts = _checked(file, content)
    try:
        with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)) as workbook:
            found = [sheet for sheet in workbook.worksheets if hasattr(sheet, "iter_rows")]
            yield [(sheet.title, _rows(sheet, parts)) for sheet in found]
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{BROKEN}: {str(error)[:100]}", file=file.path, hint="save it anew, or as CSV") from None


def _content(file: CohortFile) -> bytes:
    with unpacked(file.path, file.packing) as stream:
        return b"".join(blocks(stream, file.path, limits.WORKBOOK))


def _checked(file: CohortFile, content: bytes) -> BoundedZip:
    """Return the parts of a workbook, each of which is no larger than its bounds and declares no entities."""
    try:
        parts = BoundedZip(content, BOUNDS)
        for part in parts.members:
            if b"<!DOCTYPE" in parts.read(part)[:DOCTYPE_WITHIN]:
                raise InputError("has a document type (<!DOCTYPE ...>), which workbooks have not")
    except InputError as error:
        raise InputError(f"{BROKEN}: {error.problem}", file=file.path, hint=error.hint) from None
    return BoundedZip(content, BOUNDS)


def _rows(sheet: "ReadOnlyWorksheet", parts: BoundedZip) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    merged = _merged(parts.read(sheet._worksheet_path))
    # Nearly all cells of a wide row are empty.
    texts = (["" if value is None else as_text(value) for value in row] for row in sheet.iter_rows(values_only=True))
    yield from _filled_down(texts, merged)


def _merged(sheet: bytes) -> dict[int, list[tuple[int, int]]]:
    """Return the cells that are merged with those below: by the first row, the column from 0 and the last row."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for number, found in enumerate(_MERGED.finditer(sheet)):
        first, last = int(found[2]), int(found[4])
        if last > first and number < limits.WORKBOOK_MERGED:
            merged.setdefault(first, []).append((_column(found[1]), last))
    return merged


def _column(letters: bytes) -> int:
    """Return the index from 0 of a column: 0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - _BEFORE_A
    return number - 1


def _filled_down(rows: Iterable[list[str]], merged: Mapping[int, list[tuple[int, int]]]) -> Iterator[Row]:
    """Yield rows with their numbers; a cell that is merged with those above has what stands in the first of them."""
    said: dict[int, tuple[int, str]] = {}
    for number, cells in enumerate(rows, start=1):
        said = {column: below for column, below in said.items() if number <= below[0]}
        for column, (_last, text) in said.items():
            if column < len(cells) and not cells[column]:
                cells[column] = text
        for column, last in merged.get(number, ()):
            if len(said) < limits.WORKBOOK_MERGED_COLUMNS:
                said[column] = (last, cells[column] if column < len(cells) else "")
        yield number, cells


FORMAT = CohortFormat(NAME, "an Excel workbook (XLSX)", is_workbook, read_workbook)
