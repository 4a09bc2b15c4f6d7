"""The blocks that a Markdown file is made of, printed: paragraphs and headings, metadata, and what is printed here."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from itertools import pairwise
from pathlib import PurePosixPath

from markdown_it.token import Token

from tcia_policy.documents.html.stylesheet import StyleSheet
from tcia_policy.documents.markdown.captions import captions
from tcia_policy.documents.markdown.chunks import chunk_strings
from tcia_policy.documents.markdown.notes import with_notes_in_use
from tcia_policy.documents.markdown.page import page_of
from tcia_policy.documents.markdown.parser import parse, parse_inline
from tcia_policy.documents.markdown.printed import Citations, Cut, Printer, as_written
from tcia_policy.documents.markdown.seen import Notes, SeenTokens
from tcia_policy.documents.model import Entry, SourceLocation
from tcia_policy.documents.paragraphs import Paragraph, Piece
from tcia_policy.documents.printed_bibtex import is_bibtex, printed_entries
from tcia_policy.documents.printed_reference import is_printed_reference
from tcia_policy.lazy import dataclass

_CHILD = re.compile(r"\bchild\s*=\s*(?:c\()?\s*((?:[\"'][^\"'\n]+[\"']\s*,?\s*)+)")
_QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")
_TAG_OF_MANUBOT = re.compile(r"[ \t>]*\[@([^\[\]\n]{1,500})\]:")

_PANDOC_SUFFIXES = (".qmd", ".rmd", ".rmarkdown")
_CARD = re.compile(
    r"readme|.*(?:model|data|dataset)_?-?card|notice|attribution|changelog|contributing|index$", re.IGNORECASE
)
_PANDOC = re.compile(
    r"^(?:bibliography|nocite|csl|output|format|documentclass|link-citations|header-includes)[ ]*:"
    r"|\[(?:[^\[\]\n]{0,80}[\s;(])?-?@[\w{]",
    re.MULTILINE,
)
_TABLE_MARKS = {"th_open": "| ", "td_open": "| ", "th_close": " ", "td_close": " ", "tr_close": "|"}


@dataclass(frozen=True)
class Metadata:
    """A block of YAML, without its marks; `number` is the line of its first."""

    text: str
    number: int


@dataclass(frozen=True)
class Inclusion:
    """Another document that is printed here. `doubt` is as in `TextBlock`."""

    name: str
    number: int
    doubt: str | None = None


@dataclass(frozen=True)
class BibliographyHere:
    """MyST's `{bibliography}`: the files it names, and whether it prints what nothing cites."""

    names: tuple[str, ...]
    number: int
    prints_all: bool


@dataclass(frozen=True)
class EntriesHere:
    """Entries of BibTeX that are printed as they are, as cards do: "If you use this model, cite:"."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ChunkHere:
    """The strings of code that is run here, each with its line."""

    strings: tuple[tuple[str, int], ...]


Block = Paragraph | Metadata | Inclusion | BibliographyHere | EntriesHere | ChunkHere


class MarkdownFile:
    """One file: its `blocks` in order, and its `citations`, which are whole once the blocks were gone through.

    `unclosed` says what was begun on a line and never ended.
    """

    def __init__(self, text: str, shown: str) -> None:
        self.citations = Citations()
        self._shown = shown
        self._lines = text.split("\n")
        tokens, self._env = parse(text)
        page = page_of(self._env)
        fences = [*self._unclosed_fences(tokens)]
        seen = SeenTokens(self._notes, StyleSheet(page.styles))
        self._tokens = seen.of(tokens)
        self._captions = captions_are_printed(text, shown, page.is_myst)
        self.unclosed = sorted({*page.unclosed, *seen.unclosed, *fences})

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, without footnotes that no mark refers to."""
        yield from _Translation(self._printer, self.paragraph, self._lines, self._captions).blocks(
            with_notes_in_use(self._tokens)
        )

    def paragraph(self, text: str, line: int, doubt: str | None = None) -> Paragraph:
        """Return a text of the metadata that begins on `line`, printed. `doubt` is as in `TextBlock`."""
        printer = self._printer(doubt)
        tokens = [Token("inline", "", 0, children=parse_inline(text, line, self._env))]
        printer.print(SeenTokens(self._notes, StyleSheet()).of(tokens)[0].children or ())
        return Paragraph(self._shown, tuple(printer.pieces))

    def tags(self) -> Iterator[Entry]:
        """Yield what Manubot's tags name: `[@tag]: doi:10.1000/1`."""
        for target in self._env.get("references", {}).values():
            line = target["map"][0]
            if tag := _TAG_OF_MANUBOT.match(self._lines[line]):
                yield Entry(tag.group(1), target["href"], SourceLocation(self._shown, line + 1))

    @property
    def _notes(self) -> Notes:
        notes: Notes = self._env.get("footnotes", {}).get("list", {})
        return notes

    def _printer(self, doubt: str | None = None) -> Printer:
        return Printer(self._shown, self.citations, self._notes, doubt)

    def _unclosed_fences(self, tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
        for token in tokens:
            if token.type == "fence" and token.map:
                first, last = token.map[0], token.map[1] - 1
                end = self._lines[last].strip(" \t>")
                if last == first or not end.startswith(token.markup) or end.strip(token.markup[0]):
                    yield first + 1, f"a block that {token.markup[:20]} begins"


@dataclass
class _Translation:
    """Goes through the tokens of a file. `captions` says whether the text of an image is one, `None` in doubt."""

    printer: Callable[[], Printer]
    print: Callable[[str, int, str | None], Paragraph]
    lines: list[str]
    captions: bool | None
    level: int | None = None
    begins_item: bool = False
    table: Printer | None = None
    row: int = 1
    found: list[Block] = field(default_factory=list)

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        for token in tokens:
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
            case "list_item_open":
                self.begins_item = True
            case "inline":
                self._inline(token)
            case "math_block" | "math_block_label":
                self._as_written(token, first)
            case "metadata":
                self.found.append(Metadata(token.content, first + 2))
            case "include":
                self.found.append(Inclusion(token.content, first + 1, token.meta.get("doubt")))
            case "bibliography":
                self._bibliography(token, first)
            case "fence" | "code_block":
                self._code(token, first)
            case _ if token.tag in ("table", "tr", "th", "td"):
                self._table(token, first)

    def _inline(self, token: Token) -> None:
        if is_bibtex(token.content) and token.map and token.children:
            self._entries(token, token.map[0])
            return
        printer = self.table or self.printer()
        if not self.table:
            self._caption(token)
        printer.print(token.children or ())
        # Text over a line of dashes that is longer than one line is no heading for pandoc.
        if not self.table:
            level = None if "\n" in token.content else self.level
            printed = paragraphs(printer, level, self.begins_item)
            is_reference = any(child.meta.get("is_reference") for child in token.children or ())
            self.found += (replace(paragraph, is_reference=is_reference) for paragraph in printed)
            self.begins_item = False

    def _caption(self, token: Token) -> None:
        """Note that an image by itself is a figure, whose text pandoc prints below it."""
        others = [child for child in token.children or () if child.type != "attributes" and not _is_blank(child)]
        if len(others) == 1 and others[0].type == "image" and self.captions is not False and self.level is None:
            others[0].meta["is_caption"] = True
            if self.captions is None:
                others[0].meta.setdefault("doubt", "only if pandoc makes the text of an image its caption")

    def _as_written(self, token: Token, first: int) -> None:
        doubt = token.meta.get("doubt")
        pieces = tuple(Piece(piece.text, piece.line, doubt) for piece in as_written(token.content, first + 1))
        self.found.append(Paragraph(self.printer().file, pieces))

    def _code(self, token: Token, first: int) -> None:
        self._children(token, first)
        if token.type == "fence" and (chunk := tuple(chunk_strings(token.info, token.content, first + 2))):
            self.found.append(ChunkHere(chunk))
        for caption in captions(token.info, token.content, first + 1):
            self.found.append(self.print(caption.text, caption.line, token.meta.get("doubt")))
        if is_bibtex(token.content):
            self._entries(token, first + (token.type == "fence"))
        elif is_printed_reference(token.info, token.content):
            self._as_written(token, first + (token.type == "fence"))

    def _entries(self, token: Token, first: int) -> None:
        place = SourceLocation(self.printer().file, first + 1)
        doubts = [token, *(token.children or ())]
        doubt = next((each.meta["doubt"] for each in doubts if "doubt" in each.meta), None)
        self.found.append(EntriesHere(tuple(printed_entries(token.content, place, doubt))))

    def _table(self, token: Token, first: int) -> None:
        """Print a row on its line, `|` between its cells."""
        if token.type == "table_open":
            self.table = self.printer()
        elif self.table is None:
            return
        elif token.type == "table_close":
            self.found.append(Paragraph(self.table.file, tuple(self.table.pieces)))
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
            self.found += [
                Inclusion(child.group(1), first + 1, token.meta.get("doubt"))
                for child in _QUOTED.finditer(children.group(1))
            ]


def paragraphs(printer: Printer, level: int | None, is_item: bool) -> Iterator[Paragraph]:
    """Yield what was printed as paragraphs: elements of HTML begin and end them."""
    cuts = [Cut(0, level, is_item), *printer.cuts, Cut(len(printer.pieces), None, False)]
    for cut, following in pairwise(cuts):
        said = [at for at in range(cut.piece, following.piece) if not printer.pieces[at].text.isspace()]
        if said:
            pieces = tuple(printer.pieces[said[0] : said[-1] + 1])
            yield Paragraph(printer.file, pieces, cut.level, cut.is_item)


def captions_are_printed(text: str, shown: str, is_myst: bool) -> bool | None:
    """Return whether the text of an image that stands alone is printed: pandoc does, GitHub and MyST do not."""
    name = PurePosixPath(shown)
    if name.suffix.lower() in _PANDOC_SUFFIXES:
        return True
    if is_myst or is_card(shown):
        return False
    return True if _PANDOC.search(text) else None


def is_card(shown: str) -> bool:
    """Return whether a file is by its name a README, card or notebook, which GitHub and Hugging Face show as a page."""
    name = PurePosixPath(shown)
    return name.suffix.lower() == ".ipynb" or _CARD.match(name.stem) is not None


def _is_blank(token: Token) -> bool:
    return token.type in ("softbreak", "hardbreak") or (token.type == "text" and not token.content.strip())
