"""Names of datasets in the strings of a program: only a string, or a part of one, that is nothing but a name counts.

docs/manuscript-names.md says what counts as a name.
"""

import re
from collections.abc import Iterator, Mapping

from tcia_policy.evidence.mentions.name_forms import Form, Kind
from tcia_policy.evidence.mentions.sentences import Sentences
from tcia_policy.lazy import pattern
from tcia_policy.text.name_keys import compare_key

IN_CODE = "a string in code"
LONGEST_PIECE = 400
# Where a string is in parts: a path, a link, a query (`WHERE collection_id = 'nlst'`), a list of names.
_PIECE = pattern(r"[^/\\'\"`=?&()\[\]{};|,\n]+")
_SUFFIX = pattern(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_SUBJECT = pattern(r"(?:[-_]\d{2,8}){1,4}$")
_OF_A_NAME = pattern(r"[\w\s:.,'-]+")
_ARCHIVE = pattern(
    r"collection_?id|cancer\s*imaging\s*archive|imaging\W?data\W?commons|public-data\.idc|\bidc[_-]|\btcia\b",
    re.IGNORECASE,
)
_LEAST_SUBJECT = 3  # digits


def names_in_code(text: str, by_compact: Mapping[str, Form]) -> Iterator[tuple[int, str, Form]]:
    """Yield where a name stands in the strings of a program, one on a line, as it stands there, and what it names.

    `by_compact` are the names by their letters and digits in lower case.
    """
    sentences = Sentences(text)
    speaks_of_archive = _ARCHIVE.search(text) is not None
    for match in _PIECE.finditer(text):
        piece = match.group().strip()
        form = _form(piece, by_compact) if len(piece) <= LONGEST_PIECE else None
        if form is None or not _counts(piece, form, speaks_of_archive):
            continue
        if form.genomic and sentences.is_genomic_only(sentences.around(match.start())):
            continue
        yield match.start() + len(match.group()) - len(match.group().lstrip()), piece, form


def _form(piece: str, by_compact: Mapping[str, Form]) -> Form | None:
    """Return what a piece names: as it is, as the name of a file, or by the number of a subject."""
    if not _OF_A_NAME.fullmatch(piece):
        return None
    stem = _SUFFIX.sub("", piece)
    found = by_compact.get(compare_key(piece)) or by_compact.get(compare_key(stem))
    number = _SUBJECT.search(stem)
    if found is None and number and sum(map(str.isdigit, number.group())) >= _LEAST_SUBJECT:
        found = by_compact.get(compare_key(stem[: number.start()]))
        found = found if found is not None and found.kind is Kind.DISTINCTIVE else None
    return found


def _counts(piece: str, form: Form, speaks_of_archive: bool) -> bool:
    """Return whether a piece that has the letters of a name means it, and is no word or disease."""
    if form.kind in (Kind.TITLE, Kind.IDENTIFIER):
        return True
    if form.kind is Kind.DISEASE:
        return speaks_of_archive
    letters = "".join(filter(str.isalnum, piece))
    if form.kind is Kind.SINGLE:
        return speaks_of_archive or letters.startswith(form.letters)
    is_identifier = "_" in piece or "-" in piece
    return letters.startswith(form.letters) or is_identifier
