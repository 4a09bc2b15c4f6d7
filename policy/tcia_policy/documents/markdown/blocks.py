"""The blocks that a Markdown file is made of, printed: paragraphs and headings, metadata, and what is printed here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from tcia_policy.documents.markdown.page import page_of
from tcia_policy.documents.markdown.parser import Env, parse, parse_inline
from tcia_policy.documents.markdown.printed import Citations, Piece, Printer, as_written
from tcia_policy.documents.model import Entry, SourceLocation

_CHILD = re.compile(r"\bchild\s*=\s*(?:c\()?\s*((?:[\"'][^\"'\n]+[\"']\s*,?\s*)+)")
_QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")
_TAG_OF_MANUBOT = re.compile(r"[ \t>]*\[@([^\[\]\n]{1,500})\]:")

_TABLE_MARKS = {"th_open": "| ", "td_open": "| ", "th_close": " ", "td_close": " ", "tr_close": "|"}


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph. `level` is that of a heading, 1 the highest."""

    pieces: tuple[Piece, ...]
    level: int | None = None


@dataclass(frozen=True)
class Metadata:
    """A block of YAML, without its marks; `number` is the line of its first."""

    text: str
    number: int


@dataclass(frozen=True)
class Inclusion:
    """Another document that is printed here."""

    name: str
    number: int


@dataclass(frozen=True)
class BibliographyHere:
    """MyST's `{bibliography}`: the files it names, and whether it prints what nothing cites."""

    names: tuple[str, ...]
    number: int
    prints_all: bool


Block = Paragraph | Metadata | Inclusion | BibliographyHere


class MarkdownFile:
    """One file: its `blocks` in order, and its `citations`, which are whole once the blocks were gone through.

    `unclosed` says what was begun on a line and never ended.
    """

    def __init__(self, text: str, shown: str) -> None:
        self.citations = Citations()
        self._shown = shown
        self._lines = text.split("\n")
        self._tokens, self._env = parse(text)
        self.unclosed = sorted({*page_of(self._env).unclosed, *self._unclosed_fences()})

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, without footnotes that no mark refers to."""
        yield from _Translation(self._printer, self._lines, self._env).blocks(self._tokens)

    def paragraph(self, text: str, line: int) -> Paragraph:
        """Return a text of the metadata that begins on `line`, printed."""
        printer = self._printer()
        printer.print(parse_inline(text, line, self._env))
        return Paragraph(tuple(printer.pieces))

    def tags(self) -> Iterator[Entry]:
        """Yield what Manubot's tags name: `[@tag]: doi:10.1000/1`."""
        for target in self._env.get("references", {}).values():
            line = target["map"][0]
            if tag := _TAG_OF_MANUBOT.match(self._lines[line]):
                yield Entry(tag.group(1), target["href"], SourceLocation(self._shown, line + 1))

    def _printer(self) -> Printer:
        return Printer(self._shown, self.citations, self._env.get("footnotes", {}).get("list", {}))

    def _unclosed_fences(self) -> Iterator[tuple[int, str]]:
        for token in self._tokens:
            if token.type == "fence" and token.map:
                first, last = token.map[0], token.map[1] - 1
                end = self._lines[last].strip(" \t>")
                if last == first or not end.startswith(token.markup) or end.strip(token.markup[0]):
                    yield first + 1, f"a block that {token.markup[:20]} begins"


@dataclass
class _Translation:
    """Goes through the tokens of a file."""

    printer: Callable[[], Printer]
    lines: list[str]
    env: Env
    level: int | None = None
    table: Printer | None = None
    row: int = 1
    found: list[Block] = field(default_factory=list)

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        used = {label for label, number in self.env.get("footnotes", {}).get("refs", {}).items() if number >= 0}
        unused: int | None = None
        for token in tokens:
            if token.type == "footnote_reference_open" and unused is None and f":{token.meta['label']}" not in used:
                unused = token.level
            elif unused is not None:
                unused = None if token.type == "footnote_reference_close" and token.level == unused else unused
            else:
                self._add(token)
                yield from self.found
                self.found.clear()

    def _add(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        match token.type:
            case "heading_open":
                self.level = int(token.tag[1])
            case "heading_close":
                self.level = None
            case "inline":
                self._inline(token)
            case "math_block" | "math_block_label":
                self.found.append(Paragraph(tuple(as_written(token.content, first + 1))))
            case "metadata":
                self.found.append(Metadata(token.content, first + 2))
            case "include":
                self.found.append(Inclusion(token.content, first + 1))
            case "bibliography":
                self._bibliography(token, first)
            case "fence":
                self._children(token, first)
            case _ if token.tag in ("table", "tr", "th", "td"):
                self._table(token, first)

    def _inline(self, token: Token) -> None:
        printer = self.table or self.printer()
        printer.print(token.children or ())
        # Text over a line of dashes that is longer than one line is no heading for pandoc.
        if not self.table:
            level = None if "\n" in token.content else self.level
            self.found.append(Paragraph(tuple(printer.pieces), level))

    def _table(self, token: Token, first: int) -> None:
        """Print a row on its line, `|` between its cells."""
        if token.type == "table_open":
            self.table = self.printer()
        elif self.table is None:
            return
        elif token.type == "table_close":
            self.found.append(Paragraph(tuple(self.table.pieces)))
            self.table = None
        elif token.type == "tr_open":
            self.table.put("\n" if self.table.pieces else "", self.row)
            self.row = first + 1
        else:
            self.table.put(_TABLE_MARKS.get(token.type, ""), self.row)

    def _bibliography(self, token: Token, first: int) -> None:
        names, *options = token.content.split("\n")
        prints_all = any(line.strip().startswith(":all:") for line in options)
        self.found.append(BibliographyHere(tuple(names.split()), first + 1, prints_all))

    def _children(self, token: Token, first: int) -> None:
        """Add the documents that a chunk of R Markdown prints in its place."""
        for children in _CHILD.finditer(token.info):
            self.found += [Inclusion(child.group(1), first + 1) for child in _QUOTED.finditer(children.group(1))]
