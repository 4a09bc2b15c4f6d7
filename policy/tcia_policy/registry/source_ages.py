"""How old each source of a registry is on a day."""

from collections.abc import Collection, Iterable
from datetime import date

from tcia_policy.model import Source, SourceAge


def source_ages(as_of: date, sources: Iterable[Source], speaking: Collection[str] = ()) -> tuple[SourceAge, ...]:
    """Return how old each source is on `as_of`, by its id, if any day of it is known.

    `speaking` are the ids of those that state a license of the data that are judged.
    """
    days = [(source, source.until or source.as_of or source.before) for source in sources]
    return tuple(
        SourceAge(
            id=source.id,
            title=source.title,
            day=day,
            age=(as_of - day).days,
            at_least=source.as_of is None,
            speaks=source.id in speaking,
        )
        for source, day in sorted(days, key=lambda each: each[0].id)
        if day is not None
    )
