"""A table on this machine, of any size, as DuckDB reads it: Parquet, CSV or TSV; a file, a folder or a pattern.

What a file is shows in its first bytes. Nothing of a user's text or of a file gets into SQL but as a parameter, or as a
name between marks.
"""

import csv
import glob
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path
from types import MappingProxyType

import duckdb

from tcia_policy.cohorts.audit.names import DUCKDB
from tcia_policy.cohorts.index.duck import one_file
from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import not_there, read_start, regular_size
from tcia_policy.files.packing import Packing, packing_of, start_unpacked
from tcia_policy.files.system_places import refuse_system_folder
from tcia_policy.files.text import HEAD_BYTES
from tcia_policy.text.sanitize import shortened

DELIMITERS = (",", "\t", ";", "|")
PARQUET = "read_parquet($files, hive_partitioning = $hive, hive_types_autocast = false)"
DESCRIBED = f"describe select * from {PARQUET}"  # noqa: S608
CSV = (
    "read_csv($files, delim = $delimiter, quote = '\"', escape = '\"', header = false, skip = $skip,"
    " columns = $columns, auto_detect = false, compression = $compression, strict_mode = false, null_padding = true,"
    " hive_partitioning = false, parallel = $parallel)"
)
_COMPRESSIONS = {Packing.NONE: "none", Packing.GZIP: "gzip", Packing.ZSTD: "zstd"}


@dataclass(frozen=True)
class Table:
    """A table as SQL has it: `select ... from {source}` with these parameters. `columns` are in their order.

    `names` are how SQL has them where it has other names. `label` is the table as the user wrote it.
    """

    label: str
    source: str
    parameters: Mapping[str, object]
    columns: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_text(self) -> bool:
        """Return whether DuckDB reads text, of which it does not know how many rows it has."""
        return self.source == CSV

    def name_of(self, column: str) -> str:
        """Return how SQL has the name of a column."""
        return self.names.get(column) or DUCKDB.quoted(column)


class LineBreaksError(InputError):
    """A cell has line breaks, which DuckDB reads only where it reads the table in turn."""


def open_table(connection: duckdb.DuckDBPyConnection, label: str, *, in_turn: bool = False) -> Table:
    """Return the table in a file, in the Parquet files of a folder, or in files that a pattern such as `*.csv` means.

    Text is read by all processors at once, or `in_turn`. Raise `InputError` where there is none, and for what is
    neither Parquet nor a table in text.
    """
    if "://" in label:
        hint = "run the question where the table lies: --emit-sql, or --engine spark"
        raise InputError("is no file of this machine", file=label, hint=hint)
    files = _files_of(label)
    if all(read_start(path, len(magic.PARQUET)) == magic.PARQUET for path in files):
        return _parquet(connection, label, files)
    return _text(label, files, in_turn)


def _files_of(label: str) -> list[Path]:
    path = Path(label)
    if path.is_dir():
        refuse_system_folder(path)
        found = list(islice(_parquet_below(path), limits.AUDIT_FILES + 1))
        if not found:
            hint = "name the files of another kind by a pattern in quotes, such as 'folder/*.csv'"
            raise InputError("has no Parquet files", file=path, hint=hint)
    elif os.path.lexists(path) or not glob.has_magic(label):
        found = [path]
    else:
        refuse_system_folder(Path(*takewhile(lambda part: not glob.has_magic(part), path.parts)))
        found = [Path(each) for each in islice(_meant_by(label), limits.AUDIT_FILES + 1)]
        found = [each for each in found if not each.is_dir()]
        if not found:
            raise not_there(label, "no file is meant by this pattern")
    if len(found) > limits.AUDIT_FILES:
        raise InputError(f"has more than {limits.AUDIT_FILES:,} files", file=label, hint="name a part of them")
    for each in found:
        regular_size(each)
        _refuse_other_names(each)
    return sorted(found)


def _refuse_other_names(path: Path) -> None:
    """Raise `InputError` for a name that is no text: DuckDB takes names as UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError("has a name that is not in UTF-8", file=path, hint="give it another name") from None


def _meant_by(pattern: str) -> Iterator[str]:
    return glob.iglob(pattern, recursive=True)  # noqa: PTH207 - Path's takes no absolute pattern


def _parquet_below(folder: Path) -> Iterator[Path]:
    """Yield the Parquet files in a folder and those below it. As Hive does, pass over names that begin with _ or a dot.

    Links to folders are not followed. Raise `InputError` where there is more than a table has.
    """
    seen = 0
    for place, folders, names in os.walk(folder):
        seen += len(folders) + len(names)
        if seen > limits.AUDIT_ENTRIES:
            hint = "name the folder of the table alone"
            raise InputError(f"has more than {limits.AUDIT_ENTRIES:,} files and folders", file=folder, hint=hint)
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        for name in sorted(names):
            if name.lower().endswith((".parquet", ".parq", ".pq")) and not name.startswith(("_", ".")):
                yield Path(place, name)


def _parquet(connection: duckdb.DuckDBPyConnection, label: str, files: Sequence[Path]) -> Table:
    parameters = {
        "files": [one_file(path) for path in files],
        "hive": len(files) > 1 and any("=" in part for part in files[0].parts),
    }
    try:
        described = connection.execute(DESCRIBED, parameters).fetchmany(limits.AUDIT_COLUMNS)
    except duckdb.Error as error:
        raise unreadable(error, label) from None
    return Table(label, PARQUET, parameters, tuple(row[0] for row in described))


def _text(label: str, files: Sequence[Path], in_turn: bool) -> Table:
    """Return a table in text. Its first line that is no comment is its heading. Raise `InputError` for what is none."""
    packing, number, line = _heading_of(files[0])
    delimiter, columns = max((_cells(line, each) for each in DELIMITERS), key=lambda found: len(found[1]))
    if not 1 < len(columns) <= limits.AUDIT_COLUMNS:
        raise _no_table(files[0])
    for other in files[1:]:
        if _heading_of(other) != (packing, number, line):
            raise InputError(f"is not of the form of {files[0]}", file=other, hint="name tables with one heading")
    parameters: dict[str, object] = {
        "files": [one_file(path) for path in files],
        "delimiter": delimiter,
        "skip": number,
        "columns": {f"c{index}": "VARCHAR" for index in range(len(columns))},
        "compression": _COMPRESSIONS[packing],
        "parallel": not in_turn,
    }
    return Table(label, CSV, parameters, tuple(columns), numbered(columns))


def numbered(columns: Sequence[str]) -> Mapping[str, str]:
    """Return the names that columns have in a table whose columns are `c0`, `c1` ...: of several alike the first."""
    return {column: f"c{index}" for index, column in reversed(list(enumerate(columns)))}


def _heading_of(path: Path) -> tuple[Packing, int, str]:
    """Return how a file is packed, and the number and text of its first line that is no comment."""
    packing = packing_of(read_start(path, HEAD_BYTES))
    start = start_unpacked(path, packing, HEAD_BYTES)
    if magic.encoding_by_mark(start) == "utf-16":
        raise InputError("is text in UTF-16", file=path, hint="save it as UTF-8")
    if b"\0" in start:
        raise _no_table(path)
    for number, line in enumerate(start.decode("utf-8-sig", errors="replace").splitlines(), start=1):
        if line.strip() and not line.startswith(("#", "sep=")):
            return packing, number, line
    raise _no_table(path)


def _cells(line: str, delimiter: str) -> tuple[str, list[str]]:
    try:
        return delimiter, [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return delimiter, []


def _no_table(path: Path) -> InputError:
    return InputError(
        "is no table with columns in Parquet, CSV, TSV or XLSX",
        file=path,
        hint="save it as Parquet, or as CSV with a heading",
    )


def unreadable(error: duckdb.Error, label: str) -> InputError:
    """Return the error for a table of which DuckDB says this."""
    said = str(error)
    if "quoted new lines" in said:
        return LineBreaksError("has line breaks in its cells", file=label)
    if "not utf-8 encoded" in said:
        line = re.search(r"CSV Error on Line: ([0-9]+)", said)
        hint = "save it as UTF-8"
        return InputError("is not text in UTF-8", file=label, line=None if line is None else int(line[1]), hint=hint)
    return InputError(f"cannot be read: {shortened(said.splitlines()[0], 300)}", file=label)
