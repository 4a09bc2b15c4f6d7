"""What a text says of the data that it names: that the study used them, did not, plans to, or that others did.

A sentence is judged clause by clause, with the titles of the sections around it. Where nothing is said, data are named.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from tcia_policy.documents.model import TextBlock
from tcia_policy.evidence.mentions.known_titles import printed_titles
from tcia_policy.evidence.mentions.listed import Introductions, excludes, row_at
from tcia_policy.evidence.mentions.negation import Denial, SentenceDenials, denies_what_came_before
from tcia_policy.evidence.mentions.said_patterns import (
    CATALOG,
    CITED_IN_BRACKETS,
    CLAUSE_ENDS,
    FIRST_PERSON,
    FUTURE,
    INTRODUCTION,
    MADE_ON,
    OF_EXCLUDED,
    OTHERS,
    OWN_USE,
    PASSIVE_USE,
    PLAN,
    RELATED,
    RELATIVE,
    REVIEWS,
    SURVEY,
    TO_USERS,
    USES_IT,
)
from tcia_policy.evidence.mentions.sentences import Sentence, Sentences
from tcia_policy.lazy import dataclass


class Stance(StrEnum):
    """What is said of data, from what shows most that the study used them to what shows least."""

    USED = "used"
    NAMED = "named"
    IN_DOUBT = "in-doubt"
    SHORT_FORM = "short-form"
    INTRODUCED = "introduced"
    IN_CODE = "in-code"
    IN_PART = "not-used-in-part"
    PLANNED = "planned"
    OF_OTHERS = "of-others"
    DENIED = "not-used"


@dataclass(frozen=True)
class Said:
    """What is said at one place; `why` goes on after the place (`main.tex:12, where the text ...`)."""

    stance: Stance
    why: str = ""

    @property
    def is_of_the_study(self) -> bool:
        """Return whether it can show what the study did: it is said as used, or no more is said than the name."""
        return self.stance in (Stance.USED, Stance.NAMED, Stance.SHORT_FORM, Stance.INTRODUCED)


NAMED = Said(Stance.NAMED)
DENIED = Said(Stance.DENIED, ", where the text says that it was not used")
IN_PART = Said(Stance.IN_PART, ", where the text says that a part of the work did not use it")
PLANNED = Said(Stance.PLANNED, ", where the text speaks of what is planned")
OF_OTHERS = Said(Stance.OF_OTHERS, ", where the text speaks of the work of others")
IN_CODE = Said(Stance.IN_CODE, ", in code, which is run and not printed")

_ENDS = " \t\n.,;:!?()[]"
_ORDER = tuple(Stance)
SHORTEST_NAME = 3  # letters
_NEAR = 120  # characters
_LONGEST_TITLE = 80  # characters of a section's title that are quoted


@dataclass(frozen=True)
class _Clause:
    """One clause of a sentence, from `start` on."""

    text: str
    start: int

    @cached_property
    def is_own(self) -> bool:
        """Return whether the study speaks of itself, and does not review others."""
        return FIRST_PERSON.search(self.text) is not None and REVIEWS.search(self.text) is None

    @cached_property
    def says_use(self) -> bool:
        """Return whether the study says that it used something."""
        return OWN_USE.search(self.text) is not None and REVIEWS.search(self.text) is None

    @cached_property
    def has_passive_use(self) -> bool:
        return PASSIVE_USE.search(self.text) is not None

    @cached_property
    def is_plan(self) -> bool:
        return PLAN.search(self.text) is not None and TO_USERS.search(self.text) is None

    @cached_property
    def is_of_others(self) -> bool:
        """Return whether its subject are others, or it tells which data there are."""
        if self.is_own:
            return False
        text = CITED_IN_BRACKETS.sub("", self.text)
        if OTHERS.search(text) is not None or REVIEWS.search(text) is not None:
            return True
        return CATALOG.search(text) is not None and not self.has_passive_use


@dataclass(frozen=True)
class _Judged:
    """A sentence with its clauses and what it denies."""

    sentence: Sentence

    @cached_property
    def denials(self) -> SentenceDenials:
        return SentenceDenials(self.sentence.text)

    @cached_property
    def uses_it(self) -> bool:
        """Return whether the study says `we use it` or `we did`, of what was named before."""
        return USES_IT.search(self.sentence.text) is not None

    @cached_property
    def clauses(self) -> tuple[_Clause, ...]:
        return tuple(_clauses(self.sentence.text))

    def is_of_others(self, clause: _Clause) -> bool:
        """Return whether others are the subject of a clause, or of the one that it goes on (`a network that ...`)."""
        if clause.is_of_others or clause.is_own or RELATIVE.match(clause.text) is None:
            return clause.is_of_others
        position = self.clauses.index(clause)
        return position > 0 and self.clauses[position - 1].is_of_others

    def denial_of(self, start: int, end: int) -> Denial | None:
        """Return the denial of what stands from `start` to `end` of the sentence."""
        return None if self.uses_it else self.denials.of(start, end)

    def denies_again(self, start: int, end: int) -> bool:
        """Return whether the sentence names the same once more, and denies it there."""
        name = self.sentence.text[start:end]
        again = self.sentence.text.find(name, end) if len(name) > SHORTEST_NAME else -1
        return again >= 0 and self.denial_of(again, again + len(name)) is Denial.WHOLE

    def clause(self, offset: int) -> _Clause:
        return next(each for each in reversed(self.clauses) if each.start <= offset)


def _clauses(text: str) -> Iterator[_Clause]:
    ends = [match.start() for match in CLAUSE_ENDS.finditer(text)]
    for start, end in pairwise([0, *ends, len(text)]):
        yield _Clause(text[start:end], start)


def rank(said: Said) -> int:
    """Return how far from use by the study this is; 0 is use."""
    return _ORDER.index(said.stance)


def in_doubt(doubt: str) -> Said:
    """Return what is said by text of which nobody can tell whether it is printed."""
    return Said(Stance.IN_DOUBT, f", but that is printed {doubt}")


def _said_of_list(introduction: str) -> Said:
    """Return what the line that introduces a list says of its items."""
    clause = _Clause(introduction, 0)
    if clause.is_plan:
        return PLANNED
    return OF_OTHERS if clause.is_of_others else NAMED


class Stances:
    """What one block of text says of what it names. What is asked of a sentence is found once."""

    def __init__(self, prose: TextBlock, sentences: Sentences | None = None) -> None:
        self._prose = (
            prose if prose.headings or prose.unit == "line" else replace(prose, headings=printed_titles(prose.text))
        )
        self._sentences = Sentences(prose.text) if sentences is None else sentences
        self._introductions = Introductions(prose.text)
        self._judged: dict[int, _Judged] = {}

    def at(self, start: int, end: int) -> Said:
        """Return what is said of the name, or of the DOI, from `start` to `end` of the text."""
        if self._prose.is_code:
            return IN_CODE
        said = self._printed(start, end)
        if self._prose.doubt is not None and said.is_of_the_study:
            return in_doubt(self._prose.doubt)
        return said

    def over(self, start: int, end: int) -> Said:
        """Return what shows most that the study used what is cited from `start` to `end`, where nothing is named."""
        found = [NAMED] if start >= end else []
        while start < end:
            sentence = self._sentences.around(start)
            last = sentence.start + len(sentence.text)
            stop = start + len(self._prose.text[start : min(last, end)].rstrip(_ENDS))
            found.append(self.at(stop, stop))
            start = max(last, start + 1)
        return min(found, key=rank)

    def _printed(self, start: int, end: int) -> Said:
        row = row_at(self._prose.text, start)
        if row is not None:
            return DENIED if row.denies else self._in_section(start, is_own=False, is_used=False) or NAMED
        introduction = self._introductions.of(start)
        if introduction is not None and excludes(introduction):
            return DENIED
        judged = self._sentence(start)
        offset = start - judged.sentence.start
        clause = judged.clause(offset)
        denial = judged.denial_of(offset, end - judged.sentence.start)
        if denial is not None:
            return DENIED if denial is Denial.WHOLE else IN_PART
        said = self._affirmed(start, clause, judged, offset)
        if said is not NAMED:
            return said
        is_denied_next = introduction is None and denies_what_came_before(self._following(judged.sentence))
        if is_denied_next or judged.denies_again(offset, end - judged.sentence.start):
            return DENIED
        return NAMED if introduction is None else _said_of_list(introduction)

    def _following(self, sentence: Sentence) -> str:
        """Return the sentence that follows in the same paragraph; empty where none does."""
        end = sentence.start + len(sentence.text)
        is_last = end >= len(self._prose.text) or "\n\n" in sentence.text[-2:]
        return "" if is_last else self._sentences.around(end).text

    def _affirmed(self, start: int, clause: _Clause, judged: _Judged, offset: int) -> Said:
        is_used = judged.uses_it or (clause.says_use and not clause.is_plan)
        is_made_on = (
            MADE_ON.search(clause.text[max(0, offset - clause.start - _NEAR) : offset - clause.start]) is not None
        )
        if clause.is_plan and not is_made_on and not judged.uses_it:
            return PLANNED
        if judged.is_of_others(clause) and not judged.uses_it:
            return OF_OTHERS
        by_section = self._in_section(start, is_own=is_used, is_used=is_used or is_made_on or clause.has_passive_use)
        if by_section is not None:
            return by_section
        return Said(Stance.USED) if is_used or clause.has_passive_use or is_made_on else NAMED

    def _in_section(self, start: int, *, is_own: bool, is_used: bool) -> Said | None:
        """Return what the titles of the sections around say of what the sentence does not say itself."""
        titles = self._prose.sections_at(start)
        for title in reversed(titles):
            said = f", under “{title[:_LONGEST_TITLE]}”"
            if OF_EXCLUDED.search(title):
                return Said(Stance.DENIED, said)
            if FUTURE.search(title) and not is_used:
                return Said(Stance.PLANNED, said)
            if RELATED.search(title) and not is_own:
                return Said(Stance.OF_OTHERS, said)
            if INTRODUCTION.match(title) and not is_used:
                return Said(Stance.INTRODUCED, said)
        if self._is_survey and not is_own:
            return Said(Stance.OF_OTHERS, ", in a survey of others' work")
        return None

    @cached_property
    def _is_survey(self) -> bool:
        return SURVEY.search(self._prose.text) is not None

    def _sentence(self, offset: int) -> _Judged:
        sentence = self._sentences.around(offset)
        if sentence.start not in self._judged:
            self._judged[sentence.start] = _Judged(sentence)
        return self._judged[sentence.start]
