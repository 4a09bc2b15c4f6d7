"""Decisions of reviewers: `review.yaml`."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from tcia_policy.model.base import Contract, Day, YesNo
from tcia_policy.model.country import country_code
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.evidence import EvidenceDocument, Sha256
from tcia_policy.model.use import OutputKind

LONGEST_WAIVER_MONTHS = 12


class WaiverReason(StrEnum):
    """Why something is waived. The list is closed.

    `granted`: the owner gave leave, and the evidence shows it. `does-not-apply`: the rule does not apply to this use.
    `not-used`: the study did not use these data. `met-elsewhere`: the duty is met where the check does not look.
    `exception-in-law`: counsel says that the law allows it without leave. `being-mended`: it is known and will be
    mended before the waiver ends.
    """

    GRANTED = "granted"
    DOES_NOT_APPLY = "does-not-apply"
    NOT_USED = "not-used"
    MET_ELSEWHERE = "met-elsewhere"
    EXCEPTION_IN_LAW = "exception-in-law"
    BEING_MENDED = "being-mended"


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", text):
        raise ValueError("is not a name; use small letters, digits, `.`, `_` and `-`, such as `lidc-license`")
    return text


DecisionName = Annotated[str, AfterValidator(_slug)]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


CountryCode = Annotated[str, AfterValidator(country_code)]
Person = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_not_blank)]


class Decided(Contract):
    """Id and digest of one matter that was decided."""

    id: str = Field(min_length=1, max_length=500)
    digest: Sha256


class _Decision(Contract):
    """What every decision states: its own `name`, who made it (`by`, in which `role`), when, and on what.

    `decides` are the matters, each with the digest that it had then. `evidence` is the document that it rests on.
    `reason` is why; it may stand in `review.private.yaml` instead, under the decision's name.
    """

    model_config = ConfigDict(populate_by_name=True)

    name: DecisionName
    decides: tuple[Decided, ...] = Field(min_length=1, max_length=10_000)
    by: Person
    role: Person
    on: Day
    evidence: EvidenceDocument | None = None
    reason: str | None = Field(default=None, min_length=1, max_length=4000)


class Conclude(_Decision):
    """Which of the licenses that sources state holds, for all parts of the item or for these `parts`."""

    kind: Literal[DecisionKind.CONCLUDE]
    license: str = Field(min_length=1)
    parts: tuple[str, ...] | None = Field(default=None, min_length=1)
    evidence: EvidenceDocument


class TakePosition(_Decision):
    """A legal position: its `value` counts for outputs of these kinds and where the study is done in these countries.

    Left out, `outputs` are those that the project has, and `jurisdiction` is the country that it states.
    """

    kind: Literal[DecisionKind.POSITION]
    value: YesNo
    outputs: tuple[OutputKind, ...] | None = Field(default=None, min_length=1)
    jurisdiction: tuple[CountryCode, ...] | None = Field(default=None, min_length=1)
    evidence: EvidenceDocument


class RecordAnswer(_Decision):
    """What somebody replied (`from`) whom the rule lets answer it. It counts as an entry of `answers` does."""

    kind: Literal[DecisionKind.ANSWER]
    says: Literal["permitted", "prohibited"]
    from_: str = Field(alias="from", min_length=1)
    grantor: str | None = Field(default=None, min_length=1)
    evidence: EvidenceDocument


class Accept(_Decision):
    """What is open is accepted as it is, to `until` where that is stated."""

    kind: Literal[DecisionKind.ACCEPT]
    until: Day | None = None


class Condition(Contract):
    """Something that `owner` has to do by `due`; `done_on` is the day on which it was done."""

    text: Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_not_blank)]
    owner: Person
    due: Day
    done_on: Day | None = None


class Approve(_Decision):
    """What is open is approved as long as no condition is overdue."""

    kind: Literal[DecisionKind.APPROVE_WITH_CONDITIONS]
    conditions: tuple[Condition, ...] = Field(min_length=1, max_length=100)
    until: Day | None = None


class Waive(_Decision):
    """What is open is waived to `until`, at most 12 months after `on`; a second person in another role agrees.

    A prohibition is waived only where `evidence` is what lifts it.
    """

    kind: Literal[DecisionKind.WAIVE]
    because_of: WaiverReason
    until: Day
    second_by: Person
    second_role: Person
    evidence: EvidenceDocument


class Reject(_Decision):
    """It may not be published so."""

    kind: Literal[DecisionKind.REJECT]


class Refer(_Decision):
    """Somebody else (`to`) was asked on `asked_on`. It stays open."""

    kind: Literal[DecisionKind.REFER]
    to: Person
    asked_on: Day


class Supersede(Contract):
    """Earlier decisions, by name, that no longer count."""

    kind: Literal[DecisionKind.SUPERSEDE]
    name: DecisionName
    supersedes: tuple[DecisionName, ...] = Field(min_length=1)
    by: Person
    role: Person
    on: Day
    evidence: EvidenceDocument | None = None
    reason: str | None = Field(default=None, min_length=1, max_length=4000)


Decision = Annotated[
    Conclude | TakePosition | RecordAnswer | Accept | Approve | Waive | Reject | Refer | Supersede,
    Field(discriminator="kind"),
]


class Review(Contract):
    """The decisions on a project: `review.yaml` beside the project file.

    `bases` has, by digest, the lines on which a matter was decided, so that what changed since can be shown; a digest
    is the SHA-256 of its lines.
    """

    decisions: tuple[Decision, ...] = Field(default=(), max_length=10_000)
    bases: dict[Sha256, tuple[str, ...]] = Field(default_factory=dict, max_length=10_000)


class Moved(Contract):
    """A matter whose substance changed since it was decided: the lines that it lost and gained.

    `before` is empty where the review file does not have the lines of then.
    """

    matter: str
    before: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


class DecisionRead(Contract):
    """A decision, and whether it counts. `field` is its place in the review file (`decisions[2]`), `line` its line.

    `why` says in a sentence why it counts for nothing, `right` what would be right. `text` is what it decides.
    `expires_on` is the last day on which it counts. A decision on several matters is judged by the worst; `counts_for`
    are the matters for which it counts all the same.
    """

    decision: Decision
    status: DecisionStatus
    text: str
    field: str
    line: int | None = None
    why: str | None = None
    right: str | None = None
    moved: tuple[Moved, ...] = ()
    counts_for: tuple[str, ...] = ()
    expires_on: Day | None = None


class ReviewRead(Contract):
    """What was read of the decisions: the name of the `file`, its SHA-256, and every decision in its order.

    `rejected_by` are the names of the decisions that count and stop the publication. `disputed` are those that would,
    if another decision did not contradict them: neither counts, and it is not known whether it may be published.
    `redacted`: names of people and reasons were left out.
    """

    file: str
    digest: str | None = None
    decisions: tuple[DecisionRead, ...] = ()
    rejected_by: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    redacted: bool = False
