"""What was on record of licenses on an earlier day."""

from datetime import date

import pytest

from tcia_policy.model import ClaimScope, Distribution
from tcia_policy.registry import Registry
from tcia_policy.registry.licenses import NONE_STATED, unrecognized
from tcia_policy.registry.on_record import dataset_on, days_of_labels
from tests.registry.histories import (
    BY3,
    BY4,
    JANUARY,
    JULY,
    MARCH,
    MAY,
    NC4,
    REGISTERED,
    THERE_AND_BACK,
    changed,
    claim,
    images,
    past,
)


def licenses_on(day: date, part: Distribution) -> set[str]:
    (found,) = dataset_on(changed(part), day, REGISTERED).distributions
    return {each.license for each in found.claims}


@pytest.mark.parametrize(
    ("day", "license_"),
    [
        (date(2025, 1, 1), None),
        (JANUARY, BY4),
        (date(2026, 2, 25), BY4),
        (MARCH, NC4),
        (date(2026, 6, 30), NC4),
        (JULY, BY4),
        (date(2027, 1, 1), BY4),
    ],
)
def test_a_label_stays_on_record_until_its_source_states_another(day: date, license_: str | None) -> None:
    assert licenses_on(day, THERE_AND_BACK) == ({license_} if license_ else set())


def test_each_day_on_which_a_label_came_is_one_of_change() -> None:
    assert days_of_labels(changed(THERE_AND_BACK)) == [JANUARY, MARCH, JULY]


def test_labels_of_a_copy_end_where_the_archive_itself_speaks() -> None:
    part = images(
        claim(BY4, JULY, JULY), claim(BY3, MAY, MAY, by="idc"), before=(past(BY3, JANUARY, MARCH, "history"),)
    )
    assert licenses_on(MARCH, part) == {BY3}
    assert {each.source for each in dataset_on(changed(part), MAY, REGISTERED).distributions[0].claims} == {
        "history",
        "idc",
    }
    assert licenses_on(JULY, part) == {BY3, BY4}


def test_what_is_not_described_or_not_stated_stays_so() -> None:
    part = images(
        claim(BY4, JULY, JULY),
        before=(past(None, JANUARY, JANUARY, stated_as="Ask us"), past(None, MARCH, MARCH)),
    )
    assert licenses_on(JANUARY, part) == {unrecognized("Ask us")}
    assert licenses_on(MAY, part) == {unrecognized("Ask us"), NONE_STATED}


def test_a_label_is_on_record_from_the_day_on_which_it_was_read_and_nobody_had_seen_it_later() -> None:
    part = images(claim(NC4, MARCH, by="nbia", until=JULY, scope=ClaimScope.COLLECTION))
    (found,) = dataset_on(changed(part), MAY, REGISTERED).distributions[0].claims
    assert (found.license, found.as_of, found.until, found.scope) == (NC4, MARCH, None, ClaimScope.COLLECTION)
    assert licenses_on(JANUARY, part) == set()


def test_on_the_last_day_all_datasets_that_ship_are_what_they_are() -> None:
    registry = Registry.load()
    for entry in registry.entries[::7]:
        dataset = registry.get(entry.id)
        assert dataset_on(dataset, date(2099, 1, 1), registry.registered) == dataset
