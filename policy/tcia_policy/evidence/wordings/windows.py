"""The stretches of a text that are worth comparing with a wording: bounded in number and in length."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from tcia_policy.evidence.wordings.wording import LONGEST_BLANK, Wording, places_of

LEAST_TOGETHER = 0.4  # of the rarer half of a wording's words, so that a stretch of text is compared at all
_SHORT_WORD = 3  # letters of a word that stands in any text
_MARGIN = 200  # letters beside twice those of the wording, for what was added to it

Window = tuple[int, int]
"""Where a stretch of text begins, and where it ends."""


def windows(asked: Wording, text: str) -> list[Window]:
    """Return the stretches of `text` in which enough of the wording's rarer words stand together, merged."""
    width = 2 * asked.letters + LONGEST_BLANK * (len(asked.runs) - 1) + _MARGIN
    distinct = sorted({word for word in asked.lower if len(word) > _SHORT_WORD}) or sorted(set(asked.lower))
    least = max(1, math.ceil(LEAST_TOGETHER * len(distinct) / 2))
    rare = _rarer_half(distinct, text)
    if len(rare) < least:
        return []
    places = sorted((place, word) for word in rare for place in places_of(word, text))
    found: list[Window] = []
    for first, last in _together(places, width, least):
        _add(found, (max(0, first - width // 2), min(len(text), last + width // 2)), width)
    return [_on_whole_words(text, start, end) for start, end in found]


def _rarer_half(words: Sequence[str], text: str) -> list[str]:
    present = sorted((count, word) for word in words if (count := text.count(word)))
    return [word for _count, word in present[: math.ceil(len(words) / 2)]]


def _together(places: Sequence[tuple[int, str]], width: int, least: int) -> Iterator[tuple[int, int]]:
    """Give the first and the last place of each stretch of `width` letters that has `least` different words."""
    inside: Counter[str] = Counter()
    first = 0
    for place, word in places:
        inside[word] += 1
        while places[first][0] < place - width:
            _remove(inside, places[first][1])
            first += 1
        if len(inside) >= least:
            yield places[first][0], place


def _remove(inside: Counter[str], word: str) -> None:
    inside[word] -= 1
    if not inside[word]:
        del inside[word]


def _add(found: list[Window], window: Window, width: int) -> None:
    """Add a window, as a part of the last one where they meet and do not grow too long together."""
    start, end = window
    if found and start <= found[-1][1] and end - found[-1][0] <= 3 * width:
        found[-1] = (found[-1][0], end)
    elif not found or end > found[-1][1] + width // 4:
        found.append(window)


def _on_whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
