"""Entries of any number looked up by DuckDB, in the table of all series and in the files of idc-index-data.

What comes from a user's file reaches DuckDB as a parameter, never as SQL.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tcia_policy.cohorts.cohort import EXAMPLES, EntryKind, StoredTable
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.answers import (
    MAY_BE_STUDIES,
    ORDER,
    LookedUp,
    Place,
    SeriesGroup,
    UnknownEntries,
    of_studies,
    order_of_group,
)
from tcia_policy.cohorts.index.bulk_tables import Declined, SeriesNames, TableRead, read_table
from tcia_policy.cohorts.index.sorted_copy import Standing, series_map
from tcia_policy.cohorts.index.sources import Sources, installed_sources
from tcia_policy.files.user_cache import user_cache

CHUNK = 20_000
# What an entry of another kind than a SeriesInstanceUID may be: the column of the index that has it.
COLUMNS = {
    EntryKind.SERIES_UUID: "crdc_series_uuid",
    EntryKind.STUDY: "StudyInstanceUID",
    EntryKind.PATIENT: "PatientID",
}
STUDIES = """(
    select StudyInstanceUID as name from read_parquet($current)
    union all select StudyInstanceUID as name from read_parquet($prior))"""
IN_ONE = "select place::varchar as places, code, size_mb from found"
IN_SEVERAL = """
    select string_agg(distinct place, ',' order by place) as places, any_value(code) as code,
           any_value(size_mb) as size_mb
    from found group by row"""
UUIDS = """(
    select crdc_series_uuid as name, row
    from (select crdc_series_uuid, file_row_number::integer as in_file
          from read_parquet($current, file_row_number = true))
    join (select row, in_file from {series}) using (in_file))"""
# Of an entry that names several series those count that IDC has today, else those that it removed. Where some are only
# known from earlier versions, and none is there today, the entry is not found.
COUNTED = """
    create or replace temp table counted as
    select *, min(standing) over of_one as best, max(standing) over of_one as worst
    from (select distinct place, name, row, code, size_mb,
                 case when code < $removed then 0 when code < $earlier then 1 else 2 end as standing
          from known join {series} using (uid))
    window of_one as (partition by place, name)"""


class BulkIndex:
    """Takes in the entries of numbered places and whole tables, then looks all of them up.

    Opening it raises `InputError` where no index is installed.
    """

    def __init__(self, sources: Sources | None = None, cache: Path | None = None) -> None:
        self._sources = sources or installed_sources()
        self._spilled = duck.temporary_folder()
        self._connection = duck.connect(temporary=None if self._spilled is None else Path(self._spilled.name))
        self._series = series_map(self._connection, self._sources, cache or user_cache())
        standings = [code.standing for code in self._series.codes]
        self._removed = standings.count(Standing.CURRENT)  # the first code of those that IDC removed
        self._earlier = self._removed + standings.count(Standing.REMOVED)
        self._files = {
            "current": {"current": duck.one_file(self._sources.current)},
            "prior": {"prior": duck.one_file(self._sources.prior)},
        }
        self._places: dict[Place, int] = {}
        self._found: dict[Place, int] = {}
        self._sets = 0  # each has a series once; several may have the same
        self._rows("create temp table listed (place integer, name varchar)")
        self._rows("create temp table found (place integer, row integer, code smallint, size_mb decimal(18, 6))")
        self._rows("create temp table unknown (place integer, name varchar, code smallint)")

    def __enter__(self) -> "BulkIndex":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()
        if self._spilled is not None:
            self._spilled.cleanup()

    def fraction(self) -> float | None:
        """Return how far DuckDB is with what it does, from 0 to 1; `None` where it does not say."""
        percent = self._connection.query_progress()
        return percent / 100 if percent >= 0 else None

    @property
    def version(self) -> str:
        """Return the version of idc-index-data."""
        return self._sources.version

    def enter(self, place: Place, names: Sequence[str]) -> None:
        """Note the entries of one place."""
        for start in range(0, len(names), CHUNK):
            self._rows(
                "insert into listed select $place, unnest($names::varchar[])",
                {"place": self._number(place), "names": list(names[start : start + CHUNK])},
            )

    def enter_table(self, cohort: int, table: StoredTable) -> TableRead | None:
        """Look up the entries of a table in a file, and return what else it has.

        Return `None`, with nothing noted, where Python must read it.
        """
        try:
            read = read_table(self._connection, table, self._names(table.kind))
        except Declined:
            return None
        self._take_in(cohort, table.kind)
        self._sets += 1
        self._rows("drop table hits")
        return read

    def _take_in(self, cohort: int, kind: EntryKind) -> None:
        """Note what was found and what was not in a table. Its entries have a place by what is beside them."""
        earlier = {"earlier": self._earlier}
        counted = self._rows(
            "select beside, count(*) filter (where code < $earlier) from hits group by beside order by beside", earlier
        )
        places = {beside: Place(cohort, kind, beside) for beside, _count in counted}
        self._found |= {places[beside]: count for beside, count in counted}
        self._rows(
            "create or replace temp table placed as"
            " select unnest($besides::integer[]) as beside, unnest($places::integer[]) as place",
            {"besides": list(places), "places": [self._number(place) for place in places.values()]},
        )
        hits = "(from hits join placed using (beside))"
        self._rows(f"insert into found select place, row, code, size_mb from {hits} where code < $earlier", earlier)  # noqa: S608
        self._rows(
            f"insert into unknown select place, uid, code from (select row, uid from {self._series.source})"  # noqa: S608
            f" join {hits} using (row) where code >= $earlier",
            {**earlier, **self._series.parameters},
        )
        unknown = f"select place, unknown as name from {hits} where unknown is not null"  # noqa: S608
        self._rows(f"create or replace temp table asked as {unknown}")
        if kind in MAY_BE_STUDIES:
            self._move_studies()
            self._rows("insert into unknown select place, name, null from asked")
        else:  # a UUID may be of an earlier version
            self._rows("insert into listed select place, name from asked")

    def look_up(self) -> LookedUp:
        """Return everything entered: what was found, counted by distinct series, and what was not."""
        for kind in ORDER:
            numbers = [number for place, number in self._places.items() if place.kind is kind]
            if numbers and self._rows("select 1 from listed where list_contains($of, place) limit 1", {"of": numbers}):
                self._resolve(kind, numbers)
        unknown = self._unknown()
        return LookedUp(tuple(sorted(self._groups(), key=order_of_group)), unknown, self._found, self.version)

    def _groups(self) -> list[SeriesGroup]:
        several = self._sets > 1
        counted = self._rows(
            f"select places, code, count(*), sum(size_mb) from ({IN_SEVERAL if several else IN_ONE}) group by all"  # noqa: S608
        )
        places = list(self._places)
        groups = []
        for at, number, series, size in counted:
            code = self._series.codes[number]
            groups.append(
                SeriesGroup(
                    frozenset(places[int(each)] for each in at.split(",")),
                    code.doi,
                    code.license,
                    series,
                    float(size),
                    " ".join(code.collections),
                    code.removed_after,
                )
            )
        return groups

    def _resolve(self, kind: EntryKind, numbers: list[int]) -> None:
        """Look up the listed entries of a kind, first in IDC's index, then in those of earlier versions."""
        name = "lower(name)" if kind is EntryKind.SERIES_UUID else "name"
        self._rows(
            f"create or replace temp table asked as select distinct place, {name} as name from listed"  # noqa: S608
            " where list_contains($numbers, place)",
            {"numbers": numbers},
        )
        listed = dict(self._rows("select place, count(*) from asked group by place"))
        if kind in MAY_BE_STUDIES:
            self._find(f"(select uid, uid as name from {self._series.source})", self._series.parameters)  # noqa: S608
            for number, count in self._move_studies().items():
                listed[number] -= count
        for file in ("current", "prior") if kind in COLUMNS else ():
            source = f"(select SeriesInstanceUID as uid, {COLUMNS[kind]} as name from read_parquet(${file}))"  # noqa: S608
            self._find(source, self._files[file])
        self._rows("insert into unknown select place, name, null from asked")
        self._sets += 1 if kind is EntryKind.SERIES and len(numbers) == 1 else 2
        self._count_found(listed)

    def _move_studies(self) -> dict[int, int]:
        """Move those of the entries asked for that are studies to the places of studies. Return how many, by place."""
        if not self._rows("select 1 from asked limit 1"):
            return {}
        self._rows(
            f"create or replace temp table moved as select place, name from asked semi join {STUDIES} using (name)",  # noqa: S608
            {**self._files["current"], **self._files["prior"]},
        )
        moved = dict(self._rows("select place, count(*) from moved group by place order by place"))
        places = list(self._places)
        for number in moved:
            to = {"to": self._number(of_studies(places[number])), "number": number}
            self._rows("insert into listed select $to, name from moved where place = $number", to)
        self._rows(
            "create or replace temp table asked as select place, name from asked anti join moved using (place, name)"
        )
        return moved

    def _find(self, source: str, parameters: Mapping[str, object]) -> None:
        """Take the entries that a source has out of those asked for, and note their series."""
        self._rows(
            "create or replace temp table known as"  # noqa: S608
            f" select distinct place, name, uid from asked join {source} using (name)",
            parameters,
        )
        standings = {"removed": self._removed, "earlier": self._earlier}
        self._rows(COUNTED.format(series=self._series.source), {**self._series.parameters, **standings})
        self._rows(
            "insert into found select distinct place, row, code, size_mb from counted"
            " where standing = 0 or best = 1 and standing = 1"
        )
        self._rows("insert into unknown select place, name, code from counted where best > 0 and standing = 2")
        self._rows(
            "create or replace temp table asked as select place, name from asked anti join known using (place, name)"
        )

    def _names(self, kind: EntryKind) -> SeriesNames:
        """Return where the entries of tables are looked up."""
        numbered, of_numbered = self._series.source, self._series.parameters
        source, parameters = f"(select uid as name, row from {numbered})", of_numbered  # noqa: S608
        if kind is EntryKind.SERIES_UUID:
            source = UUIDS.format(series=numbered)
            parameters = {**of_numbered, **self._files["current"]}
        return SeriesNames(source, parameters, numbered, of_numbered, self._series.rows - 1)

    def _count_found(self, listed: Mapping[int, int]) -> None:
        """Note how many of the entries that were listed at places were found."""
        missing = dict(self._rows("select place, count(distinct name) from unknown group by place"))
        places = list(self._places)
        for number, count in listed.items():
            place = places[number]
            if place not in self._found or place.kind not in MAY_BE_STUDIES:
                self._found[place] = self._found.get(place, 0) + count - missing.get(number, 0)
            else:  # some of them may also be among the entries of the table
                rows = self._rows("select count(distinct row) from found where place = $place", {"place": number})
                self._found[place] = rows[0][0]

    def _unknown(self) -> tuple[UnknownEntries, ...]:
        each_once = "select place, name, [code] as codes from unknown"
        if self._sets > 1:
            each_once = "select place, name, list(distinct code) as codes from unknown group by place, name"
        counted = self._rows(
            "select place, count(*), min(name, $examples),"  # noqa: S608
            f" list_distinct(flatten(list(distinct codes))) from ({each_once}) group by place",
            {"examples": EXAMPLES},
        )
        places = list(self._places)
        return tuple(
            UnknownEntries(places[number], count, tuple(examples), self._collections(codes))
            for number, count, examples, codes in sorted(counted, key=lambda row: row[0])
        )

    def _collections(self, codes: Sequence[int]) -> tuple[str, ...]:
        known = (self._series.codes[code] for code in codes if code is not None)
        return tuple(sorted({each for code in known for each in code.collections}))

    def _number(self, place: Place) -> int:
        return self._places.setdefault(place, len(self._places))

    def _rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        return duck.rows(self._connection, sql, parameters or {})
