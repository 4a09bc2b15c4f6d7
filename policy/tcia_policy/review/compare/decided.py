"""Questions, what they rest on, and the decisions of reviewers, compared."""

import re
from collections.abc import Iterator, Mapping, Set

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.changes import (
    DecisionChange,
    LinesChange,
    QuestionBecame,
    QuestionChange,
    QuestionState,
    Turn,
)
from tcia_policy.model.decision import DecisionRead, Supersede
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.matter import Matter
from tcia_policy.model.question import Question
from tcia_policy.review.compare.verdicts import turn_of

_RULE = re.compile(r"rule ([^\s:]+): (.*)")
_NOT_SETTLING = {DecisionKind.REJECT, DecisionKind.REFER, DecisionKind.SUPERSEDE}
_BECAME = {
    (QuestionState.NOT_ASKED, QuestionState.OPEN): QuestionBecame.NEW,
    (QuestionState.NOT_ASKED, QuestionState.DECIDED): QuestionBecame.NEW,
    (QuestionState.DECIDED, QuestionState.OPEN): QuestionBecame.STALE,
}


@dataclass(frozen=True)
class _Side:
    """The questions of one assessment, its matters, and by which decisions that count each matter is decided."""

    questions: Mapping[str, Question]
    matters: Mapping[str, Matter]
    decided: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, assessment: Assessment) -> "_Side":
        return cls(
            {each.id: each for each in assessment.questions},
            {each.id: each for each in assessment.matters},
            _decided(assessment),
        )

    def decisions(self, question: Question) -> tuple[str, ...]:
        """Return the names of the decisions that count on `question`, which either side may have."""
        own = self.questions.get(question.id)
        if own is not None:
            return own.decided_by
        return tuple(dict.fromkeys(name for each in question.matters for name in self.decided.get(each, ())))

    def state(self, question: Question) -> QuestionState:
        if self.decisions(question):
            return QuestionState.DECIDED
        return QuestionState.OPEN if question.id in self.questions else QuestionState.NOT_ASKED


def question_changes(old: Assessment, new: Assessment) -> Iterator[QuestionChange]:
    """Yield each question that is new, settled, stale or changed, by its id.

    A question that a conclusion settled is not in the assessment; the decisions say which matters it was about.
    """
    before, after = _Side.of(old), _Side.of(new)
    held = {each.id for each in new.holdings}
    for id_, question in sorted({**before.questions, **after.questions}.items()):
        was, is_ = before.state(question), after.state(question)
        lost, gained = _moved(id_, before, after)
        if was is is_ and not lost and not gained:
            continue
        yield QuestionChange(
            id=id_,
            text=question.text,
            became=_became(question, was, is_, held),
            before=was,
            after=is_,
            decisions=tuple(sorted({*before.decisions(question), *after.decisions(question)})),
            lost=lost,
            gained=gained,
            turn=turn_of(was is QuestionState.OPEN, is_ is QuestionState.OPEN),
        )


def _became(question: Question, was: QuestionState, is_: QuestionState, held: Set[str]) -> QuestionBecame:
    if was is is_:
        return QuestionBecame.CHANGED
    about = {cell.holding for cell in question.cells}
    if is_ is QuestionState.NOT_ASKED and about and None not in about and not about & held:
        return QuestionBecame.GONE
    return _BECAME.get((was, is_), QuestionBecame.SETTLED)


def _moved(id_: str, before: _Side, after: _Side) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that a question rests on no longer, and newly; nothing where one side does not ask it."""
    was, is_ = before.questions.get(id_), after.questions.get(id_)
    if was is None or is_ is None:
        return (), ()
    both = {*was.matters} & {*is_.matters}
    lost = {line for each in both for line in _lost(before.matters, after.matters, each)}
    gained = {line for each in both for line in _lost(after.matters, before.matters, each)}
    lost |= {_named(before.matters, each) for each in {*was.matters} - both}
    gained |= {_named(after.matters, each) for each in {*is_.matters} - both}
    return tuple(sorted(lost)), tuple(sorted(gained))


def _lost(ours: Mapping[str, Matter], theirs: Mapping[str, Matter], id_: str) -> set[str]:
    if id_ not in ours or id_ not in theirs:
        return set()
    return {*ours[id_].basis} - {*theirs[id_].basis}


def _named(matters: Mapping[str, Matter], id_: str) -> str:
    return matters[id_].text if id_ in matters else id_


def _decided(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for read in () if assessment.review is None else assessment.review.decisions:
        if read.decision.kind not in _NOT_SETTLING:
            for id_ in _matters_decided(read):
                found[id_] = (*found.get(id_, ()), read.decision.name)
    return found


def _matters_decided(read: DecisionRead) -> tuple[str, ...]:
    if read.status is DecisionStatus.COUNTS and not isinstance(read.decision, Supersede):
        return tuple(each.id for each in read.decision.decides)
    return read.counts_for


def rule_changes(old: Assessment, new: Assessment) -> Iterator[LinesChange]:
    """Yield each rule whose substance changed, of those on which something rests that can be decided in both."""
    before, after = _rules(old), _rules(new)
    for rule in sorted(before.keys() & after.keys()):
        lost, gained = before[rule] - after[rule], after[rule] - before[rule]
        if lost or gained:
            yield LinesChange(id=rule, lost=tuple(sorted(lost)), gained=tuple(sorted(gained)))


def _rules(assessment: Assessment) -> dict[str, set[str]]:
    """Return what each rule says in substance, as the matters have it (`rule cc-x: prohibited if ...`)."""
    found: dict[str, set[str]] = {}
    for matter in assessment.matters:
        for line in matter.basis:
            said = _RULE.match(line)
            if said is not None:
                found.setdefault(said[1], set()).add(said[2])
    return found


def decision_changes(old: Assessment, new: Assessment) -> Iterator[DecisionChange]:
    """Yield each decision that is new, gone, another, or counts otherwise, by its name."""
    before, after = _decisions(old), _decisions(new)
    for name in sorted({*before, *after}):
        was, is_ = before.get(name), after.get(name)
        latest = is_ or was
        if latest is None or (was and (was.status, was.decision)) == (is_ and (is_.status, is_.decision)):
            continue
        yield DecisionChange(
            name=name,
            kind=latest.decision.kind,
            before=was and was.status,
            after=is_ and is_.status,
            why=is_ and is_.why,
            turn=_turn(was, is_),
        )


def _decisions(assessment: Assessment) -> dict[str, DecisionRead]:
    return {} if assessment.review is None else {each.decision.name: each for each in assessment.review.decisions}


def _turn(was: DecisionRead | None, is_: DecisionRead | None) -> Turn:
    """Return whether it is for the worse that a decision counts otherwise.

    Where nothing is left of what it decided, nothing rests on it. What came in the place of that is told as itself.
    """
    if is_ is not None and is_.status is DecisionStatus.UNKNOWN:
        return Turn.NEITHER
    return turn_of(_stops(was), _stops(is_))


def _stops(read: DecisionRead | None) -> int:
    """Return 1 for a decision that stops the publication, -1 for one that lets something pass, else 0."""
    if read is None or read.status is not DecisionStatus.COUNTS:
        return 0
    kind = read.decision.kind
    return int(kind is DecisionKind.REJECT) - int(kind not in _NOT_SETTLING)
