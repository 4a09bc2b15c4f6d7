"""What a manuscript says of what a duty asks it to name: a dataset, a repository, an accession of dbGaP."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.matcher import FormMatcher, Match
from tcia_policy.evidence.mentions.name_forms import Form, Kind, form
from tcia_policy.evidence.mentions.normalize import Folded, folded
from tcia_policy.evidence.mentions.reasons import why
from tcia_policy.evidence.mentions.sentences import Sentences, link_around
from tcia_policy.evidence.mentions.stance import Stances

_DBGAP = re.compile(r"phs\d{6}")  # https://www.ncbi.nlm.nih.gov/gap/docs/aboutdbgap/: phs000000.v0.p0 with its version
_WITHIN_A_PATH = re.compile(r"[/\\][^/\\\s]+[/\\]")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def says(groups: Sequence[Sequence[str]], prose: Sequence[TextBlock]) -> tuple[SourceLocation, ...] | None:
    """Return where the text says one of each group: a place for every group, or `None` (also for no groups).

    Each is looked for as a dataset's name is: as whole words that are no part of a longer name, in its own capitals,
    with any hyphens and spaces. One that may be ordinary words, a disease or a trial (`HNSCC`, `PROSTATE-MRI`, `IDC`)
    counts only by what surrounds it; a phrase of several words in its own capitals counts as it is. What stands in a
    link or DOI alone is not said: a reader may see other words there.
    """
    places = [_first_said(group, prose) for group in groups]
    found = tuple(place for place in places if place is not None)
    return found if found and len(found) == len(places) else None


def _first_said(group: Sequence[str], prose: Sequence[TextBlock]) -> SourceLocation | None:
    accessions = [phrase for phrase in group if _DBGAP.fullmatch(phrase)]
    if accessions:
        return next((place for phrase in accessions if (place := _accession(phrase, prose)) is not None), None)
    forms = [made for phrase in group if (made := form(_ARTICLE.sub("", phrase), least=2)) is not None]
    matcher = FormMatcher(forms)
    for part in prose:
        searched = folded(part.text)
        said = _said(matcher, searched, Stances(replace(part, doubt=None)))
        if said is not None:
            return part.place(searched.original(said))
    return None


def _said(matcher: FormMatcher, folded: Folded, stances: Stances) -> int | None:
    """Return where the first match that counts begins."""
    sentences = Sentences(folded.text)
    first: list[int] = []

    def counts(match: Match) -> bool:
        is_linked = link_around(match.text, match.start, match.end) is not None
        is_said = not is_linked and (_is_said_as_phrase(match) or why(match, sentences) is not None)
        if not first and is_said and not _in_a_path(match) and is_of_study(match):
            first.append(match.start)
        return bool(first)

    def is_of_study(match: Match) -> bool:
        return stances.at(folded.original(match.start), folded.original(match.end)).is_of_the_study

    matcher.matches(folded, counts)
    return first[0] if first else None


def _is_said_as_phrase(match: Match) -> bool:
    return _is_phrase(match.form) and match.spelling.letters[1:] == match.form.letters[1:]


def _in_a_path(match: Match) -> bool:
    """Return whether it is a part of a file's path (`/data/TCIA/lidc`)."""
    return _WITHIN_A_PATH.match(match.text, max(0, match.start - 1), match.end + 1) is not None


def _accession(phrase: str, prose: Sequence[TextBlock]) -> SourceLocation | None:
    """Return where an accession of dbGaP stands with its version and participant set, as dbGaP asks for it."""
    versioned = re.compile(rf"(?<![\w.]){re.escape(phrase)}\.v\d{{1,3}}\.p\d{{1,3}}(?![\w])", re.IGNORECASE)
    for part in prose:
        stances = Stances(replace(part, doubt=None))
        for match in versioned.finditer(part.text):
            if link_around(part.text, match.start(), match.end()) is None and stances.at(*match.span()).is_of_the_study:
                return part.place(match.start())
    return None


def _is_phrase(form: Form) -> bool:
    return form.kind in (Kind.WORDS, Kind.TITLE) and " " in form.spelling and "-" not in form.spelling
