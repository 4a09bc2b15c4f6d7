"""Web pages: saved articles, the output of Quarto and R Markdown, documentation, project pages.

What a page hides is not read (`sight.py`), nor its head: the title of the tab stands on no page. Verbatim text, in
`<pre>`, is code, but for entries of BibTeX. libxml2 knows the lines of elements; those of text are counted from there.
"""

from collections.abc import Iterator
from dataclasses import field

from lxml import etree, html

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.html.sight import SEEN, Sight, sight_of
from tcia_policy.documents.html.stylesheet import Element, StyleSheet
from tcia_policy.documents.html.tags import BLOCKS, HEADINGS, lists_references
from tcia_policy.documents.model import Entry, Manuscript, Problem, SourceLocation
from tcia_policy.documents.paragraphs import Paragraph, Piece, text_blocks
from tcia_policy.documents.printed_bibtex import is_bibtex, printed_entries
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import dataclass

_CELLS = frozenset(("td", "th"))
_VERBATIM = frozenset(("pre", "textarea", "xmp", "listing"))
_HEADING_MARKS = frozenset("headerlink header-anchor anchorjs-link anchor-section".split())
_TARGETS = ("http://", "https://", "//", "doi:", "ftp://")


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a web page holds, as `read_html` does."""
    return read_html(document.content(), document.shown)


def read_html(content: bytes, shown: str) -> Manuscript:
    """Read a page as a manuscript that cites by printing. Raise `InputError` for what is no text, or no page."""
    text = decode_text(content, shown, limits.HTML_TEXT)
    root, problems = _root(text, shown)
    page = _Page(shown, StyleSheet("".join(style.itertext()) for style in root.iter("style")))
    page.read(root)
    return Manuscript(
        files=(shown,), prose=tuple(text_blocks(page.paragraphs)), entries=tuple(page.entries), problems=problems
    )


def _root(text: str, shown: str) -> tuple[html.HtmlElement, tuple[Problem, ...]]:
    """Return the page, and a problem where libxml2 stopped reading."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise InputError("is an empty page, or none", file=shown, hint="name the page itself") from None
    too_deep = [error for error in parser.error_log if "depth" in error.message.lower()]
    problem = "elements are nested too deep, so that nothing after this line was read"
    return root, tuple(Problem(SourceLocation(shown, error.line), problem, None) for error in too_deep[:1])


@dataclass(frozen=True)
class _Around:
    """What an element stands in: how it is seen, the level of a heading, and whether it is an item or a reference."""

    sight: Sight = SEEN
    level: int | None = None
    is_item: bool = False
    is_reference: bool = False
    in_row: bool = False
    printed: int = 0  # pieces before it


@dataclass
class _Page:
    """Collects the paragraphs of a page, in its order."""

    shown: str
    sheet: StyleSheet
    paragraphs: list[Paragraph] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _line: int = 1
    _printed: int = 0
    _ends_in_space: bool = True

    def read(self, root: html.HtmlElement) -> None:
        """Go through the page without recursion: elements are nested as deep as libxml2 allows."""
        body = root.find("body")
        around = [_Around()]
        stack: list[tuple[html.HtmlElement, Iterator[html.HtmlElement]]] = []
        self._begin(root if body is None else body, around, stack)
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is not None:
                self._begin(child, around, stack)
                continue
            stack.pop()
            self._end(element, around.pop())
            if stack:
                self._print(element.tail, around[-1])
        self._cut(around[-1])

    def _begin(
        self,
        element: html.HtmlElement,
        around: list[_Around],
        stack: list[tuple[html.HtmlElement, Iterator[html.HtmlElement]]],
    ) -> None:
        outer = around[-1]
        name = element.tag if isinstance(element.tag, str) else ""
        sight = sight_of(Element(name, dict(element.items())), self.sheet).within(outer.sight)
        self._line = max(self._line, element.sourceline or 1)
        is_mark = not _HEADING_MARKS.isdisjoint(element.get("class", "").split())  # such as the sign that Sphinx adds
        if name in _VERBATIM or sight.hidden or is_mark or not name:
            self._skip(element, name, outer, sight)
            return
        inner = self._around(element, name, outer, sight)
        self._mark(name, outer, begins=True)
        around.append(inner)
        stack.append((element, iter(element)))
        self._print(element.text, inner)

    def _skip(self, element: html.HtmlElement, name: str, outer: _Around, sight: Sight) -> None:
        """Leave an element out, but for the entries of BibTeX that it prints."""
        text = "".join(element.itertext()) if name in _VERBATIM and not sight.hidden else ""
        if is_bibtex(text):
            self.entries += printed_entries(text, SourceLocation(self.shown, self._line), sight.doubt)
        if name in _VERBATIM:
            self._cut(outer)
        self._print(element.tail, outer)

    def _around(self, element: html.HtmlElement, name: str, outer: _Around, sight: Sight) -> _Around:
        return _Around(
            sight,
            HEADINGS.get(name, None if name in BLOCKS else outer.level),
            name == "li" or (outer.is_item and name == "p"),
            outer.is_reference or lists_references(Element(name, dict(element.items()))),
            name == "tr" or (outer.in_row and name != "table"),
            self._printed,
        )

    def _mark(self, name: str, outer: _Around, *, begins: bool) -> None:
        """Print what an element is on the page by itself: a row, a cell, a new line, a paragraph."""
        if name == "tr":
            self._put("\n" if begins else "|", outer.sight)
        elif name in _CELLS:
            self._put("| " if begins else " ", outer.sight)
        elif name == "sup":
            self._put(" ", outer.sight)  # the number of a note, which is no part of the word before it
        elif name in ("br", "hr"):
            self._put(" " if outer.in_row else "\n", outer.sight)
        elif name in BLOCKS and name not in ("tbody", "thead", "tfoot"):
            if outer.in_row:
                self._put(" ", outer.sight)
            else:
                self._cut(outer)

    def _end(self, element: html.HtmlElement, inner: _Around) -> None:
        target = (element.get("href") or "").strip() if element.tag == "a" else ""
        is_seen = self._printed > inner.printed or next(element.iter("img"), None) is not None
        if is_seen and target.lower().startswith(_TARGETS) and target != (element.text or "").strip():
            self._put(f" {target}", inner.sight)
        name = element.tag
        if name in BLOCKS and name not in ("tbody", "thead", "tfoot") and not inner.in_row:
            self._cut(inner)
        elif name in ("tr", *_CELLS):
            self._mark(name, inner, begins=False)

    def _print(self, text: str | None, around: _Around) -> None:
        """Print text with one space for any, and count its lines."""
        for row, line in enumerate((text or "").split("\n")):
            self._line += row > 0
            words = " ".join(line.split())
            spaced = line[:1].isspace() or row > 0
            if (spaced or not words) and not self._ends_in_space and (line or row):
                self._put(" ", around.sight)
            if words:
                self._put(words + (" " if line[-1:].isspace() else ""), around.sight)

    def _put(self, text: str, sight: Sight) -> None:
        if not sight.hidden:
            self._pieces.append(Piece(text, self._line, sight.doubt))
            self._ends_in_space = text[-1:].isspace()
            self._printed += not text.isspace()

    def _cut(self, around: _Around) -> None:
        """End the paragraph that stands in something."""
        if any(not piece.text.isspace() for piece in self._pieces):
            self.paragraphs.append(
                Paragraph(self.shown, tuple(self._pieces), around.level, around.is_item, around.is_reference)
            )
        self._pieces = []
        self._ends_in_space = True
