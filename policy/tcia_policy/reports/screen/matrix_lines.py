"""The matrix on a screen: a table where it fits, else lists of activities."""

from collections.abc import Iterator, Sequence

from tcia_policy.model import Verdict
from tcia_policy.reports.answer.matrix import Cell, Column, Matrix, Row
from tcia_policy.reports.screen.budget import Entry, Section
from tcia_policy.reports.screen.painted_page import BOLD, DIM, VERDICT_COLOR, PaintedPage, cut, names_within

NARROWEST_TABLE = 60
LEAST_FOR_NAMES = 16
LEAST_FOR_LICENSE = 12
ENOUGH_FOR_NAMES = 30
GAP = 2
RANK = -1
# What rows that are not shown are counted as, by their worst cell.
KINDS = {
    Verdict.PROHIBITED: "no",
    Verdict.UNDETERMINED: "open",
    Verdict.CONDITIONAL: "to do",
    Verdict.PERMITTED: "ok",
}


def matrix_section(page: PaintedPage, found: Matrix) -> Section:
    """Return the rows of the matrix, each an entry, worst first."""
    layout = _layout(page, found)
    if layout is None:
        head: tuple[str, ...] = ()
        entries = [tuple(_list(page, found.columns, row)) for row in found.rows]
    else:
        for_names, widths, for_license = layout
        words = [_in_column(page, column.word, DIM, width) for column, width in zip(found.columns, widths, strict=True)]
        head = ((" " * (for_names + GAP) + (" " * GAP).join(words)).rstrip(),)
        entries = [(_line(page, row, for_names, widths, for_license),) for row in found.rows]
    return Section(
        entries=tuple(
            Entry(lines, max(len(row.holdings), 1), _kind(row)) for lines, row in zip(entries, found.rows, strict=True)
        ),
        one="item",
        several="items",
        rank=RANK,
        head=head,
    )


def _kind(row: Row) -> str:
    worst = max(row.cells, key=lambda cell: cell.severity, default=Cell(None))
    return KINDS[worst.verdict] if worst.verdict is not None else "not used"


def _layout(page: PaintedPage, found: Matrix) -> tuple[int, list[int], int] | None:
    """Return the widths of names, cells and license; `None` where a table does not fit."""
    if page.width < NARROWEST_TABLE or not found.rows:
        return None
    widths = [
        max(len(column.word), *(len(row.cells[number].word) for row in found.rows))
        for number, column in enumerate(found.columns)
    ]
    license_ = max(len(row.license) for row in found.rows)
    names = max(len(", ".join(row.names)) for row in found.rows)
    left = page.width - sum(widths) - GAP * (len(widths) + 1)
    for_license = min(license_, max(left - min(names, ENOUGH_FOR_NAMES), LEAST_FOR_LICENSE))
    if left - for_license < min(LEAST_FOR_NAMES, names):
        return None
    return min(names, left - for_license), widths, for_license


def _line(page: PaintedPage, row: Row, for_names: int, widths: Sequence[int], for_license: int) -> str:
    cells = [_in_column(page, cell.word, _color(cell), width) for cell, width in zip(row.cells, widths, strict=True)]
    parts = [names_within(row.names, for_names).ljust(for_names), *cells, cut(row.license, for_license)]
    return (" " * GAP).join(parts).rstrip()


def _in_column(page: PaintedPage, word: str, color: str, width: int) -> str:
    """Return a painted word with the blanks that fill its column, which have no color."""
    return page.painted(word, color) + " " * (width - len(word))


def _color(cell: Cell) -> str:
    return DIM if cell.verdict is None else VERDICT_COLOR[cell.verdict]


def _list(page: PaintedPage, columns: Sequence[Column], row: Row) -> Iterator[str]:
    """Yield the items, then a line for each word with its activities, worst first."""
    license_ = f" ({cut(row.license, page.width // 2)})" if row.license else ""
    yield page.painted(names_within(row.names, page.width - len(license_)), BOLD) + license_
    groups: dict[Cell, list[str]] = {}
    for column, cell in sorted(zip(columns, row.cells, strict=True), key=lambda pair: -pair[1].severity):
        groups.setdefault(cell, []).append(column.word)
    for cell, words in groups.items():
        if cell.verdict is None:
            continue
        text = "everything" if len(words) == len(columns) and len(words) > 1 else ", ".join(words)
        yield from page.after(f"  {cell.word}: ", text, VERDICT_COLOR[cell.verdict], indent=4)
