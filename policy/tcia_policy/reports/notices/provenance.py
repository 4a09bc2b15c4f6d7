"""What every text says of itself: what it was written from, that it is no permission, and what stands against it."""

from tcia_policy.reports.fact_days import line_on_days
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.versions import versions_line
from tcia_policy.text.english import count


def written_from(known: NoticeContext) -> str:
    """Return the versions, the day and the disclaimer on one line."""
    versions = known.assessment.versions
    days = line_on_days(known.assessment.fact_days, known.assessment.as_of)
    return ("" if days is None else f"{days} ") + (
        f"Written by tcia-policy {versions.program} from {versions_line(versions)}, "
        f"as of {known.assessment.as_of.isoformat()}. {known.assessment.disclaimer}"
    )


def warning(known: NoticeContext) -> str | None:
    """Return a line that says that `check` is not clear; `None` where it is."""
    against = known.objections
    if not against:
        return None
    more = f"; {count(len(against) - 1, 'thing')} more" if len(against) > 1 else ""
    return (
        f"NOT CLEARED: {against[0]}{more}. This text is no permission; `tcia-policy check` says what stands against it."
    )
