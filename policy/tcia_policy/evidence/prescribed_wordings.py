"""Prescribed wording in a manuscript: printed as it is asked for, altered, or not at all."""

import re
from collections.abc import Sequence

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.normalize import folded
from tcia_policy.evidence.mentions.sentences import Sentences
from tcia_policy.evidence.wordings.exact import find_exact
from tcia_policy.evidence.wordings.similar import find_similar
from tcia_policy.evidence.wordings.windows import windows
from tcia_policy.evidence.wordings.wording import Wording, bounded, parse, words_of
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Found

LEAST_WORDS = 6  # a shorter wording is present or absent, never altered
LONGEST_LEAD = 300  # characters before a wording that may take it back

_DENIED_BEFORE = pattern(
    r"\b(?:no|not|never|cannot|nor|neither)\s+(?:(?:\w+\s+){0,3}|(?:\w+\s+){0,6}\w+\s?:\s*)[\"'“‘]?$", re.IGNORECASE
)
_PLANNED_BEFORE = pattern(
    r"\b(?:to\s?do|fixme|tbd)\b[^.]{0,80}$"
    r"|\b(?:will|shall|plan(?:s|ned)?\s+to|intends?\s+to|going\s+to)\s+(?:\w+\s+){0,6}(?:\w+\s?:\s*)?[\"'“‘]?$",
    re.IGNORECASE,
)
_QUOTED_BEFORE = pattern(
    r"\b(?!(?:we|authors?)\s)\w+\W+(?:wrote|writes?|stated?|states|must|should)\b[^.\"“]{0,40}[\"“]$", re.IGNORECASE
)


@dataclass(frozen=True)
class WordingFound:
    """`state` is `present`, `altered` or `absent`; `place` where it begins; `differs` what is altered."""

    state: Found
    place: SourceLocation | None = None
    differs: str | None = None
    similarity: float = 0.0


def look_for(wording: str, prose: Sequence[TextBlock]) -> WordingFound:
    """Return the best match of a prescribed wording in any of `prose`.

    `present`: the same words in the same order. Spaces, line breaks, hyphens, quotes, ligatures, other punctuation, the
    case of a word's first letter, and a link's protocol make no difference. `[insert ...]`, `<published or shown>` and
    the like are blanks, which any words fill; one that is left as it is has not been filled in.
    `altered`: similar by `LEAST_SIMILAR`, with what is missing and what was added.
    """
    asked = parse(wording)
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


def _look_in(asked: Wording, prose: TextBlock) -> WordingFound:
    searched = folded(prose.text)
    altered = WordingFound(Found.ABSENT)
    can_be_altered = len(asked.lower) >= LEAST_WORDS
    for count, (start, end) in enumerate(windows(asked, searched.lower)):
        words = words_of(searched.text[start:end], start)
        exact = find_exact(asked, words)
        if exact is not None:
            place = prose.place(searched.original(exact.offset))
            differs = exact.differs or _taken_back(searched.text, exact.offset, prose)
            if differs is None:
                return WordingFound(Found.PRESENT, place, similarity=1.0)
            altered = max(altered, WordingFound(Found.ALTERED, place, differs, 1.0), key=_similarity)
        elif can_be_altered and count < limits.WORDING_WINDOWS:
            similar = find_similar(asked, words)
            if similar is not None and similar.similarity > altered.similarity:
                place = prose.place(searched.original(similar.offset))
                altered = WordingFound(Found.ALTERED, place, similar.differs, similar.similarity)
    return altered


def _taken_back(text: str, offset: int, prose: TextBlock) -> str | None:
    """Return what before a wording says that it is not the authors' own: a denial, a plan, or whose words they are."""
    if prose.is_references:
        return "it is in the list of references"
    sentences = Sentences(text[max(0, offset - LONGEST_LEAD) : offset + 1])
    sentence = sentences.around(min(offset, LONGEST_LEAD))
    lead = sentence.text[: min(offset, LONGEST_LEAD) - sentence.start]
    is_taken_back = any(each.search(lead) for each in (_DENIED_BEFORE, _PLANNED_BEFORE, _QUOTED_BEFORE))
    return bounded(f"{' '.join(lead.split())!r} stands before it") if is_taken_back else None


def _similarity(found: WordingFound) -> float:
    return found.similarity
