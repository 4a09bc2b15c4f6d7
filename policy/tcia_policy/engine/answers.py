"""Answers to what a rule leaves open, from those whom the rule lets answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tcia_policy.engine.answerers import ACCEPTED, is_answerer, may_be_answerer
from tcia_policy.engine.grantors import owners_in_words
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.model import Activity, Answer, Dataset, Project, Verdict
from tcia_policy.rules.rule_text import Answerer
from tcia_policy.rules.rulebook import Rule, RuleBook
from tcia_policy.text.english import one_of

_GIVE_LEAVE = (Answerer.DATA_OWNER, Answerer.ACCESS_COMMITTEE)


def check_answers(project: Project, rules: RuleBook) -> None:
    """Raise `InputError` with its field for each answer to an unknown rule, or to one that nobody can answer."""
    mistakes = Mistakes()
    for index, answer in enumerate(project.answers):
        with mistakes.noted():
            _check_answer(answer, f"answers[{index}].rule", rules)
    mistakes.tell()


def _check_answer(answer: Answer, field: str, rules: RuleBook) -> None:
    try:
        rule = rules.get(answer.rule)
    except InputError as error:
        raise error.at(field=field) from None
    if not rule.text.answered_by:
        fitting = ", ".join(each.id for each in rules.rules if each.text.answered_by)
        hint = f"it says itself what settles it (`rules show {rule.id}`); these take an answer: {fitting}"
        raise InputError(f"the rule {rule.id!r} takes no answer", field=field, hint=hint)


def who_answered(answer: Answer, rule: Rule, datasets: Sequence[Dataset]) -> str | None:
    """Return what is wrong with who answered, or `None` if the rule lets them answer it."""
    if answer.on < (rule.text.in_force.from_ or answer.on):
        return f"{answer.on.isoformat()} is before the rule {rule.id} was in force, so it answers another question"
    if any(is_answerer(each, answer.from_, datasets) for each in rule.text.answered_by):
        return None
    refused = answer.says == Verdict.PROHIBITED.value
    if refused and any(may_be_answerer(each, answer.from_) for each in rule.text.answered_by):
        return None
    return f"{answer.from_} is not known to be {who_may_answer(rule, datasets)}"


def who_may_answer(rule: Rule, datasets: Sequence[Dataset] = ()) -> str:
    """Return in words who may answer a rule; the owner with the recorded names, if the datasets are known."""
    owners = " or ".join(filter(None, (owners_in_words(dataset) for dataset in datasets)))
    named = [
        f"{each.in_words} ({owners})" if each is Answerer.DATA_OWNER and owners else each.in_words
        for each in rule.text.answered_by
    ]
    return one_of(named)


def names_accepted(rule: Rule) -> str:
    """Return the names by which those are known who may answer a rule; nothing where only the owner may."""
    return "; ".join(f"{each.in_words} as {ACCEPTED[each]}" for each in rule.text.answered_by if each in ACCEPTED)


def leave_from(answer: Answer, rule: Rule, datasets: Sequence[Dataset]) -> frozenset[str]:
    """Return as whom they who answered can give leave for a use: as the owner of the data, or as the committee.

    Counsel and the archive own nothing and approve nothing: what they reply removes a doubt at most.
    """
    able = (each for each in rule.text.answered_by if each in _GIVE_LEAVE)
    return frozenset(each.value for each in able if is_answerer(each, answer.from_, datasets))


def gives(answer: Answer, rule: Rule, activity: Activity) -> bool:
    """Return whether a reply of `permitted` gives leave for an activity, and does not only lift a doubt.

    It does if the reply names the activity, or if the rule asks about that activity by name.
    """
    if answer.activities is not None:
        return activity in answer.activities
    return activity.value in rule.activities_named


def speaks_of(answer: Answer, activity: Activity) -> bool:
    """Return whether the reply is about an activity; one that names none is about all that the rule speaks of."""
    return answer.activities is None or activity in answer.activities


def settles(answer: Answer, rule: Rule, activity: Activity) -> bool:
    """Return whether the reply says that what this rule leaves undetermined is permitted for the activity."""
    return answer.rule == rule.id and answer.says == Verdict.PERMITTED.value and speaks_of(answer, activity)


def as_answered(rule: Rule, answers: Iterable[tuple[Answer, str]]) -> Rule:
    """Return the rule as a prohibition if one of the `answers`, each with its text, says `prohibited`."""
    barring = [text for answer, text in answers if answer.says == Verdict.PROHIBITED.value]
    if not barring:
        return rule
    because = f"{rule.text.because.rstrip()} Asked about it, they said that it is prohibited: {barring[0]}."
    changes = {"verdict": "prohibited", "because": because, "unless": None, "remedy": "Leave this use out."}
    return replace(rule, text=rule.text.model_copy(update=changes), unless=None)


def snippet(rule: Rule, data: str, activities: Sequence[Activity]) -> str:
    """Return what to paste into the project file once somebody has answered.

    Where the rule speaks of any activity, the reply has to name those for which it gives leave.
    """
    named = "" if rule.activities_named else f", activities: [{', '.join(activities)}]"
    return (
        f"Record the reply of {who_may_answer(rule)}: `answers: [{{rule: {rule.id}, data: {data}, says: permitted"
        f"{named}, from: ..., on: ..., evidence: ...}}]`, or `says: prohibited`."
    )
