"""Files of JSON objects, one a line, that DuckDB may read as such: all have the same keys, and nothing else.

DuckDB passes over keys that it is not asked for. So the file is as long as these keys and their values are, or its
lines are looked at one by one: with `, ` and `: ` between them or `,` and `:`, and with `/` or `\\/` in texts.
"""

from pathlib import Path

import duckdb

from tcia_policy.cohorts.cohort import EntryKind, StoredTable
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.table_scan import Scan, entry_of
from tcia_policy.files.content import read_end, read_start, regular_size
from tcia_policy.files.packing import Packing
from tcia_policy.files.text import HEAD_BYTES

OBJECTS = (
    "read_json($path, format = 'newline_delimited', columns = $columns, auto_detect = false, records = 'true',"
    " compression = 'none', hive_partitioning = false)"
)
NULL = 4  # characters of `null`
QUOTES = 2
LONGEST_NUMBER = 30  # of which Python and DuckDB think alike
SEPARATORS = ((",", ":"), (", ", ": "))


def objects_scan(connection: duckdb.DuckDBPyConnection, table: StoredTable) -> Scan | None:
    """Return how a table of JSON objects is read as such; `None` where it may have more than DuckDB would read.

    Raise `duckdb.Error` for what is no such file.
    """
    if not table.texts or table.packing is not Packing.NONE or table.kind is not EntryKind.SERIES:
        return None
    keys = table.columns[:-1]  # the last column is the line itself
    parameters = {"path": duck.one_file(table.path), "columns": dict.fromkeys(keys, "VARCHAR")}
    columns = ", ".join(f"c{number}" for number in range(len(keys)))
    source = f"(select {columns}, null::varchar as c{len(keys)} from {OBJECTS} as read ({columns}))"  # noqa: S608
    texts = [f"c{at}" for at in table.texts]
    others = [f"c{at}" for at in range(len(keys)) if at not in table.texts]
    known = [f"c{at}" for at in table.entries]  # which are UIDs, or are refused later
    lengths = [f"coalesce(strlen({each}) + {QUOTES:d}, {NULL:d})" for each in texts]
    lengths += [f"coalesce(strlen({each}), {NULL:d})" for each in others]
    odd = [f"starts_with({each}, '{mark}')" for each in [*texts, *others] if each not in known for mark in "[{"]
    odd += [f"strlen({each}) > {LONGEST_NUMBER:d}" for each in others]

    def total(*sums: str) -> list[int]:
        ((*found,),) = connection.execute(f"select {', '.join(sums)} from {source}", parameters).fetchall()  # noqa: S608
        return [int(each or 0) for each in found]

    rows, length, nested = total("count(*)", f"sum({' + '.join(lengths)})", f"count_if({' or '.join(odd) or 'false'})")
    size = _size(table.path)
    scan = Scan(source, parameters, *entry_of(table), has_lines=False)
    if nested:
        return None
    if _are_all(keys, rows, length, size):
        return scan
    slashes = (f"coalesce(strlen({each}) - strlen(replace({each}, '/', '')), 0)" for each in texts)
    (escaped,) = total(f"sum({' + '.join(slashes)})")
    return scan if _are_all(keys, rows, length + escaped, size) else None


def _size(path: Path) -> tuple[int, int]:
    """Return how many bytes a file has, and of them each line's end; as if the last line had one, which it may not."""
    end = 2 if read_start(path, HEAD_BYTES).partition(b"\n")[0].endswith(b"\r") else 1
    ends = read_end(path, 1) == b"\n"
    return regular_size(path) + (0 if ends else end), end


def _are_all(keys: tuple[str, ...], rows: int, length: int, size: tuple[int, int]) -> bool:
    """Return whether a file has rows of these keys alone, whose values have this length together."""
    whole, end = size
    return any(rows * (_around(keys, *separators) + end) + length == whole for separators in SEPARATORS)


def _around(keys: tuple[str, ...], between: str, after_key: str) -> int:
    """Return how many characters an object has beside its values."""
    of_keys = sum(len(key) + QUOTES + len(after_key) for key in keys)
    return len("{}") + of_keys + len(between) * (len(keys) - 1)
