"""The questions of an assessment: what is open, each told once, with the verdicts that wait for its answer."""

from collections.abc import Sequence
from dataclasses import replace

from tcia_policy.engine.asked import OF_ITEM, Asked
from tcia_policy.engine.branches import branches, is_idle
from tcia_policy.engine.case import Case
from tcia_policy.engine.clearance import Judged
from tcia_policy.engine.foreseen import with_answers
from tcia_policy.engine.items_used import ItemsByLabel, items_of
from tcia_policy.engine.judge_again import Cell, World
from tcia_policy.engine.lines import nearest_line
from tcia_policy.engine.matter_ids import ON_ITS_OWN, ids_of_hits
from tcia_policy.engine.question_texts import ask_of, because_of, contacts_of, id_of, remedy_of, text_of
from tcia_policy.engine.rule_hits import Read, RuleHit
from tcia_policy.engine.waiting import Stated, Waiting, waiting_for_answers
from tcia_policy.model.question import Question, QuestionCell, QuestionKind

ORDER = tuple(QuestionKind)


def ask(case: Case, readings: Read, hits: Sequence[RuleHit], judged: Judged) -> tuple[Question, ...]:
    """Return the questions of a case that was judged; `readings` are those of its data items."""
    world = World(case, readings, tuple(judged.activities))
    return questions_of(world, hits, Stated(judged.verdicts, judged.verdict))


def questions_of(world: World, hits: Sequence[RuleHit], stated: Stated) -> tuple[Question, ...]:
    """Return every question whose answer changes a verdict that is `stated`.

    `hits` are those that count. What is prohibited whatever the answer is no reason to ask.
    """
    asked = waiting_for_answers(world, hits, stated)
    waiting = [with_answers(each, asked, world, stated) for each in asked]
    left = {each.asked: each for each in _without_idle_cells(_in_any_order_alike(waiting, world.case))}
    kept = [left[each.asked] for each in waiting if each.asked in left]
    told = {id(hit) for each in kept for hit in each.hits}
    others = [hit for each in waiting for hit in each.hits if id(hit) not in told]
    found = [_question(each, _beside(each, others), world) for each in kept]
    return tuple(sorted(found, key=lambda question: ORDER.index(question.kind)))


def _in_any_order_alike(waiting: Sequence[Waiting], case: Case) -> list[Waiting]:
    """Return the questions, those on evidence by their ids, so that no order chooses which is asked."""
    on_evidence = (each for each in waiting if each.asked.kind is QuestionKind.EVIDENCE)
    by_id = iter(sorted(on_evidence, key=lambda each: id_of(each.asked, case)))
    return [next(by_id) if each.asked.kind is QuestionKind.EVIDENCE else each for each in waiting]


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


def _beside(waiting: Waiting, others: Sequence[RuleHit]) -> list[RuleHit]:
    """Return the rules that a question holds back, of those that no question asks for yet: it is decided with them.

    A reply is on its own rule, and decides no other.
    """
    if waiting.asked.kind not in ON_ITS_OWN:
        return []
    return [hit for hit in others if (None if hit.holding is None else hit.holding.id, hit.activity) in waiting.cells]


def _question(waiting: Waiting, beside: Sequence[RuleHit], world: World) -> Question:
    asked, hits, case = waiting.asked, waiting.hits, world.case
    field = _field(asked, hits, world)
    id_ = id_of(asked, case)
    own = (id_,) if asked.kind in ON_ITS_OWN else ()
    return Question(
        id=id_,
        kind=asked.kind,
        text=text_of(asked, hits, case),
        because=because_of(hits),
        cells=tuple(QuestionCell(holding=holding, activity=activity) for holding, activity in waiting.cells),
        rules=tuple(dict.fromkeys(hit.rule.id for hit in hits)),
        field=field,
        line=nearest_line(field, case.lines),
        ask=ask_of(asked, hits, case),
        contacts=contacts_of(asked, hits, case),
        branches=branches(waiting.answers, waiting.cells),
        remedy=remedy_of(asked, hits),
        matters=tuple(dict.fromkeys((*own, *ids_of_hits((*hits, *beside))))),
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
