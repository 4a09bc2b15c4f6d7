"""Why a name that stands in a text means a dataset, and not a disease, a trial or ordinary words.

docs/manuscript-names.md says what counts as a name.
"""

import re
from collections.abc import Callable, Mapping

from tcia_policy.evidence.mentions.images import images_after, images_from, images_of, work_on
from tcia_policy.evidence.mentions.lists import alone_on_its_line, begins_an_item, introduced_as_sets
from tcia_policy.evidence.mentions.matcher import Case, Match
from tcia_policy.evidence.mentions.name_forms import Form, Kind
from tcia_policy.evidence.mentions.owners import is_of_another_owner
from tcia_policy.evidence.mentions.sentences import (
    Sentence,
    Sentences,
    in_a_column_of_sets,
    link_around,
    set_after,
    set_before,
    trial_after,
)
from tcia_policy.lazy import pattern

SHORTEST_SEAM = 6  # letters of a name whose hyphens ordinary words would not have
SHORTEST_ODD = 6  # letters of one word whose capitals ordinary words would not have (`IvyGAP`, `PROSTATEx`)
_BEFORE = 80  # characters before a name that say what it is
_AFTER = 20  # characters after it that do
_FAR_BEHIND = 160  # characters after a title that say of what it is
_FEW_PARTS = 2
_TWO_CAPITALS = 2
_ARCHIVE_LINK = pattern(r"cancerimagingarchive|imaging\.datacommons|collection_id=")
_ITS_CHALLENGE = pattern(r"https?://[a-z0-9]+$")
_YEAR_OF_A_CHALLENGE = pattern(r"[A-Za-z]{4,}[12]\d")
_OF_DATA_BEHIND = pattern(
    r"[^\n]{0,120}?(?:\[\s*data\s?set|\bdata\s?set\b|Cancer\s+Imaging\s+Archive|\bTCIA\b|10\.(?:7937|25737)/)",
    re.IGNORECASE,
)
_OF_A_DISEASE = pattern(
    r"\b(?:with|of|for|having|against)\b[^.;:()]{0,60}$|[A-Z]\s+$"
    r"|\b(?:advanced|recurrent|metastatic|primary|untreated)\s+$"
)
_GOES_ON_AS_A_NAME = pattern(
    r"\s*(?:[,;:.)\]]|$|(?:and|or|from|at|on|is|was|were|has|contains|provides|comprises|includes|consists)\b|&|\(|\[|https?:)"
)
_DEFINITE = pattern(r"\b(?:the|TCIA|TCIA['’]s|public|available)\s+$", re.IGNORECASE)
_SET_OF_PATIENTS = frozenset(("cohort", "cohorts", "data"))


def why(match: Match, sentences: Sentences) -> str | None:
    """Return why a match names a dataset, or `None` where it may be ordinary words, a disease, a trial or a cohort."""
    link = link_around(match.text, match.start, match.end)
    if link is not None:
        return _why_in_link(match, link)
    if match.spelling.has_escapes:
        return None
    sentence = sentences.around(match.start)
    if _has_genomic_data(match.form) and sentences.is_genomic_only(sentence):
        return None
    return _WHY[match.form.kind](match, sentence)


def may_be_listed(match: Match, sentences: Sentences) -> bool:
    """Return whether a name that does not count by itself does in one list with a name that does."""
    text, start, end = match.text, match.start, match.end
    if match.spelling.has_escapes or link_around(text, start, end) is not None:
        return False
    if match.form.kind is Kind.SINGLE:
        is_name = _may_be_single(match) and not trial_after(text, end)
    else:
        is_name = match.form.kind is Kind.WORDS and _has_own_hyphens(match)
        is_name = is_name and not is_of_another_owner(text, start, has_own_hyphens=True)
    return is_name and not (_has_genomic_data(match.form) and sentences.is_genomic_only(sentences.around(start)))


def _has_genomic_data(form: Form) -> bool:
    """Return whether others hold data on genes under the same name: of a program's cohort, a trial, a disease."""
    return form.genomic or form.kind in (Kind.SINGLE, Kind.DISEASE)


def _why_in_link(match: Match, link: str) -> str | None:
    if _ARCHIVE_LINK.search(link):
        return "in a link to the archive"
    if _ITS_CHALLENGE.search(link) and match.form.kind is Kind.SINGLE and not match.form.nickname:
        return "the address of its challenge"
    is_identifier = match.form.kind is Kind.DISTINCTIVE and not set(match.spelling.joints) - set("-_/")
    return "its name in a link" if is_identifier and not match.form.genomic else None


def _why_distinctive(match: Match, sentence: Sentence) -> str | None:
    if match.is_subject:
        return "followed by the number of a subject"
    if match.spelling.case >= Case.CAPITALS:
        return _spelled(match)
    if match.spelling.case is Case.LOWER:
        is_identifier = match.spelling.joints and not set(match.spelling.joints) - set("-_")
        return "its identifier" if is_identifier else None
    if match.spelling.case is Case.CAPITALIZED and "-" in match.spelling.joints:
        return _spelled(match)
    if match.spelling.telling_have_capitals and sum(match.form.telling) > 1:
        return "the capitals that tell"
    has_capitals = match.spelling.telling_have_capitals or match.spelling.case is Case.CAPITALIZED
    return _in_context(match, sentence) if has_capitals else None


def _why_words(match: Match, sentence: Sentence) -> str | None:
    spelling = match.spelling
    if spelling.case is Case.LOWER and "_" in spelling.joints:
        return _in_context(match, sentence)
    if spelling.case < Case.CAPITALIZED and match.form.is_long:
        return _as_a_set(match)
    if spelling.case < Case.CAPITALIZED or (spelling.case is Case.CAPITALIZED and "-" not in spelling.joints):
        return None
    return _why_capitalized_words(match, sentence)


def _why_capitalized_words(match: Match, sentence: Sentence) -> str | None:
    if match.is_subject:
        return "followed by the number of a subject"
    if _is_unmistakable(match) and not sentence.is_heading(match.start, match.end):
        return _spelled(match)
    if is_of_another_owner(match.text, match.start, has_own_hyphens=_has_own_hyphens(match)):
        return None
    if alone_on_its_line(match.text, match.start, match.end) and (match.form.is_long or _has_own_hyphens(match)):
        return "alone on its line"
    if _begins_as_any_sentence(match, sentence):
        is_set = sentence.names_archive and set_after(match.text, match.end)
        return "the sentence names the archive" if is_set else None
    return _in_context(match, sentence)


def _as_a_set(match: Match) -> str | None:
    following = set_after(match.text, match.end)
    return f"followed by {following!r}" if following not in (None, *_SET_OF_PATIENTS) else None


def _has_own_hyphens(match: Match) -> bool:
    return match.spelling.is_its_own and "-" in match.spelling.joints and " " not in match.spelling.joints


def _is_unmistakable(match: Match) -> bool:
    is_its_own = match.spelling.is_its_own or _is_its_own_in_capitals(match)
    return is_its_own and _is_never_spelled_so(match.form)


def _is_its_own_in_capitals(match: Match) -> bool:
    """Return whether it is a name of three parts or more with its own hyphens and all its letters as capitals."""
    joints = match.form.joints
    return match.spelling.letters.isupper() and match.spelling.joints == joints and len(joints) > 1


def _is_never_spelled_so(form: Form) -> bool:
    """Return whether ordinary words would not be written like this name: `NSCLC-Radiomics`, `Brain-Tumor-Progression`.

    `Pancreas-CT` and `Mouse-Mammary` may begin a sentence or be a heading.
    """
    joints = form.joints
    if " " in joints or not joints or len(form.letters) < SHORTEST_SEAM:
        return False
    first, last = form.letters[slice(*form.parts[0])], form.letters[slice(*form.parts[-1])]
    is_mixed = not first[1:].islower() and last.istitle() and last.isalpha()
    return len(form.parts) > _FEW_PARTS or "_" in joints or is_mixed


def _why_single(match: Match, sentence: Sentence) -> str | None:
    if not _may_be_single(match):
        return None
    if match.is_subject:
        return "followed by the number of a subject"
    if _is_unmistakable_word(match):
        return _spelled(match)
    if sentence.names_archive:
        return "the sentence names the archive"
    also_cases = not match.form.is_id
    if images_after(match.text, match.end, also_cases=also_cases) or images_from(match.text, match.start):
        return "words for images"
    return None if trial_after(match.text, match.end) else _why_near_a_set(match, sentence)


def _is_unmistakable_word(match: Match) -> bool:
    """Return whether one word is that of no trial and no person: an odd one (`IvyGAP`), a challenge's with its year."""
    form, letters = match.form, match.spelling.letters
    if letters == form.letters and not match.spelling.joints and _YEAR_OF_A_CHALLENGE.fullmatch(letters):
        return True
    is_its_own = match.spelling.is_its_own or _is_odd_in_capitals(match)
    return (_is_odd(form) or "_" in match.spelling.joints) and is_its_own and not form.nickname


def _may_be_single(match: Match) -> bool:
    """Return whether one word has capitals enough for a name: its own or two; of a challenge's, the first will do."""
    form, letters = match.form, match.spelling.letters
    if match.spelling.case >= Case.CAPITALS:
        return True
    if _is_code(form):
        return match.spelling.case is Case.CAPITALIZED and _YEAR_OF_A_CHALLENGE.fullmatch(letters) is not None
    return sum(map(str.isupper, letters)) >= _TWO_CAPITALS


def _is_code(form: Form) -> bool:
    return any(map(str.isdigit, form.letters))


def _is_odd(form: Form) -> bool:
    return not _is_code(form) and not form.letters.isupper() and len(form.letters) >= SHORTEST_ODD


def _is_odd_in_capitals(match: Match) -> bool:
    """Return whether an odd name has other capitals than its own, and not those of words (`ProstateX`, `IvyGap`)."""
    letters = match.spelling.letters
    return letters[0].isupper() and not letters.isupper() and sum(map(str.isupper, letters)) >= _TWO_CAPITALS


def _why_near_a_set(match: Match, sentence: Sentence) -> str | None:
    text, start, end = match.text, match.start, match.end
    following = set_after(text, end)
    if following is not None:
        return f"followed by {following!r}"
    if set_before(text, start) or sentence.near_a_set(start, end):
        return "near the word for a dataset"
    if in_a_column_of_sets(text, start, end):
        return "in a column of datasets"
    if images_of(text, start) or work_on(text, start, end):
        return "words for images"
    if alone_on_its_line(text, start, end) and not match.form.nickname:
        return "alone on its line"
    return _in_a_list(match, sentence)


def _in_a_list(match: Match, sentence: Sentence) -> str | None:
    if begins_an_item(match.text, match.start, match.end):
        if introduced_as_sets(match.text, match.start):
            return "in a list of datasets"
        if sentence.is_in_section_of_sets:
            return "in a section on data"
    return "the sentence speaks of datasets" if sentence.speaks_of_sets else None


def _why_disease(match: Match, sentence: Sentence) -> str | None:
    if match.spelling.case < Case.CAPITALS:
        return None
    if match.is_subject:
        return "followed by the number of a subject" if match.text[match.end + 3 : match.end + 4] == "-" else None
    before = match.text[max(0, match.start - _BEFORE) : match.start]
    is_an_item = begins_an_item(match.text, match.start, match.end)
    if is_an_item and introduced_as_sets(match.text, match.start) and _OF_A_DISEASE.search(before) is None:
        return "in a list of datasets"
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
    return None if sentence.is_of_own_data else _in_words_for_data(match, sentence)


def _in_words_for_data(match: Match, sentence: Sentence) -> str | None:
    following = set_after(match.text, match.end)
    if following is not None and following != "data":
        return f"followed by {following!r}"
    if set_before(match.text, match.start):
        return "introduced as a dataset"
    is_theirs = images_from(match.text, match.start) or work_on(match.text, match.start, match.end)
    if _has_own_hyphens(match) and is_theirs:
        return "words for images"
    return _in_a_list(match, sentence)


def _spelled(match: Match) -> str:
    return "exact spelling" if match.spelling.is_its_own else "its own capitals"


def _begins_as_any_sentence(match: Match, sentence: Sentence) -> bool:
    """Return whether its only capital that tells is that of the sentence (`Pancreas CT scans ...`)."""
    leading = len(sentence.text) - len(sentence.text.lstrip(" \t\n\"'“([")) + sentence.start
    is_joined_by_spaces = " " in match.spelling.joints
    return (
        is_joined_by_spaces and match.start == leading and not any(map(str.istitle, match.spelling.written.split()[1:]))
    )


def _why_title(match: Match, sentence: Sentence) -> str | None:
    if not match.form.is_of_work:
        return "its full title"
    is_of_data = sentence.names_archive or _OF_DATA_BEHIND.match(match.text, match.end, match.end + _FAR_BEHIND)
    return "its full title, as that of data" if is_of_data else None


def _why_identifier(match: Match, _sentence: Sentence) -> str | None:
    return "its identifier" if " " not in match.spelling.joints and "/" not in match.spelling.joints else None


_WHY: Mapping[Kind, Callable[[Match, Sentence], str | None]] = {
    Kind.TITLE: _why_title,
    Kind.IDENTIFIER: _why_identifier,
    Kind.DISTINCTIVE: _why_distinctive,
    Kind.WORDS: _why_words,
    Kind.SINGLE: _why_single,
    Kind.DISEASE: _why_disease,
}
