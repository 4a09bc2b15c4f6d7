"""What each kind of decision needs to be told, in words for a form or a prompt."""

from collections.abc import Collection

from tcia_policy.lazy import dataclass
from tcia_policy.model.decision import WaiverReason
from tcia_policy.model.decision_kinds import DecisionKind

_ANY = frozenset(DecisionKind) - {DecisionKind.SUPERSEDE}
_ON_EVIDENCE = frozenset((DecisionKind.CONCLUDE, DecisionKind.POSITION, DecisionKind.ANSWER, DecisionKind.WAIVE))
_APPROVE, _WAIVE, _REFER = DecisionKind.APPROVE_WITH_CONDITIONS, DecisionKind.WAIVE, DecisionKind.REFER
_WAIVED_BECAUSE = {
    WaiverReason.GRANTED: "the owner gave leave, and the document shows it",
    WaiverReason.DOES_NOT_APPLY: "the rule does not apply to this use",
    WaiverReason.NOT_USED: "the study did not use these data",
    WaiverReason.MET_ELSEWHERE: "it is met where the check does not look",
    WaiverReason.EXCEPTION_IN_LAW: "counsel says that the law allows it without leave",
    WaiverReason.BEING_MENDED: "it will be mended before the waiver ends",
}
A_DAY = "year-month-day, such as 2027-03-31"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Field:
    """One thing to tell. `of` are the kinds of decision that take it, `needed_by` those that are none without it.

    `options` are the words that it may be; any text where there are none. `example` is what one looks like, or what
    the words mean.
    """

    name: str
    label: str
    of: frozenset[DecisionKind]
    needed_by: frozenset[DecisionKind] = frozenset()
    options: tuple[str, ...] = ()
    example: str = ""
    is_day: bool = False


FIELDS = (
    Field("from", "Answer: who answered", frozenset((DecisionKind.ANSWER,)), frozenset((DecisionKind.ANSWER,))),
    Field("condition", "Approve: what has to be done", frozenset((_APPROVE,)), frozenset((_APPROVE,))),
    Field("owner", "Approve: who does it", frozenset((_APPROVE,)), frozenset((_APPROVE,))),
    Field("due", "Approve: by which day", frozenset((_APPROVE,)), frozenset((_APPROVE,)), example=A_DAY, is_day=True),
    Field(
        "because_of",
        "Waive: why",
        frozenset((_WAIVE,)),
        frozenset((_WAIVE,)),
        options=tuple(each.value for each in WaiverReason),
        example="; ".join(f"{each.value}: {says}" for each, says in _WAIVED_BECAUSE.items()),
    ),
    Field("second_by", "Waive: second person who agrees", frozenset((_WAIVE,)), frozenset((_WAIVE,))),
    Field("second_role", "Waive: role of the second person", frozenset((_WAIVE,)), frozenset((_WAIVE,))),
    Field(
        "until",
        "Accept, approve, waive: until which day",
        frozenset((DecisionKind.ACCEPT, _APPROVE, _WAIVE)),
        frozenset((_WAIVE,)),
        example=A_DAY,
        is_day=True,
    ),
    Field("to", "Refer: who is asked", frozenset((_REFER,)), frozenset((_REFER,))),
    Field(
        "asked_on", "Refer: asked on which day", frozenset((_REFER,)), frozenset((_REFER,)), example=A_DAY, is_day=True
    ),
    Field("evidence", "Document: a file in the project's folder", _ANY, example="legal/reply.pdf"),
    Field("sha256", "SHA-256 of the document, if you know it", _ANY),
    Field("held_by", "Or who keeps the document", _ANY, example="Contracts office, no. 2026-114"),
    Field("reason", "Reason", _ANY),
    Field("private", "Keep the reason private", _ANY, options=(NO, YES)),
)
TAKING_BACK = ("evidence", "sha256", "held_by", "reason", "private")  # what is told of taking a decision back


def fields_of(kind: DecisionKind) -> tuple[Field, ...]:
    """Return what a decision of this kind may be told, in the order in which it is asked."""
    return tuple(field for field in FIELDS if kind in field.of)


def fields_for(kinds: Collection[DecisionKind]) -> tuple[Field, ...]:
    """Return what decisions of any of these kinds may be told."""
    return tuple(field for field in FIELDS if field.of & frozenset(kinds))


def rests_on_evidence(kind: DecisionKind) -> bool:
    """Return whether a decision of this kind is none without a document."""
    return kind in _ON_EVIDENCE
