"""How old the facts are on the day of the assessment, and what was stated only later."""

from datetime import date

import pytest

from tcia_policy.engine.fact_days import MAX_AGE, Gathered, claims_on, fact_days, is_stated_later
from tcia_policy.engine.license_readings import PartReading
from tests.engine.small import TODAY, dataset, holding, judge, own, part, verdict_of

REGISTRY = Gathered(date(2026, 8, 21))
SET = dataset("Set", part("1", own("CC-BY-4.0")), part("2", own("CC-BY-4.0")))


@pytest.mark.parametrize(
    ("as_of", "is_old"), [(date(2026, 8, 21), False), (date(2027, 2, 17), False), (date(2027, 2, 18), True)]
)
def test_the_registry_is_old_after_the_days_that_are_allowed(as_of: date, is_old: bool) -> None:
    assert fact_days(as_of, REGISTRY, MAX_AGE, ()).is_old is is_old


def test_a_longer_time_may_be_allowed_and_a_day_before_the_registry_is_never_too_late() -> None:
    assert not fact_days(date(2027, 6, 1), REGISTRY, 300, ()).is_old
    assert fact_days(date(2026, 8, 20), REGISTRY, 0, ()).age == -1


def test_statements_of_a_later_day_are_named_with_their_source() -> None:
    claims = claims_on([holding(SET, "1")], {"Set": SET})
    assert len(claims) == 1
    assert fact_days(date(2026, 11, 21), REGISTRY, MAX_AGE, claims).stated_later == ("tcia, 2026-11-22",)
    assert fact_days(TODAY, REGISTRY, MAX_AGE, claims).stated_later == ()


def test_a_part_whose_every_statement_is_later_is_undetermined() -> None:
    reading = PartReading(SET.distributions[0], "CC-BY-4.0", (), {})
    assert is_stated_later(reading, date(2026, 11, 21))
    assert not is_stated_later(reading, TODAY)
    use = "use: {purpose: noncommercial, activities: [analyze]}"
    assert verdict_of(judge(use, [holding(SET)], [SET], as_of=date(2026, 11, 21)), "analyze") == "undetermined"
    assert verdict_of(judge(use, [holding(SET)], [SET]), "analyze") == "conditional"


def test_what_only_repeats_another_source_does_not_say_what_that_one_stated_on_the_day() -> None:
    copied = own("CC-BY-4.0").model_copy(update={"source": "idc-index-data", "since": date(2023, 11, 13)})
    made = dataset("Set", part("1", own("CC-BY-4.0"), copied))
    reading = PartReading(made.distributions[0], "CC-BY-4.0", (), {})
    assert is_stated_later(reading, date(2024, 1, 1), {"idc-index-data"})
    assert not is_stated_later(reading, date(2024, 1, 1))
