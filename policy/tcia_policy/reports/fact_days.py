"""One line on facts that are old on the day of the assessment, of a later day, or from another registry than ours."""

from datetime import date

from tcia_policy.model import FactDays, RegistryPlace, SourceAge
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

PLACES = {
    RegistryPlace.OWN: "your own registry",
    RegistryPlace.NAMED: "the registry that was named",
}


def line_on_days(days: FactDays | None, as_of: date) -> str | None:
    """Return the line that stands at the top of every report; `None` where there is nothing to say."""
    if days is None:
        return None
    used = [] if days.place is RegistryPlace.SHIPPED else [_used(days)]
    said = [*_old(days, as_of), *used]
    return " ".join([*said, *(_sources(days) if said else ()), *_later(days, as_of)]) or None


def line_on_age(days: FactDays, as_of: date) -> str | None:
    """Return what of that line is about the days alone, and not about which registry was used."""
    return " ".join([*_old(days, as_of), *_later(days, as_of)]) or None


def _old(days: FactDays, as_of: date) -> list[str]:
    if not days.is_old:
        return []
    return [
        f"The registry is of {days.registry.isoformat()}, {days.age} days before {as_of.isoformat()} and more than "
        f"{days.max_age} (--max-age). Licenses may have changed since: `tcia-policy registry update` asks the sources."
    ]


def _used(days: FactDays) -> str:
    return f"Judged with {PLACES[days.place]}, of {days.registry.isoformat()}."


def _later(days: FactDays, as_of: date) -> list[str]:
    if not days.stated_later:
        return []
    return [
        f"{as_of.isoformat()} is before some of the statements on licenses that are used here "
        f"({'; '.join(days.stated_later)})."
    ]


def age_in_words(source: SourceAge) -> str:
    """Return `2026-08-21 (100 days)`; where its day is not known, `before 2018-10-30 (2,953 days)`."""
    day = f"{'before ' if source.at_least else ''}{source.day.isoformat()}"
    return f"{day} ({count(source.age, 'day')})" if source.age >= 0 else day


def _sources(days: FactDays) -> list[str]:
    """Return a sentence on those sources that state licenses of the data; none where there are none."""
    speaking = [f"{clean(each.title)}, {age_in_words(each)}" for each in days.sources if each.speaks]
    return [f"Its licenses here are from {'; '.join(speaking)}."] if speaking else []
