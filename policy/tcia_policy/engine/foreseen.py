"""The answers to each question that can be foreseen, each judged again."""

from collections.abc import Sequence
from dataclasses import replace

from tcia_policy.engine.branches import Judged, judged, judged_choices, judged_parts, judged_replies
from tcia_policy.engine.data_named import names_of
from tcia_policy.engine.judge_again import Cell, Result, World
from tcia_policy.engine.question_texts import id_of
from tcia_policy.engine.recorded_evidence import POSITION, recorded
from tcia_policy.engine.suppose_activities import activities_supposed, releases_supposed
from tcia_policy.engine.suppose_facts import facts_supposed
from tcia_policy.engine.suppose_licenses import (
    Release,
    about_licenses,
    licenses_of_outputs_supposed,
    with_licenses_noted,
)
from tcia_policy.engine.suppose_not_used import not_used_supposed
from tcia_policy.engine.suppose_parts import licenses_supposed, parts_supposed
from tcia_policy.engine.suppose_replies import evidence_supposed, replies_supposed
from tcia_policy.engine.waiting import Stated, Waiting
from tcia_policy.model import Activity, Agreement, Answer, Permission, Verdict
from tcia_policy.model.question import Consequence, QuestionKind

ACTIVITIES, OUTPUTS = "use.activities", "use.outputs"
_CONSEQUENCES = {
    Verdict.PERMITTED: Consequence.CLEAR,
    Verdict.CONDITIONAL: Consequence.CLEAR,
    Verdict.UNDETERMINED: Consequence.OPEN,
    Verdict.PROHIBITED: Consequence.PROHIBITED,
}


def with_answers(waiting: Waiting, others: Sequence[Waiting], world: World, stated: Stated) -> Waiting:
    """Return what waits with the answers that it can have; `others` is all that waits."""
    asked, cells = waiting.asked, waiting.cells
    if asked.kind is QuestionKind.EVIDENCE:
        return _of_evidence(waiting, world, stated)
    if asked.about == ACTIVITIES:
        return replace(waiting, answers=tuple(_of_activities(waiting, others, world, stated)))
    if asked.kind is QuestionKind.FACT:
        return replace(waiting, answers=tuple(_of_fact(waiting, others, world, stated)))
    if asked.kind is QuestionKind.PARTS:
        answers = judged_parts(world, asked.about, parts_supposed(world, asked.about), cells)
    elif asked.kind is QuestionKind.LICENSE:
        answers = judged(licenses_supposed(world, asked.about), cells)
    elif asked.kind is QuestionKind.REPLY:
        replies = replies_supposed(world, world.case.rules.get(asked.about), _on_data(cells))
        answers = judged_replies(replies, cells, id_of(asked, world.case))
    else:
        answers = judged(not_used_supposed(world, waiting.hits), cells)
    return replace(waiting, answers=tuple(answers))


def _on_data(cells: Sequence[Cell]) -> list[tuple[str, Activity]]:
    return [(holding, activity) for holding, activity in cells if holding is not None]


def _of_fact(waiting: Waiting, others: Sequence[Waiting], world: World, stated: Stated) -> list[Judged]:
    """Return the answers to what the project does not state."""
    path, cells = waiting.asked.about, waiting.cells
    if path == OUTPUTS:
        return judged_choices(licenses_of_outputs_supposed(world, cells), cells, id_of(waiting.asked, world.case))
    suppositions = facts_supposed(world, path, [holding for holding, _ in _on_data(cells)])
    if path == POSITION:
        asked_otherwise = {cell for each in others if each is not waiting for cell in each.cells}
        alone = [cell for cell in cells if cell not in asked_otherwise]
        release = Release.of(alone, stated.verdicts)
        rules = about_licenses(world.case)
        suppositions = [with_licenses_noted(each, release, rules) for each in suppositions]
    return judged(suppositions, cells)


def _of_activities(waiting: Waiting, others: Sequence[Waiting], world: World, stated: Stated) -> list[Judged]:
    """Return what follows if activities are stated: of those that have one verdict on the data, or that release."""
    if world.case.project.use.activities is not None:
        return judged(releases_supposed(world), waiting.cells)
    groups: dict[Result, list[Activity]] = {}
    for activity, verdict in _worst(stated).items():
        consequence = _CONSEQUENCES[verdict]
        asked = _asked_on(activity, others, world) if consequence is Consequence.OPEN else ()
        groups.setdefault(Result(consequence, asked), []).append(activity)
    suppositions = activities_supposed(world, list(groups.values()))
    return [
        Judged(supposition, {(None, activity): result for activity in group})
        for (result, group), supposition in zip(groups.items(), suppositions, strict=True)
    ]


def _asked_on(activity: Activity, others: Sequence[Waiting], world: World) -> tuple[str, ...]:
    """Return the ids of the questions on data that wait for an answer on this activity."""
    found = (each for each in others if any(cell[0] is not None and cell[1] is activity for cell in each.cells))
    return tuple(dict.fromkeys(id_of(each.asked, world.case) for each in found))


def _worst(stated: Stated) -> dict[Activity, Verdict]:
    """Return the worst verdict on any data item by activity."""
    worst: dict[Activity, Verdict] = {}
    for cell in stated.verdicts:
        worst[cell.activity] = max(cell.verdict, worst.get(cell.activity, cell.verdict), key=_severity)
    return worst


def _severity(verdict: Verdict) -> int:
    return verdict.severity


def _of_evidence(waiting: Waiting, world: World, stated: Stated) -> Waiting:
    """Return the question on a piece of evidence, also with what is prohibited and would not be if it counted."""
    ids = _may_be_for(waiting.asked.about, world)
    barred = [
        (cell.holding, cell.activity)
        for cell in stated.verdicts
        if cell.holding in ids and cell.verdict is Verdict.PROHIBITED
    ]
    cells: tuple[Cell, ...] = tuple(dict.fromkeys((*waiting.cells, *barred)))
    answers = judged(evidence_supposed(world, waiting.asked.about, sorted(ids)), cells)
    lifted = {cell for cell in barred if answers and answers[0].results[cell] != Result(Consequence.PROHIBITED)}
    kept = tuple(cell for cell in cells if cell in waiting.cells or cell in lifted)
    return replace(waiting, cells=kept, answers=tuple(answers))


def _may_be_for(field: str, world: World) -> frozenset[str]:
    """Return the ids of the data items that a piece of evidence is for; of one that names none, all."""
    item = dict(recorded(world.case.project)).get(field)
    if not isinstance(item, (Agreement, Permission, Answer)):
        return frozenset()
    name = item.data if isinstance(item, Answer) else item.dataset
    names = None if name is None else frozenset(world.case.evidence.resolve(name))
    return frozenset(
        holding.id for holding, _ in world.readings if names is None or not names_of(holding).isdisjoint(names)
    )
