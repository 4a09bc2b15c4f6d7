"""Prescribed wording in a manuscript: printed as it is asked for, altered, or not at all.

`LEAST_SIMILAR` was chosen on the texts of `tests/manuscript/wordings.yaml`: 16 light edits of real wordings have a
similarity of 0.82 to 0.95; of 27 ordinary sentences, each against all 7 wordings, the highest has 0.72; free
paraphrases have 0.55 and less, and so are absent.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.normalize import fold, folded
from tcia_policy.evidence.mentions.sentences import Sentences
from tcia_policy.model import Found

LEAST_SIMILAR = 0.77  # of 1: twice the words in common, in order, by the words of both; what fills a blank not counted
LEAST_WORDS = 6  # a shorter wording is present or absent, never altered
LONGEST_BLANK = 400  # letters that may fill a blank
LONGEST_DIFFERENCE = 200  # characters
LEAST_TOGETHER = 0.4  # of the rarer half of a wording's words, so that a stretch of text is compared at all
LONGEST_LEAD = 300  # characters before a wording that may take it back
_LONGEST_WORDING = 5000
_MOST_WINDOWS = 300
_MOST_OCCURRENCES = 5000
_MOST_ENDS = 20

_WORD = re.compile(r"[^\W_]+")
_BLANK = re.compile(r"\[[^\[\]]{1,200}\]|<(?![^<>]{0,200}//)[^<>]{1,200}>|_{3,}|\u2026|\.\.\.")
_DENIED_BEFORE = re.compile(r"\b(?:no|not|never|cannot|nor|neither)\s+(?:\w+\s+){0,3}[\"'“‘]?$", re.IGNORECASE)
_QUOTED_BEFORE = re.compile(
    r"\b(?!(?:we|authors?)\s)\w+\W+(?:wrote|writes?|stated?|states|must|should)\b[^.\"“]{0,40}[\"“]$", re.IGNORECASE
)
_OF_A_LINK = frozenset("http https www".split())
_LEFT_OPEN = re.compile(r"insert|your|name of|list", re.IGNORECASE)


@dataclass(frozen=True)
class WordingFound:
    """`state` is `present`, `altered` or `absent`; `place` where it begins; `differs` what is altered."""

    state: Found
    place: SourceLocation | None = None
    differs: str | None = None
    similarity: float = 0.0


@dataclass(frozen=True)
class _Words:
    """Words in order, each in lower case and as written, and where it stands."""

    lower: tuple[str, ...]
    written: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True)
class _Wording:
    """Runs of words with blanks between them; `blanks` are those after each run, as they are prescribed."""

    runs: tuple[_Words, ...]
    blanks: tuple[tuple[str, ...], ...]

    @property
    def lower(self) -> tuple[str, ...]:
        return tuple(word for run in self.runs for word in run.lower)

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(word for run in self.runs for word in run.written)

    @property
    def letters(self) -> int:
        return sum(map(len, self.lower))


def look_for(wording: str, prose: Sequence[TextBlock]) -> WordingFound:
    """The best that any of `prose` has of a prescribed wording.

    `present`: the same words in the same order. Spaces, line breaks, hyphens, quotes, ligatures, other punctuation, the
    case of a word's first letter, and a link's protocol make no difference. `[insert ...]`, `<published or shown>` and
    the like are blanks, which any words fill; one that is left as it is has not been filled in.
    `altered`: similar by `LEAST_SIMILAR`, with what is missing and what was added.
    """
    asked = _parse(wording)
    best = WordingFound(Found.ABSENT)
    if not asked.runs:
        return best
    for part in prose:
        found = _look_in(asked, part)
        if found.state is Found.PRESENT:
            return found
        if found.similarity > best.similarity:
            best = found
    return best


def _parse(wording: str) -> _Wording:
    text = fold(wording[:_LONGEST_WORDING].strip(" \t\n.…")).text
    runs: list[_Words] = []
    blanks: list[tuple[str, ...]] = []
    between: tuple[str, ...] = ()
    pieces = _BLANK.split(text)
    for piece, blank in zip(pieces, [*_BLANK.findall(text), None], strict=True):
        words = _words(piece)
        if words.lower:
            if runs:
                blanks.append(between)
            runs.append(words)
            between = ()
        between += () if blank is None else (blank,)
    return _Wording(tuple(runs), (*blanks, between))


def _words(text: str, start: int = 0) -> _Words:
    found = [(match.group(), match.start() + start) for match in _WORD.finditer(text)]
    kept = [(word, offset) for word, offset in found if word.lower() not in _OF_A_LINK]
    return _Words(
        tuple(word.lower() for word, _offset in kept),
        tuple(word for word, _offset in kept),
        tuple(offset for _word, offset in kept),
    )


def _look_in(asked: _Wording, prose: TextBlock) -> WordingFound:
    searched = folded(prose.text)
    altered = WordingFound(Found.ABSENT)
    can_be_altered = len(asked.lower) >= LEAST_WORDS
    for count, (start, end) in enumerate(_windows(asked, searched.lower)):
        words = _words(searched.text[start:end], start)
        exact = _exact(asked, words)
        if exact is not None:
            offset, differs = exact
            place = prose.place(searched.original(offset))
            differs = differs or _taken_back(searched.text, offset, prose)
            if differs is None:
                return WordingFound(Found.PRESENT, place, similarity=1.0)
            altered = max(altered, WordingFound(Found.ALTERED, place, differs, 1.0), key=_similarity)
        elif can_be_altered and count < _MOST_WINDOWS:
            similar = _similar(asked, words)
            if similar is not None and similar[0] > altered.similarity:
                similarity, offset, differs = similar
                altered = WordingFound(Found.ALTERED, prose.place(searched.original(offset)), differs, similarity)
    return altered


def _taken_back(text: str, offset: int, prose: TextBlock) -> str | None:
    """What before a wording says that the authors do not say it themselves: a denial, or whose words they are."""
    if prose.is_references:
        return "it stands in the list of references"
    sentences = Sentences(text[max(0, offset - LONGEST_LEAD) : offset + 1])
    sentence = sentences.around(min(offset, LONGEST_LEAD))
    lead = sentence.text[: min(offset, LONGEST_LEAD) - sentence.start]
    is_taken_back = _DENIED_BEFORE.search(lead) or _QUOTED_BEFORE.search(lead)
    return _bounded(f"{' '.join(lead.split())!r} stands before it") if is_taken_back else None


def _similarity(found: WordingFound) -> float:
    return found.similarity


def _windows(asked: _Wording, text: str) -> list[tuple[int, int]]:
    """The stretches of the text in which enough of the wording's rarer words stand together; merged, but bounded."""
    width = 2 * asked.letters + LONGEST_BLANK * (len(asked.runs) - 1) + 200
    distinct = sorted({word for word in asked.lower if len(word) > 3}) or sorted(set(asked.lower))  # noqa: PLR2004
    present = sorted((count, word) for word in distinct if (count := text.count(word)))
    rare = [word for _count, word in present[: math.ceil(len(distinct) / 2)]]
    least = max(1, math.ceil(LEAST_TOGETHER * len(distinct) / 2))
    if len(rare) < least:
        return []
    places = sorted((place, word) for word in rare for place in _places(word, text))
    windows: list[tuple[int, int]] = []
    inside: dict[str, int] = {}
    first = 0
    for place, word in places:
        inside[word] = inside.get(word, 0) + 1
        while places[first][0] < place - width:
            _remove(inside, places[first][1])
            first += 1
        if len(inside) >= least:
            start, end = max(0, places[first][0] - width // 2), min(len(text), place + width // 2)
            if windows and start <= windows[-1][1] and end - windows[-1][0] <= 3 * width:
                windows[-1] = (windows[-1][0], end)
            elif not windows or end > windows[-1][1] + width // 4:
                windows.append((start, end))
    return [_on_whole_words(text, start, end) for start, end in windows]


def _remove(inside: dict[str, int], word: str) -> None:
    inside[word] -= 1
    if not inside[word]:
        del inside[word]


def _places(word: str, text: str) -> Iterator[int]:
    place = text.find(word)
    for _count in range(_MOST_OCCURRENCES):
        if place < 0:
            return
        yield place
        place = text.find(word, place + len(word))


def _on_whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _exact(asked: _Wording, words: _Words) -> tuple[int, str | None] | None:
    """Where the words of the wording stand in order, and what still differs (capitals, or a blank left open)."""
    letters = "".join(words.lower)
    written = "".join(words.written)
    edges: dict[int, int] = {}
    length = 0
    for word, start in zip(words.lower, words.starts, strict=True):
        edges[length] = start
        length += len(word)
    edges[length] = -1
    best: tuple[int, str | None] | None = None
    for spans in _chains(asked, letters, edges):
        differs = (
            _other_capitals(asked, written, spans)
            or _left_open(asked, letters, spans)
            or _denied(asked, letters, spans)
        )
        if differs is None:
            return edges[spans[0][0]], None
        best = best or (edges[spans[0][0]], differs)
    return best


def _chains(asked: _Wording, letters: str, edges: dict[int, int]) -> Iterator[list[tuple[int, int]]]:
    """Where every run of the wording stands, each within a blank's length after the one before."""
    runs = ["".join(run.lower) for run in asked.runs]
    for start in _places(runs[0], letters):
        end = start + len(runs[0])
        chains = [[(start, end)]] if start in edges and end in edges else []
        for run in runs[1:]:
            chains = [
                [*chain, (place, place + len(run))]
                for chain in chains
                for place in _within(run, letters, chain[-1][1])
                if place in edges and place + len(run) in edges
            ][:_MOST_ENDS]
        yield from chains


def _within(run: str, letters: str, end: int) -> Iterator[int]:
    place = letters.find(run, end + 1, end + LONGEST_BLANK + len(run))
    while place >= 0:
        yield place
        place = letters.find(run, place + 1, end + LONGEST_BLANK + len(run))


def _other_capitals(asked: _Wording, written: str, spans: list[tuple[int, int]]) -> str | None:
    for run, (start, _end) in zip(asked.runs, spans, strict=True):
        offset = start
        for word in run.written:
            has = written[offset : offset + len(word)]
            if has[1:] != word[1:]:
                return _bounded(f"{has!r} for {word!r}")
            offset += len(word)
    return None


def _left_open(asked: _Wording, letters: str, spans: list[tuple[int, int]]) -> str | None:
    nexts = [start for start, _end in spans[1:]]
    for blanks, (_start, end), following in zip(asked.blanks, spans, [*nexts, None], strict=True):
        stop = end + LONGEST_BLANK if following is None else following
        for blank in blanks:
            if _LEFT_OPEN.match(blank[1:]) and "".join(_words(blank).lower) in letters[end:stop]:
                return _bounded(f"{blank} is not filled in")
    return None


def _denied(asked: _Wording, letters: str, spans: list[tuple[int, int]]) -> str | None:
    """A blank that offers words to choose from and is filled by a denial (`not published`)."""
    for blanks, (_start, end), (following, _end) in zip(asked.blanks, spans, spans[1:], strict=False):
        filled = letters[end:following]
        if any(" or " in blank for blank in blanks) and filled.startswith(("not", "never")):
            return _bounded(f"{filled!r} for {blanks[0]}")
    return None


def _similar(asked: _Wording, words: _Words) -> tuple[float, int, str] | None:
    """How similar the best stretch of `words` is, where it begins, and what differs; `None` below `LEAST_SIMILAR`."""
    from rapidfuzz.distance import Indel

    steps = Indel.opcodes(asked.lower, words.lower)
    blanks = _blank_positions(asked)
    equal = [(step.src_start, step.src_end, step.dest_start, step.dest_end) for step in steps if step.tag == "equal"]
    best = (0.0, 0, 0)
    for first in range(len(equal)):
        common, free = 0, 0
        for last in range(first, len(equal)):
            common += equal[last][1] - equal[last][0]
            if last > first and equal[last][0] in blanks and equal[last - 1][1] == equal[last][0]:
                free += equal[last][2] - equal[last - 1][3]
            length = equal[last][3] - equal[first][2] - free
            best = max(best, (2 * common / (len(asked.lower) + length), first, last))
    similarity, first, last = best
    if similarity < LEAST_SIMILAR:
        return None
    return similarity, words.starts[equal[first][2]], _difference(asked, words, equal[first : last + 1], blanks)


def _blank_positions(asked: _Wording) -> frozenset[int]:
    positions, length = set(), 0
    for run in asked.runs[:-1]:
        length += len(run.lower)
        positions.add(length)
    return frozenset(positions)


def _difference(
    asked: _Wording, words: _Words, equal: Sequence[tuple[int, int, int, int]], blanks: frozenset[int]
) -> str:
    own = asked.written
    missing, added = [], []
    source, target = 0, equal[0][2]
    for first, last, start, end in equal:
        missing.append(" ".join(own[source:first]))
        is_blank = first in blanks and source == first
        added.append("" if is_blank else " ".join(words.written[target:start]))
        source, target = last, end
    missing.append(" ".join(own[source:]))
    parts = (("missing", missing), ("added", added))
    said = [f"{what} {', '.join(map(repr, some))}" for what, all_ in parts if (some := list(filter(None, all_)))]
    return _bounded("; ".join(said) or "the same words, joined or divided otherwise")


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST_DIFFERENCE else text[: LONGEST_DIFFERENCE - 1] + "…"
