"""Every decision with its status, and what those that count let pass."""

from collections.abc import Mapping
from dataclasses import field

from tcia_policy.engine.case import Case
from tcia_policy.engine.decided import DecidedCase
from tcia_policy.engine.decisions.fitting import misfit_of
from tcia_policy.engine.decisions.in_words import in_words
from tcia_policy.engine.decisions.standing import Fault, last_day
from tcia_policy.engine.decisions.subjects import Subjects, what_counts_of
from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.lazy import dataclass
from tcia_policy.model import Verdict
from tcia_policy.model.decision import (
    Accept,
    Approve,
    Decided,
    Decision,
    DecisionRead,
    Moved,
    RecordAnswer,
    Reject,
    Review,
    ReviewRead,
    TakePosition,
    Waive,
)
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.text.suggest import did_you_mean, nearest

WORST_FIRST = (
    DecisionStatus.UNFOUNDED,
    DecisionStatus.CONTRADICTED,
    DecisionStatus.STALE,
    DecisionStatus.UNKNOWN,
)
DECIDE_AGAIN = "look at it again, and decide on what is so today"
_LETS_PASS = (Accept, Approve, Waive)


@dataclass(frozen=True)
class Weighed:
    """What is known of decisions: the matters, what is wrong with some, and who contradicts whom on which matter."""

    subjects: Subjects
    faults: Mapping[str, Fault]
    disputed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_of(review: ReviewFile, weighed: Weighed, case: Case) -> DecidedCase:
    """Return every decision of the file, whether it counts and why not, and what those that count let pass."""
    read = tuple(
        _read(decision, number, review, weighed, case) for number, decision in enumerate(review.review.decisions)
    )
    passing: dict[str, tuple[str, ...]] = {}
    for each in read:
        for id_ in each.counts_for if isinstance(each.decision, _LETS_PASS) else ():
            passing[id_] = (*passing.get(id_, ()), each.decision.name)
    return DecidedCase(
        read=ReviewRead(
            file=review.file,
            digest=review.digest,
            decisions=read,
            rejected_by=tuple(
                each.decision.name for each in read if isinstance(each.decision, Reject) and each.counts_for
            ),
            disputed=_disputed_rejections(review.review, weighed),
        ),
        passing=passing,
        digests={id_: frozenset(weighed.subjects.by_digest.get(id_, ())) for id_ in passing},
    )


def _disputed_rejections(review: Review, weighed: Weighed) -> tuple[str, ...]:
    disputed = {name for names in weighed.disputed.values() for name in names}
    names = (each.name for each in review.decisions if isinstance(each, Reject))
    return tuple(name for name in names if name in disputed and name not in weighed.faults)


def _read(decision: Decision, number: int, review: ReviewFile, weighed: Weighed, case: Case) -> DecisionRead:
    faults = _faults(decision, weighed, case)
    own = weighed.faults.get(decision.name)
    worst = own or min(faults.values(), key=lambda fault: WORST_FIRST.index(fault.status), default=None)
    counts_for = () if own else tuple(each.id for each in what_counts_of(decision) if each.id not in faults)
    return DecisionRead(
        decision=decision,
        status=DecisionStatus.COUNTS if worst is None else worst.status,
        text=in_words(decision),
        field=f"decisions[{number}]",
        line=review.lines[number],
        why=None if worst is None else worst.why,
        right=None if worst is None else worst.right,
        moved=() if own and own.status is DecisionStatus.SUPERSEDED else _moved(decision, weighed, review.review),
        counts_for=tuple(dict.fromkeys(counts_for)),
        expires_on=last_day(decision, case.as_of),
    )


def _faults(decision: Decision, weighed: Weighed, case: Case) -> dict[str, Fault]:
    """Return what is wrong with a decision on each matter, by its id."""
    found: dict[str, Fault] = {}
    for decided in what_counts_of(decision):
        fault = _fault(decision, decided, weighed, case)
        if fault is not None:
            found[decided.id] = fault
    return found


def _fault(decision: Decision, decided: Decided, weighed: Weighed, case: Case) -> Fault | None:
    subject = weighed.subjects.found(decided)
    if subject is not None:
        other = weighed.disputed.get(decided.id, {}).get(decision.name)
        if other is not None:
            why = f"{other} decides {decided.id} otherwise, and neither takes the other back"
            return Fault(DecisionStatus.CONTRADICTED, why, "take one of them back with `supersede`")
        # A reply of no is what makes it prohibited.
        is_no = isinstance(decision, RecordAnswer) and decision.says == Verdict.PROHIBITED.value
        latest = subject if is_no else weighed.subjects.latest[decided.id]
        return misfit_of(decision, subject) or misfit_of(decision, latest)
    if weighed.subjects.knows(decided.id):
        return Fault(DecisionStatus.STALE, f"{decided.id} is no longer what was decided", DECIDE_AGAIN)
    if isinstance(decision, Waive) and weighed.subjects.is_lifted_by(decided.id, decision.evidence):
        return None
    return _unknown(decision, decided, weighed.subjects, case)


def _unknown(decision: Decision, decided: Decided, subjects: Subjects, case: Case) -> Fault:
    position = case.project.positions.model_is_adaptation
    if isinstance(decision, TakePosition) and position is not None and position.value is not decision.value:
        why = "the project states another position"
        return Fault(DecisionStatus.CONTRADICTED, why, "take one of the two out")
    if isinstance(decision, RecordAnswer) and subjects.is_lifted(decided.id):
        why = f"the project records evidence that settles {decided.id}"
        if decision.says == Verdict.PROHIBITED.value:
            return Fault(DecisionStatus.CONTRADICTED, f"{why} otherwise", "take one of the two out")
        return Fault(DecisionStatus.UNKNOWN, f"{why} already", "the decision may be taken out")
    meant = did_you_mean(nearest(decided.id[:100], subjects.by_digest))
    why = f"nothing is open, prohibited or owed under the id {decided.id}"
    return Fault(DecisionStatus.UNKNOWN, why, meant or "if it is settled by now, the decision may be taken out")


def _moved(decision: Decision, weighed: Weighed, review: Review) -> tuple[Moved, ...]:
    """Return what changed of each matter that is no longer what was decided, side by side."""
    stale = (
        each
        for each in what_counts_of(decision)
        if weighed.subjects.knows(each.id) and weighed.subjects.found(each) is None
    )
    return tuple(weighed.subjects.moved(each, review) for each in stale)
