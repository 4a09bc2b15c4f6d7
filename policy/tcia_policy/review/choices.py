"""What a reviewer may decide on something open. Whether a decision counts is decided in the engine."""

from collections.abc import Iterator, Mapping

from tcia_policy.model import Assessment
from tcia_policy.model.decision import DecisionKind
from tcia_policy.model.matter import MatterKind
from tcia_policy.model.open_entry import Choice
from tcia_policy.model.question import Question, QuestionKind
from tcia_policy.reports.answer.asked import AskedQuestion

POSITION = "positions.model-is-adaptation"
SAYS: Mapping[DecisionKind, str] = {
    DecisionKind.ACCEPT: "Accept it as it is",
    DecisionKind.APPROVE_WITH_CONDITIONS: "Approve it, on a condition that somebody meets by a day",
    DecisionKind.WAIVE: "Waive it until a day, at most 12 months from now, with a second person",
    DecisionKind.REJECT: "Reject it: the study may not be published so",
    DecisionKind.REFER: "Refer it to somebody else; it stays open",
}
ANSWERS: Mapping[str, str] = {
    "permitted": "The answer came: it is permitted",
    "prohibited": "The answer came: it is not permitted",
}
POSITIONS: Mapping[str, str] = {
    "false": "Position: no, a trained model is no adaptation of its data",
    "true": "Position: yes, a trained model is an adaptation of its data",
}
_ON_A_PROHIBITION = (DecisionKind.WAIVE, DecisionKind.REJECT, DecisionKind.REFER)


def says_of(key: str) -> str:
    """Return what the choice of this key decides, in words; the key itself where there is no such choice."""
    kind, _, value = key.partition(":")
    if kind == DecisionKind.CONCLUDE:
        return f"{value} is the license that holds"
    if kind == DecisionKind.POSITION:
        return POSITIONS.get(value, key)
    if kind == DecisionKind.ANSWER:
        return ANSWERS.get(value, key)
    return next((says for each, says in SAYS.items() if each.value == key), key)


def choices_on(kind: MatterKind) -> tuple[Choice, ...]:
    """Return what may be decided on anything of this kind."""
    kinds = _ON_A_PROHIBITION if kind is MatterKind.PROHIBITION else tuple(SAYS)
    return tuple(Choice(key=each.value, kind=each, says=SAYS[each]) for each in kinds)


def choices_on_question(asked: AskedQuestion, assessment: Assessment) -> tuple[Choice, ...]:
    """Return what may be decided on a question: what settles it first, then what any question allows."""
    return (*_settling(asked, assessment), *choices_on(MatterKind.QUESTION))


def _settling(asked: AskedQuestion, assessment: Assessment) -> Iterator[Choice]:
    question = asked.question
    leads = {branch.says: answer.leads for branch, answer in zip(question.branches, asked.answers, strict=True)}
    if question.kind is QuestionKind.LICENSE:
        for license_id in licenses_stated(question, assessment):
            yield Choice(
                key=f"{DecisionKind.CONCLUDE.value}:{license_id}",
                kind=DecisionKind.CONCLUDE,
                says=says_of(f"{DecisionKind.CONCLUDE.value}:{license_id}"),
                value=license_id,
                leads_to=_leads_of_license(license_id, leads, assessment),
            )
    elif question.id == POSITION:
        for value, says in POSITIONS.items():
            word = "yes" if value == "true" else "no"
            yield Choice(
                key=f"{DecisionKind.POSITION.value}:{value}",
                kind=DecisionKind.POSITION,
                says=says,
                value=value,
                leads_to=leads.get(word),
            )
    elif question.kind is QuestionKind.REPLY:
        for value, says in ANSWERS.items():
            yield Choice(
                key=f"{DecisionKind.ANSWER.value}:{value}",
                kind=DecisionKind.ANSWER,
                says=says,
                value=value,
                leads_to=leads.get(value),
            )


def licenses_stated(question: Question, assessment: Assessment) -> tuple[str, ...]:
    """Return the licenses that sources state for the parts of which it is open which one holds."""
    holdings = {cell.holding for cell in question.cells}
    several: dict[str, None] = {}
    for terms in assessment.terms:
        for part in terms.parts if terms.holding in holdings else ():
            if len(part.stated) > 1:
                several.update(dict.fromkeys(each.license for each in part.stated))
    return tuple(sorted(several))


def _leads_of_license(license_id: str, leads: Mapping[str, str], assessment: Assessment) -> str | None:
    """Return what the answer leads to that names this license, by its id or by its name, and perhaps who states it."""
    names = [license_id, *(each.short_name for each in assessment.licenses if each.id == license_id)]
    return next((leads[says] for says in leads for name in names if says == name or says.startswith(f"{name} (")), None)
