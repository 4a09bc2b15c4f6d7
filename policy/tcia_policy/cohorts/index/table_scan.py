"""The SQL by which DuckDB reads a table that is left in its file. Nothing that comes from the file is part of it."""

from collections.abc import Mapping
from typing import NamedTuple

from tcia_policy.cohorts.cohort import EntryKind, StoredTable, TableForm
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.uids import (
    DICOMS_OWN,
    LONGEST_UID,
    LONGEST_UUID,
    SHORTEST_ALONE,
    UID_PATTERN,
    UUID_PATTERN,
)
from tcia_policy.files import limits
from tcia_policy.files.packing import Packing

DELIMITED = (
    "read_csv($path, delim = $delimiter, quote = $quote, escape = $quote, header = false,"
    " skip = $skip, columns = $columns, auto_detect = false, compression = $compression, hive_partitioning = false,"
    " buffer_size = $buffer)"
)
PARQUET = "read_parquet($path, hive_partitioning = false)"
COMPRESSION = {Packing.NONE: "none", Packing.GZIP: "gzip", Packing.ZSTD: "zstd"}
# A UID of which it is not known what it is must look like one, as `looks_like_uid` says; the others are for Python.
CERTAIN_UID = r"[0-9]{1,2}(?:\.[0-9]+){5,}"
IN_ADDRESS = "split_part({0}, '/', 4)"  # cp s3://bucket/UUID/* .
FORMS = {
    EntryKind.SERIES: (UID_PATTERN, LONGEST_UID),
    EntryKind.SERIES_UUID: (UUID_PATTERN, LONGEST_UUID),
    EntryKind.UID: (CERTAIN_UID, LONGEST_UID),
}
# A cell in which nobody finds an entry: it has a digit (so it is no NA and no heading), and no beginning of a UID, of a
# UUID or of DICOM's tag of the series. What is quickly seen is looked at first.
JUNK = (
    "not starts_with({0}, '#') and (not contains({0}, '0020') or not regexp_matches({0}, '(?i)0020,?000e'))"
    " and (not contains({0}, '.') or not regexp_matches({0}, '[0-9][.][0-9]'))"
    " and (strlen({0}) < 14 or not contains({0}, '-')"
    " or not regexp_matches({0}, '[0-9a-fA-F]{{8}}-[0-9a-fA-F]{{4}}-'))"
    " and regexp_matches({0}, '[0-9]')"
)


class Scan(NamedTuple):
    """A table in a file as SQL: `source` can be selected from, and its columns are `c0`, `c1` ..., as texts.

    `entry` is the SQL of the entry in a cell (`{0}`), and `is_entry` that of whether the cell is one.
    `parameters` are those of `source`, `of_entry` those of `entry` and `is_entry`. `has_lines` says that a row is
    known by its number, and has all that its line has.
    """

    source: str
    parameters: Mapping[str, object]
    entry: str
    is_entry: str
    of_entry: Mapping[str, object]
    has_lines: bool = True

    @property
    def numbered(self) -> str:
        """Return the source with the number of each row, from 1 on, in the column `number`."""
        return f"(select row_number() over () as number, * from {self.source})"  # noqa: S608


def scan_of(table: StoredTable) -> Scan:
    """Return how a table is read."""
    columns = [f"c{number}" for number in range(len(table.columns))]
    parameters: dict[str, object] = {"path": duck.one_file(table.path)}
    if table.form is not TableForm.PARQUET:
        parameters["compression"] = COMPRESSION[table.packing]
    if table.form is TableForm.DELIMITED:
        parameters |= {
            "delimiter": table.delimiter,
            "quote": table.quote,
            "skip": table.skip,
            "buffer": limits.QUERY_BUFFER,
        }
        in_file = columns if table.shape is None else ["line"]
        parameters["columns"] = dict.fromkeys(in_file, "VARCHAR")
    return Scan(_source(table, columns, parameters), parameters, *entry_of(table))


def _source(table: StoredTable, columns: list[str], parameters: dict[str, object]) -> str:
    if table.shape is not None:
        parameters["shape"] = table.shape
        return _of_shaped_lines(table, columns)
    reader = PARQUET if table.form is TableForm.PARQUET else DELIMITED
    texts = ", ".join(f"{name}::varchar as {name}" for name in columns)
    return f"(select {texts} from {reader} as read ({', '.join(columns)}))"  # noqa: S608


def _of_shaped_lines(table: StoredTable, columns: list[str]) -> str:
    """Return the columns that are parts of lines. The last one is the whole line."""
    parts = [columns[number] for number in table.parts]
    texts = [
        f"replace(part.{name}, '\\/', '/') as {name}" if name in parts else f"'' as {name}" for name in columns[:-1]
    ]
    split = f"select line, regexp_extract(line, $shape, {parts}) as part from {DELIMITED}"  # noqa: S608
    return f"(select {', '.join(texts)}, line as {columns[-1]} from ({split}))"  # noqa: S608


def cells_of(table: StoredTable, template: str, joined: str) -> str:
    """Return SQL on each of the columns of entries, joined by a word such as `or`."""
    return f" {joined} ".join(f"({template.format(f'c{number}')})" for number in table.entries)


def entry_of(table: StoredTable) -> tuple[str, str, Mapping[str, object]]:
    """Return the SQL of the entry in a cell, that of whether the cell is one, and the parameters of both."""
    if table.pattern is not None:
        return _entry_in_address(table, table.pattern)
    lower = "lower({0})" if table.kind is EntryKind.SERIES_UUID else "{0}"
    pattern, longest = FORMS[table.kind]
    begins = "{0} >= '0' and {0} < 'g'"  # as digits do, and the letters of a UUID: quicker than the pattern
    if table.kind is EntryKind.UID:
        begins = f"{begins} and length({{0}}) >= {SHORTEST_ALONE:d} and not starts_with({{0}}, '{DICOMS_OWN}')"
    is_entry = f"{{0}} is not null and {begins} and length({{0}}) <= {longest:d} and regexp_full_match({{0}}, $pattern)"
    return lower, is_entry, {"pattern": pattern}


def _entry_in_address(table: StoredTable, pattern: str) -> tuple[str, str, Mapping[str, object]]:
    """Return how entries in addresses are found: first by the frames, since a pattern takes four times as long.

    A line of a frame has an entry of the index between its two texts, or it is none by the pattern either.
    """
    parameters: dict[str, object] = {"pattern": pattern}
    for number, (before, after) in enumerate(table.frames):
        parameters |= {f"before{number}": before, f"after{number}": after}
    in_frames = (
        f"when strlen({{0}}) = {len(before) + LONGEST_UUID + len(after):d}"
        f" and starts_with({{0}}, $before{number}) and ends_with({{0}}, $after{number}) then lower({IN_ADDRESS})"
        for number, (before, after) in enumerate(table.frames)
    )
    is_entry = "{0} is not null and regexp_full_match({0}, $pattern)"
    return f"case {' '.join(in_frames)} when {is_entry} then lower({IN_ADDRESS}) end", is_entry, parameters
