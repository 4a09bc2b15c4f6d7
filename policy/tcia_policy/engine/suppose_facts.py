"""The answers to what a project does not state: one for each value that rules tell apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from pydantic import BaseModel

from tcia_policy.engine.asked import OF_ITEM
from tcia_policy.engine.judge_again import World
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.model import Project, Purpose, StatedPosition
from tcia_policy.rules.fact_type import FactType
from tcia_policy.rules.periods import load_periods, months_between
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import one_of

COUNTRY = "use.country"
SAFE_COUNTRY = "US"
YES_OR_NO = {"true": True, "false": False}
# What reading the project file makes of a value of the facts that most studies are asked for. Anything else is read.
AS_READ: Mapping[str, Callable[[str], object]] = {
    "use.purpose": Purpose,
    COUNTRY: str,
    "positions.model-is-adaptation": lambda value: StatedPosition.model_construct(value=YES_OR_NO[value]),
}


def facts_supposed(world: World, path: str, ids: Sequence[str]) -> list[Supposition]:
    """Return an answer for each value of the fact at this path; `ids` are the data items that wait for it."""
    if path == f"{OF_ITEM}altered":
        return list(_altered(world, ids))
    facts = [fact for fact in VOCABULARY.values() if fact.stated_at == path]
    values = list(_values(facts, world))
    section, _, key = path.partition(".")
    found = []
    for says, value in values:
        paste = as_paste(world.case.project, section, f"{key}: {value}")
        found.append(Supposition(says, paste, world.with_project(_stating_fact(world.case.project, path, value))))
    return found


def _stating_fact(project: Project, path: str, value: str) -> Project:
    section, _, key = path.partition(".")
    if path in AS_READ:
        return with_entry(project, section, key.replace("-", "_"), AS_READ[path](value))
    return stating(project, section, {key: YES_OR_NO.get(value, value)})


def as_paste(project: Project, section: str, entry: str) -> str:
    """Return an entry for a section of the project file, with the section where the project does not have it yet."""
    stated = getattr(project, section)
    has_it = any(value is not None for _, value in stated)
    return entry if has_it else f"{section}: {{{entry}}}"


def with_entry(project: Project, section: str, field: str, value: object) -> Project:
    """Return the project with a value, of the type that it has there, in a field of a section."""
    return project.model_copy(update={section: getattr(project, section).model_copy(update={field: value})})


def stating(project: Project, section: str, stated: Mapping[str, object]) -> Project:
    """Return the project with these entries in a section, as if they had been read from its file."""
    before: BaseModel = getattr(project, section)
    entries = before.model_dump(mode="json", by_alias=True, exclude_none=True)
    return project.model_copy(update={section: type(before).model_validate({**entries, **stated})})


def _values(facts: Sequence[FactType], world: World) -> Iterator[tuple[str, str]]:
    """Yield each value that rules tell apart: in words, and as the project file has it."""
    fact = facts[0] if facts else None
    if fact is None:
        return
    if fact.name in load_periods().by_fact:
        yield from _days(facts, world.case.as_of)
    elif fact.is_yes_or_no:
        yield from (("yes", "true"), ("no", "false"))
    elif fact.values is not None:
        yield from ((value, value) for value in sorted(fact.values, reverse=True))
    elif fact.name == COUNTRY:
        yield from _countries(world)


def _days(facts: Sequence[FactType], today: date) -> Iterator[tuple[str, str]]:
    """Yield a day for each waiting time that has passed, the longest first, and one for which none has."""
    waiting = sorted((load_periods().by_fact[fact.name].months for fact in facts), reverse=True)
    for months in waiting:
        yield f"for {months} months or more", _day_before(today, months).isoformat()
    yield f"for less than {waiting[-1]} months", today.isoformat()


def _day_before(today: date, months: int) -> date:
    """Return the last day from which so many whole months have passed."""
    day = today - timedelta(days=28 * months)
    while months_between(day, today) < months:
        day -= timedelta(days=1)
    return day


def _countries(world: World) -> Iterator[tuple[str, str]]:
    judging = (rule for rule in world.case.rules.in_force(world.case.as_of) if rule.verdict is not None)
    tested = (test for rule in judging for test in rule.tests if test.fact.name == COUNTRY)
    named = sorted({value for test in tested for value in test.values})
    yield f"any country but {one_of(named)}", SAFE_COUNTRY
    yield one_of(named), named[0]


def _altered(world: World, ids: Sequence[str]) -> Iterator[Supposition]:
    for says, value in (("no", False), ("yes", True)):
        changed = {}
        for holding, _ in world.readings:
            if holding.id in ids:
                supposed = holding.model_copy(update={"altered": value})
                changed[holding.id] = (supposed, world.read(supposed))
        yield Supposition(says, f"altered: {str(value).lower()}", world.with_holdings(changed))
