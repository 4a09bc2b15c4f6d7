"""Clauses that say that data are not used: `We did not use X (doi)` does not cite X."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tcia_policy.evidence.mentions.sentences import Sentences

_USED = r"(?:used|utili[sz]ed|employed|analy[sz]ed|included|downloaded|obtained|accessed)"
_NOT_USED = re.compile(
    rf"(?:\b(?:not|never|neither|nor)|n['’]t)\s+(?!only\b)(?:\w+\s+){{0,2}}(?:use|using|utili[sz]e|employ|analy[sz]e|include|download|{_USED})\b"
    rf"|\b(?:un|not-)used\b|\bwithout\s+(?:using|(?:the\s+)?use\s+of)\b"
    rf"|\b(?:no|none)\s+(?:\w+\s+){{0,3}}(?:of|from|in)\s[^,;]{{0,160}}\s(?:was|were|is|are|been)\s+{_USED}\b",
    re.IGNORECASE,
)
_IS_USED = re.compile(
    rf"\b(?:we|was|were|is|are|been)\s+(?:(?!not\b|never\b|did\b|do\b|have\b)\w+\s+)?{_USED}\b", re.IGNORECASE
)
_NONE_OF_IT = re.compile(r"\b(?:no|none)\s+(?:\w+\s+){0,3}(?:of|from|in)\s", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r";|(?:,\s*|\s)(?=(?:but|whereas|while|although|though)\s)", re.IGNORECASE)
_CELL = re.compile(r"[|\t]")
_EXCLUDED = re.compile(r"\b(?:not\s+used|unused|not\s+included|excluded)\b", re.IGNORECASE)
_LONGEST_LINE = 600
_LONGEST_TABLE = 4000


class Denials:
    """The clauses, rows and tables of one text that say that something is not used."""

    def __init__(self, text: str, sentences: Sentences | None = None) -> None:
        self._text = text
        self._sentences = Sentences(text) if sentences is None else sentences
        self._clauses: dict[int, tuple[tuple[int, int], ...]] = {}

    def at(self, offset: int) -> bool:
        """Return whether the clause around the character at `offset`, or the row or head of its table, says so."""
        line = self._line(offset)
        if _CELL.search(line) is not None:
            return _EXCLUDED.search(line) is not None or _EXCLUDED.search(self._head(offset)) is not None
        sentence = self._sentences.around(offset)
        if sentence.start not in self._clauses:
            self._clauses[sentence.start] = tuple(_clauses_that_deny(sentence.text))
        return any(start <= offset - sentence.start < end for start, end in self._clauses[sentence.start])

    def _line(self, offset: int) -> str:
        start = self._text.rfind("\n", max(0, offset - _LONGEST_LINE), offset) + 1
        end = self._text.find("\n", offset, offset + _LONGEST_LINE)
        return self._text[start or max(0, offset - _LONGEST_LINE) : offset + _LONGEST_LINE if end < 0 else end]

    def _head(self, offset: int) -> str:
        """Return the first line of the table."""
        nearest = max(0, offset - _LONGEST_TABLE)
        gap = self._text.rfind("\n\n", nearest, offset)
        start = nearest if gap < 0 else gap + 2
        return self._text[start : start + _LONGEST_LINE].split("\n", 1)[0]


def _clauses_that_deny(sentence: str) -> Iterator[tuple[int, int]]:
    ends = [match.start() for match in _CLAUSE_ENDS.finditer(sentence)]
    for start, end in pairwise([0, *ends, len(sentence)]):
        clause = sentence[start:end]
        if _NOT_USED.search(clause) and (_NONE_OF_IT.search(clause) or not _IS_USED.search(clause)):
            yield start, end
