"""Which results make a command fail: the exit code of an assessment, from what the user wants to be stopped by."""

from enum import StrEnum

from tcia_policy.model import Assessment, DutyStatus, Verdict

EXIT_CLEAR = 0
EXIT_FAILED = 1
EXIT_UNKNOWN = 3


class FailOn(StrEnum):
    """The mildest result that makes a command fail; every worse one does, too. Each value includes those above it.

    `prohibited`: something is prohibited. `open`: a required duty is open. `undetermined`: a verdict is. `unverified`:
    nothing was given to look in for a required duty. `never`: no result does.
    """

    PROHIBITED = "prohibited"
    OPEN = "open"
    UNDETERMINED = "undetermined"
    UNVERIFIED = "unverified"
    NEVER = "never"


def exit_code(assessment: Assessment, fail_on: FailOn) -> int:
    """Return 1 for a prohibition or an open duty, 3 for what is not known, 0 for what is not to fail, or clear.

    With `undetermined`, it is the exit code that `Assessment.exit_code` has.
    """
    if fail_on is FailOn.NEVER:
        return EXIT_CLEAR
    if assessment.verdict is Verdict.PROHIBITED:
        return EXIT_FAILED
    if fail_on is FailOn.PROHIBITED:
        return EXIT_CLEAR
    if _is_owed(assessment, DutyStatus.OPEN):
        return EXIT_FAILED
    if fail_on is FailOn.OPEN:
        return EXIT_CLEAR
    unknown = assessment.verdict is Verdict.UNDETERMINED and not assessment.has_nothing_to_judge
    if fail_on is FailOn.UNVERIFIED:
        unknown = unknown or _is_owed(assessment, DutyStatus.UNVERIFIED)
    return EXIT_UNKNOWN if unknown else EXIT_CLEAR


def _is_owed(assessment: Assessment, status: DutyStatus) -> bool:
    return any(duty.required and duty.status is status for duty in assessment.duties)
