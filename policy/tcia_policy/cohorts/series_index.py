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

from tcia_policy.cohorts.cohort import EXAMPLES, EntryKind, UidColumn
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup, UnknownEntries, order_of_group
from tcia_policy.cohorts.uids import LONGEST_UID, LONGEST_UUID, UID_PATTERN, UUID_PATTERN
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.shipped import shipped

CHUNK = 20_000
# Each series once, with the numbers of all the places where it is listed; in a single place it is listed once as it is.
IN_SEVERAL = "select name, string_agg(distinct place, ',') as places from listed group by name"
IN_ONE = "select name, place::varchar as places from listed"
# What else a name may be: the column of the index that has it, and of the index of earlier versions.
COLUMNS = {
    EntryKind.SERIES_UUID: "crdc_series_uuid",
    EntryKind.STUDY: "StudyInstanceUID",
    EntryKind.PATIENT: "PatientID",
}
# What the index says of them, and a null DOI where it says nothing. Decimals add up to the same in any order.
FOUND = """
    select places,
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
        """Return a query for whether all of one place have that form, and they are not too many."""
        return (
            f"select count(*) between 1 and {limits.COHORT_SERIES:d}"  # noqa: S608
            " and bool_and(name is not null and length(name) <= $longest"
            f" and regexp_full_match(name, $pattern)) from {self.table} where place = $place"
        )


LISTED_UID = _Listed("listed", UID_PATTERN, LONGEST_UID)
LISTED_UUID = _Listed("other", UUID_PATTERN, LONGEST_UUID)
CSV = (
    "read_csv($path, delim = $delimiter, quote = '\"', escape = '\"', header = false, skip = $skip, columns = $columns,"
    " auto_detect = false, compression = 'none', hive_partitioning = false)"
)


class SeriesIndex:
    """Takes in the entries of numbered places, then looks all of them up.

    Opening it raises `InputError` where no index is installed.
    """

    def __init__(self) -> None:
        index, prior = index_files()
        self._index = {"index": str(index)}
        self._prior = {"prior": str(prior)}
        self._places: dict[Place, int] = {}
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
        self._rows("create temp table listed (place integer, name varchar)")
        self._rows("create temp table other (place integer, name varchar)")
        self._rows("create temp table unknown (place integer, name varchar, collection varchar)")

    def __enter__(self) -> "SeriesIndex":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    @property
    def version(self) -> str:
        """Return the version of idc-index-data."""
        return importlib.metadata.version("idc-index-data")

    def enter(self, place: Place, names: Sequence[str]) -> None:
        """Note the entries of one place."""
        table = "listed" if place.kind is EntryKind.SERIES else "other"
        for start in range(0, len(names), CHUNK):
            self._rows(
                f"insert into {table} select $place, unnest($names::varchar[])",
                {"place": self._number(place), "names": list(names[start : start + CHUNK])},
            )

    def enter_column(self, cohort: int, path: Path, column: UidColumn) -> bool:
        """Note the UIDs in a column of a file. Return false, with nothing noted, where not every value of it is one."""
        if not GLOB_CHARACTERS.isdisjoint(str(path)):
            return False
        listed = LISTED_UUID if column.uuids else LISTED_UID
        place = self._number(Place(cohort, EntryKind.SERIES_UUID if column.uuids else EntryKind.SERIES))
        try:
            self._connection.execute(
                f"insert into {listed.table} select distinct $place, c{column.index:d} from {CSV}",  # noqa: S608
                {
                    "place": place,
                    "path": str(path.absolute()),
                    "delimiter": column.delimiter,
                    "skip": column.skip,
                    "columns": {f"c{number}": "VARCHAR" for number in range(column.width)},
                },
            )
        except duckdb.Error:
            return False
        of_place = {"place": place}
        form = {"longest": listed.longest, "pattern": listed.pattern}
        if self._rows(listed.all_are_well, of_place | form) != [(True,)]:
            self._rows(f"delete from {listed.table} where place = $place", of_place)  # noqa: S608
            return False
        return True

    def look_up(self) -> LookedUp:
        """Return everything entered: what was found, counted by distinct series, and what was not."""
        asked = self._asked()
        for kind in EntryKind:
            if any(place.kind is kind for place in self._places):
                self._resolve(kind)
        several = self._rows("select min(place) <> max(place) or count(*) > count(distinct name) from listed")[0][0]
        found = self._rows(f"with each_once as ({IN_SEVERAL if several else IN_ONE}) {FOUND}", self._index)
        groups = [
            SeriesGroup(self._places_of(places), doi, license_, series, float(size or 0), collection)
            for places, doi, license_, series, size, collection in found
            if doi is not None
        ]
        if len(groups) < len(found):
            self._note_missing()
            groups += self._removed()
            self._note_unknown()
        unknown = self._unknown()
        for each in unknown:
            asked[each.place] = max(0, asked[each.place] - each.number)
        return LookedUp(tuple(sorted(groups, key=order_of_group)), unknown, asked, self.version)

    def _number(self, place: Place) -> int:
        return self._places.setdefault(place, len(self._places))

    def _numbers(self, kind: EntryKind) -> list[int]:
        return [number for place, number in self._places.items() if place.kind is kind]

    def _places_of(self, numbers: str) -> frozenset[Place]:
        places = list(self._places)
        return frozenset(places[int(number)] for number in numbers.split(","))

    def _asked(self) -> dict[Place, int]:
        """Return the number of distinct entries of each place."""
        counted = self._rows(
            "select place, count(distinct name) from (from listed union all from other) group by place"
        )
        places = list(self._places)
        return {places[number]: count for number, count in counted}

    def _resolve(self, kind: EntryKind) -> None:
        """Bring entries of a kind to SeriesInstanceUIDs, by the index and else by the earlier versions of IDC."""
        if kind is EntryKind.SERIES:
            return
        of_kind = {"numbers": self._numbers(kind)}
        name = "lower(name)" if kind is EntryKind.SERIES_UUID else "name"
        self._rows(
            f"create or replace temp table asked as select distinct place, {name} as name from other"  # noqa: S608
            " where list_contains($numbers, place)",
            of_kind,
        )
        if kind is EntryKind.UID:
            self._find("SeriesInstanceUID", self._index, "index")
            self._find("StudyInstanceUID", self._index, "index")
            self._find_removed()
            self._find("SeriesInstanceUID", self._prior, "prior")
            self._find("StudyInstanceUID", self._prior, "prior")
        else:
            self._find(COLUMNS[kind], self._index, "index")
            self._find(COLUMNS[kind], self._prior, "prior")
        self._rows("insert into unknown select place, name, null from asked")

    def _find(self, column: str, file: Mapping[str, object], name: str) -> None:
        """Take the entries that a column of a file has out of those asked for, and list their series."""
        self._rows(
            "create or replace temp table known as select place, name, SeriesInstanceUID as uid"  # noqa: S608
            f" from asked join read_parquet(${name}) on name = {column}",
            file,
        )
        self._rows("insert into listed select distinct place, uid from known")
        self._rows(
            "create or replace temp table asked as select place, name from asked anti join known using (place, name)"
        )

    def _find_removed(self) -> None:
        self._take_in_removed()
        self._rows("insert into listed select place, name from asked semi join removed on name = SeriesInstanceUID")
        self._rows(
            "create or replace temp table asked as"
            " select place, name from asked anti join removed on name = SeriesInstanceUID"
        )

    def _take_in_removed(self) -> None:
        if not self._rows("select 1 from duckdb_tables() where table_name = 'removed'"):
            self._rows(TAKE_IN_REMOVED, {"removed": str(removed_series())})

    def _note_missing(self) -> None:
        """Note the series that the index does not have, and what is known of those that IDC removed."""
        self._rows(
            "create temp table missing as select distinct place, name"
            " from listed anti join read_parquet($index) on name = SeriesInstanceUID",
            self._index,
        )
        self._take_in_removed()

    def _removed(self) -> list[SeriesGroup]:
        """Return the missing series that IDC removed, as the last version that had them says of them."""
        found = self._rows(
            "with each_once as (select name, string_agg(distinct place, ',') as places from missing group by name)"
            " select places, lower(source_doi), license, count(*), collection_id, last_version"
            " from each_once join removed on name = SeriesInstanceUID group by all"
        )
        return [
            SeriesGroup(self._places_of(places), doi or "", license_ or "", series, 0.0, collection, last)
            for places, doi, license_, series, collection, last in found
        ]

    def _note_unknown(self) -> None:
        self._rows(
            "insert into unknown select distinct place, name, collection_id"
            " from (from missing anti join removed on name = SeriesInstanceUID)"
            " left join read_parquet($prior) on name = SeriesInstanceUID",
            self._prior,
        )

    def _unknown(self) -> tuple[UnknownEntries, ...]:
        counted = self._rows(
            "select place, count(distinct name), list_slice(list(distinct name order by name), 1, $examples),"
            " list(distinct collection order by collection) filter (where collection is not null)"
            " from unknown group by place",
            {"examples": EXAMPLES},
        )
        places = list(self._places)
        return tuple(
            UnknownEntries(places[number], count, tuple(examples), tuple(collections or ()))
            for number, count, examples, collections in sorted(counted)
        )

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


def _installed() -> Path:
    found = importlib.util.find_spec("idc_index_data")
    if found is None or found.origin is None:
        raise InputError("idc-index-data is not installed, and series are looked up in it", hint="install it with pip")
    return Path(found.origin).parent
