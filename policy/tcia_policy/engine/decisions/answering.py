"""What somebody replied, as entries of `answers`: for the rule, the data items and the activities that were decided."""

from collections.abc import Sequence

from tcia_policy.engine.case import Case
from tcia_policy.engine.decisions.standing import Fault
from tcia_policy.engine.decisions.subjects import Subject
from tcia_policy.engine.recorded_evidence import GRANTOR_RULE, recorded
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Answer, Permission, Verdict
from tcia_policy.model.decision import RecordAnswer
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.matter import Matter


@dataclass(frozen=True)
class Reply:
    """An answer as the project would record it, the decision's name, and the one data item that it is for."""

    decision: str
    answer: Answer
    holding: str | None


def replies_of(
    decision: RecordAnswer, subjects: Sequence[Subject], left_out: Sequence[Matter], case: Case
) -> list[Reply] | Fault:
    """Return what a decision answers; or why it answers nothing.

    A reply of `permitted` is about all that a rule leaves open on a data item and an activity. So it does not count
    where some of that is `left_out`.
    """
    if left_out and decision.says == Verdict.PERMITTED.value:
        why = f"such a reply would settle {left_out[0].id} as well, which it does not decide"
        return Fault(DecisionStatus.UNFOUNDED, why, "decide that one, too, if the reply is about it")
    of_evidence = [each for each in subjects if each.own is not None]
    replies = [_about_grant(decision, each, case) for each in of_evidence]
    for (rule, holding), activities in _by_rule(subjects).items():
        replies.append(_about_data(decision, rule, holding, activities, case))
    found = []
    for reply in replies:
        if isinstance(reply, Fault):
            return reply
        found.append(reply)
    return found


def _by_rule(subjects: Sequence[Subject]) -> dict[tuple[str, str | None], list[Activity]]:
    """Return the activities of the replies asked for, by the rule and the data item."""
    found: dict[tuple[str, str | None], list[Activity]] = {}
    for each in subjects:
        matter = each.matter
        if each.own is None:
            activities = found.setdefault((matter.rule or "", matter.holding), [])
            activities += _activities(each)
    return found


def _activities(subject: Subject) -> list[Activity]:
    """Return the activities that a matter is about: those of its question, where it is about several."""
    if subject.matter.activity is not None:
        return [subject.matter.activity]
    cells = (cell for question in subject.questions for cell in question.cells)
    return [cell.activity for cell in cells if cell.holding == subject.matter.holding]


def _about_data(
    decision: RecordAnswer, rule: str, id_: str | None, activities: Sequence[Activity], case: Case
) -> Reply | Fault:
    holding = next((each for each in case.holdings if each.id == id_), None)
    if not _takes_an_answer(rule, case) or holding is None:
        why = f"the rule {rule} takes no answer on these data"
        return Fault(DecisionStatus.UNFOUNDED, why, f"`rules show {rule}` says what settles it")
    return Reply(
        decision.name, _answer(decision, rule, holding.item or holding.dataset or holding.name, activities), id_
    )


def _takes_an_answer(rule: str, case: Case) -> bool:
    try:
        return bool(case.rules.get(rule).text.answered_by)
    except InputError:
        return False


def _about_grant(decision: RecordAnswer, subject: Subject, case: Case) -> Reply | Fault:
    """Return the reply on whether somebody may give a grant."""
    field = None if subject.own is None else subject.own.field
    grant = next((item for place, item in recorded(case.project) if place == field), None)
    if not isinstance(grant, Permission):
        why = "it is no reply on a grant of which it is in doubt who gave it"
        return Fault(DecisionStatus.UNFOUNDED, why, "mend what the evidence lacks, in the project file")
    answer = _answer(decision, GRANTOR_RULE, grant.dataset, ())
    return Reply(decision.name, answer.model_copy(update={"grantor": decision.grantor or grant.from_}), None)


def _answer(decision: RecordAnswer, rule: str, data: str, activities: Sequence[Activity]) -> Answer:
    return Answer(
        rule=rule,
        data=data,
        says=decision.says,
        from_=decision.from_,
        on=decision.on,
        activities=tuple(dict.fromkeys(activities)) or None,
        grantor=decision.grantor,
        evidence=decision.evidence,
    )
