"""What counts today and will soon end, where the gate asks for it."""

from collections.abc import Iterator
from datetime import date

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.gate import days_of


@dataclass(frozen=True)
class Ending:
    """A decision, an agreement or a grant that ends on a day, with its line in the review or the project file."""

    id: str
    text: str
    line: int | None
    in_review: bool


def endings(assessment: Assessment) -> Iterator[Ending]:
    """Yield what ends within the days that `expiring` in the gate names; nothing where it does not."""
    days = None if assessment.gate is None else days_of(assessment.gate.fail_on)
    if days is None:
        return
    for end, item in _all(assessment):
        left = (end - assessment.as_of).days
        if 0 <= left <= days:
            yield item


def _all(assessment: Assessment) -> Iterator[tuple[date, Ending]]:
    if assessment.review is not None:
        for read in assessment.review.decisions:
            if read.status is DecisionStatus.COUNTS and read.expires_on is not None:
                text = f"Decision {read.decision.name} ends on {read.expires_on.isoformat()}. {read.text}"
                yield read.expires_on, Ending(f"expiring/{read.decision.name}", text, read.line, in_review=True)
    project = assessment.project
    ends = {f"agreements[{number}]": item.expires_on for number, item in enumerate(project.agreements)}
    ends |= {f"permissions[{number}]": item.until for number, item in enumerate(project.permissions)}
    for seen in assessment.evidence:
        end = ends.get(seen.field)
        if end is not None and seen.counts:
            text = f"This ends on {end.isoformat()}: {seen.text}. Renew it, or record the one that follows."
            yield end, Ending(f"expiring/{seen.text}", text, seen.line, in_review=False)
