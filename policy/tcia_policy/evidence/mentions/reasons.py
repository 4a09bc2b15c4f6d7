"""Why a name that stands in a text means a dataset, and not a disease, a trial or ordinary words.

docs/manuscript-names.md says what counts as a name.
"""

import re
from collections.abc import Callable, Mapping

from tcia_policy.evidence.mentions.matcher import Case, Match
from tcia_policy.evidence.mentions.name_forms import Form, Kind
from tcia_policy.evidence.mentions.sentences import (
    Sentence,
    Sentences,
    in_a_column_of_sets,
    link_around,
    set_after,
    set_before,
    trial_after,
)

SHORTEST_SEAM = 6  # letters of a name whose hyphens ordinary words would not have
SHORTEST_ODD = 6  # letters of one word whose capitals ordinary words would not have (`IvyGAP`, `PROSTATEx`)
_BEFORE = 80  # characters before a name that say what it is
_AFTER = 20  # characters after it that do
_FEW_PARTS = 2
_TWO_CAPITALS = 2
_ARCHIVE_LINK = re.compile(r"cancerimagingarchive|imaging\.datacommons|collection_id=")
_OF_A_DISEASE = re.compile(
    r"\b(?:with|of|for|having|against)\b[^.;:()]{0,60}$|[A-Z]\s+$"
    r"|\b(?:advanced|recurrent|metastatic|primary|untreated)\s+$"
)
_GOES_ON_AS_A_NAME = re.compile(
    r"\s*(?:[,;:.)\]]|$|(?:and|or|from|at|on|is|was|were|has|contains|provides|comprises|includes|consists)\b|&|\(|\[|https?:)"
)
_DEFINITE = re.compile(r"\b(?:the|TCIA|TCIA['’]s|public|available)\s+$", re.IGNORECASE)
_SET_OF_PATIENTS = frozenset(("cohort", "cohorts", "data"))


def why(match: Match, sentences: Sentences) -> str | None:
    """Return why a match names a dataset, or `None` where it may be ordinary words, a disease, a trial or a cohort."""
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
    """Return whether others hold data on genes under the same name: of a program's cohort, a trial, a disease."""
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
    if _is_unmistakable(match) and not sentence.is_heading(match.start, match.end):
        return _spelled(match)
    if _begins_as_any_sentence(match, sentence):
        is_set = sentence.names_archive and set_after(match.text, match.end)
        return "the sentence names the archive" if is_set else None
    return _in_context(match, sentence)


def _is_unmistakable(match: Match) -> bool:
    is_its_own = match.is_spelled_as_its_own or _is_its_own_in_capitals(match)
    return is_its_own and _is_never_spelled_so(match.form)


def _is_its_own_in_capitals(match: Match) -> bool:
    """Return whether it is a name of three parts or more with its own hyphens and all its letters as capitals."""
    joints = re.sub(r"[^\W_]+", "", match.form.spelling)
    return match.letters.isupper() and match.joints == joints and len(joints) > 1


def _is_never_spelled_so(form: Form) -> bool:
    """Return whether ordinary words would not be written like this name: `NSCLC-Radiomics`, `Brain-Tumor-Progression`.

    `Pancreas-CT` and `Mouse-Mammary` may begin a sentence or be a heading.
    """
    joints = re.sub(r"[^\W_]+", "", form.spelling)
    if " " in joints or not joints or len(form.letters) < SHORTEST_SEAM:
        return False
    first, last = form.letters[slice(*form.parts[0])], form.letters[slice(*form.parts[-1])]
    is_mixed = not first[1:].islower() and last.istitle() and last.isalpha()
    return len(form.parts) > _FEW_PARTS or "_" in joints or is_mixed


def _why_single(match: Match, sentence: Sentence) -> str | None:
    form = match.form
    is_code = any(map(str.isdigit, form.letters))
    is_odd = not is_code and not form.letters.isupper() and len(form.letters) >= SHORTEST_ODD
    if match.case < Case.CAPITALS and (is_code or sum(map(str.isupper, match.letters)) < _TWO_CAPITALS):
        return None
    if match.is_subject:
        return "followed by the number of a subject"
    if (is_odd or "_" in match.joints) and match.is_spelled_as_its_own and not form.nickname:
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
    before = match.text[max(0, match.start - _BEFORE) : match.start]
    if not sentence.names_archive and not _DEFINITE.search(before):
        return None
    following = set_after(match.text, match.end)
    if following is not None and following not in _SET_OF_PATIENTS:
        is_theirs = sentence.is_of_own_data and not sentence.names_archive
        return None if is_theirs else f"followed by {following!r}"
    return "the sentence names the archive" if sentence.names_archive and _is_no_diagnosis(match, before) else None


def _is_no_diagnosis(match: Match, before: str) -> bool:
    """Return whether the text goes on as after a name, and speaks of no patients with the disease."""
    goes_on = _GOES_ON_AS_A_NAME.match(match.text, match.end, match.end + _AFTER) is not None
    return goes_on and _OF_A_DISEASE.search(before) is None


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
    """Return whether its only capital that tells is that of the sentence (`Pancreas CT scans ...`)."""
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
