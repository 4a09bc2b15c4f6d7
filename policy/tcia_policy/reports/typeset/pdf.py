"""The document for legal review as PDF, set by Typst: tagged, and both PDF/UA-1 and PDF/A-2a (so PDF/A-2b too).

Typst reads the document as JSON from `sys.inputs`, so no text of it is ever taken for markup. It opens no connection:
the template imports no package and reads no file.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time

import typst

from tcia_policy.files.mark import MARK
from tcia_policy.lazy import pattern
from tcia_policy.model import Assessment
from tcia_policy.reports.memo.document import Document, Picture, Row, Span, Table
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.typeset.column_widths import column_widths
from tcia_policy.reports.typeset.html import TEMPLATES
from tcia_policy.reports.typeset.printable import (
    CONTENTS,
    first_on_new_page,
    is_long,
    pieces,
    printable,
    says_address,
    texts_of,
    with_letters,
)
from tcia_policy.reports.typeset.svg_size import svg_size

PAGE_WIDTH = 900  # pixels of a picture that is as wide as the text
_ATTEMPTS = 6
_LATIN = 0x17F
# What Typst says of letters that no font has, or that PDF/A forbids, as Rust writes a text (`"\u{e000}"`).
_NAMED = pattern(r'the (?:text|PDF contains the codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPED = pattern(r"\\u\{([0-9a-f]{1,6})\}")

Encoded = dict[str, object]


def render_pdf(assessment: Assessment) -> bytes:
    """Return the report as PDF; the same assessment gives the same bytes."""
    return set_pdf(review_document(assessment))


def set_pdf(document: Document) -> bytes:
    """Return `document` as PDF. A letter that no font here has is printed as its code point, such as `[U+4E2D]`.

    Only Typst's own fonts are used, so that the bytes are the same on every machine. Where these do not have all
    letters, the machine's fonts help.
    """
    clean = printable(document)
    instead: dict[int, str] = {}
    for attempt in range(_ATTEMPTS):
        has_machine_fonts = attempt > 0
        try:
            return _compiled(with_letters(clean, instead), has_machine_fonts)
        except typst.TypstError as error:
            if has_machine_fonts:
                lacking = letters_named(error.diagnostic) - instead.keys() or _beyond_latin(clean)
                instead |= {code: f"[U+{code:04X}]" for code in lacking}
    return _compiled(with_letters(clean, instead), has_machine_fonts=True)


def letters_named(diagnostic: str) -> set[int]:
    """Return the code points, ASCII aside, that Typst says it cannot print."""
    texts = (match.group(1) for match in _NAMED.finditer(diagnostic))
    unescaped = (_ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text) for text in texts)
    return {ord(letter) for text in unescaped for letter in text if not letter.isascii()}


def _beyond_latin(document: Document) -> set[int]:
    return {ord(letter) for text in texts_of(document) for letter in text if ord(letter) > _LATIN}


def _compiled(document: Document, has_machine_fonts: bool) -> bytes:
    made_on = datetime.combine(date.fromisoformat(document.day), time(), UTC)
    content, _warnings = typst.compile_with_warnings(
        TEMPLATES / "document.typ",
        format="pdf",
        root=TEMPLATES,
        ignore_system_fonts=not has_machine_fonts,
        sys_inputs={"document": json.dumps(_Encoder(document).encoded(), ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=made_on,
    )
    return content


class _Encoder:
    """Makes JSON of a document: each part with its `kind`, and with what the template needs besides."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: dict[str, str] = {}

    def encoded(self) -> Encoded:
        """Return the whole document."""
        day = date.fromisoformat(self._document.day)
        first = first_on_new_page(self._document)
        return self._part(self._document) | {
            "date": [day.year, day.month, day.day],
            "keywords": [MARK],
            "contents": None if first is None else {"title": CONTENTS, "before": first.anchor},
        }

    def _value(self, value: object) -> object:
        if isinstance(value, tuple):
            return [self._value(each) for each in value]
        return self._part(value) if is_dataclass(value) else value

    def _part(self, part: object) -> Encoded:
        values: Encoded = {"kind": type(part).__name__}
        values |= {field.name: self._value(getattr(part, field.name)) for field in fields(part)}  # type: ignore[arg-type]
        return values | self._besides(part)

    def _besides(self, part: object) -> Encoded:
        match part:
            case Span():
                return {"text": pieces(part.text), "note": self._note(part)}
            case Row():
                return {"long": is_long(part)}
            case Table():
                return {"widths": column_widths(part)}
            case Picture():
                return {"width": min(1.0, svg_size(part.svg)[0] / PAGE_WIDTH)}
        return {}

    def _note(self, span: Span) -> Encoded | None:
        """Return the footnote with the address of a link, for who reads it on paper; an address has one number."""
        if span.url is None or says_address(span):
            return None
        is_first = span.url not in self._notes
        name = self._notes.setdefault(span.url, f"address {len(self._notes) + 1}")
        return {"first": is_first, "name": name, "text": pieces(span.url)}
