"""Ids that never count: on one line, bounded, and told apart by what things are, never by their order."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tcia_policy.files.digests import digest_of_text
from tcia_policy.text.sanitize import clean

LONGEST_ID = 300
_SHORT_DIGEST = 12


def told_apart(things: Sequence[tuple[str, ...]]) -> list[str]:
    """Return an id for each of some things: the first of its words where no other has that, else with the next ones.

    The second word is told as it is, those after it by their digest. So an id depends on the things, never on their
    order.
    """
    ids = [thing[0] for thing in things]
    for depth in range(1, max(map(len, things), default=0)):
        alike = Counter(ids)
        ids = [id_ if alike[id_] == 1 else _longer(thing, depth) for id_, thing in zip(ids, things, strict=True)]
    return ids


def _longer(thing: tuple[str, ...], depth: int) -> str:
    if depth == 1:
        return as_id(thing[:2])
    return as_id((*thing[:2], digest_of_text("\n".join(thing[2 : depth + 1]))[:_SHORT_DIGEST]))


def as_id(steps: Iterable[str]) -> str:
    """Return the steps of an id on one line, joined by slashes; what is too long ends in a digest of it."""
    id_ = "/".join(map(clean, steps))
    if len(id_) <= LONGEST_ID:
        return id_
    return f"{id_[:LONGEST_ID]}-{digest_of_text(id_)[:_SHORT_DIGEST]}"
