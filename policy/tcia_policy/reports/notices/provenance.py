"""What every text says of itself: what it was written from, that it is no permission, and what stands against it."""

from tcia_policy.reports.digests_used import digests_line
from tcia_policy.reports.fact_days import line_on_days
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.text.english import count


def written_from(known: NoticeContext) -> str:
    """Return the versions, the day and the disclaimer on one line."""
    versions = known.assessment.versions
    index = "" if versions.idc_index_data is None else f", idc-index-data {versions.idc_index_data}"
    digests = digests_line(versions.digests)
    made_from = f" (SHA-256: {digests})" if digests else ""
    days = line_on_days(known.assessment.fact_days, known.assessment.as_of)
    return ("" if days is None else f"{days} ") + (
        f"Written by tcia-policy {versions.program} from the registry of {versions.registry} and rules "
        f"{versions.rules}{index}, as of {known.assessment.as_of.isoformat()}{made_from}. "
        f"{known.assessment.disclaimer}"
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
