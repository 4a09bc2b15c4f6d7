"""Whether the content of a file is a document that somebody can read: only the kinds that are named here are."""

import re
import unicodedata
import zlib
from typing import TYPE_CHECKING

from tcia_policy.errors import InputError
from tcia_policy.files import magic
from tcia_policy.lazy import pattern

if TYPE_CHECKING:
    from email.message import Message

KINDS = "a PDF, a Word document (.docx), a scan (PNG, JPEG or TIFF), a mail (.eml) or a plain text"
FEWEST_WORDS = 3
PDF_PAGES = 10  # in which a document says or shows something
SMALLEST_SCAN = 2_000  # bytes; a page that was scanned takes some 50,000
BLANK_SCAN = 50  # times that an image of one color can be packed again
LARGEST_LOOK = 1_000_000  # bytes of an image
HEAD = 65_536  # bytes in which a text shows whether it says anything
SHORT_TEXT = 40  # words; in a longer text, a note such as TODO does not make it a stand-in
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_PACKED = (magic.GZIP, magic.BZIP2, magic.XZ, magic.RAR, magic.SEVEN_ZIP, magic.OLE, magic.RTF, magic.POSTSCRIPT)
_WORD = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}")  # Chinese has no blanks between words
_ADDRESS = pattern(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S*", re.IGNORECASE)
_HEADER = pattern(r"(?:(?:From|To|Date|Subject|Received|Return-Path|Delivered-To|Message-ID|MIME-Version):)", re.I)
_POINTER = pattern(
    r"version https://git-lfs|(?:\S*/)?annex/objects/|\[InternetShortcut\]|\[Desktop Entry\]", re.IGNORECASE
)
_PROJECT = pattern(r"^(?:use|data|permissions|agreements|answers|outputs|positions)\s*:", re.MULTILINE)
_ERROR_PAGE = pattern(
    r"\b(?:40\d|50\d)\b[\s:-]*(?:error|not found|forbidden|unauthorized|bad|internal|service|gateway|page)"
    r"|\b(?:page|file|resource|url) (?:was |could |can )?not (?:be )?found|\baccess denied\b|\benable javascript\b"
    r"|\bnot found\b.{0,80}\bserver\b",
    re.IGNORECASE | re.DOTALL,
)
_STAND_IN = pattern(
    r"\b(?:todo|tbd|tba|tbc|fixme|xxx|placeholder|dummy)\b|lorem ipsum|\bto follow\b"
    r"|\bto be (?:added|provided|signed|done)\b"
    r"|\b(?:insert|put|add|attach|paste) .{0,80}\bhere\b|\bgoes here\b|\bcoming soon\b",
    re.IGNORECASE | re.DOTALL,
)
# Words of a file or a name that stands in for a document that is still to come.
_STAND_INS = frozenset(
    (
        "todo tbd tba tbc fixme xxx placeholder dummy sample example test testing lorem ipsum dolor none nil null "
        "nothing na not applicable available yet missing pending unknown empty blank file document documents evidence "
        "proof pdf txt scan to be added done follow follows following provided uploaded here goes coming soon will "
        "later insert put see the this is an of and for add attach attached signed copy"
    ).split()
)
_PDF_SYNTAX = frozenset(
    (
        "obj endobj stream endstream xref trailer startxref eof type catalog pages page kids count root size length "
        "mediabox parent resources contents font"
    ).split()
)


def why_no_document(content: bytes) -> str | None:
    """Return why the content of a file is no document, or `None` if it is one. Nothing is raised."""
    if len(set(content[:HEAD])) <= 2:  # noqa: PLR2004 - such as NUL, or blanks and line ends
        return "there is nothing to read in it"
    if content.startswith(magic.PDF[:4]):
        return _why_no_pdf(content)
    if content.startswith(_IMAGES):
        packed = len(zlib.compress(content[:LARGEST_LOOK])) * BLANK_SCAN
        return (
            "the image is too small or blank"
            if len(content) < SMALLEST_SCAN or packed < len(content[:LARGEST_LOOK])
            else None
        )
    if magic.is_zip(content):
        return _why_no_word(content)
    if content.startswith(_PACKED):
        return "this kind of file is not read"
    text = _text(content[:HEAD])
    return "this kind of file is not read" if text is None else _why_no_text(text)


def says_something(text: str, fewest: int) -> bool:
    """Return whether a text has at least so many different words that stand in for nothing."""
    return len({word.lower() for word in _WORD.findall(text)} - _STAND_INS) >= fewest


def without_hidden_characters(text: str) -> str:
    """Return the text without soft hyphens, marks of no width, and NULs."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf" and char != "\0")


def _why_no_word(content: bytes) -> str | None:
    from tcia_policy.documents.docx.read_docx import read_word  # noqa: PLC0415 - loads lxml, for Word files only

    return _why_says_nothing(" ".join(block.text for block in read_word(content, "it").prose))


def _why_no_pdf(content: bytes) -> str | None:
    from tcia_policy.documents.pdf.read_pdf import first_pages  # noqa: PLC0415 - loads pypdf, for PDF files only

    try:
        text, drawn = first_pages(content, PDF_PAGES)
    except InputError as error:
        rest = _text(content.partition(b"\n")[2][:HEAD])
        said = "" if rest is None else " ".join(word for word in _WORD.findall(rest) if word.lower() not in _PDF_SYNTAX)
        return f"it {error.problem}" if _why_says_nothing(said) else None
    return None if drawn else _why_says_nothing(text)


def _text(content: bytes) -> str | None:
    """Return the beginning of a file as text, or `None` where it is none."""
    content = content.strip(b"\0") if content.strip(b"\0").count(0) == 0 else content
    encoding = magic.encoding_by_mark(content)
    if encoding == "utf-8" and b"\0" in content:  # UTF-16 without its mark: every other byte of Latin letters is NUL
        encoding = "utf-16-le" if content[1::2].count(0) >= content[::2].count(0) else "utf-16-be"
        if content.count(0) * 3 < len(content):
            return None
    text = content.decode(encoding, errors="replace")
    if encoding == "utf-8" and text.count("\ufffd") > 1:  # one may be cut off at the end
        text = content.decode("cp1252", errors="replace")
    strange = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f\0" for char in text)
    return None if strange or text.count("\ufffd") > 1 else without_hidden_characters(text)


def _why_no_text(text: str) -> str | None:
    text = text.strip()
    if _POINTER.match(text):
        return "it only points to another file"
    if len(_PROJECT.findall(text)) > 1:
        return "it is a project file"
    if _HEADER.match(text):
        import email  # noqa: PLC0415 - 4 ms, for letters by e-mail only

        text = _of_mail(email.message_from_string(text))
    if text.startswith("<"):
        text = _of_markup(text)
        if _ERROR_PAGE.search(text) and len(text.split()) < SHORT_TEXT * 2:
            return "it is the page of an error"
    if "\\documentclass" in text:
        text = _of_latex(text)
    return _why_says_nothing(text)


def _why_says_nothing(text: str) -> str | None:
    text = _ADDRESS.sub(" ", without_hidden_characters(text))
    if not says_something(text, FEWEST_WORDS):
        return "there is nothing to read in it"
    if "lorem ipsum" in " ".join(text.lower().split()) or (
        len(text.split()) < SHORT_TEXT and (_STAND_IN.search(text) or _ERROR_PAGE.search(text))
    ):
        return "it stands in for a document that is still to come"
    return None


def _of_mail(message: "Message") -> str:
    """Return what a mail says below its head."""
    said = []
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            text = payload.decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""
            said.append(_of_markup(text) if part.get_content_subtype() == "html" else text)
    return "\n".join(said)


def _of_markup(text: str) -> str:
    """Return what a page of HTML or XML shows."""
    from lxml import etree, html  # noqa: PLC0415 - takes 30 ms, for pages only

    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(root, "script", "style", "head", etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return " ".join(str(piece) for piece in root.itertext())


def _of_latex(text: str) -> str:
    """Return the words of the body of a LaTeX document."""
    body = text.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    return re.sub(r"(?<!\\)%.*|\\(?:begin|end)\{[^}]*\}|\\[a-zA-Z]+", " ", body)
