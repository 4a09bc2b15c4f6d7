"""Text as one searches in it: no soft hyphens, no ligatures, and the way back to where it stood."""

from bisect import bisect_right
from functools import lru_cache

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.text.sanitize import JOINERS, WITHOUT_WIDTH
from tcia_policy.text.typography import LIGATURES

_ODD = pattern(f"[{WITHOUT_WIDTH}{JOINERS}{''.join(LIGATURES)}]")


@dataclass(frozen=True)
class Folded:
    """`text` without what cannot be seen and with ligatures written out; `lower` is it in lower case, letter by letter.

    `_folded` and `_shifts`: from this offset of `text` on, the original one is that much further.
    """

    text: str
    lower: str
    _folded: tuple[int, ...]
    _shifts: tuple[int, ...]

    def original(self, offset: int) -> int:
        """Return where the character at `offset` of `text` stood before folding."""
        position = bisect_right(self._folded, offset) - 1
        return offset + (self._shifts[position] if position >= 0 else 0)


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    pieces: list[str] = []
    ends: list[int] = []
    shifts: list[int] = []
    done = length = 0
    for match in _ODD.finditer(text):
        written = LIGATURES.get(match.group(), "")
        pieces += (text[done : match.start()], written)
        length += match.start() - done + len(written)
        done = match.end()
        ends.append(length)
        shifts.append(done - length)
    smooth = "".join((*pieces, text[done:])) if pieces else text
    return Folded(smooth, _lower(smooth), tuple(ends), tuple(shifts))


@lru_cache(maxsize=32)
def folded(text: str) -> Folded:
    """Fold a text as `fold` does, once for all that is looked for in it."""
    return fold(text)


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
