"""Series in IDC's index: what `idc-index-data` says of each, by one join in DuckDB.

The package's Parquet files are read where they are installed; the package itself is not imported. Whatever comes from
a user's file reaches DuckDB as a parameter, never as SQL.
"""

import importlib.metadata
import importlib.util
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple

import duckdb

from tcia_policy.cohorts.cohort import EXAMPLES, UidColumn
from tcia_policy.cohorts.index_rows import SeriesGroup, UnknownSeries
from tcia_policy.cohorts.uids import LONGEST_UID, LONGEST_UUID, UID_PATTERN, UUID_PATTERN
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.shipped import shipped

CHUNK = 20_000
# Each series once, with all the cohorts that list it; in a single cohort each is listed once as it is.
IN_SEVERAL = "select name, string_agg(distinct cohort, ',') as cohorts from listed group by name"
IN_ONE = "select name, cohort::varchar as cohorts from listed"
# What the index says of them, and a null DOI where it says nothing. Decimals add up to the same in any order.
FOUND = """
    select cohorts,
           if(SeriesInstanceUID is null, null, coalesce(lower(source_DOI), '')),
           coalesce(license_short_name, 'no license stated'),
           count(*),
           sum(series_size_MB::decimal(18, 6)),
           coalesce(collection_id, '')
    from each_once left join read_parquet($index) on name = SeriesInstanceUID
    group by all"""
TAKE_IN_REMOVED = """
    create temp table removed as
    select * from read_csv($removed, header = true, all_varchar = true, compression = 'gzip')"""
INDEX, PRIOR = "idc_index.parquet", "prior_versions_index.parquet"
GLOB_CHARACTERS = frozenset("*?[]{}")


class _Listed(NamedTuple):
    """A table of what cohorts list, and the form of it."""

    table: str
    pattern: str
    longest: int

    @property
    def all_are_well(self) -> str:
        """Return a query for whether all of one cohort have that form, and they are not too many."""
        return (
            f"select count(*) between 1 and {limits.COHORT_SERIES:d}"  # noqa: S608
            " and bool_and(name is not null and length(name) <= $longest"
            f" and regexp_full_match(name, $pattern)) from {self.table} where cohort = $cohort"
        )


LISTED_UID = _Listed("listed", UID_PATTERN, LONGEST_UID)
LISTED_UUID = _Listed("listed_uuid", UUID_PATTERN, LONGEST_UUID)
CSV = (
    "read_csv($path, delim = $delimiter, quote = '\"', escape = '\"', header = false, skip = $skip, columns = $columns,"
    " auto_detect = false, compression = 'none', hive_partitioning = false)"
)


class SeriesIndex:
    """Takes in the series of numbered cohorts, then looks all of them up.

    Opening it raises `InputError` where no index is installed.
    """

    def __init__(self) -> None:
        index, prior = index_files()
        self._index = {"index": str(index)}
        self._prior = {"prior": str(prior)}
        self._connection = duckdb.connect(
            config={
                "threads": min(limits.QUERY_THREADS, os.cpu_count() or 1),
                "memory_limit": limits.QUERY_MEMORY,
                "temp_directory": "",
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self._uuids_entered = False
        self._rows("create temp table listed (cohort integer, name varchar)")
        self._rows("create temp table listed_uuid (cohort integer, name varchar)")
        self._rows("create temp table unknown (cohort integer, name varchar, collection varchar)")

    def __enter__(self) -> "SeriesIndex":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    @property
    def version(self) -> str:
        """Return the version of idc-index-data."""
        return importlib.metadata.version("idc-index-data")

    def enter(self, cohort: int, series: Sequence[str], uuids: Sequence[str]) -> None:
        """Note the series of one cohort, by SeriesInstanceUID and by `crdc_series_uuid`."""
        self._enter(LISTED_UID.table, cohort, series)
        self._enter(LISTED_UUID.table, cohort, uuids)
        self._uuids_entered |= bool(uuids)

    def enter_column(self, cohort: int, path: Path, column: UidColumn) -> bool:
        """Note the UIDs in a column of a file. Return false, with nothing noted, where not every value of it is one."""
        if not GLOB_CHARACTERS.isdisjoint(str(path)):
            return False
        listed = LISTED_UUID if column.uuids else LISTED_UID
        try:
            self._connection.execute(
                f"insert into {listed.table} select distinct $cohort, c{column.index:d} from {CSV}",  # noqa: S608
                {
                    "cohort": cohort,
                    "path": str(path.absolute()),
                    "delimiter": column.delimiter,
                    "skip": column.skip,
                    "columns": {f"c{number}": "VARCHAR" for number in range(column.width)},
                },
            )
        except duckdb.Error:
            return False
        of_cohort = {"cohort": cohort}
        form = {"longest": listed.longest, "pattern": listed.pattern}
        if self._rows(listed.all_are_well, of_cohort | form) != [(True,)]:
            self._rows(f"delete from {listed.table} where cohort = $cohort", of_cohort)  # noqa: S608
            return False
        self._uuids_entered |= column.uuids
        return True

    def look_up(self) -> tuple[tuple[SeriesGroup, ...], dict[int, UnknownSeries]]:
        """Return everything entered: what was found, counted by distinct series, and what was not, by cohort."""
        if self._uuids_entered:
            self._resolve_uuids()
        several = self._uuids_entered or self._rows("select min(cohort) <> max(cohort) from listed")[0][0]
        found = self._rows(f"with each_once as ({IN_SEVERAL if several else IN_ONE}) {FOUND}", self._index)
        groups = [
            SeriesGroup(frozenset(map(int, cohorts.split(","))), doi, license_, series, float(size or 0), collection)
            for cohorts, doi, license_, series, size, collection in found
            if doi is not None
        ]
        if len(groups) < len(found):
            self._note_missing()
            groups += self._removed()
            self._note_unknown()
        return tuple(sorted(groups, key=_order)), self._unknown()

    def _enter(self, table: str, cohort: int, names: Sequence[str]) -> None:
        for start in range(0, len(names), CHUNK):
            self._rows(
                f"insert into {table} select $cohort, unnest(string_split($names, ' '))",
                {"cohort": cohort, "names": " ".join(names[start : start + CHUNK])},
            )

    def _resolve_uuids(self) -> None:
        """Bring UUIDs to SeriesInstanceUIDs, by the index and else by the earlier versions of IDC."""
        self._rows(
            "create temp table known as select distinct cohort, lower(name) as uuid, SeriesInstanceUID as uid"
            " from listed_uuid left join read_parquet($index) on lower(name) = crdc_series_uuid",
            self._index,
        )
        self._rows("insert into listed select cohort, uid from known where uid is not null")
        if not self._rows("select 1 from known where uid is null limit 1"):
            return
        self._rows(
            "create temp table known_before as select distinct cohort, uuid, SeriesInstanceUID as uid"
            " from (select cohort, uuid from known where uid is null)"
            " left join read_parquet($prior) on uuid = crdc_series_uuid",
            self._prior,
        )
        self._rows("insert into listed select cohort, uid from known_before where uid is not null")
        self._rows("insert into unknown select cohort, uuid, null from known_before where uid is null")

    def _note_missing(self) -> None:
        """Note the series that the index does not have, and what is known of those that IDC removed."""
        self._rows(
            "create temp table missing as select distinct cohort, name"
            " from listed anti join read_parquet($index) on name = SeriesInstanceUID",
            self._index,
        )
        self._rows(TAKE_IN_REMOVED, {"removed": str(removed_series())})

    def _removed(self) -> list[SeriesGroup]:
        """Return the missing series that IDC removed, as the last version that had them says of them."""
        found = self._rows(
            "with each_once as (select name, string_agg(distinct cohort, ',') as cohorts from missing group by name)"
            " select cohorts, lower(source_doi), license, count(*), collection_id, last_version"
            " from each_once join removed on name = SeriesInstanceUID group by all"
        )
        return [
            SeriesGroup(
                frozenset(map(int, cohorts.split(","))), doi or "", license_ or "", series, 0.0, collection, last
            )
            for cohorts, doi, license_, series, collection, last in found
        ]

    def _note_unknown(self) -> None:
        self._rows(
            "insert into unknown select distinct cohort, name, collection_id"
            " from (from missing anti join removed on name = SeriesInstanceUID)"
            " left join read_parquet($prior) on name = SeriesInstanceUID",
            self._prior,
        )

    def _unknown(self) -> dict[int, UnknownSeries]:
        counted = self._rows(
            "select cohort, count(distinct name), list_slice(list(distinct name order by name), 1, $examples),"
            " list(distinct collection order by collection) filter (where collection is not null)"
            " from unknown group by cohort",
            {"examples": EXAMPLES},
        )
        return {
            cohort: UnknownSeries(series, tuple(examples), tuple(collections or ()))
            for cohort, series, examples, collections in counted
        }

    def _rows(self, sql: str, parameters: Mapping[str, object] = MappingProxyType({})) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, dict(parameters)).fetchall()
        except duckdb.Error as error:
            raise InputError(
                f"IDC's index cannot be read: {str(error).splitlines()[0]}", hint="install idc-index-data anew"
            ) from None


def removed_series() -> Path:
    """Return the list of series that IDC removed, which came with the program."""
    return shipped("data") / "idc-removed-series.csv.gz"


def index_files() -> tuple[Path, ...]:
    """Return the files of IDC's index in which series are looked up. Raise `InputError` where it is not installed."""
    folder = _installed()
    return (folder / INDEX, folder / PRIOR)


def _order(group: SeriesGroup) -> tuple[str, str, str, str, list[int]]:
    return group.doi, group.license, group.collection, group.removed_after or "", sorted(group.cohorts)


def _installed() -> Path:
    found = importlib.util.find_spec("idc_index_data")
    if found is None or found.origin is None:
        raise InputError("idc-index-data is not installed, and series are looked up in it", hint="install it with pip")
    return Path(found.origin).parent
