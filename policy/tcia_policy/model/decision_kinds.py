"""What a decision is called, and whether it counts: what is asked of a study that has none, too."""

from enum import StrEnum

REVIEW_FILE = "review.yaml"
PRIVATE_FILE = "review.private.yaml"


class DecisionKind(StrEnum):
    """What a reviewer may decide.

    `conclude`: which of the stated licenses holds. `position`: how the law is read where it is unsettled. `answer`:
    what an owner, a committee or counsel replied. These three settle facts; verdicts, notices and licenses follow.

    The others change no verdict. `accept` and `approve-with-conditions` let what is open pass the gate; `waive` does
    so for a while, for a stated reason; `reject` stops it; `refer` says who was asked; `supersede` takes an earlier
    decision back.
    """

    CONCLUDE = "conclude"
    POSITION = "position"
    ANSWER = "answer"
    ACCEPT = "accept"
    APPROVE_WITH_CONDITIONS = "approve-with-conditions"
    WAIVE = "waive"
    REJECT = "reject"
    REFER = "refer"
    SUPERSEDE = "supersede"


LETTING_PASS = frozenset({DecisionKind.ACCEPT, DecisionKind.APPROVE_WITH_CONDITIONS, DecisionKind.WAIVE})


class DecisionStatus(StrEnum):
    """Whether a decision counts, or why it counts for nothing.

    `stale`: the substance of what was decided changed. `expired`: its day is past, or a condition is overdue.
    `unknown`: nothing in this study has such an id. `contradicted`: another one decides the same matter otherwise.
    `superseded`: a later one took it back. `not-entitled`: who made it may not, or is not known to. `unfounded`: its
    evidence is not there, is another file, or does not show it.
    """

    COUNTS = "counts"
    STALE = "stale"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    CONTRADICTED = "contradicted"
    SUPERSEDED = "superseded"
    NOT_ENTITLED = "not-entitled"
    UNFOUNDED = "unfounded"
