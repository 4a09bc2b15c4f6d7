"""What the tokens of a paragraph print, on which lines, and what they cite.

DOI links without words cite, as in https://mystmd.org/guide/citations.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

from markdown_it.token import Token

from tcia_policy.documents.html.tags import BLOCKS, HEADINGS, tag_of
from tcia_policy.documents.markdown.unseen_rules import LATEX_UNSEEN
from tcia_policy.documents.model import CitationKeyUse, Entry, SourceLocation
from tcia_policy.documents.paragraphs import Piece
from tcia_policy.lazy import dataclass

_ROW = re.compile(r"[^\n]*\n|[^\n]+")
_CELLS = frozenset(("td", "th"))
_DOI_LINK = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_RUN_CODE = re.compile(r"(?:\{?(?:r|python|julia|ojs)\}?)\s")
# Quarto's and pandoc-crossref's references to parts of the document itself.
CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|lst|eq|sec|tip|nte|wrn|imp|cau|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|vid|supfig|suptbl)[-:]",
    re.I,
)


@dataclass
class Citations:
    """What is cited: keys, and entries for DOIs cited by themselves.

    `loose` are the keys that stand without brackets: they cite where there is a bibliography, and may else be users.
    """

    uses: dict[CitationKeyUse, None] = field(default_factory=dict)
    entries: dict[Entry, None] = field(default_factory=dict)
    loose: set[CitationKeyUse] = field(default_factory=set)

    def cite(self, use: CitationKeyUse, is_loose: bool = False) -> None:
        """Note a key. One that is a DOI is its own entry, as in Manubot and MyST."""
        if is_loose and use not in self.uses:
            self.loose.add(use)
        elif not is_loose:
            self.loose.discard(use)
        self.uses[use] = None
        if _DOI_LINK.fullmatch(use.key) or use.key.startswith("10."):
            self.entries[Entry(use.key, use.key, use.place)] = None


def as_written(text: str, line: int) -> Iterator[Piece]:
    """Yield the lines of a text that begins on `line` and is printed as it is."""
    for row, match in enumerate(_ROW.finditer(text)):
        yield Piece(match.group(), line + row)


class Cut(NamedTuple):
    """Where an element of HTML begins or ends a paragraph: before which piece, and the level of a heading."""

    piece: int
    level: int | None
    is_item: bool


class _Open(NamedTuple):
    """A link or bracket that is open: the piece it begins at, and how much was printed and cited before it."""

    piece: int
    words: int
    cited: int
    link: Token | None


@dataclass
class Printer:
    """Prints the tokens of one paragraph, in time linear in their number. `notes` are those of the file, by number."""

    file: str
    citations: Citations
    notes: Mapping[int, Mapping[str, list[Token]]]
    doubt: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    _rows: int = 0
    _tables: int = 0
    _open: list[_Open] = field(default_factory=list)
    _words: int = 0
    _cited: int = 0
    _anchors: list[tuple[str, int]] = field(default_factory=list)  # where each leads, and the words before it

    def print(self, tokens: Iterable[Token]) -> None:
        """Add what the tokens print to `pieces`, and what they cite to `citations`."""
        outer = self.doubt
        for token in tokens:
            if handler := _HANDLERS.get(token.type):
                self.doubt = token.meta.get("doubt") or outer
                handler(self, token)
        self.doubt = outer

    def put(self, text: str, line: int) -> None:
        """Add a text that begins on a line."""
        if text:
            self.pieces.append(Piece(text, line, self.doubt))
            self._words += any(map(str.isalnum, text))

    def _text(self, token: Token) -> None:
        self.put(token.content, _line(token))

    def _character(self, token: Token) -> None:
        self.put("".join(c if c.isprintable() else " " for c in token.content), _line(token))

    def _break(self, token: Token) -> None:
        between_rows = self._tables and not self._rows
        self.put(" " if self._rows else "" if between_rows else "\n", _line(token))

    def _code(self, token: Token) -> None:
        code = token.content.strip()
        self.put("" if _RUN_CODE.match(code) else code, _line(token))

    def _math(self, token: Token) -> None:
        for piece in as_written(LATEX_UNSEEN.sub("", token.content), _line(token)):
            self.put(piece.text, piece.line)

    def _cite(self, token: Token) -> None:
        is_loose = token.meta.get("is_loose", False) and not any(begun.link is None for begun in self._open)
        self._note_key(token.content, _line(token), token.meta["in_text"], is_loose)

    def _note_key(self, key: str, line: int, in_text: bool = True, is_loose: bool = False) -> None:
        self._cited += 1
        use = CitationKeyUse(key, SourceLocation(self.file, line), in_text, doubt=self.doubt)
        self.citations.cite(use, is_loose)

    def _note(self, token: Token) -> None:
        """Print a note that stands in the text; one that stands elsewhere is printed there."""
        if note := self.notes[token.meta["id"]].get("tokens"):
            self.put("[", _line(token))
            self.print(note)
            self.put("]", _line(note[-1]))

    def _image(self, token: Token) -> None:
        """Print what stands for an image if it is the caption of a figure."""
        if token.meta.get("is_caption"):
            self.print(token.children or ())
        self._words += 1  # a link around it is not without words

    def _begin(self, token: Token) -> None:
        is_link = token.type == "link_open"
        self._open.append(_Open(len(self.pieces), self._words, self._cited, token if is_link else None))
        if not is_link:
            self._text(token)

    def _end_bracket(self, token: Token) -> None:
        if not self._open or self._open[-1].link:
            self._text(token)
            return
        begun = self._open.pop()
        if self._has_only_keys(begun):
            del self.pieces[begun.piece :]
        elif token.content:
            self._text(token)
        else:  # attributes follow: the brackets are markup
            del self.pieces[begun.piece]

    def _has_only_keys(self, begun: _Open) -> bool:
        return self._cited > begun.cited and self._words == begun.words

    def _end_link(self, token: Token) -> None:
        begun = self._open.pop()
        while begun.link is None:
            begun = self._open.pop()
        target = str(begun.link.attrs["href"])
        words = "".join(piece.text for piece in self.pieces[begun.piece :])
        if _DOI_LINK.fullmatch(target) and not words.strip() and self._words == begun.words:
            if self._cited == begun.cited:
                self._note_key(target, _line(begun.link))
            del self.pieces[begun.piece :]
        elif self._has_only_keys(begun) and begun.link.meta.get("label"):  # Manubot's tag, defined as a link
            del self.pieces[begun.piece :]
        elif target and target != words and not target.startswith("#") and begun.link.markup != "autolink":
            self.put(f" {target}", _line(token))

    def _html(self, token: Token) -> None:
        """Print where an anchor leads to, and the rows of a table; cut where a paragraph begins or ends."""
        tag = tag_of(token.content)
        if tag is None:
            return
        name, line = tag.element.name, _line(token)
        if name == "a" and tag.ends:
            target, words = self._anchors.pop() if self._anchors else ("", self._words)
            self.put(f" {target}" if self._words > words else "", line)
        elif name == "a" and (target := tag.element.attributes.get("href", "").strip()):
            self._anchors.append((target, self._words))
        elif name == "img":
            self._words += 1  # a link around it is not without words
        elif name == "br" or (name == "sup" and not tag.ends):
            self.put(" ", line)
        elif name == "tr":
            self._rows += -1 if tag.ends and self._rows else not tag.ends
            self.put("|" if tag.ends else "\n", line)
        elif name in _CELLS:
            self.put(" " if tag.ends else "| ", line)
        elif name in BLOCKS and not self._rows:
            if name == "table":
                self._tables += -1 if tag.ends and self._tables else not tag.ends
            level = None if tag.ends else HEADINGS.get(name)
            self.cuts.append(Cut(len(self.pieces), level, name == "li" and not tag.ends))


def _line(token: Token) -> int:
    assert token.map is not None  # the parser gives every token of a paragraph its line
    return token.map[0]


_HANDLERS: dict[str, Callable[[Printer, Token], None]] = {
    "text": Printer._text,
    "text_special": Printer._character,
    "softbreak": Printer._break,
    "hardbreak": Printer._break,
    "code_inline": Printer._code,
    "math_inline": Printer._math,
    "math_inline_double": Printer._math,
    "cite": Printer._cite,
    "footnote_ref": Printer._note,
    "image": Printer._image,
    "link_open": Printer._begin,
    "link_close": Printer._end_link,
    "bracket_open": Printer._begin,
    "bracket_close": Printer._end_bracket,
    "html_inline": Printer._html,
}
