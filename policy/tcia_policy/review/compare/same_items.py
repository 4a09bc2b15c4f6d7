"""Which data item of one assessment is which of another, so that what hangs on it can be compared by its id."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tcia_policy.model import Assessment, Holding, HoldingKind
from tcia_policy.model.decision import ReviewRead
from tcia_policy.model.question import Question

_IS_OF_DUTY = re.compile(r"[^/]*:")
_Key = Callable[[Holding], tuple[object, ...]]


def _what(held: Holding) -> tuple[object, ...]:
    return (held.kind, held.content, held.name if held.dataset is None else held.dataset)


# From the surest to the loosest; a key counts only where one data item on each side has it.
_KEYS: tuple[_Key, ...] = (
    lambda held: (held.id, *_what(held)),
    lambda held: (*_what(held), held.obtained_from, held.version),
    lambda held: (*_what(held), held.obtained_from),
    _what,
    lambda held: (held.id, held.kind, held.kind is HoldingKind.DATASET and held.dataset),
)


def same_items(old: Sequence[Holding], new: Sequence[Holding]) -> dict[str, str]:
    """Return the id that each data item of `old` has in `new`, for those that are still there.

    They are matched by id and dataset, then by dataset, route and version, then by dataset and route, then by dataset.
    A user's id that now means another dataset is another data item.
    """
    left, right = list(old), list(new)
    found: dict[str, str] = {}
    for key in _KEYS:
        for before, after in _pairs(left, right, key):
            found[before.id] = after.id
            left.remove(before)
            right.remove(after)
    return found


def _pairs(left: Sequence[Holding], right: Sequence[Holding], key: _Key) -> list[tuple[Holding, Holding]]:
    ours, theirs = _alone(left, key), _alone(right, key)
    return [(ours[each], theirs[each]) for each in ours if each in theirs]


def _alone(items: Iterable[Holding], key: _Key) -> dict[tuple[object, ...], Holding]:
    groups: dict[tuple[object, ...], list[Holding]] = {}
    for each in items:
        groups.setdefault(key(each), []).append(each)
    return {each: held[0] for each, held in groups.items() if len(held) == 1}


def with_ids_of(old: Assessment, new: Assessment) -> Assessment:
    """Return `old` with the ids that its data items have in `new`, also within the ids of what hangs on them.

    A data item that is gone, and whose id `new` uses for another one, gets an id that nothing else has.
    """
    same = same_items(old.holdings, new.holdings)
    taken = {held.id for held in new.holdings}
    ids = {held.id: same.get(held.id, _free(held.id, taken)) for held in old.holdings}
    changed = {before: after for before, after in ids.items() if before != after}
    return _Renamed(changed).assessment(old) if changed else old


def _free(id_: str, taken: set[str]) -> str:
    while id_ in taken:
        id_ += " (before)"
    return id_


class _Renamed:
    """Puts other ids for data items into an assessment: where they stand alone, and between the slashes of an id."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids
        names = "|".join(re.escape(each) for each in sorted(ids, key=len, reverse=True))
        self._within = re.compile(rf"(?<![^/:])(?:{names})(?![^/:])")

    def assessment(self, old: Assessment) -> Assessment:
        """Return the assessment with its ids put right, as far as comparing reads them."""
        return old.model_copy(
            update={
                "holdings": tuple(each.model_copy(update={"id": self._id(each.id)}) for each in old.holdings),
                "verdicts": tuple(each.model_copy(update={"holding": self._id(each.holding)}) for each in old.verdicts),
                "terms": tuple(each.model_copy(update={"holding": self._id(each.holding)}) for each in old.terms),
                "questions": tuple(map(self._question, old.questions)),
                "duties": tuple(
                    each.model_copy(
                        update={"id": self._of_duty(each.id), "holdings": tuple(map(self._id, each.holdings))}
                    )
                    for each in old.duties
                ),
                "matters": tuple(each.model_copy(update={"id": self._any(each.id)}) for each in old.matters),
                "review": None if old.review is None else self._review(old.review),
            }
        )

    def _id(self, id_: str) -> str:
        return self._ids.get(id_, id_)

    def _question(self, question: Question) -> Question:
        cells = tuple(
            each if each.holding is None else each.model_copy(update={"holding": self._id(each.holding)})
            for each in question.cells
        )
        matters = tuple(map(self._any, question.matters))
        return question.model_copy(update={"id": self._in(question.id), "matters": matters, "cells": cells})

    def _any(self, id_: str) -> str:
        """Return the id of a matter, which may be that of a duty (`cc-attribution:CPTAC-LUAD/luad`)."""
        return self._of_duty(id_) if _IS_OF_DUTY.match(id_) else self._in(id_)

    def _of_duty(self, id_: str) -> str:
        """Return the id of a duty. It begins with the name of a dataset, which is no id, though it may be one, too."""
        about, slash, items = id_.partition("/")
        return about + slash + self._in(items)

    def _in(self, id_: str) -> str:
        return self._within.sub(lambda found: self._ids[found.group()], id_)

    def _review(self, review: ReviewRead) -> ReviewRead:
        return review.model_copy(update={"decisions": tuple(self._decisions(review))})

    def _decisions(self, review: ReviewRead) -> Iterator[object]:
        for read in review.decisions:
            update: dict[str, object] = {"counts_for": tuple(map(self._any, read.counts_for))}
            decides = getattr(read.decision, "decides", None)
            if decides is not None:
                renamed = tuple(each.model_copy(update={"id": self._any(each.id)}) for each in decides)
                update["decision"] = read.decision.model_copy(update={"decides": renamed})
            yield read.model_copy(update=update)
