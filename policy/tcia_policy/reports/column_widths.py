"""How wide the columns of a table are on paper, so that words stay whole."""

from tcia_policy.reports.document import Line, Table
from tcia_policy.reports.printable import pieces

LINE = 112  # characters of a table's letters beside each other on A4
_PADDING = 2


def column_widths(table: Table) -> tuple[float, ...]:
    """Return the share of the width that each column gets; all of them make 1.

    Where all is as wide as it likes to be, columns share by that; else each has room for its longest word, and shares
    the rest by how much stands in it.
    """
    columns = [[table.heads[at], *(_text(row.cells[at]) for row in table.rows)] for at in range(len(table.heads))]
    likes = [max(map(len, column)) + _PADDING for column in columns]
    if sum(likes) <= LINE:
        return _shares([float(each) for each in likes])
    least = [max(map(_longest_piece, column)) + _PADDING for column in columns]
    rest = max(0, LINE - sum(least))
    wants = [max(0, like - needed) ** 0.5 for like, needed in zip(likes, least, strict=True)]
    return _shares([needed + rest * want / (sum(wants) or 1) for needed, want in zip(least, wants, strict=True)])


def _shares(widths: list[float]) -> tuple[float, ...]:
    return tuple(round(width / sum(widths), 4) for width in widths)


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _longest_piece(text: str) -> int:
    return max((len(word) for piece in pieces(text) for word in piece.split()), default=0)
