"""What a manuscript holds, whatever format it was written in: what every reader gives."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Literal

from tcia_policy.lazy import dataclass

Unit = Literal["line", "page", "paragraph", "cell"]
ALL_KEYS = "*"


@dataclass(frozen=True, order=True)
class SourceLocation:
    """Where something stands. `file` is spelled as the user would (`paper/main.tex`, `paper.zip/main.tex`); `number`
    (1-based) counts lines, pages, paragraphs or cells of a notebook, and is `None` where there is nothing to count.
    """

    file: str
    number: int | None = None
    unit: Unit = "line"

    def __str__(self) -> str:
        if self.number is None:
            return self.file
        return f"{self.file}:{self.number}" if self.unit == "line" else f"{self.file}, {self.unit} {self.number}"


@dataclass(frozen=True)
class Heading:
    """The title of a section, where its text begins in a block: at `offset`. `level` is 1 for the outermost."""

    offset: int
    level: int
    title: str


@dataclass(frozen=True)
class TextBlock:
    """Text as a reader of the printed page sees it: markup, comments and verbatim code are gone, accents are Unicode.

    `text` is one string with `\\n` between lines and an empty line between paragraphs. `starts` (ascending, from 0)
    are offsets into it at which the line, page or paragraph changes to that of `numbers` at the same position.
    A citation command leaves nothing in it. What a link points to stands in it, after the words that are linked.
    `is_references` says that it is a printed list of references: DOIs in it are cited. `is_code` says that it is not
    printed but run: strings of a program, one on a line, which may name data and credit nobody.
    `headings` (ascending) are the titles of its sections; those that are open where it begins have the offset 0.
    `doubt` says why nobody can tell whether the text is printed (`only if \\ifdraft is true`), `None` where it is. Text
    in doubt is a block of its own.
    """

    file: str
    text: str
    starts: tuple[int, ...] = (0,)
    numbers: tuple[int, ...] = (1,)
    unit: Unit = "line"
    is_references: bool = False
    is_code: bool = False
    headings: tuple[Heading, ...] = ()
    doubt: str | None = None

    @classmethod
    def of_pieces(
        cls,
        file: str,
        pieces: Iterable[tuple[str, int]],
        separator: str = "\n",
        unit: Unit = "line",
        is_references: bool = False,
    ) -> "TextBlock":
        """Join pieces of text, each with the number of the line, page or paragraph that it begins."""
        texts: list[str] = []
        starts: list[int] = []
        numbers: list[int] = []
        offset = 0
        for text, number in pieces:
            if not numbers or number != numbers[-1]:
                starts.append(offset)
                numbers.append(number)
            texts.append(text)
            offset += len(text) + len(separator)
        return cls(file, separator.join(texts), tuple(starts), tuple(numbers), unit, is_references)

    def sections_at(self, offset: int) -> tuple[str, ...]:
        """Return the titles of the sections around the character at `offset`, the outermost first."""
        around: list[Heading] = []
        for heading in self.headings:
            if heading.offset > offset:
                break
            around = [*(outer for outer in around if outer.level < heading.level), heading]
        return tuple(heading.title for heading in around)

    def part(self, start: int, end: int) -> "TextBlock":
        """Return the text from `start` to `end` as a block of its own, in the same sections and places."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, max(start, end - 1))
        open_before = [heading for heading in self.headings if heading.offset < end]
        return replace(
            self,
            text=self.text[start:end].rstrip(),
            starts=tuple(max(offset - start, 0) for offset in self.starts[first:last]),
            numbers=self.numbers[first:last],
            headings=tuple(replace(heading, offset=max(heading.offset - start, 0)) for heading in open_before),
        )

    def place(self, offset: int) -> SourceLocation:
        """Return where the character at `offset` of `text` stands."""
        position = bisect_right(self.starts, offset) - 1
        return SourceLocation(self.file, self.numbers[max(position, 0)], self.unit)


@dataclass(frozen=True)
class Entry:
    """One entry of a bibliography: of a database (`.bib`, CSL JSON), of `thebibliography`, or of a citation manager.

    `text` is all that it says as plain text: every field, LaTeX undone as far as it is understood, DOIs and URLs in it.
    `key` is `None` where nothing in the text can refer to it. `printed` says that it is printed though nothing cites it
    (`thebibliography`, `.bbl`). `doi` is what the entry gives as its own DOI, as written. `document` is the document
    whose bibliography has it, `None` for one that stands by itself and serves all. `type` (`misc`, in lower case) and
    `containers` (journal, book, school) are what a `.bib` file says of its kind; empty where nothing is said.
    `doubt` says why nobody can tell whether a `printed` entry is printed, as in `TextBlock`.
    """

    key: str | None
    text: str
    place: SourceLocation
    title: str | None = None
    year: int | None = None
    printed: bool = False
    doi: str | None = None
    document: str | None = None
    subtitle: str = ""
    type: str = ""
    containers: tuple[str, ...] = ()
    doubt: str | None = None


@dataclass(frozen=True)
class CitationKeyUse:
    """A key that the text of a document cites. `in_text` is false for `\\nocite`; the key `*` is `\\nocite{*}`.

    `doubt` says why nobody can tell whether that is printed, as in `TextBlock`.
    """

    key: str
    place: SourceLocation
    in_text: bool = True
    document: str | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class Problem:
    """What could not be read or does not fit, in one sentence, with what would be right."""

    place: SourceLocation
    problem: str
    hint: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" + (f"; {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class Manuscript:
    """All that was read. `files` are those that were read, each once, in the order read."""

    files: tuple[str, ...] = ()
    prose: tuple[TextBlock, ...] = ()
    entries: tuple[Entry, ...] = ()
    citations: tuple[CitationKeyUse, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def as_document(self, name: str) -> "Manuscript":
        """Return the same with the keys of the document `name` alone: others may use them for other works."""
        return replace(
            self,
            entries=tuple(replace(entry, document=name) for entry in self.entries),
            citations=tuple(replace(use, document=name) for use in self.citations),
        )

    @classmethod
    def joined(cls, parts: Iterable["Manuscript"]) -> "Manuscript":
        """Join several as one; what is there twice stays once."""
        parts = list(parts)
        return cls(
            files=tuple(dict.fromkeys(item for part in parts for item in part.files)),
            prose=tuple(dict.fromkeys(item for part in parts for item in part.prose)),
            entries=tuple(dict.fromkeys(item for part in parts for item in part.entries)),
            citations=tuple(dict.fromkeys(item for part in parts for item in part.citations)),
            problems=tuple(dict.fromkeys(item for part in parts for item in part.problems)),
        )
