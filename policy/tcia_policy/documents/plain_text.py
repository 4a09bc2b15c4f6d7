"""Plain text: every line is prose, and a line such as `References` begins the list of references."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Heading, Manuscript, TextBlock
from tcia_policy.documents.reference_sections import LONGEST_HEADING, Line, parts_by_list, reference_lists
from tcia_policy.files.text import decode_text

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+[^\W\d_]")
_UNDERLINES = {"=": 1, "-": 2, "~": 3}
FEWEST_UNDERLINES = 3
MOST_WORDS = 10
LONG_WORD = 4  # letters; shorter words have no capital in a title
_LIST_MARK = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+\S")


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a plain text holds, as `read_text` does."""
    return read_text(document.content(), document.shown)


def read_text(content: bytes, shown: str) -> Manuscript:
    """Read plain text as a manuscript that cites by printing. Raise `InputError` for what is no text."""
    lines = decode_text(content, shown).split("\n")
    lists = reference_lists([Line(line) for line in lines])
    return Manuscript(files=(shown,), prose=tuple(_prose(lines, lists, shown)))


def _prose(lines: list[str], lists: Iterable[range], shown: str) -> Iterator[TextBlock]:
    sections: list[Heading] = []
    for span, is_references in parts_by_list(len(lines), lists):
        headings = list(sections)
        pieces: list[tuple[str, int]] = []
        offset = 0
        for index in span:
            if _is_before_a_list(lines, index):
                continue  # one sentence with what introduces it
            level = None if is_references else heading_level(lines, index)
            if level is not None:
                headings.append(Heading(offset, level, lines[index].strip()))
                sections = [*(item for item in sections if item.level < level), Heading(0, level, lines[index].strip())]
            pieces.append((lines[index], index + 1))
            offset += len(lines[index]) + 1
        if any(text.strip() for text, _ in pieces):
            block = TextBlock.of_pieces(shown, pieces, is_references=is_references)
            yield replace(block, headings=tuple(headings))


def heading_level(lines: Sequence[str], index: int) -> int | None:
    """Return the level of a line that is surely a heading, 1 the highest, or `None`.

    It stands alone, or over a line of `=` or `-`; it is short and ends as no sentence does; it is numbered, in
    capitals, or has capitals as titles have.
    """
    text = lines[index].strip()
    if not text or len(text) > LONGEST_HEADING or text[-1] in ".,;:!?)" or (index and lines[index - 1].strip()):
        return None
    below = lines[index + 1].strip() if index + 1 < len(lines) else ""
    if len(below) >= FEWEST_UNDERLINES and below[0] in _UNDERLINES and not below.strip(below[0]):
        return _UNDERLINES[below[0]]
    words = text.split()
    if below or len(words) > MOST_WORDS:
        return None
    if numbered := _NUMBERED.match(text):
        return numbered.group(1).count(".") + 1
    long = [word for word in words if len(word) >= LONG_WORD and word.isalpha()]
    return 1 if long and words[0][0].isupper() and all(word[0].isupper() for word in long) else None


def _is_before_a_list(lines: Sequence[str], index: int) -> bool:
    """Return whether an empty line stands between `We used:` and the first item of a list."""
    if lines[index].strip() or not 0 < index < len(lines) - 1:
        return False
    return lines[index - 1].rstrip().endswith(":") and _LIST_MARK.match(lines[index + 1]) is not None
