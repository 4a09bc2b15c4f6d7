"""Datasets that a text names. How a name counts is told in docs/manuscript-names.md."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tcia_policy.documents.model import SourceLocation, TextBlock
from tcia_policy.evidence.mentions.matcher import Case, FormMatcher, Match
from tcia_policy.evidence.mentions.name_forms import Form, Kind, forms
from tcia_policy.evidence.mentions.normalize import Folded, fold
from tcia_policy.evidence.mentions.sentences import (
    Sentence,
    Sentences,
    in_a_column_of_sets,
    link_around,
    set_after,
    set_before,
    trial_after,
)
from tcia_policy.registry.index import IndexEntry

_ARCHIVE_LINK = re.compile(r"cancerimagingarchive|imaging\.datacommons|collection_id=")
_MORE_OF_PROGRAM = re.compile(r"\s{0,9}(?:/|,|,?\s{1,9}(?:and|or|&)\s{1,9})\s{0,9}(-?)([A-Za-z0-9]{2,9})(?![\w-])")
_OF_A_DISEASE = re.compile(
    r"\b(?:with|of|for|having|against)\b[^.;:()]{0,60}$|[A-Z]\s+$"
    r"|\b(?:advanced|recurrent|metastatic|primary|untreated)\s+$"
)
_GOES_ON_AS_A_NAME = re.compile(
    r"\s*(?:[,;:.)\]]|$|(?:and|or|from|at|on|is|was|were|has|contains|provides|comprises|includes|consists)\b|&|\(|\[|https?:)"
)
_DEFINITE = re.compile(r"\b(?:the|TCIA|TCIA['’]s|public|available)\s+$", re.IGNORECASE)
_SET_OF_PATIENTS = frozenset(("cohort", "cohorts", "data"))


@dataclass(frozen=True)
class NameUse:
    """A dataset named in a text: `name` as it stands there, at `offset` of the prose's text, and `how` it counts."""

    dataset: str
    name: str
    place: SourceLocation
    offset: int
    how: str


class NameFinder:
    """Finds the datasets of a registry by their ids, aliases, IDC collections and titles."""

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        known = forms(entries)
        self._matcher = FormMatcher(known)
        self._by_compact = {form.compact: form for form in known}

    def find(self, prose: TextBlock) -> list[NameUse]:
        """Every use of a name that counts, in the order of the text.

        A printed list of references names nothing: what stands there is cited, or is about something else. A name that
        stands for two datasets gives a use for each.
        """
        if prose.is_references:
            return []
        folded = fold(prose.text)
        return [
            NameUse(dataset, match.written, prose.place(offset), offset, how)
            for match, how in self._found(folded)
            for offset in (folded.original(match.start),)
            for dataset in match.form.datasets
        ]

    def _found(self, folded: Folded) -> Iterator[tuple[Match, str]]:
        for match, how in found_in(self._matcher, folded):
            yield match, how
            yield from self._more_of_program(match)

    def _more_of_program(self, match: Match) -> Iterator[tuple[Match, str]]:
        """`TCGA-LGG` in `TCGA-GBM/LGG` and in `TCGA-GBM and -LGG`."""
        program = match.form.letters[: match.form.parts[0][1]]
        if len(match.form.parts) != 2 or match.form.kind is not Kind.DISTINCTIVE:  # noqa: PLR2004
            return
        end = match.end
        while (more := _MORE_OF_PROGRAM.match(match.text, end, end + 60)) is not None:
            form = self._by_compact.get((program + more[2]).lower())
            is_joined = more[1] or "/" in more.group()
            if form is None or not is_joined or len(form.parts) != 2 or not more[2][0].isupper():  # noqa: PLR2004
                return
            yield Match(form, match.text, more.start(2), more.end(2)), f"goes on from {match.written!r}"
            end = more.end(2)


def found_in(matcher: FormMatcher, folded: Folded) -> list[tuple[Match, str]]:
    """Every match that counts, in the order of the text, and why."""
    sentences = Sentences(folded.text)
    found: list[tuple[Match, str]] = []

    def counts(match: Match) -> bool:
        how = why(match, sentences)
        if how is not None:
            found.append((match, how))
        return how is not None

    matcher.matches(folded, counts)
    return found


def why(match: Match, sentences: Sentences) -> str | None:
    """Why a match names a dataset; `None` where it may as well be ordinary words, a disease, a trial or a cohort."""
    link = link_around(match.text, match.start, match.end)
    if link is not None:
        return _why_in_link(match, link)
    if match.has_escapes:
        return None
    sentence = sentences.around(match.start)
    if _has_genomic_data(match.form) and sentences.is_genomic_only(sentence):
        return None
    return _WHY[match.form.kind](match, sentence)


def _has_genomic_data(form: Form) -> bool:
    """Whether others hold data on genes under the same name: of a program's cohort, a trial, a disease."""
    return form.genomic or form.kind in (Kind.SINGLE, Kind.DISEASE)


def _why_in_link(match: Match, link: str) -> str | None:
    if _ARCHIVE_LINK.search(link):
        return "in a link to the archive"
    is_identifier = match.form.kind is Kind.DISTINCTIVE and not set(match.joints) - set("-_/")
    return "its name in a link" if is_identifier and not match.form.genomic else None


def _why_distinctive(match: Match, sentence: Sentence) -> str | None:
    if match.is_subject:
        return "followed by the number of a subject"
    if match.case >= Case.CAPITALS:
        return _spelled(match)
    if match.case is Case.LOWER:
        is_identifier = match.joints and not set(match.joints) - set("-_")
        return "its identifier" if is_identifier else None
    if match.case is Case.CAPITALIZED and "-" in match.joints:
        return _spelled(match)
    if match.telling_parts_have_capitals and sum(match.form.telling) > 1:
        return "the capitals that tell"
    return _in_context(match, sentence) if match.telling_parts_have_capitals else None


def _why_words(match: Match, sentence: Sentence) -> str | None:
    if match.case is Case.LOWER and "_" in match.joints:
        return _in_context(match, sentence)
    if match.case < Case.CAPITALIZED or (match.case is Case.CAPITALIZED and "-" not in match.joints):
        return None
    if match.is_subject:
        return "followed by the number of a subject"
    if (
        (match.is_spelled_as_its_own or _is_its_own_in_capitals(match))
        and _is_never_spelled_so(match.form)
        and not sentence.is_heading(match.start, match.end)
    ):
        return _spelled(match)
    if _begins_as_any_sentence(match, sentence):
        is_set = sentence.names_archive and set_after(match.text, match.end)
        return "the sentence names the archive" if is_set else None
    return _in_context(match, sentence)


def _is_its_own_in_capitals(match: Match) -> bool:
    """Whether it is a name of three parts or more with its own hyphens and all its letters as capitals."""
    joints = re.sub(r"[^\W_]+", "", match.form.spelling)
    return match.letters.isupper() and match.joints == joints and len(joints) > 1


def _is_never_spelled_so(form: Form) -> bool:
    """Whether ordinary words would not be written like this name: `NSCLC-Radiomics`, `Brain-Tumor-Progression`.

    `Pancreas-CT` and `Mouse-Mammary` may begin a sentence or be a heading.
    """
    joints = re.sub(r"[^\W_]+", "", form.spelling)
    if " " in joints or not joints or len(form.letters) < 6:  # noqa: PLR2004
        return False
    first, last = form.letters[slice(*form.parts[0])], form.letters[slice(*form.parts[-1])]
    return len(form.parts) > 2 or "_" in joints or (not first[1:].islower() and last.istitle() and last.isalpha())  # noqa: PLR2004


def _why_single(match: Match, sentence: Sentence) -> str | None:
    form = match.form
    is_code = any(map(str.isdigit, form.letters))
    is_odd = not is_code and not form.letters.isupper() and len(form.letters) > 5  # noqa: PLR2004
    if match.case < Case.CAPITALS and (is_code or sum(map(str.isupper, match.letters)) < 2):  # noqa: PLR2004
        return None
    if match.is_subject:
        return "followed by the number of a subject"
    if (is_odd or "_" in match.joints) and match.is_spelled_as_its_own:
        return "exact spelling"
    if sentence.names_archive:
        return "the sentence names the archive"
    return None if trial_after(match.text, match.end) else _why_near_a_set(match, sentence)


def _why_near_a_set(match: Match, sentence: Sentence) -> str | None:
    following = set_after(match.text, match.end)
    if following is not None:
        return f"followed by {following!r}"
    if set_before(match.text, match.start) or sentence.near_a_set(match.start, match.end):
        return "near the word for a dataset"
    if in_a_column_of_sets(match.text, match.start, match.end):
        return "in a column of datasets"
    return "the sentence speaks of datasets" if sentence.speaks_of_sets else None


def _why_disease(match: Match, sentence: Sentence) -> str | None:
    if match.case < Case.CAPITALS:
        return None
    if match.is_subject:
        return "followed by the number of a subject" if match.text[match.end + 3 : match.end + 4] == "-" else None
    before = match.text[max(0, match.start - 80) : match.start]
    if not sentence.names_archive and not _DEFINITE.search(before):
        return None
    following = set_after(match.text, match.end)
    if following is not None and following not in _SET_OF_PATIENTS:
        if sentence.names_archive or not sentence.is_of_own_data:
            return f"followed by {following!r}"
        return None
    is_name = _GOES_ON_AS_A_NAME.match(match.text, match.end, match.end + 20) and not _OF_A_DISEASE.search(before)
    return "the sentence names the archive" if is_name and sentence.names_archive else None


def _in_context(match: Match, sentence: Sentence) -> str | None:
    if sentence.names_archive:
        return "the sentence names the archive"
    if in_a_column_of_sets(match.text, match.start, match.end):
        return "in a column of datasets"
    if sentence.is_of_own_data:
        return None
    following = set_after(match.text, match.end)
    if following is not None and following != "data":
        return f"followed by {following!r}"
    if set_before(match.text, match.start):
        return "introduced as a dataset"
    return "the sentence speaks of datasets" if sentence.speaks_of_sets else None


def _spelled(match: Match) -> str:
    return "exact spelling" if match.is_spelled_as_its_own else "its own capitals"


def _begins_as_any_sentence(match: Match, sentence: Sentence) -> bool:
    """Whether its only capital that tells is that of the sentence (`Pancreas CT scans ...`)."""
    leading = len(sentence.text) - len(sentence.text.lstrip(" \t\n\"'“([")) + sentence.start
    is_joined_by_spaces = " " in match.joints
    return is_joined_by_spaces and match.start == leading and not any(map(str.istitle, match.written.split()[1:]))


def _why_title(_match: Match, _sentence: Sentence) -> str:
    return "its full title"


def _why_identifier(match: Match, _sentence: Sentence) -> str | None:
    return "its identifier" if " " not in match.joints and "/" not in match.joints else None


_WHY: Mapping[Kind, Callable[[Match, Sentence], str | None]] = {
    Kind.TITLE: _why_title,
    Kind.IDENTIFIER: _why_identifier,
    Kind.DISTINCTIVE: _why_distinctive,
    Kind.WORDS: _why_words,
    Kind.SINGLE: _why_single,
    Kind.DISEASE: _why_disease,
}
