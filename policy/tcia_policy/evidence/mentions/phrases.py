"""What a manuscript says of what a duty asks it to name: a dataset, a repository, an accession of dbGaP."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.matcher import FormMatcher, Match, Words
from tcia_policy.evidence.mentions.name_forms import Form, Kind, form
from tcia_policy.evidence.mentions.normalize import Folded, folded
from tcia_policy.evidence.mentions.reasons import why
from tcia_policy.evidence.mentions.sentences import Sentences, link_around
from tcia_policy.evidence.mentions.stance import Stances
from tcia_policy.lazy import pattern

_DBGAP = pattern(r"phs\d{6}")  # https://www.ncbi.nlm.nih.gov/gap/docs/aboutdbgap/: phs000000.v0.p0 with its version
_WITHIN_A_PATH = pattern(r"[/\\][^/\\\s]+[/\\]")
_ARTICLE = pattern(r"^(?:the|an?)\s+", re.IGNORECASE)


class Phrases:
    """Texts in which phrases are looked for. What is needed of a text for each of them is found once."""

    def __init__(self, prose: Sequence[TextBlock]) -> None:
        self._parts = [_Searched(part) for part in prose]

    def says(self, groups: Sequence[Sequence[str]]) -> tuple[SourceLocation, ...] | None:
        """Return where the text says one of each group: a place for every group, or `None` (also for no groups).

        Each is looked for as a dataset's name is: as whole words that are no part of a longer name, in its own
        capitals, with any hyphens and spaces. One that may be ordinary words, a disease or a trial (`HNSCC`,
        `PROSTATE-MRI`, `IDC`) counts only by what surrounds it; a phrase of several words in its own capitals counts as
        it is. What stands in a link or DOI alone is not said: a reader may see other words there.
        """
        places = [self._first_said(group) for group in groups]
        found = tuple(place for place in places if place is not None)
        return found if found and len(found) == len(places) else None

    def _first_said(self, group: Sequence[str]) -> SourceLocation | None:
        accessions = [phrase for phrase in group if _DBGAP.fullmatch(phrase)]
        if accessions:
            places = (part.accession(phrase) for phrase in accessions for part in self._parts)
            return next((place for place in places if place is not None), None)
        forms = [made for phrase in group if (made := form(_ARTICLE.sub("", phrase), least=2)) is not None]
        matcher = FormMatcher(forms)
        return next((place for part in self._parts if (place := part.said(matcher)) is not None), None)


class _Searched:
    """One text as it is searched."""

    def __init__(self, part: TextBlock) -> None:
        self._part = part

    @cached_property
    def _folded(self) -> Folded:
        return folded(self._part.text)

    @cached_property
    def _words(self) -> Words:
        return Words.of(self._folded)

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self._folded.text)

    @cached_property
    def _stances(self) -> Stances:
        return Stances(replace(self._part, doubt=None))

    def said(self, matcher: FormMatcher) -> SourceLocation | None:
        """Return where the first match that counts begins."""
        first: list[int] = []

        def counts(match: Match) -> bool:
            if not first and self._is_said(match):
                first.append(match.start)
            return bool(first)

        matcher.matches(self._folded, counts, self._words)
        return self._part.place(self._folded.original(first[0])) if first else None

    def _is_said(self, match: Match) -> bool:
        is_linked = link_around(match.text, match.start, match.end) is not None
        is_said = not is_linked and (_is_said_as_phrase(match) or why(match, self._sentences) is not None)
        return is_said and not _in_a_path(match) and self._is_of_study(match)

    def _is_of_study(self, match: Match) -> bool:
        start, end = self._folded.original(match.start), self._folded.original(match.end)
        return self._stances.at(start, end).is_of_the_study

    def accession(self, phrase: str) -> SourceLocation | None:
        """Return where an accession of dbGaP stands with its version and participant set, as dbGaP asks for it."""
        versioned = re.compile(rf"(?<![\w.]){re.escape(phrase)}\.v\d{{1,3}}\.p\d{{1,3}}(?![\w])", re.IGNORECASE)
        text = self._part.text
        for match in versioned.finditer(text):
            is_linked = link_around(text, match.start(), match.end()) is not None
            if not is_linked and self._stances.at(*match.span()).is_of_the_study:
                return self._part.place(match.start())
        return None


def _is_said_as_phrase(match: Match) -> bool:
    return _is_phrase(match.form) and match.spelling.letters[1:] == match.form.letters[1:]


def _in_a_path(match: Match) -> bool:
    """Return whether it is a part of a file's path (`/data/TCIA/lidc`)."""
    return _WITHIN_A_PATH.match(match.text, max(0, match.start - 1), match.end + 1) is not None


def _is_phrase(form: Form) -> bool:
    return form.kind in (Kind.WORDS, Kind.TITLE) and " " in form.spelling and "-" not in form.spelling
