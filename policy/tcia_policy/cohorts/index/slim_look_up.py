"""Entries looked up in the index that ships with the program: the same answers as DuckDB gives on idc-index-data.

A study or a patient stands for the series that IDC has today; where it has none of them, for those of earlier versions.
Each series counts once, at all the places where it is listed. What is listed at which places is a number for each
distinct set of places, so that a million series take one number each.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest

from tcia_policy.cohorts.cohort import EXAMPLES, EntryKind
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
from tcia_policy.cohorts.index.slim import SlimIndex, Statement, slim_index
from tcia_policy.cohorts.index.slim_table import UNKNOWN

BYTES_IN_MB = 1_000_000


class SlimLookUp:
    """Takes in the entries of places, then looks all of them up."""

    def __init__(self, index: SlimIndex | None = None) -> None:
        self._index = index or slim_index()
        self._entered: dict[Place, dict[str, None]] = {}

    def enter(self, place: Place, names: Sequence[str]) -> None:
        """Note the entries of one place."""
        of_one_case = map(str.lower, names) if place.kind is EntryKind.SERIES_UUID else names
        self._entered.setdefault(place, {}).update(dict.fromkeys(of_one_case))

    def look_up(self) -> LookedUp:
        """Return everything entered: what was found, counted by distinct series, and what was not."""
        said = _Said(self._index, sum(map(len, self._entered.values())))
        listed = _Listed()
        missing: dict[Place, dict[str, frozenset[str]]] = {}
        for kind in ORDER:
            for place in [each for each in self._entered if each.kind is kind]:
                missing[place] = self._add_rows(place, said, listed)
                if kind in MAY_BE_STUDIES:
                    self._move_studies(place, missing[place])
        found = {place: len(names) - len(missing[place]) for place, names in self._entered.items()}
        unknown = tuple(_unknown(place, missing[place]) for place in self._entered if missing[place])
        return LookedUp(_groups(self._index, listed, said), unknown, found, self._index.version)

    def _add_rows(self, place: Place, said: "_Said", listed: "_Listed") -> dict[str, frozenset[str]]:
        """Note the rows that the entries of a place stand for. Return those that have none, with their collections."""
        missing = {}
        for name, rows in _rows_of(self._index, place.kind, self._entered[place]):
            meant, before = said.meant(rows)
            listed.add(meant, place)
            if before is not None:
                missing[name] = before
        return missing

    def _move_studies(self, place: Place, missing: dict[str, frozenset[str]]) -> None:
        """Move the entries that are no series but studies to the place of studies."""
        studies = [name for name, before in missing.items() if not before and self._index.rows_of_study(name)]
        for name in studies:
            del missing[name], self._entered[place][name]
        if studies:
            self.enter(of_studies(place), studies)


class _Said:
    """What is said of rows, of each code once."""

    def __init__(self, index: SlimIndex, entries: int) -> None:
        self._index = index
        self.code_at = index.codes.getter(entries)
        self._statements: dict[int, Statement] = {}

    def of(self, row: int) -> Statement:
        """Return what is said of a series."""
        code = self.code_at(row)
        return self._statements.get(code) or self.by_code(code)

    def by_code(self, code: int) -> Statement:
        """Return what is said of series with this code."""
        if code not in self._statements:
            self._statements[code] = self._index.statement_of(code)
        return self._statements[code]

    def meant(self, rows: Sequence[int]) -> tuple[Sequence[int], frozenset[str] | None]:
        """Return the rows that an entry with these rows stands for.

        With them come the collections that the index has on record for earlier versions only: `None` where all is
        known, and no collection where nothing is.
        """
        if len(rows) == 1 and self.of(rows[0]).on_record:
            return rows, None
        statements = list(map(self.of, rows))
        current = [row for row, said in zip(rows, statements, strict=True) if said.is_current]
        if current:
            return current, None
        removed = [row for row, said in zip(rows, statements, strict=True) if said.on_record]
        before = frozenset(said.collection for said in statements if not said.on_record)
        return removed, None if removed and not before else before


class _Listed:
    """The rows that are listed, each with the number of the set of places that list it."""

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.sets: list[frozenset[Place]] = [frozenset()]
        self._numbers: dict[frozenset[Place], int] = {frozenset(): 0}
        self._joined: dict[tuple[int, Place], int] = {}

    def add(self, rows: Sequence[int], place: Place) -> None:
        """Note that a place lists these rows."""
        for row in rows:
            before = self.rows.get(row, 0)
            number = self._joined.get((before, place))
            self.rows[row] = self._join(before, place) if number is None else number

    def _join(self, before: int, place: Place) -> int:
        places = self.sets[before] | {place}
        number = self._numbers.setdefault(places, len(self.sets))
        if number == len(self.sets):
            self.sets.append(places)
        self._joined[before, place] = number
        return number


def _rows_of(index: SlimIndex, kind: EntryKind, names: Mapping[str, None]) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield each name with its rows; none for a name that the index does not have."""
    if kind in (EntryKind.STUDY, EntryKind.PATIENT):
        rows_of = index.rows_of_study if kind is EntryKind.STUDY else index.rows_of_patient
        yield from ((name, rows_of(name)) for name in names)
        return
    of_series = index.rows_of_uuids if kind is EntryKind.SERIES_UUID else index.rows_of_series
    for name, row in zip(names, of_series(names), strict=True):
        yield name, () if row == UNKNOWN else (row,)


def _groups(index: SlimIndex, listed: _Listed, said: _Said) -> tuple[SeriesGroup, ...]:
    """Return the series that are listed, those together that are alike."""
    series: Counter[tuple[int, Statement]] = Counter()
    sizes: Counter[tuple[int, Statement]] = Counter()
    for (places, code), (count, size) in _counted(index, listed, said).items():
        alike = places, said.by_code(code)
        series[alike] += count
        sizes[alike] += size
    groups = [
        SeriesGroup(
            places=listed.sets[places],
            doi=statement.doi,
            license=statement.license,
            series=count,
            size_mb=sizes[places, statement] / BYTES_IN_MB,
            collection=statement.collection,
            removed_after=statement.removed_after,
        )
        for (places, statement), count in series.items()
    ]
    return tuple(sorted(groups, key=order_of_group))


def _counted(index: SlimIndex, listed: _Listed, said: _Said) -> dict[tuple[int, int], tuple[int, int]]:
    """Return by set of places and code: how many series, and how many bytes they have."""
    counted: dict[tuple[int, int], tuple[int, int]] = {}
    size_at, code_at = index.sizes.getter(len(listed.rows)), said.code_at
    for row, places in listed.rows.items():
        alike = places, code_at(row)
        count, size = counted.get(alike, (0, 0))
        counted[alike] = count + 1, size + size_at(row)
    return counted


def _unknown(place: Place, missing: Mapping[str, frozenset[str]]) -> UnknownEntries:
    collections = frozenset[str]().union(*missing.values())
    return UnknownEntries(place, len(missing), tuple(nsmallest(EXAMPLES, missing)), tuple(sorted(collections)))
