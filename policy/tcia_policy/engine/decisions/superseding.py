"""Decisions that take earlier ones back."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.engine.decisions.standing import Fault, role_key
from tcia_policy.model.decision import Decision, Reject, Supersede
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.text.suggest import did_you_mean, nearest

SETTLING = ("conclude", "position", "answer")


def faults_in_superseding(decisions: Sequence[Decision], faults: Mapping[str, Fault]) -> dict[str, Fault]:
    """Return what is wrong with those that would take others back, by their name, and what of those taken back is.

    `faults` are what is wrong with decisions by themselves: such a one takes nothing back.
    """
    by_name = {each.name: each for each in decisions}
    taking = [each for each in decisions if isinstance(each, Supersede) and each.name not in faults]
    wrong = {each.name: fault for each in taking for fault in _wrong_targets(each, by_name)}
    in_circle = {each.name for each in taking if _comes_back(each.name, by_name)}
    for name in in_circle:
        why, right = "decisions take each other back in a circle", "leave one of them out"
        wrong.setdefault(name, Fault(DecisionStatus.CONTRADICTED, why, right))
    left = {each.name: each for each in taking if each.name not in wrong}
    return {**wrong, **_taken_back(left)}


def _taken_back(taking: Mapping[str, Supersede]) -> dict[str, Fault]:
    """Return the decisions that are taken back, by a decision that is not taken back itself. There is no circle."""
    takers: dict[str, int] = {}
    for each in taking.values():
        for name in each.supersedes:
            takers[name] = takers.get(name, 0) + 1
    gone: dict[str, Fault] = {}
    ready = [each for each in taking.values() if each.name not in takers]
    while ready:
        each = ready.pop()
        for name in each.supersedes:
            if each.name not in gone:
                why = f"{each.name} of {each.on} took it back"
                gone[name] = Fault(DecisionStatus.SUPERSEDED, why, "nothing is to be done")
            takers[name] -= 1
            if not takers[name] and name in taking:
                ready.append(taking[name])
    return gone


def _wrong_targets(decision: Supersede, by_name: Mapping[str, Decision]) -> Iterator[Fault]:
    for name in decision.supersedes:
        target = by_name.get(name)
        if target is None:
            meant = did_you_mean(nearest(name, by_name)) or "name a decision of this file"
            yield Fault(DecisionStatus.UNKNOWN, f"there is no decision {name!r}", meant)
        elif name == decision.name:
            yield Fault(DecisionStatus.UNFOUNDED, "it takes itself back", "name an earlier decision")
        elif target.on > decision.on:
            why = f"{name} is of {target.on}, which is after {decision.on}"
            yield Fault(DecisionStatus.UNFOUNDED, why, "only an earlier decision is taken back")
        elif target.kind.value in SETTLING and decision.evidence is None:
            why = f"{name} settled a fact by a document, and no document takes it back"
            yield Fault(DecisionStatus.UNFOUNDED, why, "name the document that does, under `evidence`")
        elif isinstance(target, Reject) and decision.evidence is None and not _is_same_role(decision, target):
            why = f"{name} is a rejection by {target.role}, and {decision.role} takes it back without a document"
            right = f"let {target.role} take it back, or name under `evidence` the document that does"
            yield Fault(DecisionStatus.UNFOUNDED, why, right)


def _is_same_role(one: Supersede, other: Reject) -> bool:
    return role_key(one.role) == role_key(other.role)


def _comes_back(name: str, by_name: Mapping[str, Decision]) -> bool:
    """Return whether a decision takes itself back through others."""
    seen: set[str] = set()
    left = [name]
    while left:
        decision = by_name.get(left.pop())
        for target in decision.supersedes if isinstance(decision, Supersede) else ():
            if target == name:
                return True
            if target not in seen:
                seen.add(target)
                left.append(target)
    return False
