"""Workbooks and Parquet tables apart, row by row: each part is a file of the same format, with all columns.

A part of a workbook has the values of its cells, and no formats or formulas.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.cells import is_empty
from tcia_policy.cohorts.records.columns import SAMPLE, Columns, columns_by_values, columns_of
from tcia_policy.cohorts.records.grid import as_text, located_columns
from tcia_policy.files.packing import Packing

if TYPE_CHECKING:
    import duckdb
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

ClassOfRow = Callable[[Sequence[str]], str]
Place = Callable[[str], Path]


def is_row_without_entry(cells: Sequence[str], columns: Columns) -> bool:
    """Return whether the cells of a row that matter are all empty or NA."""
    return all(is_empty(cells[at]) for at in columns.indexes if at < len(cells))


def split_workbook(file: CohortFile, class_of: ClassOfRow, rest: str, place: Place) -> dict[str, Path] | None:
    """Write the sheets apart that have columns of ours, and return the parts by class.

    `class_of` says of the cells of a row in which class it is; a row without an entry is in `rest`. Return `None` for a
    workbook with values that cannot be written.
    """
    import openpyxl  # noqa: PLC0415 - 60 ms, for workbooks only

    workbook = openpyxl.load_workbook(file.path, read_only=True, data_only=True)
    parts = _Workbooks()
    try:
        for sheet in workbook.worksheets:
            _split_sheet(sheet, parts, class_of, rest)
    except (ValueError, TypeError):  # a value that openpyxl reads and does not write
        return None
    finally:
        workbook.close()
    return parts.saved(place)


@dataclass
class _Workbooks:
    """The parts of a workbook, by class, each with the sheets that it has so far."""

    books: "dict[str, openpyxl.Workbook]" = field(default_factory=dict)

    def add(self, name: str, sheet: str, above: Sequence[Sequence[object]], row: Sequence[object]) -> None:
        """Add a row to a sheet of a part; what stands `above` comes first in it."""
        import openpyxl  # noqa: PLC0415 - as above

        book = self.books.get(name)
        if book is None:
            book = self.books[name] = openpyxl.Workbook(write_only=True)
        if sheet not in book.sheetnames:
            made = book.create_sheet(sheet)
            for each in above:
                made.append(_as_values(each, made))
        book[sheet].append(_as_values(row, book[sheet]))

    def saved(self, place: Place) -> dict[str, Path]:
        """Write all parts."""
        paths = {name: place(name) for name in self.books}
        for name, path in paths.items():
            self.books[name].save(path)
        return paths


def _as_values(row: Sequence[object], sheet: "WriteOnlyWorksheet") -> list[object]:
    """Return the cells of a row to write: text that begins as a formula does stays text."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    cells: list[object] = []
    for value in row:
        if isinstance(value, str) and value.startswith("="):
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type = "s"
            cells.append(cell)
        else:
            cells.append(value)
    return cells


def _split_sheet(sheet: "ReadOnlyWorksheet", parts: _Workbooks, class_of: ClassOfRow, rest: str) -> None:
    sheet.reset_dimensions()
    values = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    rows = [(number, [as_text(value) for value in row]) for number, row in enumerate(values, start=1)]
    found = located_columns([row for row in rows if any(row[1])][: SAMPLE * 2])
    if found is None:
        return
    header, columns = found
    for number, cells in rows[header:]:
        if any(cells):
            name = rest if is_row_without_entry(cells, columns) else class_of(cells)
            parts.add(name, sheet.title, values[:header], values[number - 1])


def split_parquet(file: CohortFile, class_of: ClassOfRow, rest: str, place: Place) -> dict[str, Path] | None:
    """Write a Parquet table apart, and return the parts by class; `None` where DuckDB cannot.

    `class_of` and `rest` are those of `split_workbook`.
    """
    try:
        import duckdb  # noqa: PLC0415 - of the extra `bulk`; 60 ms
    except ImportError:
        return None
    if file.packing is not Packing.NONE:
        return None
    try:
        with TemporaryDirectory(prefix="tcia-policy-") as folder:
            return _split_parquet(file.path, class_of, rest, (place, Path(folder)))
    except duckdb.Error:
        return None


def _split_parquet(path: Path, class_of: ClassOfRow, rest: str, places: tuple[Place, Path]) -> dict[str, Path]:
    from tcia_policy.cohorts.index.duck import connect, one_file  # noqa: PLC0415 - imports duckdb

    place, folder = places
    numbers = folder / "classes.csv"
    with connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        source = {"path": one_file(path)}
        read = connection.execute("select * from read_parquet($path)", source)
        headings = [str(name) for name, *_types in read.description]
        names: dict[str, int] = {}
        with numbers.open("w", encoding="utf-8") as stream:
            stream.write("number,class\n")
            for number, name in enumerate(_classes(read, headings, class_of, rest)):
                stream.write(f"{number},{names.setdefault(name, len(names))}\n")
        connection.execute(
            "create temp table classes as select * from read_csv($file, header = true)", {"file": str(numbers)}
        )
        paths = {name: place(name) for name in names}
        for name, code in names.items():
            # COPY takes no parameters.
            connection.execute(
                f"copy (select t.* exclude (file_row_number) from read_parquet('{_quoted(source['path'])}',"  # noqa: S608
                f" file_row_number = true) t join classes on number = file_row_number where class = {code}"
                f" order by number) to '{_quoted(str(paths[name]))}' (format parquet, compression zstd)"
            )
    return paths


def _classes(
    read: "duckdb.DuckDBPyConnection", headings: Sequence[str], class_of: ClassOfRow, rest: str
) -> Iterator[str]:
    columns: Columns | None = None
    while some := read.fetchmany(10_000):
        rows = [[as_text(value) for value in row] for row in some]
        if columns is None:
            columns = columns_of(headings, rows[:SAMPLE]) or columns_by_values(headings, rows[:SAMPLE])
        for cells in rows:
            is_without = columns is not None and is_row_without_entry(cells, columns)
            yield rest if is_without else class_of(cells)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
