"""Prose while it is written: one string that knows from which line of the source each part came."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from tcia_policy.documents.model import Heading, TextBlock
from tcia_policy.files import limits

_CLINGS = frozenset(".,;:)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\n")


class Writer:
    """Collects text. Spaces are held back until something follows, so that none are doubled, leading or trailing."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._numbers: list[int] = []
        self._headings: list[Heading] = []
        self._pending = ""
        self._after_citation = False

    def write(self, text: str, line: int) -> None:
        """Write text of one line."""
        if text[:1] == " ":
            self.space()
        shown = text.strip(" ")
        if not shown:
            return
        self._settle(shown[0])
        if not self._numbers or line != self._numbers[-1]:
            self._starts.append(self.length)
            self._numbers.append(line)
        self._parts.append(shown)
        self.length += len(shown)
        if text[-1] == " ":
            self._pending = " "

    def space(self) -> None:
        """Put a space, unless one is there."""
        self._pending = self._pending or " "

    def newline(self) -> None:
        """End the line."""
        if self._pending != "\n\n":
            self._pending = "\n"

    def paragraph(self) -> None:
        """End the paragraph."""
        self._pending = "\n\n"

    def cited(self) -> None:
        """Note that a citation stood here: a full stop after it belongs to the word before it."""
        self._after_citation = True

    def take(self, other: "Writer") -> int:
        """Take another text as a paragraph of its own; return where it begins here."""
        if not other.length:
            return self.length
        self.paragraph()
        self._settle("")
        start = self.length
        self._starts += [start + position for position in other._starts]
        self._numbers += other._numbers
        self._headings += [replace(heading, offset=start + heading.offset) for heading in other._headings]
        self._parts += other._parts
        self.length += other.length
        return start

    def append(self, other: "Writer") -> None:
        """Go on with another text, in the same paragraph."""
        self._headings += [replace(heading, offset=self.length + heading.offset) for heading in other._headings]
        for text, line in other.sentences():
            self.write_lines(text, line)

    # The sections

    def mark(self) -> tuple[int, int]:
        """Return what `heading` needs to know of the place at which a title begins."""
        return len(self._parts), self.length

    def heading(self, begun: tuple[int, int], level: int) -> Heading:
        """Note that what was written since `begun` is the title of a section."""
        parts, offset = begun
        title = " ".join("".join(self._parts[parts : parts + limits.LATEX_HEADING]).split())[: limits.LATEX_HEADING]
        heading = Heading(offset, level, title)
        if title:
            self._headings.append(heading)
        return heading

    def resume(self, sections: Iterable[Heading]) -> None:
        """Note which sections are open from here on."""
        self._headings += [replace(section, offset=self.length) for section in sections]

    # All of it

    def text(self) -> str:
        """Return all of it."""
        return "".join(self._parts)

    def sentences(self) -> list[tuple[str, int]]:
        """Return the text sentence by sentence, each with the line on which it begins."""
        text = self.text()
        begins = [0, *(found.end() for found in _SENTENCE.finditer(text))]
        ends = [*begins[1:], len(text)]
        return [
            (text[begin:end], self._numbers[max(bisect_right(self._starts, begin) - 1, 0)])
            for begin, end in zip(begins, ends, strict=True)
            if text[begin:end].strip()
        ]

    def write_lines(self, text: str, line: int) -> None:
        """Write a sentence that begins on this line, with the white space that stands behind it."""
        for position, part in enumerate(text.rstrip().split("\n")):
            if position:
                self.newline()
            self.write(part, line + position)
        if text[-1:].isspace():
            self._pending = "\n\n" if text.endswith("\n\n") else "\n" if text.endswith("\n") else " "

    def without(self, left_out: frozenset[str]) -> "Writer":
        """Return the text without these sentences, which are given with single spaces in them."""
        rest = Writer()
        rest._headings = [replace(heading, offset=0) for heading in self._headings if heading.offset == 0]
        for text, line in self.sentences():
            if " ".join(text.split()) not in left_out:
                rest.write_lines(text, line)
        return rest

    def prose(self, file: str, *, is_references: bool, doubt: str | None = None) -> TextBlock | None:
        """Return what was written, or `None` where nothing was."""
        if not self.length:
            return None
        starts = (0, *self._starts[1:])
        headings = tuple(sorted(self._headings, key=lambda heading: heading.offset))
        return TextBlock(
            file,
            self.text(),
            starts,
            tuple(self._numbers),
            is_references=is_references,
            headings=tuple(heading for heading in headings if heading.offset < self.length),
            doubt=doubt,
        )

    def _settle(self, following: str) -> None:
        clings = self._after_citation and following in _CLINGS and self._pending != "\n\n"
        if self._pending and self.length and not clings:
            self._parts.append(self._pending)
            self.length += len(self._pending)
        self._pending = ""
        self._after_citation = False
