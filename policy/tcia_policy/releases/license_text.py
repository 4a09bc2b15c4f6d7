"""Files that are the text of a license or of terms: LICENSE, COPYING, MONAI's `docs/data_license.txt`.

Which license a text is, is found out from `text` of the file by who knows the licenses; here only its first line is
stated.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import pattern
from tcia_policy.releases.model import Released, ReleaseFile, Stated, Topic
from tcia_policy.releases.spdx_headers import is_source

LICENSE = "license text"
DATA_LICENSE = "license of the training data"
# What a license file is about by its name: `LICENSE-CODE`, `MODEL_LICENSE.md`.
_ABOUT = (
    (re.compile(r"model|weights?|checkpoint"), Released.MODEL),
    (re.compile(r"data(?:set)?|annotations?|labels?|images?"), Released.DATA),
    (re.compile(r"code|software|source"), Released.CODE),
    (re.compile(r"docs?|documentation|text|paper|content"), Released.PUBLICATION),
)
_NO_TEXTS = frozenset((".json", ".csv", ".tsv", ".png", ".svg"))
_PARTS_OF_NAME = pattern(r"[-_. ]+")
_ITEM = pattern(r"[ \t]*(?:[ivx]{1,5}|\d{1,2}|[a-h])\.[ \t]*(?P<name>\S.*)")
_ADDRESS_ALONE = pattern(r"(?P<address>https?://[^\s<>]+)$")
# Words by which a line says what the terms are, the most telling first.
_TERMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"creative ?commons|\bcc[ -]?(?:by|0)\b|\bopendatacommons",
        r"\blicen[cs]ed?\b|/licen[cs]es?/",
        r"\bterms\b|\bpolicy\b|\bagreement\b|\brestrict",
    )
)


def read_license(file: DocumentFile) -> ReleaseFile | None:
    """Return the license text as one statement: its first line. An empty file is an unread license.

    `None` for a program that is called so.
    """
    if is_source(file.path) or file.path.suffix.lower() in _NO_TEXTS:
        return None
    text = _text(file)
    first = _first_line(text)
    if first is None:
        problem = Problem(SourceLocation(file.shown, None), "has no text", "put the text of the license into it")
        return ReleaseFile(file.shown, LICENSE, Released.UNKNOWN, has_license_field=True, unread_licenses=(problem,))
    stated = _whole(file, first, Topic.LICENSE, _says(file.path.name))
    return ReleaseFile(
        file.shown, LICENSE, Released.UNKNOWN, (stated,), has_license_field=True, text=_printed(file, text)
    )


def read_text_of_license(file: DocumentFile) -> ReleaseFile | None:
    """Return a text of REUSE's folder `LICENSES`, which states nothing by itself: tags say what is under it."""
    return ReleaseFile(file.shown, LICENSE, Released.UNKNOWN, text=_printed(file, _text(file)))


def read_data_license(file: DocumentFile) -> ReleaseFile | None:
    """Return the data that the file lists with their terms (`i. LIDC-IDRI`, and addresses below), and the whole text.

    Where it lists none, its first line stands for its text, as in a license file. Format: the bundles of
    https://github.com/Project-MONAI/model-zoo, `docs/data_license.txt`.
    """
    text = _text(file)
    stated = tuple(_items(file, text.split("\n")))
    first = _first_line(text)
    if not stated and first is not None:
        stated = (_whole(file, first, Topic.DATA_LICENSE, None),)
    return ReleaseFile(file.shown, DATA_LICENSE, Released.UNKNOWN, stated, text=_printed(file, text))


def _items(file: DocumentFile, lines: list[str]) -> Iterator[Stated]:
    """Yield each data set of the list, and its terms where they are said."""
    for index, (begin, end) in enumerate(pairwise([*_begins(lines), len(lines)])):
        match = _ITEM.match(lines[begin])
        below = [(number, lines[number].strip()) for number in range(begin + 1, end) if lines[number].strip()]
        if match is None or not below:
            continue
        field, link = f"item {index + 1}", _ADDRESS_ALONE.match(below[0][1])
        address = None if link is None else link["address"]
        here = SourceLocation(file.shown, begin + 1)
        yield Stated(Topic.MADE_FROM, match["name"].strip(), field, here, link=address)
        terms = next((line for form in _TERMS for line in below[1:] if form.search(line[1])), None)
        if terms is not None:
            place = SourceLocation(file.shown, terms[0] + 1)
            yield Stated(Topic.DATA_LICENSE, terms[1], field, place, link=address)


def _begins(lines: list[str]) -> Iterator[int]:
    """Yield the lines on which an item begins: a number and a name, with an address on the next line.

    The numbered clauses of a license have no addresses below them.
    """
    said = [number for number, line in enumerate(lines) if line.strip()]
    for number, following in pairwise(said):
        if _ITEM.match(lines[number]) and _ADDRESS_ALONE.match(lines[following].strip()):
            yield number


def _text(file: DocumentFile) -> str:
    return decode_text(file.content(), file.shown, limits.LICENSE_FILE)


def _first_line(text: str) -> tuple[int, str] | None:
    """Return the first line that has words, with its number."""
    lines = enumerate(text.split("\n"), start=1)
    return next(((number, line.strip()) for number, line in lines if any(map(str.isalnum, line))), None)


def _whole(file: DocumentFile, first: tuple[int, str], topic: Topic, says: Released | None) -> Stated:
    number, line = first
    return Stated(topic, line, "text", SourceLocation(file.shown, number), says=says)


def _says(name: str) -> Released | None:
    """Return what a license file is about, where its name says so."""
    words = _PARTS_OF_NAME.split(name.lower())
    return next((about for form, about in _ABOUT if any(map(form.fullmatch, words))), None)


def _printed(file: DocumentFile, text: str) -> Manuscript:
    pieces = ((line, number) for number, line in enumerate(text.split("\n"), start=1))
    return Manuscript((file.shown,), (TextBlock.of_pieces(file.shown, pieces),) if text.strip() else ())
