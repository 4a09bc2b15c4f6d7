"""The pages of a PDF by pypdf: text, links and bookmarks, each page on its own, and no more work than is allowed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from pypdf import PageObject, PdfReader

from tcia_policy.documents.pdf.lines import is_readable, printed
from tcia_policy.documents.pdf.unprinted import Box, ShownText, groups_off
from tcia_policy.documents.reference_sections import heading_names
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

DRAWN = 200  # bytes of content from which on a page without text is not blank
BOUNDS: Mapping[str, Any] = {
    "zlib_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 5_000_000,
    "run_length_maximum_output_length": 5_000_000,
    "stream_decoding_work_maximum_length": 40_000_000,
    "jbig2dec_binary": None,
}

_UNSEEN = 2 | 32  # flags of annotations that are hidden, or not viewed (ISO 32000-1, 12.5.3)
_URI = re.compile(r"(?:https?://|doi:)[^\s<>\"\x00-\x1f\x7f]{3,2000}", re.IGNORECASE)
_DRAWS_FORM = re.compile(rb"/([^\s/\[\]()<>{}%]{1,200})\s+Do\b")
_CODE_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CODE_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(?:<[^>]*>|\[[^\]]*\])")

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Link:
    """What the words in a rectangle of a page (from 1) point to."""

    page: int
    target: str
    rectangle: Rectangle


@dataclass
class Pages:
    """`texts` of the pages read, in order, empty where a page has none; and the numbers of the pages that failed:
    `damaged`, `heavy` (too much to interpret), `drawn` (something is there, and no text), `unreadable` (no letters).
    `scans` has the pictures of the pages that are scans with invisible text. `off` are the groups that are not shown.
    """

    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    heavy: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    scans: dict[int, tuple[Box, ...]] = field(default_factory=dict)
    off: frozenset[int] = frozenset()


def read_pages(reader: PdfReader, count: int) -> Pages:
    """Return the first `count` pages, or as many as can be had with the work allowed."""
    pages, work, characters = Pages(off=groups_off(reader)), 0, 0
    for number in range(1, count + 1):
        if work > limits.PDF_WORK or characters > limits.PDF_CHARACTERS:
            break
        pages.texts.append("")
        try:
            page = reader.pages[number - 1]
            needed = _work_of_page(page)
            if needed > limits.PDF_WORK_OF_PAGE:
                pages.heavy.append(number)
                work += limits.PDF_WORK_OF_FAILURE
                continue
            work += needed
            _read_page(page, number, pages)
        except Exception:  # pypdf raises anything on damaged files
            pages.damaged.append(number)
            work += limits.PDF_WORK_OF_FAILURE
        characters += len(pages.texts[-1])
    return pages


def _read_page(page: PageObject, number: int, pages: Pages) -> None:
    text = _shown(page, number, pages).strip()
    if not is_readable(text):
        pages.unreadable.append(number)
    elif text:
        pages.texts[-1] = printed(text)
    elif _draws(page):
        pages.drawn.append(number)
    pages.links.extend(_links(page, number))


def _shown(page: PageObject, number: int, pages: Pages) -> str:
    """Return the text that a page shows: of a scan, the invisible text on its pictures, too."""
    shown = ShownText(page, pages.off)
    text = shown.read()
    if not shown.has_invisible or not shown.scan:
        return text
    pages.scans[number] = shown.scan
    return ShownText(page, pages.off, shown.scan).read()


def _draws(page: PageObject) -> bool:
    contents = page.get_contents()
    content = b"" if contents is None else contents.get_data()
    return len(content) > DRAWN or _DRAWS_FORM.search(content) is not None or b"BI" in content


def _work_of_page(page: PageObject) -> int:
    contents = page.get_contents()
    return 0 if contents is None else _Work().of(contents.get_data(), page)


class _Work:
    """How much there is to interpret on a page, with the forms it draws as often as it draws them, and their fonts."""

    def __init__(self) -> None:
        self._forms: dict[int, int] = {}

    def of(self, content: bytes, owner: Any) -> int:
        resources = _resolved(owner.get("/Resources")) or _inherited_resources(owner)
        work = len(content) + sum(map(_work_of_font, _values(resources, "/Font")))
        drawn = _named(resources, "/XObject")
        for name in _DRAWS_FORM.findall(content):
            if work > limits.PDF_WORK_OF_PAGE:
                break
            work += self._of_form(drawn.get("/" + name.decode("latin-1")))
        return work

    def _of_form(self, form: Any) -> int:
        form = _resolved(form)
        if form is None or form.get("/Subtype") == "/Image":
            return len("/Fm0 Do") * 10
        if id(form) not in self._forms:
            self._forms[id(form)] = 0  # a form that draws itself is not drawn again
            self._forms[id(form)] = self.of(form.get_data(), form)
        return self._forms[id(form)]


def _work_of_font(font: Any) -> int:
    font = _resolved(font)
    to_unicode: Any = _resolved(font.get("/ToUnicode")) if isinstance(font, dict) else None
    if not hasattr(to_unicode, "get_data"):
        return limits.PDF_WORK_OF_FONT
    data = to_unicode.get_data()
    ranges = (found for group in _CODE_RANGES.findall(data) for found in _CODE_RANGE.findall(group))
    codes = sum(max(0, int(last, 16) - int(first, 16)) for first, last in ranges)
    return limits.PDF_WORK_OF_FONT + len(data) + min(codes, limits.PDF_FONT_CODES)


def _inherited_resources(page: Any) -> Any:
    for _ in range(100):
        page = _resolved(page.get("/Parent"))
        if page is None:
            return None
        if "/Resources" in page:
            return _resolved(page["/Resources"])
    return None


def _named(resources: Any, kind: str) -> Mapping[str, Any]:
    found = _resolved(resources.get(kind)) if hasattr(resources, "get") else None
    return found if isinstance(found, dict) else {}


def _values(resources: Any, kind: str) -> list[Any]:
    return list(_named(resources, kind).values())


def _resolved(thing: Any) -> Any:
    return None if thing is None else thing.get_object()


def _links(page: PageObject, number: int) -> Iterator[Link]:
    annotations = _resolved(page.get("/Annots")) or ()
    for reference in annotations[: limits.PDF_LINKS] if isinstance(annotations, list) else ():
        annotation = _resolved(reference)
        action = _resolved(annotation.get("/A")) if isinstance(annotation, dict) else None
        is_shown = isinstance(annotation, dict) and not int(annotation.get("/F", 0)) & _UNSEEN
        uri = _resolved(action.get("/URI")) if isinstance(action, dict) and is_shown else None
        target = uri.decode("latin-1") if isinstance(uri, bytes) else str(uri or "")
        match = _URI.match("".join(target.split()))
        if match is not None:
            yield Link(number, match.group(), _rectangle(_resolved(annotation.get("/Rect"))))


def _rectangle(numbers: Any) -> Rectangle:
    try:
        left, bottom, right, top = (float(_resolved(number)) for number in numbers)
    except (TypeError, ValueError):
        return (0.0, 0.0, 0.0, 0.0)
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def text_before(page: PageObject, number: int, pages: Pages, rectangles: Sequence[Rectangle]) -> list[int | None]:
    """Return how many characters, without white space, a page shows before the line of each rectangle, or `None`."""
    places: list[tuple[int, float, float]] = []
    drawn = 0

    def visit(text: str, matrix: Sequence[float], text_matrix: Sequence[float], _font: object, _size: object) -> None:
        nonlocal drawn
        ink = sum(map(len, printed(text).split()))
        if ink:
            x, y = text_matrix[4], text_matrix[5]
            across = x * matrix[0] + y * matrix[2] + matrix[4]
            up = x * matrix[1] + y * matrix[3] + matrix[5]
            places.append((drawn, across, up))
        drawn += ink

    ShownText(page, pages.off, pages.scans.get(number)).read(visit)
    return [_nearest(places, rectangle) for rectangle in rectangles]


def _nearest(places: Sequence[tuple[int, float, float]], rectangle: Rectangle) -> int | None:
    left, bottom, right, top = rectangle
    beside = [(across, before) for before, across, up in places if bottom - 1 <= up <= top + 1 and across <= right]
    return max(beside)[1] if beside and right > left else None


def bookmarks(reader: PdfReader) -> dict[tuple[int, str], int]:
    """Return the level (from 1) of each bookmark, by its page and its title as `heading_names` has it."""
    found: dict[tuple[int, str], int] = {}
    try:
        waiting: list[tuple[Any, int]] = [(item, 1) for item in reversed(reader.outline)]
        for _ in range(limits.PDF_BOOKMARKS):
            if not waiting:
                break
            item, level = waiting.pop()
            if isinstance(item, list):
                waiting.extend((inner, level + 1) for inner in reversed(item))
                continue
            page = reader.get_destination_page_number(item)
            if page is not None:
                for name in heading_names(printed(str(item.title or ""))):
                    found.setdefault((page + 1, name), level)
    except Exception:  # pypdf raises anything on damaged files
        return found
    return found
