"""How similar a stretch of text is to a wording, word by word, and what differs.

`LEAST_SIMILAR` was chosen on the texts of `tests/evidence/wordings.yaml`: 16 light edits of real wordings have a
similarity of 0.82 to 0.95; of 27 ordinary sentences, each against all 7 wordings, the highest has 0.72; free
paraphrases have 0.55 and less, and so are absent.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from tcia_policy.evidence.wordings.wording import Wording, Words, bounded
from tcia_policy.lazy import dataclass

LEAST_SIMILAR = 0.77  # of 1: twice the words in common, in order, by the words of both; what fills a blank not counted


@dataclass(frozen=True)
class Similar:
    """The stretch of a text that is most similar to a wording: how much (of 1), its offset, and what differs."""

    similarity: float
    offset: int
    differs: str


class _Common(NamedTuple):
    """Words that the wording has from `first` up to `last`, and the text from `start` up to `end`."""

    first: int
    last: int
    start: int
    end: int


def find_similar(asked: Wording, words: Words) -> Similar | None:
    """Return the stretch of `words` that is most similar to the wording, or `None` below `LEAST_SIMILAR`."""
    steps = Indel.opcodes(asked.lower, words.lower)
    blanks = _blank_positions(asked)
    equal = [
        _Common(step.src_start, step.src_end, step.dest_start, step.dest_end) for step in steps if step.tag == "equal"
    ]
    best = (0.0, 0, 0)
    for first in range(len(equal)):
        common, free = 0, 0
        for last in range(first, len(equal)):
            common += equal[last].last - equal[last].first
            if last > first and equal[last].first in blanks and equal[last - 1].last == equal[last].first:
                free += equal[last].start - equal[last - 1].end
            length = equal[last].end - equal[first].start - free
            best = max(best, (2 * common / (len(asked.lower) + length), first, last))
    similarity, first, last = best
    if similarity < LEAST_SIMILAR:
        return None
    differs = _difference(asked, words, equal[first : last + 1], blanks)
    return Similar(similarity, words.starts[equal[first].start], differs)


def _blank_positions(asked: Wording) -> frozenset[int]:
    positions, length = set(), 0
    for run in asked.runs[:-1]:
        length += len(run.lower)
        positions.add(length)
    return frozenset(positions)


def _difference(asked: Wording, words: Words, equal: Sequence[_Common], blanks: frozenset[int]) -> str:
    own = asked.written
    missing, added = [], []
    source, target = 0, equal[0].start
    for first, last, start, end in equal:
        missing.append(" ".join(own[source:first]))
        is_blank = first in blanks and source == first
        added.append("" if is_blank else " ".join(words.written[target:start]))
        source, target = last, end
    missing.append(" ".join(own[source:]))
    parts = (("missing", missing), ("added", added))
    said = [f"{what} {', '.join(map(repr, some))}" for what, all_ in parts if (some := list(filter(None, all_)))]
    return bounded("; ".join(said) or "the same words, joined or divided otherwise")
