"""What held for a copy when it was obtained, and that it never opens more than what is stated today."""

from dataclasses import replace
from datetime import date

import pytest

from tcia_policy.engine.copy_then import CHANGING, UNDESCRIBED, with_license_then
from tcia_policy.model import Dataset, DatasetVersion, Distribution, IdcRun, PastClaim, Route
from tcia_policy.registry.licenses import NONE_STATED
from tcia_policy.registry.standing import Registered
from tests.engine.small import LIMITED, NIH, SOURCE, TODAY, dataset, holding, known_data, licenses, own, part, whole

BY3, BY4, NC4 = "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0"
REGISTERED = Registered(licenses(), known_data([]).sources)
OLD = IdcRun(first="17.0.0", last="23.10.1", licenses=(BY3,))
NEW = IdcRun(first="24.0.0", last="25.0.5", licenses=(BY4,))


def of_idc(now: str, *runs: IdcRun, version: str = "v22") -> set[str]:
    """Return the licenses of a copy from IDC."""
    images = part("1", own(now))
    made = dataset("A", images).model_copy(update={"idc_history": runs})
    return _licenses(now, images, made, Route.IDC, version=version)


def of_tcia(now: str, past: PastClaim, day: date) -> set[str]:
    """Return the licenses of a copy from TCIA, whose label of today is on record since 2026-07-09."""
    claim = own(now).model_copy(update={"since": date(2026, 7, 9)})
    images = part("1", claim).model_copy(update={"past": (past,)})
    return _licenses(now, images, dataset("A", images), Route.TCIA, obtained_on=day)


def _licenses(now: str, images: Distribution, made: Dataset, route: Route, **obtained: object) -> set[str]:
    copy = holding(made, "1", route=route).model_copy(update=obtained)
    return set(with_license_then({now: ("TCIA",)}, images, made, copy, REGISTERED))


def label(license_: str | None, text: str | None = None) -> PastClaim:
    return PastClaim(
        license=license_, source="tcia", first=date(2025, 11, 11), last=date(2026, 7, 2), stated_as=text or license_
    )


def test_a_license_that_was_granted_stays_granted_for_that_copy() -> None:
    assert of_idc(BY4, OLD, NEW) == {BY3}
    assert of_idc(BY4, OLD, NEW, version="v24") == {BY4}
    assert of_tcia(BY4, label(BY3), date(2026, 1, 1)) == {BY3}
    assert of_tcia(BY4, label(BY3), date(2026, 8, 1)) == {BY4}


def test_a_record_that_would_open_more_than_today_counts_beside_what_is_stated_today() -> None:
    assert of_idc(NC4, OLD, NEW) == {NC4, BY3}
    assert of_tcia(NC4, label(BY3), date(2026, 1, 1)) == {NC4, BY3}


def test_a_stricter_record_counts_alone() -> None:
    assert of_tcia(BY4, label(NC4), date(2026, 1, 1)) == {NC4}


def test_no_record_opens_what_is_controlled_today() -> None:
    assert of_idc(NIH, OLD, NEW) == {NIH}


def test_between_two_records_the_older_label_may_still_have_held() -> None:
    assert of_tcia(BY4, label(BY3), date(2026, 7, 5)) == {BY3}


@pytest.mark.parametrize(("past", "id_"), [(label(None), NONE_STATED), (label(None, "TCIA Limited"), UNDESCRIBED)])
def test_what_was_not_stated_or_is_not_described_leaves_it_open(past: PastClaim, id_: str) -> None:
    assert of_tcia(BY4, past, date(2026, 1, 1)) == {BY4, id_}


def test_a_version_without_a_license_leaves_it_open() -> None:
    silent = IdcRun(first="22.0.0", last="22.0.0", unlabeled=True)
    assert of_idc(BY4, silent, NEW, version="22.0.0") == {BY4, NONE_STATED}


def test_a_label_that_came_and_went_is_none_to_rely_on() -> None:
    before = IdcRun(first="17.0.0", last="21.0.0", licenses=(NC4,))
    passing = IdcRun(first="22.0.0", last="23.10.1", licenses=(BY4,))
    after = IdcRun(first="24.0.0", last="25.0.5", licenses=(NC4,))
    assert of_idc(NC4, before, passing, after) == {NC4, BY4, CHANGING}


def test_before_every_record_the_earliest_label_may_have_held_as_well_as_that_of_today() -> None:
    assert of_tcia(BY4, label(BY3), date(2020, 1, 1)) == {BY3, BY4}
    assert of_idc(BY4, OLD, NEW, version="v3") == {BY3, BY4}
    assert of_tcia(BY4, label(NC4), date(2020, 1, 1)) == {NC4, BY4}


def test_what_was_replaced_after_the_copy_was_obtained_may_have_held_for_it() -> None:
    today = own(BY4).model_copy(update={"as_of": date(2026, 8, 21), "since": date(2025, 11, 11)})
    before = whole(LIMITED).model_copy(update={"as_of": date(2025, 1, 4)})
    images = part("1", today, before)
    made = dataset("A", images)
    assert licenses_of(made, images, date(2021, 5, 1)) == {BY4, LIMITED}
    assert licenses_of(made, images, date(2025, 12, 1)) == {BY4}
    assert licenses_of(made, images, None) == {BY4}


def test_what_a_report_stated_and_states_no_longer_may_have_held_for_a_copy_before_its_last_day() -> None:
    day = date(2025, 1, 4)
    closed = PastClaim(license=LIMITED, source="nbia", first=day, last=day, stated_as="Limited")
    images = part("1", own(BY4)).model_copy(update={"past": (closed,)})
    made = dataset("A", images)
    assert licenses_of(made, images, date(2021, 5, 1)) == {BY4, LIMITED}
    assert licenses_of(made, images, date(2025, 12, 1)) == {BY4}


def test_a_label_that_came_back_is_told_from_the_one_between() -> None:
    between = tuple(
        label(name).model_copy(update={"first": date(2026, month, 1), "last": date(2026, month, 1)})
        for name, month in ((BY4, 1), (NC4, 2))
    )
    copied = own(BY4).model_copy(update={"source": "nbia", "as_of": date(2026, 3, 1), "since": date(2023, 1, 1)})
    today = own(BY4).model_copy(update={"since": date(2026, 3, 1)})
    images = part("1", today, copied).model_copy(update={"past": between})
    made = dataset("A", images)
    assert licenses_of(made, images, date(2026, 2, 2)) == {NC4}
    assert licenses_of(made, images, date(2026, 3, 2)) == {BY4}
    assert licenses_of(made, images, date(2026, 1, 15)) == {BY4, NC4}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("0", {NC4, BY4}),
        ("1", {NC4}),
        ("v1", {NC4}),
        ("Version 1.0", {NC4}),
        ("2", {NC4, BY3, BY4}),
        ("3", {BY4}),
        ("4", {BY4}),
        ("2024-05", {BY4}),
    ],
)
def test_a_version_of_the_archive_means_the_days_on_which_it_was_the_newest(version: str, expected: set[str]) -> None:
    past = tuple(
        label(name).model_copy(update={"first": date(2026, first, 1), "last": date(2026, last, 1)})
        for name, first, last in ((NC4, 1, 3), (BY3, 4, 5))
    )
    images = part("1", own(BY4).model_copy(update={"since": date(2026, 6, 1)})).model_copy(update={"past": past})
    versions = tuple(
        DatasetVersion(number=str(number), day=date(year, month, 10), source=SOURCE)
        for number, year, month in ((0, 2025, 12), (1, 2026, 1), (2, 2026, 2), (3, 2026, 7))
    )
    made = dataset("A", images).model_copy(update={"versions": versions})
    copy = holding(made, "1").model_copy(update={"version": version})
    assert set(with_license_then({BY4: ("TCIA",)}, images, made, copy, REGISTERED)) == expected


def licenses_of(made: Dataset, images: Distribution, day: date | None) -> set[str]:
    """Return the licenses of a copy where the one source defers to the other."""
    nbia = REGISTERED.sources["nbia"].model_copy(update={"defers_to": SOURCE})
    known = replace(REGISTERED, sources={**REGISTERED.sources, "nbia": nbia})
    copy = holding(made, "1").model_copy(update={"obtained_on": day})
    return set(with_license_then({BY4: ("TCIA",)}, images, made, copy, known))


def test_who_says_what_held_is_told_with_the_day_of_todays_license() -> None:
    images = part("1", own(BY4).model_copy(update={"since": date(2026, 4, 16)}))
    made = dataset("A", images).model_copy(update={"idc_history": (OLD, NEW)})
    copy = holding(made, "1", route=Route.IDC).model_copy(update={"version": "v22", "obtained_on": TODAY})
    told = with_license_then({BY4: ("TCIA",)}, images, made, copy, REGISTERED)
    assert told == {BY3: ("IDC v22, when you obtained it, by your word; CC BY 4.0 today, on record since 2026-04-16",)}
