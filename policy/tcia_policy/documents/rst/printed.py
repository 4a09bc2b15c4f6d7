"""What a parsed document prints: paragraphs, headings and tables, each on its line, and what it cites."""

from collections.abc import Iterator
from dataclasses import field, replace

from docutils import nodes

from tcia_policy.documents.model import ALL_KEYS, CitationKeyUse, Entry, SourceLocation
from tcia_policy.documents.paragraphs import Paragraph, Piece
from tcia_policy.documents.rst.markup import BibliographyHere, Cited, Perhaps
from tcia_policy.lazy import dataclass
from tcia_policy.text.years import printed_year

_NOT_PRINTED = (
    nodes.Invisible,
    nodes.literal_block,
    nodes.doctest_block,
    nodes.raw,
    nodes.image,
    nodes.system_message,
    nodes.meta,
    nodes.label,
)
_CROSSED_OUT = frozenset("del strike strikethrough struck hidden d-none".split())


@dataclass(frozen=True)
class ListHere:
    """A list of references that is printed here: the files it names."""

    names: tuple[str, ...]
    place: SourceLocation


@dataclass
class Printed:
    """Everything that one document prints and cites, in order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    uses: dict[CitationKeyUse, None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    lists: list[ListHere] = field(default_factory=list)


@dataclass(frozen=True)
class _Around:
    """Where a node stands: its file and line as far as they are known, the sections and conditions around it."""

    file: str
    line: int = 1
    level: int = 0
    doubt: str | None = None
    is_reference: bool = False
    is_item: bool = False

    def at(self, node: nodes.Node) -> "_Around":
        source, line = getattr(node, "source", None), getattr(node, "line", None)
        return replace(self, file=source or self.file, line=line or self.line)

    @property
    def place(self) -> SourceLocation:
        return SourceLocation(self.file, self.line)


def printed(document: nodes.document, shown: str) -> Printed:
    """Return what a document prints."""
    found = Printed()
    _Walk(found).children(document, _Around(shown))
    return found


@dataclass
class _Walk:
    found: Printed

    def children(self, node: nodes.Element, around: _Around) -> None:
        is_item = isinstance(node, nodes.list_item)
        for position, child in enumerate(node.children):
            self.node(child, replace(around.at(child), is_item=is_item and position == 0))

    def node(self, node: nodes.Node, around: _Around) -> None:
        match node:
            case BibliographyHere():
                self._list(node, around)
            case nodes.Element() if isinstance(node, _NOT_PRINTED) or _is_hidden(node):
                pass
            case nodes.section():
                self.children(node, replace(around, level=around.level + 1))
            case Perhaps():
                self.children(node, replace(around, doubt=around.doubt or node["doubt"]))
            case nodes.citation():
                self._citation(node, around)
            case nodes.table():
                self._table(node, around)
            case nodes.field():
                self._field(node, around)
            case nodes.TextElement():
                self._text(node, around)
            case nodes.Element():
                self.children(node, around)

    def _text(self, node: nodes.TextElement, around: _Around) -> None:
        is_heading = isinstance(node, nodes.title) and isinstance(node.parent, nodes.section)
        if is_heading:  # docutils gives the line below
            around = replace(around, line=max(around.line - 1, 1))
        self._print(self._inline(node, around), around, around.level if is_heading else None)

    def _print(self, text: str, around: _Around, level: int | None = None) -> None:
        rows = text.split("\n")
        ends = (*["\n"] * (len(rows) - 1), "")
        pieces = tuple(
            Piece(row + end, around.line + number, around.doubt)
            for number, (row, end) in enumerate(zip(rows, ends, strict=True))
        )
        if text.strip():
            paragraph = Paragraph(around.file, pieces, level, around.is_item, around.is_reference)
            self.found.paragraphs.append(paragraph)

    def _inline(self, node: nodes.Element, around: _Around) -> str:
        return "".join(self._words(child, around) for child in node.children)

    def _words(self, node: nodes.Node, around: _Around) -> str:
        if isinstance(node, nodes.Text):
            return node.astext()
        if isinstance(node, Cited):
            for key in node["keys"]:
                self._cite(key, around.at(node))
            return ""
        if not isinstance(node, nodes.Element) or isinstance(node, _NOT_PRINTED) or _is_hidden(node):
            return ""
        if isinstance(node, nodes.citation_reference):
            self._cite(node.astext(), around)
        words = self._inline(node, around)
        target = node.get("refuri") if isinstance(node, nodes.reference) else None
        is_said = not target or target in (words, f"mailto:{words}")
        return words if is_said else f"{words} {target}"

    def _cite(self, key: str, around: _Around) -> None:
        self.found.uses[CitationKeyUse(key, around.place, doubt=around.doubt)] = None

    def _citation(self, node: nodes.citation, around: _Around) -> None:
        """Note a reference that is printed: `.. [Key] text`."""
        key = next((child.astext() for child in node.children if isinstance(child, nodes.label)), None)
        begun = len(self.found.paragraphs)
        self.children(node, replace(around, is_reference=True))
        text = "\n".join(map(_text, self.found.paragraphs[begun:]))
        entry = Entry(key, text, around.place, year=printed_year(text), printed=True, doubt=around.doubt)
        self.found.entries.append(entry)

    def _list(self, node: BibliographyHere, around: _Around) -> None:
        self.found.lists.append(ListHere(tuple(node["names"]), around.place))
        if node["prints_all"]:
            use = CitationKeyUse(ALL_KEYS, around.place, in_text=False, doubt=around.doubt)
            self.found.uses[use] = None

    def _table(self, node: nodes.table, around: _Around) -> None:
        """Print a table with a row on a line, `|` between its cells."""
        for title in node.children:
            if isinstance(title, nodes.title):
                self._text(title, around.at(title))
        rows = [" ".join(self._row(row, around)) for row in node.findall(nodes.row)]
        line = next((found.line for found in node.findall(nodes.paragraph) if found.line), around.line)
        self._print("\n".join(f"| {row} |" for row in rows), replace(around, line=line))

    def _row(self, row: nodes.row, around: _Around) -> Iterator[str]:
        for number, cell in enumerate(row.children):
            texts = self._paragraphs(cell, around) if isinstance(cell, nodes.Element) else []
            yield ("| " if number else "") + " ".join(" ".join(texts).split())

    def _paragraphs(self, node: nodes.Element, around: _Around) -> list[str]:
        """Return the texts in a node, which are printed together."""
        inner = _Walk(Printed(uses=self.found.uses, entries=self.found.entries, lists=self.found.lists))
        inner.children(node, around)
        return [_text(paragraph) for paragraph in inner.found.paragraphs]

    def _field(self, node: nodes.field, around: _Around) -> None:
        """Print the name of a field before what it says."""
        texts = self._paragraphs(node, around)
        self._print(": ".join((texts[0], "\n\n".join(texts[1:]))) if len(texts) > 1 else "".join(texts), around)


def _text(paragraph: Paragraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces)


def _is_hidden(node: nodes.Element) -> bool:
    return not _CROSSED_OUT.isdisjoint(node.get("classes", ()))
