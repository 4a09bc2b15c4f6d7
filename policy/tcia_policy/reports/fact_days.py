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
    said = []
    if days.is_old:
        said.append(
            f"The registry is of {days.registry.isoformat()}, {days.age} days before {as_of.isoformat()} and more than "
            f"{days.max_age} (--max-age). Licenses may have changed since: `tcia-policy registry update` asks the "
            "sources."
        )
    if days.place is not RegistryPlace.SHIPPED:
        said.append(f"Judged with {PLACES[days.place]}, of {days.registry.isoformat()}.")
    if said:
        said += _sources(days)
    if days.stated_later:
        said.append(
            f"{as_of.isoformat()} is before some of the statements on licenses that are used here "
            f"({'; '.join(days.stated_later)})."
        )
    return " ".join(said) or None


def age_in_words(source: SourceAge) -> str:
    """Return `2026-08-21 (100 days)`; where its day is not known, `before 2018-10-30 (2,953 days)`."""
    day = f"{'before ' if source.at_least else ''}{source.day.isoformat()}"
    return f"{day} ({count(source.age, 'day')})" if source.age >= 0 else day


def _sources(days: FactDays) -> list[str]:
    """Return a sentence on those sources that state licenses of the data; none where there are none."""
    speaking = [f"{clean(each.title)}, {age_in_words(each)}" for each in days.sources if each.speaks]
    return [f"Its licenses here are from {'; '.join(speaking)}."] if speaking else []
