"""What the project states and a reviewer denies: the stricter of the two counts.

An author may write down a reply or a position that opens what a reviewer's decision keeps closed. A reply of no that a
reviewer recorded counts then, and so does the position that a model is an adaptation; what the project states does
not. The other way around, the decision is told as contradicted (`judged_decisions`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tcia_policy.engine.case import Case
from tcia_policy.engine.decisions.settling import fault_of_position
from tcia_policy.engine.decisions.subjects import Subjects, what_counts_of
from tcia_policy.engine.recorded_evidence import POSITION
from tcia_policy.lazy import dataclass
from tcia_policy.model import Answer, Assessment, Positions, Verdict
from tcia_policy.model.decision import Decision, RecordAnswer, TakePosition

Judge = Callable[[Case], Assessment]


@dataclass(frozen=True)
class _Denial:
    """A decision, the place in the project of what it denies, and the reply there; `None` for a position."""

    decision: Decision
    field: str
    answer: Answer | None = None


def without_what_is_denied(case: Case, standing: Sequence[Decision], judge: Judge) -> Case:
    """Return the case without the replies and the position of the project that decisions deny.

    `standing` are the decisions with which nothing is wrong by themselves. One whose matter is no longer what was
    decided denies nothing.
    """
    denials = [each for decision in standing for each in _denials(decision, case)]
    if not denials:
        return case
    subjects = Subjects()
    subjects.add(judge(_without(case, denials)))
    fresh = [each for each in denials if any(subjects.found(decided) for decided in what_counts_of(each.decision))]
    return _without(case, fresh) if fresh else case


def _denials(decision: Decision, case: Case) -> Iterator[_Denial]:
    if isinstance(decision, TakePosition):
        stated = case.project.positions.model_is_adaptation
        denies = decision.value and stated is not None and not stated.value
        if denies and fault_of_position(decision, case.project) is None:
            yield _Denial(decision, POSITION)
    if isinstance(decision, RecordAnswer) and decision.says == Verdict.PROHIBITED.value:
        for number, answer in enumerate(case.project.answers):
            if answer.says == Verdict.PERMITTED.value and _is_about(decision, answer, case):
                yield _Denial(decision, f"answers[{number}]", answer)


def _is_about(decision: RecordAnswer, answer: Answer, case: Case) -> bool:
    """Return whether a reply of the project is to the rule, and on one of the data items, that were decided."""
    named = (holding for holding in case.holdings if answer in case.evidence.answers_for(holding))
    beginnings = tuple(f"{answer.rule}/{holding.id}/" for holding in named)
    return any(decided.id.startswith(beginnings) for decided in decision.decides)


def _without(case: Case, denials: Sequence[_Denial]) -> Case:
    denied = {each.field: each.decision.name for each in denials}
    answers = {each.answer for each in denials if each.answer is not None}
    project = case.project
    if POSITION in denied:
        project = project.model_copy(update={"positions": Positions()})
    seen = tuple(
        each.model_copy(update={"problem": f"the decision {denied[each.field]} says otherwise", "right": _RIGHT})
        if each.field in denied and each.counts
        else each
        for each in case.evidence.seen
    )
    kept = tuple(each for each in case.evidence.answers if each[0] not in answers)
    return replace(case, project=project, evidence=replace(case.evidence, answers=kept, seen=seen))


_RIGHT = "take one of the two out"
