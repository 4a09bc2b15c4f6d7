"""What reviewers decided, as the gate tells it: beside the result that is decided, or as a result of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision import DecisionRead, Refer, Supersede
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.gate import GateWord

FINE = (DecisionStatus.COUNTS, DecisionStatus.SUPERSEDED)
TITLES = {
    DecisionStatus.STALE: "A decision no longer fits what was decided",
    DecisionStatus.EXPIRED: "A decision has ended",
    DecisionStatus.UNKNOWN: "A decision is on something that this study does not have",
    DecisionStatus.CONTRADICTED: "Two decisions contradict each other",
    DecisionStatus.NOT_ENTITLED: "A decision is by somebody who may not make it",
    DecisionStatus.UNFOUNDED: "A decision lacks the evidence that it rests on",
}


@dataclass(frozen=True)
class Suppression:
    """What a decision says of a result, in the words of SARIF.

    `accepted`: it lets the result pass. `underReview`: somebody was asked. `rejected`: it counts for nothing.
    """

    status: Literal["accepted", "underReview", "rejected"]
    why: str

    @property
    def lets_pass(self) -> bool:
        """Return whether the gate does not stop on the result."""
        return self.status == "accepted"

    @property
    def in_words(self) -> str:
        """Return who decided what, as a sentence without its end: `Decision ct: accept by ...`."""
        return f"{self.why[:1].upper()}{self.why[1:]}"


@dataclass(frozen=True)
class DecisionTold:
    """A decision that is a result of its own: one that rejects, or that counts for nothing."""

    id: str
    word: GateWord
    status: str
    title: str
    text: str
    line: int | None


@dataclass(frozen=True)
class DecisionsSeen:
    """The decisions of an assessment, by name, and by the ids of the matters that they are on."""

    by_name: Mapping[str, DecisionRead]
    by_matter: Mapping[str, Sequence[DecisionRead]]
    rejected_by: tuple[str, ...]

    @classmethod
    def of(cls, assessment: Assessment) -> "DecisionsSeen":
        """Return the decisions that were read with an assessment."""
        review = assessment.review
        read = () if review is None else review.decisions
        by_matter: dict[str, list[DecisionRead]] = {}
        for each in read:
            if not isinstance(each.decision, Supersede):
                for matter in each.decision.decides:
                    by_matter.setdefault(matter.id, []).append(each)
        names = {each.decision.name: each for each in read}
        return cls(names, by_matter, () if review is None else review.rejected_by)

    def on(self, matters: Iterable[str], decided_by: Sequence[str]) -> Suppression | None:
        """Return what decisions say of a result on these matters; `decided_by` are those that let it pass."""
        if decided_by:
            known = [self.by_name[name] for name in decided_by if name in self.by_name]
            return Suppression("accepted", "; ".join(map(_in_words, known)) or f"decided by {', '.join(decided_by)}")
        on_it = list({id(each): each for matter in matters for each in self.by_matter.get(matter, ())}.values())
        asked = [each for each in on_it if _counts(each) and each.decision.kind is DecisionKind.REFER]
        if asked:
            return Suppression("underReview", "; ".join(map(_in_words, asked)))
        idle = [each for each in on_it if each.status not in FINE]
        return Suppression("rejected", "; ".join(map(_idle_in_words, idle))) if idle else None

    def told(self) -> Iterator[DecisionTold]:
        """Yield the decisions that are results themselves."""
        for name, each in self.by_name.items():
            id_ = f"decision/{name}"
            if name in self.rejected_by:
                text = f"{_in_words(each)}. It may not be published so. {each.text}"
                yield DecisionTold(id_, GateWord.PROHIBITED, "rejects", "A reviewer rejected it", text, each.line)
            elif each.status not in FINE:
                text = f"{_idle_in_words(each)}. {each.text}"
                yield DecisionTold(id_, GateWord.STALE, each.status.value, TITLES[each.status], text, each.line)


def _counts(read: DecisionRead) -> bool:
    return read.status is DecisionStatus.COUNTS


def _in_words(read: DecisionRead) -> str:
    decision = read.decision
    until = "" if read.expires_on is None else f", until {read.expires_on.isoformat()}"
    why = "" if decision.reason is None else f" ({decision.reason})"
    to = f" to {decision.to}" if isinstance(decision, Refer) else ""
    made = f"{decision.kind.value}{to} by {decision.by}, {decision.role}, on {decision.on.isoformat()}"
    return f"decision {decision.name}: {made}{until}{why}"


def _idle_in_words(read: DecisionRead) -> str:
    why = "" if read.why is None else f": {read.why.rstrip('.')}"
    right = "" if read.right is None else f"; {read.right.rstrip('.')}"
    return f"decision {read.decision.name} counts for nothing, for it is {read.status.value}{why}{right}"
