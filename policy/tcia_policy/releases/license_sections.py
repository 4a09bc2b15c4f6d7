"""What the body of a card or README says under a heading such as `License`.

The Hub reads no license there, but people do: what it says counts beside the header, and alone where there is no other.
"""

import re
from collections.abc import Iterator, Sequence

from tcia_policy.documents.model import Heading, TextBlock
from tcia_policy.lazy import pattern
from tcia_policy.releases.model import Stated, Topic

LONGEST = 300  # characters of a statement
LABEL = "label "  # how the field of a statement begins that stands behind `License:`
_LONGEST_TITLE = 60
_TITLE = pattern(r"\blicen[cs](?:e|es|ing)\b", re.IGNORECASE)
_SENTENCE = pattern(r"(?<=[.!])\s+(?=[A-Z\[(])")
# What only leads to the text of the license, and what a template leaves to be filled in.
_POINTER = pattern(
    r"[\s,;:(–—-]*\b(?:please |for (?:more )?details,? )?(?:see|refer to|check|read|found in|provided in|view)\b"
    r".{0,200}$",
    re.IGNORECASE,
)
_TO_FILL_IN = pattern(r"more information needed|^\W*(?:todo|tbd|n/a)\W*$", re.IGNORECASE)
# `License: CC-BY-NC-4.0` in a list, as the Hub's own form of a card has it; not in a section on the data.
_LABEL = pattern(
    r"^[ \t]*(?P<label>(?:(?:model|weights?|project|repository)[ \t]+)?licen[cs]e)[ \t]*:"
    r"[ \t]*(?P<text>\S[^\n]{0,400})$",
    re.IGNORECASE | re.MULTILINE,
)
_ON_DATA = pattern(r"\bdata|\btrain|\bcitation|\battribution|\backnowledg|\bcredit", re.IGNORECASE)
_LINK = pattern(r"https?://[^\s<>()\]]+")
_WORD = pattern(r"[a-z]+")
# Words by which a body takes away what a header gives.
_TAKES_AWAY = pattern(
    r"non[\s-]?commercial|\bonly\b|\bnot\b|\bprohibit|\brestrict|\bacademic|\bresearch\b|\bexcept|\bhowever\b|\bbut\b",
    re.IGNORECASE,
)
_NONCOMMERCIAL = "nc"
# Parts of a license's name that ask more than the name without them.
_ASKS_MORE = frozenset("nc nd sa noncommercial noderivatives noderivs sharealike alike affero lgpl agpl".split())


def license_sections(blocks: Sequence[TextBlock], stated: Sequence[Stated]) -> Iterator[Stated]:
    """Yield the first sentence below each heading about the license; not what only repeats what is `stated`.

    Beside a license that is stated, `License: ...` on a line of its own counts too: alone it may be of the data.
    """
    for block in blocks:
        if block.doubt is not None or block.is_code:
            continue
        for heading, text, offset in _sections(block):
            said = _first_sentence(text)
            if said and not any(_repeats(text, each.text) for each in stated):
                link = _LINK.search(text)
                place = block.place(offset)
                address = None if link is None else link.group().rstrip(".,;")
                yield Stated(Topic.LICENSE, said, f"section {heading.title}", place, link=address)
        if stated:
            yield from _labels(block, stated)


def _labels(block: TextBlock, stated: Sequence[Stated]) -> Iterator[Stated]:
    """Yield each license behind a label, as far as it is not what is `stated`, and not under a heading of the data."""
    for match in _LABEL.finditer(block.text):
        above = " ".join(block.sections_at(match.start()))
        said = _first_sentence(match["text"])
        if said and not _ON_DATA.search(above) and not any(_repeats(match["text"], each.text) for each in stated):
            yield Stated(Topic.LICENSE, said, f"{LABEL}{match['label']}", block.place(match.start()))


def _sections(block: TextBlock) -> Iterator[tuple[Heading, str, int]]:
    """Yield each heading about the license, with the first paragraph below it and where that begins."""
    for index, heading in enumerate(block.headings):
        if len(heading.title) > _LONGEST_TITLE or _TITLE.search(heading.title) is None:
            continue
        end = block.headings[index + 1].offset if index + 1 < len(block.headings) else len(block.text)
        whole = block.text[heading.offset : end]
        body = whole.removeprefix(heading.title)
        text = body.strip().split("\n\n")[0]
        yield heading, " ".join(text.split()), heading.offset + len(whole) - len(body.lstrip())


def _first_sentence(text: str) -> str:
    """Return the first sentence, without what only leads to a file; empty where nothing else is said."""
    if _TO_FILL_IN.search(text):
        return ""
    first = _SENTENCE.split(text, maxsplit=1)[0]
    said = _LINK.sub("", _POINTER.sub("", first)).strip(" \t.,;:()[]–—-*")
    return " ".join(said.split())[:LONGEST] if any(map(str.isalpha, said)) else ""


def _repeats(text: str, license_: str) -> bool:
    """Return whether a text has all words of a license that is stated, and takes nothing away from it."""
    words = set(_WORD.findall(license_.lower()))
    said = set(_WORD.findall(text.lower()))
    takes_away = _NONCOMMERCIAL not in words and _TAKES_AWAY.search(text) is not None
    return bool(words) and words <= said and not takes_away and not (said - words) & _ASKS_MORE
