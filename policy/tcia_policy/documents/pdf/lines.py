"""The text layer of PDF pages, line by line, with what the fonts and the typesetting have done to it undone."""

import re
from collections.abc import Mapping, Sequence

from tcia_policy.documents.reference_sections import Line, begins_list, heading_names
from tcia_policy.documents.section_headings import is_usual_title
from tcia_policy.lazy import dataclass
from tcia_policy.text.typography import plain_characters

EDGE = 3  # lines at the top and at the bottom of a page that may be a running head
_MOST_UNREADABLE = 0.2  # of the characters of a page that are not white space

# TeX's own encodings have ligatures where others have control characters; a font without Unicode leaves them there.
_TEX_LIGATURES = {
    **{0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl"},
    **{0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl"},
}
# A hyphen at which a word may be broken: printed where it stands at the end of a line or before a capital.
_SOFT_HYPHEN = re.compile("\u00ad(?=[ \t]*\n|[A-Z0-9])")
_ACCENTS = {"¨": "\u0308", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˚": "\u030a", "˘": "\u0306"}
_LOOSE_ACCENT = re.compile(f"([{''.join(_ACCENTS)}])([A-Za-zıȷ])")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]|\\(cid:\\d+\\)|/G?\\d{1,4}(?=/)")


def printed(text: str) -> str:
    """Return `text` as a reader sees it.

    Lines stay as they are: a word or a name broken over two lines is `acknow-` and `ledge`, `LIDC-` and `IDRI`; only
    who knows the word can tell whether the hyphen is part of it. Any hyphen at the end of a line is a `-`.
    """
    text = _SOFT_HYPHEN.sub("-", text.replace("\r\n", "\n").translate(_TEX_LIGATURES))
    return plain_characters(_LOOSE_ACCENT.sub(_composed, text))


def _composed(match: re.Match[str]) -> str:
    accent, letter = match.groups()
    return _DOTLESS.get(letter, letter) + _ACCENTS[accent]


def is_readable(text: str) -> bool:
    """Return whether a text layer says letters: a font may draw them and keep to itself which they are."""
    ink = sum(map(len, text.split()))
    unreadable = sum(len(match.group()) for match in _UNREADABLE.finditer(text.translate(_TEX_LIGATURES)))
    return unreadable <= ink * _MOST_UNREADABLE


@dataclass(frozen=True)
class PageLine:
    """A line, and its page (from 1)."""

    text: str
    page: int


def lines_of(pages: Sequence[str]) -> list[PageLine]:
    """Return all lines of all pages."""
    return [PageLine(text, number) for number, page in enumerate(pages, start=1) for text in page.split("\n")]


def marked(lines: Sequence[PageLine], outline: Mapping[tuple[int, str], int]) -> list[Line]:
    """Return the same lines with what shows that they are headings.

    `outline` has the level of each bookmark of the PDF, by its page and its title as `heading_names` has it. A line at
    the edge of a page that stands on one of the two pages before as well repeats, as a running head does. The first
    line of a page is none that begins with the number of the page (`2 A. Author et al.`).
    """
    names = [heading_names(line.text) for line in lines]
    on_page: dict[int, set[str]] = {}
    for line, said in zip(lines, names, strict=True):
        on_page.setdefault(line.page, set()).update(said)
    edges = _edges(lines)
    found = []
    for index, (line, said) in enumerate(zip(lines, names, strict=True)):
        repeats = index in edges and any(not said.isdisjoint(on_page.get(line.page - back, ())) for back in (1, 2))
        levels = [level for name in said if (level := outline.get((line.page, name))) is not None]
        is_first = index == 0 or lines[index - 1].page != line.page
        numbered = (
            is_first
            and not levels
            and _has_page_number(line)
            and not (is_usual_title(line.text) or begins_list(line.text))
        )
        found.append(Line(line.text, min(levels, default=None), cannot_head=numbered, repeats=repeats))
    return found


def _has_page_number(line: PageLine) -> bool:
    return line.text.split(maxsplit=1)[:1] == [str(line.page)]


def _edges(lines: Sequence[PageLine]) -> set[int]:
    """Return the first and the last lines of every page."""
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text.strip():
            by_page.setdefault(line.page, []).append(index)
    return {index for indices in by_page.values() for index in (*indices[:EDGE], *indices[-EDGE:])}
