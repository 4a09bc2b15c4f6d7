"""Plain text: every line is prose, and a line such as `References` begins the list of references."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.documents.reference_sections import Line, parts_by_list, reference_lists
from tcia_policy.errors import InputError

MOST_TEXT_BYTES = 10_000_000  # a thesis of 300 pages has one million
_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}


def decoded(content: bytes, shown: str) -> str:
    r"""Decode text, with `\n` between lines, from UTF-8, UTF-16 with its mark, or else Windows-1252 (a wider Latin-1).

    Raise `InputError` for what is binary or larger than 10 MB.
    """
    if len(content) > MOST_TEXT_BYTES:
        raise InputError(f"larger than {MOST_TEXT_BYTES:,} bytes, too large for the text of a manuscript", file=shown)
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("utf-16" if encoding == "utf-16" else "cp1252", errors="replace")
    if "\0" in text:
        raise InputError("is a binary file, not text", file=shown, hint="save it as UTF-8 text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a plain text holds, as `read_text` does."""
    return read_text(document.content(), document.shown)


def read_text(content: bytes, shown: str) -> Manuscript:
    """Read plain text as a manuscript that cites by printing. Raise `InputError` for what is no text."""
    lines = decoded(content, shown).split("\n")
    lists = reference_lists([Line(line) for line in lines])
    return Manuscript(files=(shown,), prose=tuple(_prose(lines, lists, shown)))


def _prose(lines: list[str], lists: Iterable[range], shown: str) -> Iterator[TextBlock]:
    for span, is_references in parts_by_list(len(lines), lists):
        if any(lines[index].strip() for index in span):
            pieces = ((lines[index], index + 1) for index in span)
            yield TextBlock.of_pieces(shown, pieces, is_references=is_references)
