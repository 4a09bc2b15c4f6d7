"""The questions of an assessment: what is open, each told once, with the verdicts that wait for its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tcia_policy.engine.asked import OF_ITEM, Asked, asked_by, is_open
from tcia_policy.engine.case import Case
from tcia_policy.engine.items_used import ItemsByLabel, items_of
from tcia_policy.engine.question_texts import ask_of, because_of, contacts_of, id_of, remedy_of, text_of
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.model import Activity, CellVerdict, Verdict
from tcia_policy.model.question import Question, QuestionCell, QuestionKind

ORDER = tuple(QuestionKind)


@dataclass(frozen=True)
class Waiting:
    """One thing that is asked for, and the open rules that wait for it, each on one data item and activity."""

    asked: Asked
    hits: tuple[RuleHit, ...]


def questions_of(
    case: Case, hits: Sequence[RuleHit], verdicts: Sequence[CellVerdict], verdict: Verdict
) -> tuple[Question, ...]:
    """Return every question whose answer changes one of `verdicts`, or the `verdict` on the study as a whole.

    `hits` are those that count. What is prohibited whatever the answer is no reason to ask.
    """
    if verdict is not Verdict.UNDETERMINED and not any(cell.verdict is Verdict.UNDETERMINED for cell in verdicts):
        return ()
    undetermined = {(cell.holding, cell.activity) for cell in verdicts if cell.verdict is Verdict.UNDETERMINED}
    found = [_question(each, case) for each in _waiting(case, hits, undetermined, verdict)]
    return tuple(sorted(found, key=lambda question: ORDER.index(question.kind)))


def _waiting(
    case: Case, hits: Sequence[RuleHit], undetermined: set[tuple[str, Activity]], verdict: Verdict
) -> list[Waiting]:
    grouped: dict[Asked, list[RuleHit]] = {}
    for hit in hits:
        if is_open(hit) and _is_stated(hit, undetermined, verdict):
            for asked in asked_by(hit, case):
                grouped.setdefault(asked, []).append(hit)
    return [Waiting(asked, tuple(group)) for asked, group in grouped.items()]


def _is_stated(hit: RuleHit, undetermined: set[tuple[str, Activity]], verdict: Verdict) -> bool:
    """Return whether the rule is one of those because of which a verdict is undetermined."""
    if hit.holding is None:
        return verdict is Verdict.UNDETERMINED
    return (hit.holding.id, hit.activity) in undetermined


def _question(waiting: Waiting, case: Case) -> Question:
    asked, hits = waiting.asked, waiting.hits
    cells = dict.fromkeys((None if hit.holding is None else hit.holding.id, hit.activity) for hit in hits)
    field = _field(asked, hits, case)
    return Question(
        id=id_of(asked, case),
        kind=asked.kind,
        text=text_of(asked, hits),
        because=because_of(hits),
        cells=tuple(QuestionCell(holding=holding, activity=activity) for holding, activity in cells),
        rules=tuple(dict.fromkeys(hit.rule.id for hit in hits)),
        field=field,
        line=nearest_line(field, case.lines),
        ask=ask_of(asked, hits, case),
        contacts=contacts_of(asked, hits, case),
        remedy=remedy_of(asked, hits),
    )


def _field(asked: Asked, hits: Sequence[RuleHit], case: Case) -> str | None:
    """Return the place in the project file that answers the question, or that has what it is about."""
    if asked.kind is QuestionKind.EVIDENCE or (asked.kind is QuestionKind.FACT and not asked.about.startswith(OF_ITEM)):
        return asked.about
    holding = next((hit.holding for hit in hits if hit.holding is not None), None)
    if asked.kind in (QuestionKind.PARTS, QuestionKind.LICENSE):
        holding = next(item for item in case.holdings if item.id == asked.about)
    if holding is None:
        return None
    used = items_of(holding, ItemsByLabel.of(case.project.data), case.known.datasets.get(holding.dataset or "")).used
    return used[0].field if used else None


def nearest_line(field: str | None, lines: Mapping[str, int]) -> int | None:
    """Return the line of a field of the project file, or of the nearest place around it that the file has."""
    while field:
        if field in lines:
            return lines[field]
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return None
