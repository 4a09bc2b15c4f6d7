"""The questions of an assessment: what is open, each told once, with the verdicts that wait for its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tcia_policy.engine.asked import OF_ITEM, Asked, asked_by, is_open
from tcia_policy.engine.branches import Judged, branches, is_idle, judged, judged_parts, judged_replies
from tcia_policy.engine.data_named import names_of
from tcia_policy.engine.items_used import ItemsByLabel, items_of
from tcia_policy.engine.judge_again import Cell, Result, World
from tcia_policy.engine.question_texts import ask_of, because_of, contacts_of, id_of, remedy_of, text_of
from tcia_policy.engine.recorded_evidence import recorded
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.engine.suppose_facts import facts_supposed
from tcia_policy.engine.suppose_parts import licenses_supposed, parts_supposed
from tcia_policy.engine.suppose_replies import evidence_supposed, replies_supposed
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.model import Agreement, Answer, CellVerdict, Permission, Verdict
from tcia_policy.model.question import Consequence, Question, QuestionCell, QuestionKind

ORDER = tuple(QuestionKind)


@dataclass(frozen=True)
class Stated:
    """The verdicts that the assessment states: on each data item and activity, and on the study as a whole."""

    verdicts: Sequence[CellVerdict]
    verdict: Verdict

    def open_cells(self) -> set[Cell]:
        """Return the data items and activities whose verdict is undetermined."""
        return {(cell.holding, cell.activity) for cell in self.verdicts if cell.verdict is Verdict.UNDETERMINED}


@dataclass(frozen=True)
class Waiting:
    """One thing that is asked for, the open rules that wait for it, what they concern, and the answers it can have."""

    asked: Asked
    hits: tuple[RuleHit, ...]
    cells: tuple[Cell, ...]
    answers: tuple[Judged, ...] = ()


def questions_of(world: World, hits: Sequence[RuleHit], stated: Stated) -> tuple[Question, ...]:
    """Return every question whose answer changes a verdict that is `stated`.

    `hits` are those that count. What is prohibited whatever the answer is no reason to ask.
    """
    waiting = [_with_answers(each, world, stated) for each in _waiting(world, hits, stated)]
    found = [_question(each, world) for each in _without_idle_cells(waiting)]
    return tuple(sorted(found, key=lambda question: ORDER.index(question.kind)))


def _waiting(world: World, hits: Sequence[RuleHit], stated: Stated) -> list[Waiting]:
    open_cells = stated.open_cells()
    grouped: dict[Asked, list[RuleHit]] = {}
    for hit in hits:
        if is_open(hit) and (hit.holding is None or (hit.holding.id, hit.activity) in open_cells):
            for asked in asked_by(hit, world.case):
                grouped.setdefault(asked, []).append(hit)
    return [Waiting(asked, tuple(group), _cells(group, stated)) for asked, group in grouped.items()]


def _cells(hits: Sequence[RuleHit], stated: Stated) -> tuple[Cell, ...]:
    """Return what the rules concern, the study as a whole only if its verdict is undetermined."""
    concerned = dict.fromkeys((None if hit.holding is None else hit.holding.id, hit.activity) for hit in hits)
    return tuple(cell for cell in concerned if cell[0] is not None or stated.verdict is Verdict.UNDETERMINED)


def _with_answers(waiting: Waiting, world: World, stated: Stated) -> Waiting:
    if waiting.asked.kind is QuestionKind.EVIDENCE:
        return _of_evidence(waiting, world, stated)
    suppositions = _suppositions(waiting, world)
    if waiting.asked.kind is QuestionKind.PARTS:
        answers = judged_parts(world, waiting.asked.about, suppositions, waiting.cells)
    elif waiting.asked.kind is QuestionKind.REPLY:
        answers = judged_replies(suppositions, waiting.cells, id_of(waiting.asked, world.case))
    else:
        answers = judged(suppositions, waiting.cells)
    return replace(waiting, answers=tuple(answers))


def _suppositions(waiting: Waiting, world: World) -> list[Supposition]:
    """Return the answers that can be foreseen."""
    about = waiting.asked.about
    if waiting.asked.kind is QuestionKind.PARTS:
        return parts_supposed(world, about)
    if waiting.asked.kind is QuestionKind.LICENSE:
        return licenses_supposed(world, about)
    on_data = [(holding, activity) for holding, activity in waiting.cells if holding is not None]
    if waiting.asked.kind is QuestionKind.FACT:
        return facts_supposed(world, about, [holding for holding, _ in on_data])
    if waiting.asked.kind is QuestionKind.REPLY:
        return replies_supposed(world, world.case.rules.get(about), on_data)
    return []


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


def _without_idle_cells(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Return the questions without what waits for another one, whatever the answer; none that is left with nothing."""
    asked_by_others: dict[Cell, int] = {}
    for each in waiting:
        for cell in each.cells:
            asked_by_others[cell] = asked_by_others.get(cell, 0) + 1
    kept = []
    for each in waiting:
        cells = []
        for cell in each.cells:
            if is_idle(cell, each.answers) and asked_by_others[cell] > 1:
                asked_by_others[cell] -= 1
            else:
                cells.append(cell)
        if cells:
            kept.append(replace(each, cells=tuple(cells)))
    return kept


def _question(waiting: Waiting, world: World) -> Question:
    asked, hits, case = waiting.asked, waiting.hits, world.case
    field = _field(asked, hits, world)
    return Question(
        id=id_of(asked, case),
        kind=asked.kind,
        text=text_of(asked, hits),
        because=because_of(hits),
        cells=tuple(QuestionCell(holding=holding, activity=activity) for holding, activity in waiting.cells),
        rules=tuple(dict.fromkeys(hit.rule.id for hit in hits)),
        field=field,
        line=nearest_line(field, case.lines),
        ask=ask_of(asked, hits, case),
        contacts=contacts_of(asked, hits, case),
        branches=branches(waiting.answers, waiting.cells),
        remedy=remedy_of(asked, hits),
    )


def _field(asked: Asked, hits: Sequence[RuleHit], world: World) -> str | None:
    """Return the place in the project file that answers the question, or that has what it is about."""
    if asked.kind is QuestionKind.EVIDENCE or (asked.kind is QuestionKind.FACT and not asked.about.startswith(OF_ITEM)):
        return asked.about
    holding = next((hit.holding for hit in hits if hit.holding is not None), None)
    if holding is None:
        return None
    case = world.case
    used = items_of(holding, ItemsByLabel.of(case.project.data), case.known.datasets.get(holding.dataset or "")).used
    return used[0].field if used else None


def nearest_line(field: str | None, lines: Mapping[str, int]) -> int | None:
    """Return the line of a field of the project file, or of the nearest place around it that the file has."""
    while field:
        if field in lines:
            return lines[field]
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return None
