"""The index that ships and DuckDB on idc-index-data give the same answers, to the row."""

from collections.abc import Mapping, Sequence
from functools import cache

import duckdb
import pytest

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, Place
from tcia_policy.cohorts.index.bulk import BulkIndex
from tcia_policy.cohorts.index.slim_look_up import SlimLookUp
from tests.cohorts import idc

Entered = Mapping[Place, Sequence[str]]
COLUMNS = {
    EntryKind.SERIES: "SeriesInstanceUID",
    EntryKind.SERIES_UUID: "crdc_series_uuid",
    EntryKind.STUDY: "StudyInstanceUID",
    EntryKind.PATIENT: "PatientID",
}
STRANGE = {
    EntryKind.SERIES_UUID: ["00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-8fff-ffffffffffff"],
    EntryKind.PATIENT: ["nobody", "Ä 1", " LIDC-IDRI-0001", "lidc-idri-0001", "x" * 10_000],
}
STRANGE_UIDS = ["1.2", "1.2.3", "1.2.840.10008.1.2", "9" * 64]


def by_slim(entered: Entered) -> LookedUp:
    index = SlimLookUp()
    for place, names in entered.items():
        index.enter(place, names)
    return index.look_up()


def by_duckdb(entered: Entered) -> LookedUp:
    with BulkIndex() as index:
        for place, names in entered.items():
            index.enter(place, names)
        return index.look_up()


@cache
def some(file: str, kind: EntryKind, part: int) -> list[str]:
    column = COLUMNS[kind]
    rows = duckdb.execute(
        f"select distinct {column} from read_parquet($file) where hash({column}) % 1009 = $part order by 1",  # noqa: S608
        {"file": idc.file(file), "part": part},
    ).fetchall()
    return [name for (name,) in rows]


def strange(kind: EntryKind) -> list[str]:
    return STRANGE.get(kind, STRANGE_UIDS)


@pytest.mark.parametrize("kind", COLUMNS)
def test_entries_of_one_kind(kind: EntryKind) -> None:
    entered = {Place(0, kind): [*some("idc_index", kind, 1), *strange(kind)]}
    found = by_slim(entered)
    assert found == by_duckdb(entered)
    assert found.found[Place(0, kind)] > 50
    assert [each.number for each in found.unknown] == [len(strange(kind))]


@pytest.mark.parametrize("kind", COLUMNS)
def test_entries_of_earlier_versions(kind: EntryKind) -> None:
    entered = {Place(0, kind): some("prior_versions_index", kind, 2)}
    found = by_slim(entered)
    assert len(found.groups) > 5
    assert found == by_duckdb(entered)


def test_uids_of_which_it_is_not_known_what_they_are() -> None:
    names = [
        name
        for file in ("idc_index", "prior_versions_index")
        for kind in (EntryKind.SERIES, EntryKind.STUDY)
        for name in some(file, kind, 3)
    ]
    entered = {Place(0, EntryKind.UID): [*names, *STRANGE_UIDS]}
    assert by_slim(entered) == by_duckdb(entered)


def test_studies_that_are_listed_as_series_are_studies() -> None:
    studies = [*some("idc_index", EntryKind.STUDY, 6), *some("prior_versions_index", EntryKind.STUDY, 6)]
    entered = {
        Place(0, EntryKind.SERIES): [*studies, *some("idc_index", EntryKind.SERIES, 6), "1.2.3"],
        Place(0, EntryKind.STUDY): [*studies[::2], "1.2.4"],
        Place(1, EntryKind.SERIES, 2): studies[::3],
    }
    found = by_slim(entered)
    assert found == by_duckdb(entered)
    assert next((each.place, each.number) for each in found.unknown if not each.collections) == (
        Place(0, EntryKind.SERIES),
        1,
    )
    assert found.found[Place(0, EntryKind.SERIES)] == len(some("idc_index", EntryKind.SERIES, 6))


def test_the_same_series_at_several_places_in_several_ways_count_once() -> None:
    series = some("idc_index", EntryKind.SERIES, 4)
    entered = {
        Place(0, EntryKind.SERIES): series,
        Place(0, EntryKind.SERIES, 1): series[::2],
        Place(1, EntryKind.UID): [*series[::3], "1.2.3"],
        Place(1, EntryKind.STUDY): some("idc_index", EntryKind.STUDY, 4),
        Place(2, EntryKind.SERIES_UUID): some("idc_index", EntryKind.SERIES_UUID, 4),
        Place(2, EntryKind.PATIENT, 7): some("idc_index", EntryKind.PATIENT, 4),
        Place(3, EntryKind.PATIENT): some("idc_index", EntryKind.PATIENT, 4)[::2],
    }
    found = by_slim(entered)
    assert found == by_duckdb(entered)
    at_first = sum(group.series for group in found.groups if Place(0, EntryKind.SERIES) in group.places)
    assert at_first == len(series)


def test_removed_series_are_told_with_the_last_version_that_had_them() -> None:
    removed = duckdb.execute(
        "select SeriesInstanceUID from read_csv($path, all_varchar = true, compression = 'gzip')",
        {"path": str(idc.removed())},
    ).fetchall()
    entered = {Place(0, EntryKind.SERIES): [uid for (uid,) in removed]}
    found = by_slim(entered)
    assert found == by_duckdb(entered)
    assert found.found == {Place(0, EntryKind.SERIES): len(removed)}
    assert {group.removed_after is None for group in found.groups} == {False}


def test_uuids_in_any_case_are_one() -> None:
    (uuid, *_) = some("idc_index", EntryKind.SERIES_UUID, 5)
    place = Place(0, EntryKind.SERIES_UUID)
    assert by_slim({place: [uuid.upper(), uuid]}).found == {place: 1}


def test_nothing_entered_is_nothing_found() -> None:
    assert by_slim({}) == by_duckdb({})
