"""Days and lengths of time that terms set: how they are counted, and what loading refuses."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.use_facts import use_facts
from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.rules.fact_value import truth
from tcia_policy.rules.periods import load_periods, months_between
from tests.engine.small import project

RAW_DATA = "cptac.raw_data_public_15_months"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 29), 0),
        (date(2024, 1, 31), date(2024, 3, 1), 1),
        (date(2024, 1, 15), date(2025, 4, 14), 14),
        (date(2024, 1, 15), date(2025, 4, 15), 15),
        (date(2024, 2, 1), date(2024, 1, 31), -1),
    ],
)
def test_months_are_counted_whole(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


@pytest.mark.parametrize(("today", "passed"), [(date(2025, 4, 14), False), (date(2025, 4, 15), True)])
def test_a_waiting_time_has_passed_on_its_last_day(today: date, passed: bool) -> None:
    stated = project("cptac: {raw_data_public_since: 2024-01-15}")
    assert use_facts(stated, today)[RAW_DATA] == truth(passed)


def test_every_period_says_where_it_comes_from_and_when_that_was_read() -> None:
    periods = load_periods()
    first = (periods.control_began.reference, periods.approval_lasts.reference)
    for reference in (*first, *(item.reference for item in periods.waiting_times)):
        assert (reference.url or "").startswith("https://")
        assert reference.authority is not None


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("day: 2025-07-08", "day: July 2025", "control_began.day", "write it as 2026-11-22"),
        ("days: 366", "days: a year", "approval_lasts.days", "is not a number"),
        ("months: 15", "months: 0", "waiting_times[0].months", "it is at least 1"),
        ("months: 15", "years: 1", "waiting_times[0].months", "missing"),
        (
            RAW_DATA,
            "use.purpose",
            "waiting_times[0].fact",
            "'use.purpose' is not a yes-or-no fact that a project states",
        ),
        (RAW_DATA, "cptac.raw_data", "waiting_times[0].fact", "'cptac.raw_data' is not a yes-or-no fact"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, problem: str
) -> None:
    path = tmp_path / "periods.yaml"
    shutil.copy(shipped("rules") / "reference" / "periods.yaml", path)
    text = path.read_text(encoding="utf-8")
    at = text.rindex(old)  # a comment may have it, too
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_periods(tmp_path)
    assert (raised.value.file, raised.value.field) == (path, field)
    assert raised.value.line is not None
    assert problem in str(raised.value)
