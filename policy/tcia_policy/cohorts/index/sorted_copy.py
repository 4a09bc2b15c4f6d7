"""Every series that IDC's index has or had, as one small table, made once and kept in the user's cache.

`idc-index-data` has what is needed here in several files and in wide rows. `series_map` puts together the series of the
index, those that IDC removed, and those that only earlier versions had:

| column | is |
| --- | --- |
| `uid` | the SeriesInstanceUID; the rows are sorted by it |
| `row` | a number from 0 on, without gaps; series of the same code have numbers that follow each other |
| `code` | the number of a `Code`: what the index says of the series |
| `size_mb` | the size in 10**6 bytes, as decimal(18, 6); 0 where the index no longer has the series |
| `in_file` | the row of the series in the file of the index, from 0; none where it no longer has the series |

So a set of series is a set of bits by `row`, and the series of one code are a range of bits.

The copy is a Parquet file of some 23 MB. Its name has the version of the index, a digest of the beginnings and ends of
the files that it was made from, and its own digest, which is checked before each use. A copy that is damaged, or that
somebody else could have written, is not used. Where none can be made, the same table is made in memory.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import duckdb

from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.sources import Sources
from tcia_policy.errors import InputError
from tcia_policy.files.content import read_end, read_start, regular_size
from tcia_policy.files.digests import digest_of_file
from tcia_policy.files.user_cache import is_ours

FORM = 2  # of the copy; another number makes all copies anew
LOOKED_AT = 1 << 16  # bytes at the beginning and end of each source: those of a Parquet file have its metadata
BUILD_MEMORY = "300MB"

EVERY_SERIES = """
    create temp table every_series as
    with prior as (from read_parquet($prior)),
    removed as (
        from read_csv($removed, header = true, all_varchar = true, compression = 'gzip')
        anti join (select SeriesInstanceUID from read_parquet($index)) using (SeriesInstanceUID)
    )
    select SeriesInstanceUID as uid, 0 as standing, coalesce(lower(source_DOI), '') as doi,
           coalesce(license_short_name, 'no license stated') as license, coalesce(collection_id, '') as collections,
           '' as removed_after, coalesce(series_size_MB::decimal(18, 6), 0) as size_mb,
           file_row_number::integer as in_file
    from read_parquet($index, file_row_number = true)
    union all
    select SeriesInstanceUID, 1, coalesce(lower(source_doi), ''), coalesce(license, ''), coalesce(collection_id, ''),
           last_version, 0, null
    from removed
    union all
    select SeriesInstanceUID, 2, '', '', coalesce(string_agg(distinct collection_id, ' ' order by collection_id), ''),
           '', 0, null
    from prior anti join (select SeriesInstanceUID from read_parquet($index)) using (SeriesInstanceUID)
         anti join removed using (SeriesInstanceUID)
    group by SeriesInstanceUID"""
CODES = """
    create temp table codes as
    select (row_number() over (order by standing, doi, license, collections, removed_after) - 1)::smallint as code,
           standing, doi, license, collections, removed_after, series,
           (sum(series) over (order by standing, doi, license, collections, removed_after) - series)::integer as first
    from (select standing, doi, license, collections, removed_after, count(*) as series from every_series group by all)
    """
NUMBERED = """
    select uid, (first + row_number() over (partition by code order by uid) - 1)::integer as row, code, size_mb, in_file
    from every_series join codes using (standing, doi, license, collections, removed_after)"""


class Standing(IntEnum):
    """Whether the index has a series, had it until IDC removed it, or is only known to have had it in earlier versions.

    Of the last no more is known than the collection.
    """

    CURRENT = 0
    REMOVED = 1
    EARLIER = 2


class Code(NamedTuple):
    """What the index says of the series of one code, and which rows they are: `series` rows from `first_row` on.

    `doi` is in lower case, `license` the label of the index; either is empty where it is not known. Only series that
    earlier versions had may have several `collections`.
    """

    standing: Standing
    doi: str
    license: str
    collections: tuple[str, ...]
    removed_after: str | None
    first_row: int
    series: int


class SeriesMap(NamedTuple):
    """Where the table is, in SQL: `select ... from {source}` with these parameters. `codes` are by their numbers."""

    source: str
    parameters: Mapping[str, object]
    codes: tuple[Code, ...]

    @property
    def rows(self) -> int:
        """Return how many series there are."""
        return sum(code.series for code in self.codes)


def series_map(connection: duckdb.DuckDBPyConnection, sources: Sources, cache: Path | None) -> SeriesMap:
    """Return the table of all series, for this connection: the copy in the folder `cache`, which is made if need be.

    Without a folder, or where no file can be kept there, it is a temporary table of the connection. Raise `InputError`
    where idc-index-data cannot be read.
    """
    copy = None if cache is None else _kept(sources, cache) or _made(sources, cache)
    if copy is not None:
        try:
            return _read(connection, copy)
        except duckdb.Error:  # somebody deleted it
            pass
    try:
        _number(connection, sources)
        connection.execute(f"create temp table series_map as {NUMBERED}")
        connection.execute("drop table every_series")
    except duckdb.Error as error:
        raise duck.unreadable_index(error) from None
    return SeriesMap("series_map", {}, _codes(connection))


def _kept(sources: Sources, cache: Path) -> Path | None:
    """Return a copy that was made before and is whole. Delete those that are not."""
    try:
        found = sorted(cache.glob(f"{_name(sources)}-*.parquet"))
        return next((path for path in found if _is_whole(path)), None)
    except (OSError, InputError):
        return None


def _is_whole(path: Path) -> bool:
    """Return whether a copy has the digest that is in its name, and nobody else could have written it."""
    if not is_ours(path.lstat()):
        return False
    if path.stem.rpartition("-")[2] == digest_of_file(path):
        return True
    path.unlink(missing_ok=True)
    return False


def _made(sources: Sources, cache: Path) -> Path | None:
    """Make the copy and return it, or `None` where that does not succeed, for example on a full disk."""
    temporary: Path | None = None
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache, prefix=".idc-series.", suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        _write(sources, temporary)
        copy = cache / f"{_name(sources)}-{digest_of_file(temporary)}.parquet"
        temporary.replace(copy)
    except (OSError, ValueError, InputError, duckdb.Error):
        return None
    else:
        return copy
    finally:
        if temporary is not None:
            _discard(temporary)


def _discard(temporary: Path) -> None:
    """Delete what is left of a temporary file, and the folder of what DuckDB could not hold in memory."""
    try:
        temporary.unlink(missing_ok=True)
        _spilled(temporary).rmdir()
    except OSError:
        return


def _spilled(temporary: Path) -> Path:
    return temporary.with_suffix(".spilled")


def _write(sources: Sources, path: Path) -> None:
    with duck.connect(BUILD_MEMORY, _spilled(path)) as connection:
        _number(connection, sources)
        codes = json.dumps([list(code) for code in _codes(connection)], ensure_ascii=True)
        connection.execute(
            f"copy ({NUMBERED} order by uid) to $path"
            " (format parquet, compression zstd, parquet_version v2, kv_metadata {codes: $codes})",
            {"path": str(path.absolute()), "codes": codes},
        )


def _number(connection: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    """Make the tables of all series and of their codes."""
    files = {"index": sources.current, "prior": sources.prior, "removed": sources.removed}
    connection.execute(EVERY_SERIES, {name: duck.one_file(path) for name, path in files.items()})
    connection.execute(CODES)


def _codes(connection: duckdb.DuckDBPyConnection) -> tuple[Code, ...]:
    found = connection.execute(
        "select standing, doi, license, collections, removed_after, first, series from codes order by code"
    ).fetchall()
    return tuple(
        Code(Standing(standing), doi, license_, tuple(collections.split()), after or None, first, series)
        for standing, doi, license_, collections, after, first, series in found
    )


def _read(connection: duckdb.DuckDBPyConnection, copy: Path) -> SeriesMap:
    """Return the table that is in a copy."""
    path = duck.one_file(copy)
    found = connection.execute(
        "select value from parquet_kv_metadata($path) where key = 'codes'::blob", {"path": path}
    ).fetchall()
    codes = tuple(
        Code(Standing(standing), doi, license_, tuple(collections), after, first, series)
        for standing, doi, license_, collections, after, first, series in json.loads(found[0][0])
    )
    return SeriesMap("read_parquet($series_map)", {"series_map": path}, codes)


def _name(sources: Sources) -> str:
    """Return the beginning of a copy's name, which is another for other sources. Raise `InputError` without them."""
    seen = hashlib.sha256(str(FORM).encode())
    for path in sources.files:
        seen.update(b"%d:" % regular_size(path))
        seen.update(read_start(path, LOOKED_AT))
        seen.update(read_end(path, LOOKED_AT))
    return f"idc-series-{sources.version}-{seen.hexdigest()[:16]}"
