"""One line on facts that are old on the day of the assessment, or of a later day."""

from datetime import date

from tcia_policy.model import FactDays


def line_on_days(days: FactDays | None, as_of: date) -> str | None:
    """Return the line that stands at the top of every report; `None` where there is nothing to say."""
    if days is None:
        return None
    said = []
    if days.is_old:
        said.append(
            f"The registry is of {days.registry.isoformat()}, {days.age} days before {as_of.isoformat()} and more than "
            f"{days.max_age} (--max-age). Licenses may have changed since: update the registry."
        )
    if days.stated_later:
        said.append(
            f"{as_of.isoformat()} is before some of the statements on licenses that are used here "
            f"({'; '.join(days.stated_later)})."
        )
    return " ".join(said) or None
