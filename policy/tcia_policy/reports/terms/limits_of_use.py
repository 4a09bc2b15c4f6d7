"""The limits within which a permission was found: the purpose, the country, and the day on which its evidence ends."""

from collections.abc import Iterable, Iterator
from datetime import date

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, Duty, Holding, Purpose, Use


@dataclass(frozen=True)
class Limits:
    """The `purpose` and the `country` (ISO 3166-1 alpha-2) that the study was judged for, `None` where it states none.

    `until` is the last day of the agreements and grants that a permission rests on. `noncommercial`: the terms of the
    data exclude commercial use, and nobody granted it.
    """

    purpose: Purpose | None
    country: str | None
    until: date | None
    noncommercial: bool


def limits_of(holding: Holding, activity: Activity, duties: tuple[Duty, ...], assessment: Assessment) -> Limits:
    """Return the limits of a permission for one activity with one data item; `duties` are those that it has.

    Of several agreements and grants that it may rest on, the first that ends counts.
    """
    use = assessment.project.use
    terms = next((each for each in assessment.terms if each.holding == holding.id), None)
    excludes = terms is not None and terms.noncommercial and use.purpose is not Purpose.COMMERCIAL
    return Limits(
        purpose=Purpose.NONCOMMERCIAL if excludes else use.purpose,
        country=use.country,
        until=min(_ends(holding, activity, duties, assessment), default=None),
        noncommercial=excludes,
    )


def limits_of_all(found: Iterable[Limits], use: Use) -> Limits:
    """Return the limits of what comes from several data items: every limit of any of them holds."""
    limits = tuple(found)
    noncommercial = any(each.noncommercial for each in limits)
    return Limits(
        purpose=Purpose.NONCOMMERCIAL if noncommercial else use.purpose,
        country=use.country,
        until=min((each.until for each in limits if each.until is not None), default=None),
        noncommercial=noncommercial,
    )


def _ends(holding: Holding, activity: Activity, duties: tuple[Duty, ...], assessment: Assessment) -> Iterator[date]:
    agreements = [each for duty in duties for each in duty.agreements]
    agreements += [each for terms in assessment.terms if terms.holding == holding.id for each in terms.approvals]
    yield from (each.expires_on for each in agreements if each.expires_on is not None)
    if _rests_on_a_grant(holding, activity, assessment):
        yield from (each.until for each in assessment.project.permissions if each.until is not None)


def _rests_on_a_grant(holding: Holding, activity: Activity, assessment: Assessment) -> bool:
    """Return whether evidence lifted something that stood against it; which grant did so is not looked at."""
    return any(
        finding.lifted_by is not None and finding.holding in (None, holding.id) and activity in finding.activities
        for finding in assessment.findings
    )
