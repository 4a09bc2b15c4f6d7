"""A document as blocks, for every format that is read on paper or as a page: the same content in each of them.

What a report says is decided once, when it is made into a `Document`. HTML, Markdown, Word and PDF only set it. All
texts are as they come from data: each format escapes and cleans them (`text/sanitize.py`).
"""

from enum import StrEnum

from tcia_policy.lazy import dataclass


class Style(StrEnum):
    """How a run of text is set. `mono` is what is typed or pasted; `quiet` may be read last."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    MONO = "mono"


class Tone(StrEnum):
    """What a word stands for, where a format has colors. The word says the same without them."""

    GOOD = "good"
    CARE = "care"
    OPEN = "open"
    BAD = "bad"


@dataclass(frozen=True)
class Span:
    """A run of text. `url` is an address of the web, `to` the anchor of a section or row in the document."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None
    to: str | None = None
    tone: Tone | None = None


Line = tuple[Span, ...]
"""A paragraph, an entry of a list, or what stands in a cell of a table."""

BREAK = Span("\n")
"""The end of a line within a `Line`: what follows begins a new one, as in a cell that says several things."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True)
class Bullets:
    """A list. `marks` stand before the entries, such as `[x]`; without them a format's own bullets do."""

    entries: tuple[Line, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fields:
    """Labels, each with what stands beside it."""

    entries: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Row:
    """A row of a table; `anchor` is what links lead to."""

    cells: tuple[Line, ...]
    anchor: str | None = None


@dataclass(frozen=True)
class Table:
    """A table with one row of heads, repeated on every page. The first cell of a row is its head.

    `caption` says what it shows, and is its text alternative.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Quote:
    """Text that is quoted, or that is to be printed as it is."""

    text: str


@dataclass(frozen=True)
class Preformatted:
    """Text to paste, its line ends kept: YAML, a command, a letter."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG without scripts, styles from elsewhere or links; `alternative` says all that it shows."""

    svg: str
    alternative: str


@dataclass(frozen=True)
class Signature:
    """Lines to be filled in by hand, each with its label."""

    labels: tuple[str, ...]


Block = Paragraph | Bullets | Fields | Table | Quote | Preformatted | Picture | Signature


@dataclass(frozen=True)
class Section:
    """A section; `anchor` is unique in the document, and so is the title. It is never split from its first block.

    `is_folded` says that a page may show it closed; `new_page` that on paper it begins one.
    """

    title: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    is_folded: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """A document in English. `id` is a digest that it is known by, `day` the day it speaks of, `answer` the first line.

    `footer` stands on every page of paper.
    """

    title: str
    id: str
    day: str
    answer: str
    tone: Tone
    sections: tuple[Section, ...]
    footer: str
