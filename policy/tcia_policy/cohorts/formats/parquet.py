"""Parquet tables (https://parquet.apache.org/docs/file-format/), read by DuckDB: the extra `bulk`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, TableForm
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.records.columns import SAMPLE, Columns, columns_by_values, columns_of, remark_on
from tcia_policy.cohorts.records.grid import as_text
from tcia_policy.cohorts.records.stored import stored_table
from tcia_policy.cohorts.what_it_is import WHAT_COUNTS
from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.packing import Packing, blocks, unpacked

if TYPE_CHECKING:
    import duckdb

NAME = "Parquet table"
INSTALL = "pip install 'tcia-policy[bulk]', or export the table as CSV"
ROWS_AT_ONCE = 10_000


def is_parquet(file: CohortFile) -> bool:
    """Return whether the file begins as a Parquet file does."""
    return file.start.startswith(magic.PARQUET)


def read_parquet(file: CohortFile) -> Cohort:
    """Return the entries of a Parquet table; lines are rows. Raise `InputError` where it is broken, or no DuckDB."""
    try:
        import duckdb  # noqa: PLC0415 - of the extra `bulk`; 60 ms

        from tcia_policy.cohorts.index.duck import connect, one_file  # noqa: PLC0415 - imports duckdb
    except ImportError:
        raise InputError("is a Parquet table, which is read by DuckDB", file=file.path, hint=INSTALL) from None
    entries = Entries(file.path)
    with _unpacked(file) as path, connect() as connection:
        try:
            columns = _add_rows(entries, connection, one_file(path))
        except duckdb.Error as error:
            problem = f"is a broken Parquet table: {str(error).splitlines()[0][:200]}"
            raise InputError(problem, file=file.path, hint="download it anew") from None
    if columns is None:
        problem = "is a Parquet table without a column of series or of datasets"
        raise InputError(problem, file=file.path, hint=WHAT_COUNTS)
    return entries.cohort(NAME, columns.origin, remark_on(entries))


def read_large_parquet(file: CohortFile) -> Cohort:
    """Return a cohort whose entries are left in their columns; or what `read_parquet` returns, and raise as it does."""
    try:
        table = None if file.packing is not Packing.NONE else _stored(file)
    except ImportError:
        table = None
    return read_parquet(file) if table is None else table


def _stored(file: CohortFile) -> Cohort | None:
    import duckdb  # noqa: PLC0415 - of the extra `bulk`; 60 ms

    from tcia_policy.cohorts.index.duck import connect, one_file  # noqa: PLC0415 - imports duckdb

    with connect() as connection:
        try:
            columns, _sample = _columns_of(connection, one_file(file.path))
        except duckdb.Error:
            return None
    table = None if columns is None else stored_table(file, TableForm.PARQUET, columns, NAME)
    if columns is None or table is None:
        return None
    return Cohort(path=file.path, format_name=NAME, origin=columns.origin, table=table)


def _columns_of(connection: "duckdb.DuckDBPyConnection", path: str) -> tuple[Columns | None, list[str]]:
    """Return the columns by their headings and the first rows, and the headings."""
    described = connection.execute("describe select * from read_parquet($path)", {"path": path}).fetchall()
    headings = [str(name) for name, *_types in described]
    query = "select * from read_parquet($path) limit $most"
    sample = [_texts(row) for row in connection.execute(query, {"path": path, "most": SAMPLE}).fetchall()]
    return columns_of(headings, sample) or columns_by_values(headings, sample), headings


def _add_rows(entries: Entries, connection: "duckdb.DuckDBPyConnection", path: str) -> Columns | None:
    """Note what all rows list. Only the columns that matter are read, after the first rows."""
    source = {"path": path}
    connection.execute("set preserve_insertion_order = true")  # rows have numbers
    columns, headings = _columns_of(connection, path)
    if columns is None:
        return None
    wanted = columns.indexes
    listed = ", ".join('"' + headings[index].replace('"', '""') + '"' for index in wanted)
    # The names of columns are quoted as SQL asks; read_parquet takes none as a parameter.
    rows = connection.execute(f"select {listed} from read_parquet($path)", source)  # noqa: S608
    cells = [""] * len(headings)
    for number, row in _numbered(rows, entries.path):
        for index, text in zip(wanted, _texts(row), strict=True):
            cells[index] = text
        columns.add_row(entries, number, cells)
    return columns


def _numbered(rows: "duckdb.DuckDBPyConnection", path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    number = 0
    while some := rows.fetchmany(ROWS_AT_ONCE):
        for row in some:
            number += 1
            yield number, row
        if number > limits.COHORT_LINES:
            raise InputError(f"has more than {limits.COHORT_LINES:,} rows; split it", file=path)


def _texts(row: tuple[Any, ...]) -> list[str]:
    return [as_text(value) for value in row]


@contextmanager
def _unpacked(file: CohortFile) -> Iterator[Path]:
    """Give the file as it is, or what is packed in it as a file that is there for a while."""
    if file.packing is Packing.NONE:
        yield file.path
        return
    with TemporaryDirectory() as folder, unpacked(file.path, file.packing) as stream:
        path = Path(folder) / "table.parquet"
        with path.open("wb") as target:
            for block in blocks(stream, file.path, limits.COHORT_FILE):
                target.write(block)
        yield path


FORMAT = CohortFormat(NAME, "a Parquet table", is_parquet, read_parquet, read_large=read_large_parquet)
