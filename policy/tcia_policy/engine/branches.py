"""The branches of a question: each answer, and what it leads to, found by judging again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tcia_policy.engine.judge_again import Cell, Result, World, judge_again
from tcia_policy.engine.suppose_parts import of_parts
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity
from tcia_policy.model.question import Branch, Consequence, LeadsTo
from tcia_policy.text.english import first_of, one_of

BEST_FIRST = tuple(Consequence)
Results = Mapping[Cell, Result]


@dataclass(frozen=True)
class Judged:
    """An answer that is supposed, and what each data item and activity comes to then."""

    supposition: Supposition
    results: Results


def judged(suppositions: Iterable[Supposition], cells: Sequence[Cell]) -> list[Judged]:
    """Return what each of the answers leads to for `cells`."""
    return [Judged(each, judge_again(each.world, cells)) for each in suppositions]


def judged_replies(suppositions: Iterable[Supposition], cells: Sequence[Cell], question: str) -> list[Judged]:
    """Return what each of the replies leads to; what it makes no difference who says it is one reply.

    Leave that somebody cannot give for these data leaves the `question` of this id open, and is no answer to it. Where
    nobody can be recorded to give it, no reply can be foreseen.
    """
    found: dict[object, Judged] = {}
    for each in judged(suppositions, cells):
        if all(question in result.questions for result in each.results.values()):
            continue
        same = found.setdefault(_key(each.results), each)
        if same is not each:
            says = each.supposition.says.partition(" by ")[0]
            found[_key(each.results)] = Judged(replace(same.supposition, says=says), same.results)
    can_permit = any(Consequence.CLEAR in _consequences(each) or len(found) > 1 for each in found.values())
    return list(found.values()) if can_permit else []


def _consequences(each: Judged) -> set[Consequence]:
    return {result.consequence for result in each.results.values()}


def judged_choices(suppositions: Iterable[Supposition], cells: Sequence[Cell], question: str) -> list[Judged]:
    """Return what each of the answers leads to; those that lead to the same are told as one, to paste the first.

    What leaves the `question` of this id open everywhere is no answer to it.
    """
    alike: dict[object, list[Judged]] = {}
    for each in judged(suppositions, cells):
        if any(question not in result.questions for result in each.results.values()):
            alike.setdefault(_key(each.results), []).append(each)
    return [_any_of(group) for group in alike.values()]


def _any_of(group: Sequence[Judged]) -> Judged:
    says = one_of(first_of([each.supposition.says for each in group]))
    return Judged(replace(group[0].supposition, says=says), group[0].results)


def _key(results: Results) -> object:
    return frozenset(results.items())


def judged_parts(world: World, id_: str, suppositions: Iterable[Supposition], cells: Sequence[Cell]) -> list[Judged]:
    """Return what each of the answers on parts leads to; parts that lead to the same are one answer."""
    alike: dict[object, list[Judged]] = {}
    for each in judged(suppositions, cells):
        alike.setdefault(_key(each.results), []).append(each)
    found = []
    for group in alike.values():
        found += group if len(group) == 1 else _as_one(world, id_, group, cells)
    return found


def _as_one(world: World, id_: str, group: Sequence[Judged], cells: Sequence[Cell]) -> list[Judged]:
    """Return one answer for all parts of the group, if they lead to the same together."""
    parts = [part for each in group for part in each.supposition.parts]
    (together,) = judged([of_parts(world, id_, parts)], cells)
    return [together] if together.results == group[0].results else list(group)


def branches(judged_answers: Sequence[Judged], cells: Sequence[Cell]) -> tuple[Branch, ...]:
    """Return the branches for `cells`, the worst last."""
    return tuple(_branch(each, cells) for each in sorted(judged_answers, key=lambda each: _badness(each, cells)))


def _badness(each: Judged, cells: Sequence[Cell]) -> tuple[int, int]:
    """Return how bad the worst is that the answer leads to, and for how many."""
    found = [BEST_FIRST.index(each.results[cell].consequence) for cell in cells if cell in each.results]
    worst = max(found, default=0)
    return worst, found.count(worst)


def _branch(each: Judged, cells: Sequence[Cell]) -> Branch:
    return Branch(
        says=each.supposition.says,
        paste=each.supposition.paste,
        leads_to=_leads_to({cell: each.results[cell] for cell in cells if cell in each.results}),
        note=each.supposition.note,
    )


def _leads_to(results: Results) -> tuple[LeadsTo, ...]:
    """Return each result once, with the data items and activities that come to it."""
    by_holding: dict[tuple[str | None, Result], list[Activity]] = {}
    for (holding, activity), result in results.items():
        by_holding.setdefault((holding, result), []).append(activity)
    grouped: dict[tuple[Result, tuple[Activity, ...], bool], list[str | None]] = {}
    for (holding, result), activities in by_holding.items():
        grouped.setdefault((result, tuple(activities), holding is None), []).append(holding)
    found = [
        LeadsTo(
            consequence=result.consequence,
            holdings=tuple(holding for holding in holdings if holding is not None),
            activities=activities,
            questions=result.questions,
        )
        for (result, activities, _), holdings in grouped.items()
    ]
    return tuple(sorted(found, key=lambda item: BEST_FIRST.index(item.consequence)))


def is_idle(cell: Cell, answers: Sequence[Judged]) -> bool:
    """Return whether every answer leaves the same other questions open for this data item and activity.

    Where only one of several answers speaks of it, that answer does make the difference.
    """
    told = [each.results[cell] for each in answers if cell in each.results]
    return len(told) > 1 and len(set(told)) == 1 and all(item.consequence is Consequence.OPEN for item in told)
