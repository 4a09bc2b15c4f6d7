"""Decisions that contradict each other on one matter: none of them counts for it."""

from collections.abc import Mapping, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model.decision import (
    Accept,
    Approve,
    Conclude,
    Decision,
    RecordAnswer,
    Reject,
    TakePosition,
    Waive,
)


@dataclass(frozen=True)
class _Outcome:
    """What a decision says of a matter: `what` is decided, `says` how, and for which `parts` (all, if `None`)."""

    what: str
    says: str
    parts: frozenset[str] | None = None

    def contradicts(self, other: "_Outcome") -> bool:
        are_apart = self.parts is not None and other.parts is not None and self.parts.isdisjoint(other.parts)
        return self.what == other.what and self.says != other.says and not are_apart


def _outcome(decision: Decision) -> _Outcome | None:
    """Return what a decision says; `None` for one that contradicts none."""
    if isinstance(decision, Conclude):
        return _Outcome("license", decision.license, None if decision.parts is None else frozenset(decision.parts))
    if isinstance(decision, TakePosition):
        return _Outcome("position", str(decision.value))
    if isinstance(decision, RecordAnswer):
        return _Outcome("answer", decision.says)
    if isinstance(decision, (Accept, Approve, Waive, Reject)):
        return _Outcome("gate", "stops" if isinstance(decision, Reject) else "passes")
    return None


def contradicted(decisions: Sequence[Decision]) -> Mapping[str, str]:
    """Return the decisions on one matter that others contradict, each name with that of the first other."""
    by_outcome: dict[_Outcome, list[str]] = {}
    for decision in decisions:
        outcome = _outcome(decision)
        if outcome is not None:
            by_outcome.setdefault(outcome, []).append(decision.name)
    found: dict[str, str] = {}
    for one, names in by_outcome.items():
        against = next((others[0] for other, others in by_outcome.items() if one.contradicts(other)), None)
        if against is not None:
            found.update(dict.fromkeys(names, against))
    return found
