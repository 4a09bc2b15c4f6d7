"""Earlier copies from IDC of every dataset with removed series or a mixed license: never better than today's."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tcia_policy.cohorts.resolve import resolve
from tcia_policy.engine.facts import KnownData
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, DataItem, Project, Purpose, Route, Use, Verdict
from tcia_policy.registry import Registry
from tcia_policy.registry.idc_releases import last_versions_of_removed
from tests.engine import small
from tests.engine.invariants import strictness
from tests.engine.small import cells

ACTIVITIES = (Activity.ANALYZE, Activity.REDISTRIBUTE_DATA)
WORDS: tuple[tuple[str, ...] | None, ...] = (None, ("Images",), ("CT",))
VERSIONS = ("v3", "17.0.0", "v18", "19.0.0", "v22", "v25", "v99")
DAYS = (date(2021, 5, 1), date(2024, 5, 1), date(2025, 10, 1), date(2026, 4, 20))
CONTROLLED_SINCE = date(2025, 7, 8)  # whether a copy from before is open is a question of its own: undetermined
Copy = Mapping[str, object]
Strictness = Mapping[Activity, int]
EARLIER: tuple[Copy, ...] = (
    *({"version": version} for version in VERSIONS),
    *({"obtained_on": day} for day in DAYS),
)


@cache
def registry() -> Registry:
    return Registry.load()


@cache
def known() -> KnownData:
    ids = [entry.id for entry in registry().entries]
    return KnownData(
        datasets={id_: registry().get(id_) for id_ in ids},
        licenses=registry().licenses,
        sources=registry().sources,
        papers=small.papers(),
        copies=small.copies(),
    )


def concerned() -> list[str]:
    """Return the datasets whose series IDC removed in part, and those with claims of several licenses."""
    datasets = known().datasets.values()
    removed = {each.id for each in datasets if not last_versions_of_removed().keys().isdisjoint(each.dois)}
    mixed = {
        each.id
        for each in datasets
        if len({claim.license for part in each.distributions for claim in part.claims}) > 1 and each.idc_history
    }
    return sorted(removed | mixed)


def judged(name: str, words: tuple[str, ...] | None, purpose: Purpose, copy: Copy) -> Mapping[Activity, Verdict]:
    """Return the verdicts on a copy from IDC."""
    item = DataItem.model_validate({"dataset": name, "distributions": words, "obtained_from": Route.IDC, **copy})
    holdings = resolve([item], Path(), registry()).holdings
    study = Project(use=Use(purpose=purpose, activities=ACTIVITIES, country="US"), data=(item,))
    found = cells(small.judge(study, list(holdings), known()))
    return {activity: verdict for (_, activity), verdict in found.items()}


@cache
def swept() -> list[tuple[str, object, Purpose, Copy, Strictness, Strictness]]:
    """Return each dataset, words, purpose and earlier copy with how strict its verdicts are, and those of today."""
    found: list[tuple[str, object, Purpose, Copy, Strictness, Strictness]] = []
    for name in concerned():
        for words in WORDS:
            for purpose in (Purpose.COMMERCIAL, Purpose.NONCOMMERCIAL):
                try:
                    today = judged(name, words, purpose, {})
                except InputError:
                    continue
                for copy in EARLIER:
                    then = judged(name, words, purpose, copy)
                    found.append((name, words, purpose, copy, _strict(then), _strict(today)))
    return found


def _strict(verdicts: Mapping[Activity, Verdict]) -> dict[Activity, int]:
    return {activity: strictness(verdict) for activity, verdict in verdicts.items()}


def _least(today: int, copy: Copy) -> int:
    day = copy.get("obtained_on")
    return min(today, 1) if isinstance(day, date) and day < CONTROLLED_SINCE else today


def test_no_earlier_copy_from_idc_is_judged_more_mildly_than_todays() -> None:
    milder = [
        (name, words, purpose, copy)
        for name, words, purpose, copy, then, today in swept()
        if any(then[activity] < _least(today[activity], copy) for activity in ACTIVITIES)
    ]
    assert milder == []


def test_no_copy_is_open_that_is_older_or_newer_than_the_record_of_its_dataset() -> None:
    versions = [item.version for item in known().registered.releases]
    found = []
    for name, words, purpose, copy, then, _ in swept():
        history = known().datasets[name].idc_history
        begins = versions.index(history[0].first) if history else len(versions)
        released = known().registered.releases[begins].released if history else date.max
        version, day = copy.get("version"), copy.get("obtained_on")
        early = version in ("v3", "v99") or (version == "17.0.0" and begins > 0) or (version == "19.0.0" and begins > 4)
        if (early or (isinstance(day, date) and day < released)) and min(then.values()) == 0:
            found.append((name, words, purpose, copy))
    assert found == []


@pytest.mark.parametrize("name", ["CMB-AML", "CMB-CRC", "CMB-GEC", "CMB-LCA", "CMB-MEL", "CMB-MML", "CMB-PCA"])
@pytest.mark.parametrize("words", [None, ("Images",), ("DICOM",)])
def test_a_copy_that_may_have_removed_series_of_a_dataset_closed_in_part_is_not_open(
    name: str, words: tuple[str, ...] | None
) -> None:
    copies: tuple[Copy, ...] = ({"version": "v18"}, {"version": "17.0.2"}, {"obtained_on": date(2024, 8, 20)})
    for copy in copies:
        verdicts = judged(name, words, Purpose.NONCOMMERCIAL, copy)
        assert set(verdicts.values()) == {Verdict.UNDETERMINED}
