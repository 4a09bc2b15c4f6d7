"""Entries of all kinds looked up by DuckDB: the same answers as the index that ships gives, to the row."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup, UnknownEntries
from tcia_policy.cohorts.index.bulk import BulkIndex
from tcia_policy.cohorts.index.sources import Sources
from tests.cohorts.index.small_index import UUID, uid, write_sources

Entered = Mapping[Place, Sequence[str]]
A, B = Place(0, EntryKind.SERIES), Place(1, EntryKind.SERIES)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_sources(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def look_up(sources: Sources, cache: Path, entered: Entered) -> LookedUp:
    with BulkIndex(sources, cache) as index:
        for place, names in entered.items():
            index.enter(place, names)
        return index.look_up()


def of(places: set[Place], doi: str, license_: str, series: int, size: float, collection: str) -> SeriesGroup:
    return SeriesGroup(frozenset(places), doi, license_, series, size, collection)


def test_series_are_counted_by_what_the_index_says_and_by_where_they_are_listed(sources: Sources, cache: Path) -> None:
    found = look_up(
        sources,
        cache,
        {
            A: [uid(1), uid(2), uid(11)],
            B: [uid(2), uid(10)],
        },
    )
    assert set(found.groups) == {
        of({A}, "10.7937/a", "CC BY 3.0", 1, 1.5, "a"),
        of({A, B}, "10.7937/a", "CC BY 3.0", 1, 2.25, "a"),
        of({A}, "", "no license stated", 1, 0.5, "b"),
        of({B}, "10.7937/b", "CC BY 4.0", 1, 4.000001, "b"),
    }
    assert (found.unknown, found.found, found.version) == ((), {A: 3, B: 2}, "25.0.0")


def test_what_idc_removed_is_found_and_what_only_earlier_versions_had_is_not(sources: Sources, cache: Path) -> None:
    found = look_up(sources, cache, {A: [uid(20), uid(30), "9.9.9", "9.9.10"]})
    assert found.groups == (SeriesGroup(frozenset({A}), "10.7937/c", "CC BY-NC 3.0", 1, 0.0, "c", "23.1.0"),)
    assert found.unknown == (UnknownEntries(A, 3, (uid(30), "9.9.10", "9.9.9"), ("d", "e")),)
    assert found.found == {A: 1}


def test_a_uuid_of_an_earlier_version_is_that_of_the_series(sources: Sources, cache: Path) -> None:
    place = Place(0, EntryKind.SERIES_UUID)
    found = look_up(
        sources, cache, {place: [UUID.format(101), UUID.format(1).upper(), UUID.format(30), UUID.format(7)]}
    )
    assert [(group.doi, group.series) for group in found.groups] == [("10.7937/a", 1)]
    assert found.unknown == (UnknownEntries(place, 2, (UUID.format(7), UUID.format(30)), ("d", "e")),)
    assert found.found == {place: 2}


def test_a_patient_and_a_study_stand_for_their_series(sources: Sources, cache: Path) -> None:
    patient, study = Place(0, EntryKind.PATIENT), Place(0, EntryKind.STUDY)
    found = look_up(sources, cache, {patient: ["P1", "P9"], study: [uid(99), uid(98)]})
    assert sum(group.series for group in found.groups if patient in group.places) == 2
    assert sum(group.series for group in found.groups if study in group.places) == 2
    assert [(each.place, each.examples) for each in found.unknown] == [
        (patient, ("P9",)),
        (study, (uid(98),)),
    ]


@pytest.mark.parametrize("kind", [EntryKind.UID, EntryKind.SERIES])
def test_a_uid_is_a_series_or_else_a_study_whatever_it_is_listed_as(
    sources: Sources, cache: Path, kind: EntryKind
) -> None:
    place = Place(0, kind)
    found = look_up(
        sources,
        cache,
        {place: [uid(1), uid(99), uid(77)]},
    )
    studies = Place(0, EntryKind.STUDY)
    assert sorted((each.kind, group.series) for group in found.groups for each in group.places) == sorted(
        [(kind, 1), (EntryKind.STUDY, 1), (EntryKind.STUDY, 1)]
    )
    assert found.unknown == (UnknownEntries(place, 1, (uid(77),)),)
    assert found.found == {place: 1, studies: 1}
