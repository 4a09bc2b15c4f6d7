"""The printed paragraphs of a document as blocks of text, for the formats that mark theirs: Markdown and HTML."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from tcia_policy.documents.model import Heading, TextBlock
from tcia_policy.documents.reference_sections import Line, begins_list, reference_lists
from tcia_policy.lazy import dataclass


class Piece(NamedTuple):
    """Printed text that begins on a line of the file. A newline in it ends that line. `doubt` is as in `TextBlock`."""

    text: str
    line: int
    doubt: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph, heading, or table, and the file it stands in.

    `level` is that of a heading, 1 the highest. `is_item` says that it begins an item of a list, `is_reference` that
    the document marks it as a part of its list of references.
    """

    file: str
    pieces: tuple[Piece, ...]
    level: int | None = None
    is_item: bool = False
    is_reference: bool = False

    @property
    def text(self) -> str:
        """Return what is printed for certain."""
        return "".join(piece.text for piece in self.pieces if piece.doubt is None)


def text_blocks(paragraphs: Sequence[Paragraph]) -> Iterator[TextBlock]:
    """Yield a block for each stretch of a file that is a list of references, and for each that is not.

    Paragraphs that have the label of a list as their first line (`References:`) are parted behind it.
    What is in doubt follows the stretch that it stands in, as blocks of its own.
    """
    paragraphs = [part for paragraph in paragraphs for part in _behind_label(paragraph)]
    listed = {index for span in reference_lists(list(map(_line, paragraphs))) for index in span}
    listed |= {index for index, paragraph in enumerate(paragraphs) if paragraph.is_reference}
    stretches = groupby(range(len(paragraphs)), lambda index: (paragraphs[index].file, index in listed))
    sections: list[Heading] = []
    for (_, is_references), stretch in stretches:
        block = _Block([paragraphs[index] for index in stretch], is_references, sections)
        yield from block.blocks()
        sections = block.sections


def _behind_label(paragraph: Paragraph) -> tuple[Paragraph, ...]:
    end = next((at for at, piece in enumerate(paragraph.pieces) if "\n" in piece.text), None)
    if end is None or paragraph.pieces[end].text != "\n":
        return (paragraph,)
    label, rest = replace(paragraph, pieces=paragraph.pieces[:end]), paragraph.pieces[end + 1 :]
    return (label, replace(paragraph, pieces=rest, level=None)) if rest and begins_list(label.text) else (paragraph,)


def _line(paragraph: Paragraph) -> Line:
    """Return a paragraph as what may be a heading: one that is marked, or a paragraph of one line."""
    text = paragraph.text
    return Line(
        text,
        paragraph.level,
        cannot_head=paragraph.level is None and "\n" in text.strip(),
        is_whole=True,
        is_item=paragraph.is_item,
    )


class _Block:
    """Paragraphs that stand together. `sections` are the headings that are open at their beginning, then at their end.

    Headings are dropped from `sections` as others of the same level or a higher one follow.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], is_references: bool, sections: Sequence[Heading]) -> None:
        self._paragraphs = paragraphs
        self._is_references = is_references
        self.sections = [Heading(0, heading.level, heading.title) for heading in sections]

    def blocks(self) -> Iterator[TextBlock]:
        """Yield what is printed, and then what may be."""
        headings = list(self.sections)
        text = _Text()
        doubted: list[tuple[str, list[Piece], tuple[Heading, ...]]] = []
        is_introduced = False
        for paragraph, following in zip(self._paragraphs, (*self._paragraphs[1:], None), strict=True):
            title = " ".join(paragraph.text.split())
            if paragraph.level is not None and title:
                headings.append(Heading(text.length, paragraph.level, title))
                self.sections = [item for item in self.sections if item.level < paragraph.level] + headings[-1:]
            for doubt, pieces in groupby(paragraph.pieces, lambda piece: piece.doubt):
                if doubt is None:
                    text.add(pieces)
                else:
                    around = tuple(Heading(0, item.level, item.title) for item in self.sections)
                    doubted.append((doubt, list(pieces), around))
            # A list is one sentence with what introduces it: "We used:" and the names below.
            is_introduced = is_introduced if paragraph.is_item else paragraph.text.rstrip().endswith(":")
            is_joined = is_introduced and following is not None and following.is_item and not self._is_references
            text.end_paragraph("\n" if is_joined else "\n\n")
        file = self._paragraphs[0].file
        if text.says_something:
            yield text.block(file, self._is_references, tuple(headings))
        for (doubt, around), runs in groupby(doubted, lambda item: (item[0], item[2])):
            of_doubt = _Text()
            for _, run, _ in runs:
                of_doubt.add(run)
                of_doubt.end_paragraph("\n\n")
            if of_doubt.says_something:
                yield of_doubt.block(file, self._is_references, around, doubt)


class _Text:
    """A text that grows, with the lines of its pieces."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._starts: list[int] = []
        self._numbers: list[int] = []
        self._is_between = True
        self.length = 0

    def add(self, pieces: Iterable[Piece]) -> None:
        """Add pieces of a paragraph."""
        for piece in pieces:
            if not piece.text:
                continue
            if not self._numbers or self._numbers[-1] != piece.line:
                self._starts.append(self.length)
                self._numbers.append(piece.line)
            self._is_between = False
            self._texts.append(piece.text)
            self.length += len(piece.text)

    def end_paragraph(self, separator: str) -> None:
        """Set apart what follows, if anything stands before it."""
        if self._is_between:
            return
        self._is_between = True
        self._texts.append(separator)
        self.length += len(separator)

    @property
    def says_something(self) -> bool:
        """Return whether there is more in it than space."""
        return any(text and not text.isspace() for text in self._texts)

    def block(
        self, file: str, is_references: bool, headings: tuple[Heading, ...], doubt: str | None = None
    ) -> TextBlock:
        """Return all of it."""
        return TextBlock(
            file,
            "".join(self._texts).rstrip(),
            (*self._starts,) or (0,),
            (*self._numbers,) or (1,),
            is_references=is_references,
            headings=headings,
            doubt=doubt,
        )
