"""Days and lengths of time that terms of use set: `rules/reference/periods.yaml`."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Reference
from tcia_policy.model.base import Contract, Day
from tcia_policy.rules.vocabulary import VOCABULARY

FILE = "periods.yaml"
MONTHS_IN_YEAR = 12
WholeNumber = Annotated[int, Field(ge=1, le=10_000)]


class SetDay(Contract):
    """A day that a source sets."""

    day: Day
    reference: Reference


class Length(Contract):
    """A length of time that a source sets, in days."""

    days: WholeNumber
    reference: Reference

    @property
    def span(self) -> timedelta:
        """Return the length as a time difference."""
        return timedelta(days=self.days)


class WaitingTime(Contract):
    """The whole months that have to pass after the day stated for a fact before the fact is true."""

    fact: str
    months: WholeNumber
    reference: Reference

    def has_passed(self, since: date, today: date) -> bool:
        """Return whether so many whole months lie between the two days."""
        return months_between(since, today) >= self.months


class Periods(Contract):
    """The content of the file. `waiting_times` has each fact that the project states by a day, once."""

    control_began: SetDay
    approval_lasts: Length
    waiting_times: tuple[WaitingTime, ...]

    @cached_property
    def by_fact(self) -> Mapping[str, WaitingTime]:
        """Return the waiting times by the name of their fact."""
        return {item.fact: item for item in self.waiting_times}


def months_between(start: date, end: date) -> int:
    """Return the whole months from `start` to `end`; negative if `end` is earlier."""
    return (end.year - start.year) * MONTHS_IN_YEAR + end.month - start.month - (end.day < start.day)


@cache
def load_periods(folder: Path | None = None) -> Periods:
    """Return the periods in `periods.yaml` of the folder of reference data (the shipped one by default).

    Raises `InputError` with file, line and field for a wrong number or day, for a fact that is not a yes-or-no fact
    that a project states, and for a fact that is listed twice.
    """
    if folder is None:
        path = shipped("rules") / "reference" / FILE
        return compiled("periods", [path], lambda: _read(path))
    return _read(folder / FILE)


def _read(path: Path) -> Periods:
    document = located_yaml.read(path)
    periods = document.parse(Periods)
    for index, item in enumerate(periods.waiting_times):
        _check_fact(document, index, item, periods.waiting_times[:index])
    return periods


def _check_fact(document: LocatedYaml, index: int, item: WaitingTime, earlier: tuple[WaitingTime, ...]) -> None:
    fact = VOCABULARY.get(item.fact)
    if fact is None or not fact.is_yes_or_no or fact.stated_at is None:
        problem = f"{item.fact!r} is not a yes-or-no fact that a project states"
    elif any(other.fact == item.fact for other in earlier):
        problem = f"{item.fact!r} is listed twice"
    else:
        return
    place = ("waiting_times", index, "fact")
    raise InputError(problem, file=document.path, line=document.line(place), field=located_yaml.spell(place))
