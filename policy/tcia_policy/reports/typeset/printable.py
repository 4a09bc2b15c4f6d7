"""A document made ready for paper: every text safe to print, every link one that leads somewhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tcia_policy.lazy import pattern
from tcia_policy.reports.memo.document import BREAK, Document, Preformatted, Quote, Row, Section, Span
from tcia_policy.reports.typeset.html import web_address
from tcia_policy.text.sanitize import clean, neutral, spaced_like

TAB = 4
CONTENTS = "The following pages"
LONGEST_WORD = 24  # characters; longer ones, such as addresses and digests, may end a line within
LONG_ROW = 450  # characters
_STEP = 8
# What an address need not say: anyone types it without.
_SCHEME = pattern(r"^https?://(?:www\.|doi\.org/)?", re.IGNORECASE)
# A part of a long word up to a mark at which it may be divided.
_DIVIDED = pattern(r"[^/_.:=?&@-]*[/_.:=?&@-]+|[^/_.:=?&@-]+")
_WORD = pattern(r"\s+|\S+")
# What a document has besides texts to read.
_NO_TEXT = frozenset({"anchor", "to", "url", "svg", "id", "day", "style", "tone", "is_folded", "new_page"})
_Change = Callable[[str, object], str]


def printable(document: Document) -> Document:
    """Return `document` with every text cleaned; quoted and preformatted text keeps its line ends.

    An address that is none of the web stands beside the text of its link, and what links to an anchor that is not
    there becomes text.
    """
    anchors = {part.anchor for part in parts_of(document) if isinstance(part, Section | Row)}
    return _with_links(_with_texts(document, document, _cleaned), anchors)  # type: ignore[no-any-return]


def with_letters(document: Document, instead: Mapping[int, str]) -> Document:
    """Return `document` with other text for some letters, as `str.translate` takes them, also in pictures."""
    return _with_texts(document, document, lambda text, _: text.translate(dict(instead)), _NO_TEXT - {"svg"})  # type: ignore[no-any-return]


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text that is read, in order: also captions and the text alternatives of pictures."""

    def seen(text: str, _: object) -> str:
        texts.append(text)
        return text

    texts: list[str] = []
    _with_texts(document, document, seen)
    yield from texts


def parts_of(part: object) -> Iterator[object]:
    """Yield `part` and all parts that it is made of, in order."""
    if isinstance(part, tuple):
        for each in part:
            yield from parts_of(each)
        return
    yield part
    if is_dataclass(part):
        for field in fields(part):
            yield from parts_of(getattr(part, field.name))


def pieces(text: str) -> list[str]:
    """Return `text` in the pieces between which a line may end though there is no space: within long words only."""
    found = [""]
    for word in _WORD.findall(text):
        if len(word) <= LONGEST_WORD:
            found[-1] += word
        else:
            found += [piece for part in _DIVIDED.findall(word) for piece in _steps(part)] + [""]
    return [piece for piece in found if piece]


def first_on_new_page(document: Document) -> Section | None:
    """Return the section before which contents stand: the first that begins a page, and is not the first of all."""
    return next((section for section in document.sections[1:] if section.new_page), None)


def is_long(row: Row) -> bool:
    """Return whether a row may begin on one page and end on the next."""
    return sum(len(span.text) for cell in row.cells for span in cell) > LONG_ROW


def says_address(span: Span) -> bool:
    """Return whether the text of a link is its address, or the DOI in it."""
    address = _SCHEME.sub("", span.url or "").rstrip("/").lower()
    return address in span.text.lower()


def _steps(part: str) -> list[str]:
    if len(part) <= LONGEST_WORD:
        return [part]
    return [part[at : at + _STEP] for at in range(0, len(part), _STEP)]


def _with_texts(part: Any, owner: object, change: _Change, skipped: frozenset[str] = _NO_TEXT) -> Any:
    if isinstance(part, str):
        return change(part, owner)
    if isinstance(part, tuple):
        return tuple(_with_texts(each, owner, change, skipped) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        names = [field.name for field in fields(part) if field.name not in skipped]
        return replace(part, **{name: _with_texts(getattr(part, name), part, change, skipped) for name in names})
    return part


def _cleaned(text: str, owner: object) -> str:
    if owner == BREAK:
        return text
    if isinstance(owner, Quote | Preformatted):
        return "\n".join(neutral(line.expandtabs(TAB)).rstrip() for line in text.splitlines())
    return spaced_like(text, clean(text))


def _with_links(part: Any, anchors: set[str | None]) -> Any:
    if isinstance(part, Span):
        return _with_link(part, anchors)
    if isinstance(part, tuple):
        return tuple(_with_links(each, anchors) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _with_links(getattr(part, field.name), anchors) for field in fields(part)})
    return part


def _with_link(span: Span, anchors: set[str | None]) -> Span:
    address = web_address(span.url)
    to = span.to if span.to in anchors else None
    shown = clean(span.url or "") if address is None else ""
    text = f"{span.text} ({shown})" if shown and shown != span.text.strip() else span.text
    return replace(span, text=text, url=address, to=to)
