"""What the row and column of a table, or the line that introduces a list, say of what stands there."""

import re

from tcia_policy.lazy import dataclass, pattern

LONGEST_LINE = 600  # characters
LONGEST_ITEM = 120  # characters of a line that is an item without a bullet
LONGEST_LEAD = 40  # characters before a name in an item
LONGEST_TABLE = 4000  # characters above a row in which its table may begin

_CELL = pattern(r"[|\t]")
_IS_ITEM = pattern(r"[ \t>]*(?:[-*+•‣–]|\(?\d{1,3}[.)]|\[[ xX]\])\s")
_EXCLUDED = pattern(
    r"\b(?:not\s+(?:\w+\s+)?(?:used?|included?|considere?d?)|unused|excluded|omitted|discarded)\b",
    re.IGNORECASE,
)
_CELL_EXCLUDES = pattern(
    r"\W*(?:not\s+(?:\w+\s+)?(?:used|included|considered)|unused|excluded|omitted)\b",
    re.IGNORECASE,
)
_HEAD_EXCLUDES = pattern(r"\W*(?:not\s+(?:used|included)|unused|excluded|omitted)\W*$", re.IGNORECASE)
_HEAD_OF_USE = pattern(
    r"\W*(?:(?:is|was|we)\s+)?(?:used?|included|usage|in\s+(?:this|our)\s+(?:study|work|paper)|in\s+use"
    r"|part\s+of\s+(?:this|the)\s+study)"
    r"(?:\s+(?:here|by\s+us|in\s+(?:this|our)\s+(?:study|work|paper)))?\W*$",
    re.IGNORECASE,
)
_OF_SETS = pattern(r"\b(?:data|data\s?sets?|collections?|cohorts?|following|these)\b", re.IGNORECASE)
_OF_CASES = pattern(r"\b(?:patients?|subjects?|cases|scans|criteria|if|when)\b", re.IGNORECASE)
_NO = pattern(r"\W*(?:no|not|none|n|false|✗|✘|×|❌|x|-|–|—|excluded)\W*$|[✗✘×❌–—-]\s*$", re.IGNORECASE)


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
        own = self.heads[self.position] if self.position < len(self.heads) else ""
        return is_of_excluded or is_unused or self._a_cell_excludes or _HEAD_EXCLUDES.match(own) is not None

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
    return Row(_cells(line[edge:]), position, _cells(_head(text, start)))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_CELL.split(line.lstrip("|") if line.lstrip().startswith("|") else line))


def _head(text: str, start: int) -> str:
    """Return the first row of the table that has a row at `start`; the line above it, if that says what is excluded."""
    nearest = max(0, start - LONGEST_TABLE)
    while start > nearest:
        above = text.rfind("\n", max(0, start - 1 - LONGEST_LINE), start - 1) + 1
        line = text[above : start - 1]
        if _CELL.search(line) is None:
            return line if _EXCLUDED.search(line) and _OF_SETS.search(line) else _line_at(text, start)
        start = above
    return _line_at(text, start)


def _line_at(text: str, start: int) -> str:
    return text[start : start + LONGEST_LINE].split("\n", 1)[0].lstrip()


class Introductions:
    """The lines that introduce the lists of a text; linear in its length."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, str | None] = {}

    def of(self, offset: int) -> str | None:
        """Return the line that introduces the list which the character at `offset` stands in, or `None`.

        It ends in a colon, and only items stand between it and the item. Without bullets, items are short lines.
        """
        start = self._text.rfind("\n", max(0, offset - LONGEST_LINE), offset) + 1
        is_item = start > 0 and offset - start <= LONGEST_LEAD and self._is_item(start)
        return self._above(start) if is_item else None

    def _above(self, item: int) -> str | None:
        """Return the line in a colon above the item that begins at `item`."""
        passed = []
        start, found = item, None
        while start > 0 and start not in self._known:
            passed.append(start)
            end = start - 1
            start = self._text.rfind("\n", max(0, end - LONGEST_LINE), end) + 1
            line = self._text[start:end].strip()
            is_between = self._is_item(start) if line else self._has_bullet(passed[-1])
            if line.endswith(":") or not is_between:
                found = line if line.endswith(":") else None
                break
        else:
            found = self._known.get(start)
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _is_item(self, start: int) -> bool:
        end = self._text.find("\n", start, start + LONGEST_ITEM)
        is_short = end >= 0 or len(self._text) - start <= LONGEST_ITEM
        return is_short or self._has_bullet(start)

    def _has_bullet(self, start: int) -> bool:
        return _IS_ITEM.match(self._text, start, start + LONGEST_LINE) is not None


def excludes(introduction: str) -> bool:
    """Return whether the line that introduces a list says that its items are not used."""
    is_of_sets = _OF_SETS.search(introduction) is not None and _OF_CASES.search(introduction) is None
    return is_of_sets and _EXCLUDED.search(introduction) is not None
