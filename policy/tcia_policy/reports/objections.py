"""What stands against a release, in words."""

from collections.abc import Container, Iterable

from tcia_policy.model import Assessment, Objection, ObjectionKind
from tcia_policy.reports.answer.decisions import decisions_told
from tcia_policy.reports.item_names import Names
from tcia_policy.text.english import count

IN_WORDS = {
    ObjectionKind.WHOLE: "the use as a whole: {verdict}",
    ObjectionKind.OUTPUT: "{text}: {verdict}",
    ObjectionKind.FINDING: "{data}{verdict}, {text} [{rule}]",
    ObjectionKind.DUTY: "required and not met: {text}",
    ObjectionKind.AGREEMENT: "owed and not recorded: {text}",
    ObjectionKind.ACTIVITIES_NOT_STATED: (
        "the project states no activities, so that nothing of what is planned was judged as such"
    ),
    ObjectionKind.NOT_JUDGED: ("the project states no activity that releases it, so that its release was not judged"),
}


def objections(assessment: Assessment, *, met_here: Container[str | None] = ()) -> tuple[str, ...]:
    """Return why nothing may be taken for a clearance, the whole study first; nothing where nothing stands against it.

    `met_here` are the rules of duties that the text itself meets in which these lines stand.
    """
    names = Names.of(assessment)
    of_duties = (item for item in assessment.clearance.objections if item.kind is ObjectionKind.DUTY)
    met = [item for item in of_duties if item.rule in met_here]
    against = [item for item in assessment.clearance.objections if item not in met]
    duties = sum(item.kind is ObjectionKind.DUTY for item in against)
    lines = lines_of((item for item in against if item.kind is not ObjectionKind.DUTY), names)
    if duties:
        lines = (*lines, f"{count(duties, 'required duty', 'required duties')} not met")
    return (*lines, *_let_pass(assessment)) if lines else ()


def _let_pass(assessment: Assessment) -> tuple[str, ...]:
    """Return the decisions of reviewers that let something of it pass the check: it is not cleared by that."""
    by = (*(each.decided_by for each in assessment.questions), *(each.decided_by for each in assessment.duties))
    passing = {name for names in by for name in names}
    told = (each for each in decisions_told(assessment) if each.read.decision.name in passing)
    return tuple(f"reviewers let it pass the check, and that clears nothing: {each.text}" for each in told)


def lines_of(found: Iterable[Objection], names: Names) -> tuple[str, ...]:
    """Return a line for each, equal ones once."""
    return tuple(dict.fromkeys(_line(item, names) for item in found))


def _line(item: Objection, names: Names) -> str:
    holding = names.holdings.get(item.holding or "")
    return IN_WORDS[item.kind].format(
        data=f"{holding.name}: " if holding is not None else "",
        verdict="" if item.verdict is None else item.verdict.value,
        text=item.text,
        rule=item.rule,
    )
