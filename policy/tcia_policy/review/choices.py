"""What a reviewer may decide on something open. Whether a decision counts is decided in the engine."""

from collections.abc import Iterator, Mapping

from tcia_policy.model import Assessment
from tcia_policy.model.decision_kinds import DecisionKind
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
STATED_BY, LEADS_TO = "stated by", "leads to"
_PASSES = "stays open in the report, and no longer stops the check"
_LEADS: Mapping[DecisionKind, str] = {
    DecisionKind.ACCEPT: f"it {_PASSES}",
    DecisionKind.APPROVE_WITH_CONDITIONS: f"it {_PASSES} until the condition is overdue",
    DecisionKind.WAIVE: f"it {_PASSES} until that day",
    DecisionKind.REJECT: "the check fails, whatever else is decided",
    DecisionKind.REFER: "the report says who was asked, and when",
}
_ON_PROHIBITED: Mapping[DecisionKind, str] = {
    DecisionKind.WAIVE: "it stays prohibited; this counts only with the document of a permission, an agreement or an "
    "answer that the project records, and that lifts the prohibition",
    DecisionKind.REFER: "it stays prohibited; the report says who was asked, and when",
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
    leads = {**_LEADS, **_ON_PROHIBITED} if kind is MatterKind.PROHIBITION else _LEADS
    return tuple(Choice(key=each.value, kind=each, says=SAYS[each], leads_to=leads[each]) for each in kinds)


def notes_on(choice: Choice) -> tuple[str, ...]:
    """Return what to know before one chooses: who states a license, and what follows from it."""
    stated = f"{STATED_BY}: {'; '.join(choice.stated_by)}" if choice.stated_by else ""
    leads = f"{LEADS_TO}: {choice.leads_to}" if choice.leads_to else ""
    return tuple(filter(None, (stated, leads)))


def choices_on_question(asked: AskedQuestion, assessment: Assessment) -> tuple[Choice, ...]:
    """Return what may be decided on a question: what settles it first, then what any question allows."""
    return (*_settling(asked, assessment), *choices_on(MatterKind.QUESTION))


def _settling(asked: AskedQuestion, assessment: Assessment) -> Iterator[Choice]:
    question = asked.question
    leads = {branch.says: answer.leads for branch, answer in zip(question.branches, asked.answers, strict=True)}
    if question.kind is QuestionKind.LICENSE:
        for license_id, sources in licenses_stated(question, assessment).items():
            yield Choice(
                key=f"{DecisionKind.CONCLUDE.value}:{license_id}",
                kind=DecisionKind.CONCLUDE,
                says=says_of(f"{DecisionKind.CONCLUDE.value}:{license_id}"),
                value=license_id,
                stated_by=sources,
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
                leads_to="; ".join(filter(None, (leads.get(word), _where_it_counts(assessment)))),
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


def licenses_stated(question: Question, assessment: Assessment) -> Mapping[str, tuple[str, ...]]:
    """Return the licenses that sources state for the parts of which it is open which one holds, with these sources."""
    holdings = {cell.holding for cell in question.cells}
    several: dict[str, dict[str, None]] = {}
    for terms in assessment.terms:
        for part in terms.parts if terms.holding in holdings else ():
            for each in part.stated if len(part.stated) > 1 else ():
                several.setdefault(each.license, {}).update(dict.fromkeys(each.sources))
    return {license_id: tuple(sources) for license_id, sources in sorted(several.items())}


def _where_it_counts(assessment: Assessment) -> str:
    country = assessment.project.use.country
    if country is None:
        return "counts for nothing until the project states `use.country`"
    return f"counts for models, where the work is done in {country}"


def _leads_of_license(license_id: str, leads: Mapping[str, str], assessment: Assessment) -> str | None:
    """Return what the answer leads to that names this license, by its id or by its name, and perhaps who states it."""
    names = [license_id, *(each.short_name for each in assessment.licenses if each.id == license_id)]
    return next((leads[says] for says in leads for name in names if says == name or says.startswith(f"{name} (")), None)
