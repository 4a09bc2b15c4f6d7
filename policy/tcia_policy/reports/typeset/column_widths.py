"""How wide the columns of a table are on paper, so that words stay whole and the table is short."""

from tcia_policy.reports.memo.document import Line, Table
from tcia_policy.reports.typeset.printable import pieces

LINE = 122  # letters of a table's size beside each other on A4, in the font of our PDF
_PADDING = 2
_STEP = 3
_OTHER_CELLS = 0.3
_ROWS_LOOKED_AT = 150  # enough to know what a table is like


def column_widths(table: Table, letters: int = LINE) -> tuple[float, ...]:
    """Return the share of the width that each column gets; all of them make 1. So many `letters` stand in a line.

    Where all is as wide as it likes to be, columns share by that. Else each has room for its longest word, and the
    rest goes, step by step, to the column that makes the table shorter by most.
    """
    columns = [[table.heads[at], *(_text(row.cells[at]) for row in table.rows)] for at in range(len(table.heads))]
    likes = [max(map(len, column)) + _PADDING for column in columns]
    if sum(likes) <= letters:
        return _shares(likes)
    widths = [max(map(_longest_piece, column)) + _PADDING for column in columns]
    lengths = [[len(column[row]) for column in columns] for row in range(min(len(columns[0]), _ROWS_LOOKED_AT))]
    while sum(widths) + _STEP <= letters:
        widths[_best_to_widen(widths, lengths)] += _STEP
    return _shares(widths)


def _best_to_widen(widths: list[int], lengths: list[list[int]]) -> int:
    def height(at: int) -> float:
        wider = [width + _STEP * (column == at) for column, width in enumerate(widths)]
        return sum(_height(row, wider) for row in lengths)

    return min(range(len(widths)), key=height)


def _height(row: list[int], widths: list[int]) -> float:
    """Return how high a row is, in lines: the highest cell counts most, and the others a little."""
    lines = [max(1.0, length / max(1, width - _PADDING)) for length, width in zip(row, widths, strict=True)]
    return max(lines) + _OTHER_CELLS * sum(lines)


def _shares(widths: list[int]) -> tuple[float, ...]:
    return tuple(round(width / sum(widths), 4) for width in widths)


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _longest_piece(text: str) -> int:
    return max((len(word) for piece in pieces(text) for word in piece.split()), default=0)
