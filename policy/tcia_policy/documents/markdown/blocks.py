"""The blocks that a Markdown file is cut into: prose and headings, metadata, and what is printed elsewhere."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Paragraph:
    """Prose with its markup; `numbers` are the lines of the file on which those of `text` stand.

    `level` is that of a heading, 1 the highest; `note` is the mark of the footnote that it is a part of.
    """

    text: str
    numbers: tuple[int, ...]
    level: int | None = None
    note: str | None = None


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


@dataclass
class Blocks:
    """What one file holds. `targets` are of reference links, by label; `examples` label items of lists; `unclosed` says
    what was begun on a line and never ended."""

    blocks: list[Block] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    target_lines: dict[str, int] = field(default_factory=dict)
    examples: set[str] = field(default_factory=set)
    unclosed: list[tuple[int, str]] = field(default_factory=list)


def label(text: str) -> str:
    """A link's label as it is compared: white space and case do not count."""
    return " ".join(text.split()).casefold()
