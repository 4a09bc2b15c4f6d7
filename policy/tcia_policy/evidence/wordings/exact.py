"""The words of a wording in the same order, and what still differs though all of them are there."""

import re
from collections.abc import Iterator

from tcia_policy.evidence.wordings.wording import LONGEST_BLANK, Wording, Words, bounded, places_of, words_of
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass, pattern

_LEFT_OPEN = pattern(r"insert|your|name of|list", re.IGNORECASE)


Span = tuple[int, int]
"""Where a run of words begins and ends, in the letters of all words."""


@dataclass(frozen=True)
class Exact:
    """All words of a wording in order, from `offset` on. `differs` tells of capitals, or of a blank left open."""

    offset: int
    differs: str | None


def find_exact(asked: Wording, words: Words) -> Exact | None:
    """Return where the words of the wording stand in order; a place where nothing differs comes first."""
    letters = "".join(words.lower)
    written = "".join(words.written)
    edges: dict[int, int] = {}
    length = 0
    for word, start in zip(words.lower, words.starts, strict=True):
        edges[length] = start
        length += len(word)
    edges[length] = -1
    best: Exact | None = None
    for spans in _chains(asked, letters, edges):
        differs = (
            _other_capitals(asked, written, spans)
            or _left_open(asked, letters, spans)
            or _denied(asked, letters, spans)
        )
        if differs is None:
            return Exact(edges[spans[0][0]], None)
        best = best or Exact(edges[spans[0][0]], differs)
    return best


def _chains(asked: Wording, letters: str, edges: dict[int, int]) -> Iterator[list[Span]]:
    """Give where every run of the wording stands, each within a blank's length after the one before."""
    runs = ["".join(run.lower) for run in asked.runs]
    for start in places_of(runs[0], letters):
        end = start + len(runs[0])
        chains = [[(start, end)]] if start in edges and end in edges else []
        for run in runs[1:]:
            chains = [
                [*chain, (place, place + len(run))]
                for chain in chains
                for place in _within(run, letters, chain[-1][1])
                if place in edges and place + len(run) in edges
            ][: limits.WORDING_ENDS]
        yield from chains


def _within(run: str, letters: str, end: int) -> Iterator[int]:
    place = letters.find(run, end + 1, end + LONGEST_BLANK + len(run))
    while place >= 0:
        yield place
        place = letters.find(run, place + 1, end + LONGEST_BLANK + len(run))


def _other_capitals(asked: Wording, written: str, spans: list[Span]) -> str | None:
    for run, (start, _end) in zip(asked.runs, spans, strict=True):
        offset = start
        for word in run.written:
            has = written[offset : offset + len(word)]
            if has[1:] != word[1:]:
                return bounded(f"{has!r} for {word!r}")
            offset += len(word)
    return None


def _left_open(asked: Wording, letters: str, spans: list[Span]) -> str | None:
    nexts = [start for start, _end in spans[1:]]
    for blanks, (_start, end), following in zip(asked.blanks, spans, [*nexts, None], strict=True):
        stop = end + LONGEST_BLANK if following is None else following
        for blank in blanks:
            if _LEFT_OPEN.match(blank[1:]) and "".join(words_of(blank).lower) in letters[end:stop]:
                return bounded(f"{blank} is not filled in")
    return None


def _denied(asked: Wording, letters: str, spans: list[Span]) -> str | None:
    """Tell of a blank that offers words to choose from and is filled by a denial (`not published`)."""
    for blanks, (_start, end), (following, _end) in zip(asked.blanks, spans, spans[1:], strict=False):
        filled = letters[end:following]
        if any(" or " in blank for blank in blanks) and filled.startswith(("not", "never")):
            return bounded(f"{filled!r} for {blanks[0]}")
    return None
