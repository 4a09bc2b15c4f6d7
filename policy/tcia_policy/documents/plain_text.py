"""Plain text: every line is prose, and a line such as `References` begins the list of references."""

from collections.abc import Iterable, Iterator

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.documents.reference_sections import Line, parts_by_list, reference_lists
from tcia_policy.files.text import decode_text


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a plain text holds, as `read_text` does."""
    return read_text(document.content(), document.shown)


def read_text(content: bytes, shown: str) -> Manuscript:
    """Read plain text as a manuscript that cites by printing. Raise `InputError` for what is no text."""
    lines = decode_text(content, shown).split("\n")
    lists = reference_lists([Line(line) for line in lines])
    return Manuscript(files=(shown,), prose=tuple(_prose(lines, lists, shown)))


def _prose(lines: list[str], lists: Iterable[range], shown: str) -> Iterator[TextBlock]:
    for span, is_references in parts_by_list(len(lines), lists):
        if any(lines[index].strip() for index in span):
            pieces = ((lines[index], index + 1) for index in span)
            yield TextBlock.of_pieces(shown, pieces, is_references=is_references)
