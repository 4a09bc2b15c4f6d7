"""What reviewers decided, in a sentence each: what counts, and what counts for nothing, with why and what to do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, ConcludedLicense
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.text.english import count

if TYPE_CHECKING:
    from tcia_policy.model.decision import DecisionRead

MOST_NAMED = 2
REJECTED, ASKED, DECIDED = "REJECTED", "ASKED", "DECIDED"


@dataclass(frozen=True)
class ToldDecision:
    """A decision in words. `place` is its line in the review file, `text` what is to be told, `read` all of it."""

    place: str
    text: str
    read: "DecisionRead"

    @property
    def counts(self) -> bool:
        """Return whether it counts for all that it decides."""
        return self.read.status is DecisionStatus.COUNTS

    @property
    def label(self) -> str:
        """Return in a word what it comes to, if it counts."""
        if self.read.decision.kind is DecisionKind.REJECT:
            return REJECTED
        return ASKED if self.read.decision.kind is DecisionKind.REFER else DECIDED


def decisions_told(assessment: Assessment) -> tuple[ToldDecision, ...]:
    """Return the decisions of an assessment in their order, without those that were taken back."""
    review = assessment.review
    read = () if review is None else review.decisions
    file = "" if review is None else review.file
    return tuple(_told(each, file) for each in read if each.status is not DecisionStatus.SUPERSEDED)


def _told(read: "DecisionRead", file: str) -> ToldDecision:
    name = read.decision.name
    if read.status is DecisionStatus.COUNTS:
        text = f"{_about(read)}{read.text} (d. {name})"
    else:
        right = f"; {read.right}" if read.right else ""
        text = f"{name} {_effect(read)} ({read.status.value}): {read.why}{right}"
    return ToldDecision(file if read.line is None else f"{file}:{read.line}", text, read)


def _effect(read: "DecisionRead") -> str:
    return f"counts for {_some(read.counts_for)} alone" if read.counts_for else "counts for nothing"


def _about(read: "DecisionRead") -> str:
    decision = read.decision
    ids = (
        ()
        if decision.kind is DecisionKind.SUPERSEDE
        else read.counts_for or tuple(each.id for each in decision.decides)
    )
    return f"{_some(ids)}: " if ids else ""


def _some(ids: Sequence[str]) -> str:
    left = len(ids) - MOST_NAMED
    shown = ids if left <= 1 else ids[:MOST_NAMED]
    return ", ".join([*shown, *([count(left, "more", "more")] if left > 1 else [])])


def decided_in_words(names: Sequence[str], assessment: Assessment) -> str:
    """Return `accepted by data-steward until 2027-05-01 (d. lidc-accept)` for the decisions of these names."""
    read = () if assessment.review is None else assessment.review.decisions
    by_name = {each.decision.name: each for each in read}
    found = [f"{by_name[name].text} (d. {name})" if name in by_name else f"d. {name}" for name in names]
    return "; ".join(found)


def concluded_in_words(concluded: ConcludedLicense) -> str:
    """Return `concluded by counsel on 2026-11-10`."""
    return f"concluded by {concluded.role} on {concluded.on.isoformat()}"


def rejections(assessment: Assessment) -> tuple[str, ...]:
    """Return `rejected by counsel`, where a reviewer stopped the publication."""
    read = (each.read for each in decisions_told(assessment))
    roles = dict.fromkeys(
        each.decision.role for each in read if each.decision.kind is DecisionKind.REJECT and each.counts_for
    )
    return (f"rejected by {' and '.join(roles)}",) if roles else ()


def disputes(assessment: Assessment) -> tuple[str, ...]:
    """Return `a rejection is contradicted (d. stop)`, where another reviewer decided otherwise."""
    names = () if assessment.review is None else assessment.review.disputed
    what = "a rejection is contradicted" if len(names) == 1 else f"{len(names)} rejections are contradicted"
    return (f"{what} ({', '.join(f'd. {name}' for name in names)})",) if names else ()


def reasons(assessment: Assessment) -> Iterator[str]:
    """Yield what the first line says of decisions: who rejects it, and how many count for nothing."""
    yield from rejections(assessment)
    yield from disputes(assessment)
    idle = sum(not each.counts for each in decisions_told(assessment))
    if idle:
        yield "one decision does not count" if idle == 1 else f"{idle} decisions do not count"
