"""What a refresh changed in a dataset beside its licenses, each fact before and after."""

from collections.abc import Callable, Iterator
from datetime import date

from tcia_policy.importers.person_names import render_creators
from tcia_policy.model import Dataset, Distribution, FactChange
from tcia_policy.text.sanitize import shortened

LONGEST = 300  # characters of a fact before or after

OF_DATASET: dict[str, Callable[[Dataset], str | None]] = {
    "title": lambda dataset: dataset.title,
    "program": lambda dataset: dataset.program,
    "doi": lambda dataset: dataset.doi,
    "page": lambda dataset: dataset.page,
    "aliases": lambda dataset: ", ".join(dataset.aliases) or None,
    "citation": lambda dataset: dataset.citation.text or dataset.citation.title,
    "creators": lambda dataset: render_creators(dataset.citation.creators, dataset.citation.truncated),
    "derived_from": lambda dataset: ", ".join(each.dataset or each.named for each in dataset.derived_from) or None,
    "listed": lambda dataset: _yes_or_no(dataset.listed),
    "withdrawn": lambda dataset: _day(dataset.withdrawn),
}
OF_PART: dict[str, Callable[[Distribution], str | None]] = {
    "title": lambda part: part.title,
    "data_types": lambda part: ", ".join(part.data_types) or None,
    "file_types": lambda part: ", ".join(part.file_types) or None,
    "updated": lambda part: _day(part.updated),
    "listed": lambda part: _yes_or_no(part.listed),
    "withdrawn": lambda part: _day(part.withdrawn),
}
PART = "distributions"


def with_changes(before: Dataset, after: Dataset, day: date, source: str) -> Dataset:
    """Return the dataset after, with the changes of this day beside those that are on record."""
    found = tuple(_changes(before, after, day, source))
    return after.model_copy(update={"changes": (*after.changes, *found)}) if found else after


def _changes(before: Dataset, after: Dataset, day: date, source: str) -> Iterator[FactChange]:
    for fact, text in OF_DATASET.items():
        if text(before) != text(after):
            yield _change(fact, text(before), text(after), day, source)
    known = {part.id: part for part in before.distributions}
    for part in after.distributions:
        old = known.get(part.id)
        if old is None:
            yield _change(PART, None, part.title, day, source, part.id)
            continue
        for fact, of_part in OF_PART.items():
            if of_part(old) != of_part(part):
                yield _change(fact, of_part(old), of_part(part), day, source, part.id)


def _change(
    fact: str, before: str | None, after: str | None, day: date, source: str, part: str | None = None
) -> FactChange:
    return FactChange(day=day, fact=fact, distribution=part, before=_short(before), after=_short(after), source=source)


def _short(text: str | None) -> str | None:
    return None if text is None else shortened(text, LONGEST)


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
