"""A prescribed wording as runs of words with blanks between them, and the words of a text that is searched for it."""

from collections.abc import Iterator

from tcia_policy.evidence.mentions.normalize import fold
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass, pattern

LONGEST_BLANK = 400  # letters that may fill a blank
LONGEST_DIFFERENCE = 200  # characters

_WORD = pattern(r"[^\W_]+")
_BLANK = pattern(r"\[[^\[\]]{1,200}\]|<(?![^<>]{0,200}//)[^<>]{1,200}>|_{3,}|\u2026|\.\.\.")
_OF_A_LINK = frozenset("http https www".split())


@dataclass(frozen=True)
class Words:
    """Words in order, each in lower case and as written, and where it stands."""

    lower: tuple[str, ...]
    written: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Wording:
    """Runs of words with blanks between them; `blanks` are those after each run, as they are prescribed."""

    runs: tuple[Words, ...]
    blanks: tuple[tuple[str, ...], ...]

    @property
    def lower(self) -> tuple[str, ...]:
        """Return all words in lower case."""
        return tuple(word for run in self.runs for word in run.lower)

    @property
    def written(self) -> tuple[str, ...]:
        """Return all words as they are prescribed."""
        return tuple(word for run in self.runs for word in run.written)

    @property
    def letters(self) -> int:
        """Return how many letters all words have."""
        return sum(map(len, self.lower))


def parse(wording: str) -> Wording:
    """Part a prescribed wording at its blanks: `[insert ...]`, `<published or shown>`, `___`, `...`."""
    text = fold(wording[: limits.WORDING].strip(" \t\n.…")).text
    runs: list[Words] = []
    blanks: list[tuple[str, ...]] = []
    between: tuple[str, ...] = ()
    pieces = _BLANK.split(text)
    for piece, blank in zip(pieces, [*_BLANK.findall(text), None], strict=True):
        words = words_of(piece)
        if words.lower:
            if runs:
                blanks.append(between)
            runs.append(words)
            between = ()
        between += () if blank is None else (blank,)
    return Wording(tuple(runs), (*blanks, between))


def words_of(text: str, start: int = 0) -> Words:
    """Return the words of a text that begins at the offset `start`; those of a link's protocol are left out."""
    found = [(match.group(), match.start() + start) for match in _WORD.finditer(text)]
    kept = [(word, offset) for word, offset in found if word.lower() not in _OF_A_LINK]
    return Words(
        tuple(word.lower() for word, _offset in kept),
        tuple(word for word, _offset in kept),
        tuple(offset for _word, offset in kept),
    )


def places_of(word: str, text: str) -> Iterator[int]:
    """Give the offsets at which `word` stands in `text`, up to a bound."""
    place = text.find(word)
    for _count in range(limits.WORDING_OCCURRENCES):
        if place < 0:
            return
        yield place
        place = text.find(word, place + len(word))


def bounded(text: str) -> str:
    """Return a text that tells what differs, cut where it is long."""
    return text if len(text) <= LONGEST_DIFFERENCE else text[: LONGEST_DIFFERENCE - 1] + "…"
