"""What the row and column of a table, or the line that introduces a list, say of what stands there."""

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST_LINE = 600  # characters
LONGEST_TABLE = 4000  # characters above a row in which its table may begin
MOST_ITEMS = 60  # lines of a list above an item

_CELL = re.compile(r"[|\t]")
_IS_ITEM = re.compile(r"[ \t>]*(?:[-*+•‣–]|\(?\d{1,3}[.)]|\[[ xX]\])\s")
_EXCLUDED = re.compile(
    r"\b(?:not\s+(?:\w+\s+)?(?:used|included|considered)|unused|excluded|omitted|discarded)\b",
    re.IGNORECASE,
)
_CELL_EXCLUDES = re.compile(
    r"\W*(?:not\s+(?:\w+\s+)?(?:used|included|considered)|unused|excluded|omitted)\b",
    re.IGNORECASE,
)
_HEAD_OF_USE = re.compile(
    r"\W*(?:(?:is|was|we)\s+)?(?:used?|included|usage|in\s+(?:this|our)\s+(?:study|work|paper)|in\s+use"
    r"|part\s+of\s+(?:this|the)\s+study)"
    r"(?:\s+(?:here|by\s+us|in\s+(?:this|our)\s+(?:study|work|paper)))?\W*$",
    re.IGNORECASE,
)
_OF_SETS = re.compile(r"\b(?:data|data\s?sets?|collections?|cohorts?)\b", re.IGNORECASE)
_NO = re.compile(r"\W*(?:no|not|none|n|false|✗|✘|×|❌|x|-|–|—|excluded)\W*$|[✗✘×❌–—-]\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """The line of a table, and the lines above it that head it: the first of its paragraph."""

    cells: tuple[str, ...]
    position: int
    heads: tuple[str, ...]

    @property
    def denies(self) -> bool:
        """Return whether the row says that what stands in its cell at `position` is not used."""
        if len(self.heads) == 1:
            return _EXCLUDED.search(self.heads[0]) is not None or self._a_cell_excludes
        is_of_excluded = any(_EXCLUDED.search(head) and _OF_SETS.search(head) for head in self.heads)
        pairs = zip(self.heads, self.cells, strict=False)
        is_unused = any(_HEAD_OF_USE.match(head) and cell.strip() and _NO.match(cell) for head, cell in pairs)
        return is_of_excluded or is_unused or self._a_cell_excludes

    @property
    def _a_cell_excludes(self) -> bool:
        return any(_CELL_EXCLUDES.match(cell) for cell in self.cells) or (
            _EXCLUDED.search(self.cells[self.position]) is not None
        )


def row_at(text: str, offset: int) -> Row | None:
    """Return the row of a table with the character at `offset`, or `None` where its line is none."""
    start = text.rfind("\n", max(0, offset - LONGEST_LINE), offset) + 1 or max(0, offset - LONGEST_LINE)
    end = text.find("\n", offset, offset + LONGEST_LINE)
    line = text[start : offset + LONGEST_LINE if end < 0 else end]
    if _CELL.search(line) is None:
        return None
    edge = len(line) - len(line.lstrip("| \t")) if line.lstrip().startswith("|") else 0
    position = len(_CELL.findall(line[edge : offset - start]))
    return Row(_cells(line[edge:]), position, _cells(_head(text, offset)))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_CELL.split(line.lstrip("|") if line.lstrip().startswith("|") else line))


def _head(text: str, offset: int) -> str:
    """Return the first line of the table; with a head of its own above it, that is a table's first line, too."""
    nearest = max(0, offset - LONGEST_TABLE)
    gap = text.rfind("\n\n", nearest, offset)
    start = nearest if gap < 0 else gap + 2
    return text[start : start + LONGEST_LINE].split("\n", 1)[0].lstrip()


def introduction_of(text: str, offset: int) -> str | None:
    """Return the line that introduces the list which the character at `offset` stands in, or `None`.

    It ends in a colon, and only items and empty lines stand between it and the item.
    """
    start = text.rfind("\n", max(0, offset - LONGEST_LINE), offset) + 1
    return None if start == 0 else _above(text, start)


@lru_cache(maxsize=64)
def _above(text: str, start: int) -> str | None:
    """Return the line in a colon above the line at `start`."""
    if _IS_ITEM.match(text, start, start + LONGEST_LINE) is None:
        return None
    for _count in range(MOST_ITEMS):
        end = start - 1
        if end <= 0:
            return None
        start = text.rfind("\n", max(0, end - LONGEST_LINE), end) + 1
        line = text[start:end].strip()
        if line.endswith(":"):
            return line
        if line and _IS_ITEM.match(text, start, end) is None:
            return None
    return None


def excludes(introduction: str) -> bool:
    """Return whether the line that introduces a list says that its items are not used."""
    return _EXCLUDED.search(introduction) is not None
