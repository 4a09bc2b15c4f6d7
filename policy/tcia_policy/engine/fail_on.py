"""Which results make a command fail: the exit code of an assessment, from what the user wants to be stopped by."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from tcia_policy.model import Assessment, DutyStatus, Verdict
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.gate import USUAL, Gate, GateWord, days_of, words_of

EXIT_CLEAR = 0
EXIT_FAILED = 1
EXIT_UNKNOWN = 3

CODES = {GateWord.PROHIBITED: EXIT_FAILED, GateWord.OPEN: EXIT_FAILED}
"""The exit codes of what is known to be wrong; what is not known, or is to be decided again, has `EXIT_UNKNOWN`."""


def with_gate(assessment: Assessment, fail_on: Sequence[str] | None = None) -> Assessment:
    """Return the assessment with the gate that an option states, else with that of its project, else with none."""
    stated = assessment.project.gate
    if fail_on is not None:
        return assessment.model_copy(update={"gate": gate_of(assessment, fail_on, "option")})
    gate = None if stated is None else gate_of(assessment, stated.fail_on, "project")
    return assessment.model_copy(update={"gate": gate})


def gate_of(assessment: Assessment, fail_on: Sequence[str], by: Literal["project", "option"]) -> Gate:
    """Return the gate of these words, with what stops there: the worst first, and its exit code."""
    counting = words_of(fail_on)
    there = frozenset(_there(assessment, days_of(fail_on)))
    stopped_by = tuple(word for word in GateWord if word in counting & there)
    code = min((CODES.get(word, EXIT_UNKNOWN) for word in stopped_by), default=EXIT_CLEAR)
    return Gate(fail_on=tuple(fail_on), by=by, exit_code=code, stopped_by=stopped_by)


def exit_code(assessment: Assessment, fail_on: Sequence[str] = USUAL) -> int:
    """Return 1 for a prohibition or an open duty, 3 for what is not known, 0 for what is not to fail, or clear.

    With `undetermined`, it is the exit code that `Assessment.exit_code` has.
    """
    return gate_of(assessment, fail_on, "option").exit_code


def _there(assessment: Assessment, days: int | None) -> Iterator[GateWord]:
    """Yield the results that an assessment has, decisions of reviewers taken into account."""
    is_rejected = assessment.review is not None and bool(assessment.review.rejected_by)
    if assessment.verdict is Verdict.PROHIBITED or is_rejected:
        yield GateWord.PROHIBITED
    if _is_owed(assessment, DutyStatus.OPEN):
        yield GateWord.OPEN
    if assessment.exit_code == EXIT_UNKNOWN or _asks_beside_what_is_wrong(assessment):
        yield GateWord.UNDETERMINED
    if _is_owed(assessment, DutyStatus.UNVERIFIED):
        yield GateWord.UNVERIFIED
    if _has_stale(assessment):
        yield GateWord.STALE
    if days is not None and any(end <= _last(assessment.as_of, days) for end in _ends(assessment)):
        yield GateWord.EXPIRING


def _asks_beside_what_is_wrong(assessment: Assessment) -> bool:
    return assessment.exit_code == EXIT_FAILED and any(not question.decided_by for question in assessment.questions)


def _is_owed(assessment: Assessment, status: DutyStatus) -> bool:
    return any(duty.required and duty.status is status and not duty.decided_by for duty in assessment.duties)


def _has_stale(assessment: Assessment) -> bool:
    fine = (DecisionStatus.COUNTS, DecisionStatus.SUPERSEDED)
    return assessment.review is not None and any(each.status not in fine for each in assessment.review.decisions)


def _last(day: date, days: int) -> date:
    return day + timedelta(days=days) if (date.max - day).days >= days else date.max


def _ends(assessment: Assessment) -> Iterator[date]:
    """Yield the last days of what counts: decisions, agreements and grants."""
    if assessment.review is not None:
        read = assessment.review.decisions
        yield from (each.expires_on for each in read if each.status is DecisionStatus.COUNTS and each.expires_on)
    counting = {seen.field for seen in assessment.evidence if seen.counts}
    project = assessment.project
    ends = [(f"agreements[{number}]", item.expires_on) for number, item in enumerate(project.agreements)]
    ends += [(f"permissions[{number}]", item.until) for number, item in enumerate(project.permissions)]
    yield from (end for field, end in ends if end is not None and end >= assessment.as_of and field in counting)
