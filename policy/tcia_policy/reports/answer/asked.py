"""The questions of the answer: each with its number, its place, the items that it decides, and its answers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.question_kinds import Consequence
from tcia_policy.reports.answer.decisions import decided_in_words
from tcia_policy.reports.answer.matrix import COLUMN_WORDS, STUDY, names_apart
from tcia_policy.reports.answer.project_places import place_of_line
from tcia_policy.text.english import count

if TYPE_CHECKING:
    from tcia_policy.model.question import Branch, LeadsTo, Question

FEW = 3
CONSEQUENCES = {Consequence.CLEAR: "no objection", Consequence.PROHIBITED: "prohibited"}


@dataclass(frozen=True)
class ReadyAnswer:
    """An answer: what to write or say, and what it leads to in words. `pasted` says that it can be pasted as it is.

    `consequence` is the worst.
    """

    write: str
    pasted: bool
    leads: str
    consequence: Consequence


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its number. `names` are the items that it decides; none: the study as a whole.

    `place` is `tcia-policy.yaml:15`, `None` where there is no line. `decided` says by which decisions it passes the
    gate; empty where none lets it.
    """

    number: int
    place: str | None
    names: tuple[str, ...]
    holdings: tuple[str, ...]
    question: "Question"
    decided: str
    answers: tuple[ReadyAnswer, ...]


def asked(assessment: Assessment) -> tuple[AskedQuestion, ...]:
    """Return the questions of an assessment, numbered from 1 in their order."""
    numbers = {question.id: number for number, question in enumerate(assessment.questions, start=1)}
    names = names_apart(assessment.holdings)
    return tuple(_asked(number, question, assessment, names, numbers) for number, question in _numbered(assessment))


def _numbered(assessment: Assessment) -> list[tuple[int, "Question"]]:
    return list(enumerate(assessment.questions, start=1))


def _asked(
    number: int, question: "Question", assessment: Assessment, names: Mapping[str, str], numbers: Mapping[str, int]
) -> AskedQuestion:
    holdings = tuple(dict.fromkeys(cell.holding for cell in question.cells if cell.holding is not None))
    return AskedQuestion(
        number=number,
        place=place_of_line(question.line, assessment),
        names=tuple(names.get(id_, id_) for id_ in holdings),
        holdings=holdings,
        question=question,
        decided=decided_in_words(question.decided_by, assessment),
        answers=tuple(_answer(branch, names, numbers) for branch in question.branches),
    )


def _answer(branch: "Branch", names: Mapping[str, str], numbers: Mapping[str, int]) -> ReadyAnswer:
    worst = max((item.consequence for item in branch.leads_to), key=list(Consequence).index, default=Consequence.OPEN)
    return ReadyAnswer(
        write=branch.says if branch.paste is None else branch.paste,
        pasted=branch.paste is not None,
        leads=_leads(branch, worst, names, numbers),
        consequence=worst,
    )


def _leads(branch: "Branch", worst: Consequence, names: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    told: dict[str, list[LeadsTo]] = {}
    for item in branch.leads_to:
        told.setdefault(_consequence(item, numbers), []).append(item)
    if branch.note is not None and worst is Consequence.CLEAR:
        return branch.note
    if len(told) == 1:
        says = next(iter(told))
    else:
        same = _Same.of(branch.leads_to)
        says = "; ".join(f"{words} for {_about(items, names, same)}" for words, items in told.items())
    return "; ".join(filter(None, (says, branch.note)))


def _consequence(item: "LeadsTo", numbers: Mapping[str, int]) -> str:
    if item.consequence is not Consequence.OPEN:
        return CONSEQUENCES[item.consequence]
    left = [numbers[id_] for id_ in item.questions if id_ in numbers]
    if not left:
        then_asked = ", ".join(dict.fromkeys(item.questions))
        return "still open" + (f" [{then_asked}]" if then_asked else "")
    return (
        f"question{'' if len(left) == 1 else 's'} {', '.join(map(str, left))} {'is' if len(left) == 1 else 'are'} left"
    )


@dataclass(frozen=True)
class _Same:
    """Whether all that an answer leads to is for the same data items, and for the same activities."""

    holdings: bool
    activities: bool

    @classmethod
    def of(cls, leads_to: Sequence["LeadsTo"]) -> "_Same":
        return cls(
            holdings=len({frozenset(item.holdings) for item in leads_to}) == 1,
            activities=len({frozenset(item.activities) for item in leads_to}) == 1,
        )


def _about(items: Sequence["LeadsTo"], names: Mapping[str, str], same: _Same) -> str:
    """Return the data items and the activities, as far as they differ from those that the answer leads elsewhere."""
    activities = ", ".join(
        COLUMN_WORDS[name] for name in dict.fromkeys(each for item in items for each in item.activities)
    )
    if same.holdings and not same.activities:
        return activities
    shown = [names.get(id_, id_) for id_ in dict.fromkeys(id_ for item in items for id_ in item.holdings)]
    more = [count(len(shown) - FEW, "more", "more")] if len(shown) > FEW + 1 else []
    of = ", ".join([*(shown[:FEW] if more else shown), *more]) or STUDY
    return of if same.activities else f"{of} ({activities})"
