from tcia_policy.reports.memo.document import Row, Span, Table
from tcia_policy.reports.typeset.column_widths import LINE, column_widths


def table(*rows: tuple[str, ...]) -> Table:
    heads = tuple(f"c{number}" for number in range(len(rows[0])))
    return Table("Caption", heads, tuple(Row(tuple((Span(cell),) for cell in cells)) for cells in rows))


def test_what_fits_shares_the_width_by_its_length() -> None:
    first, second = column_widths(table(("ab", "abcdefghijkl")))
    assert abs(first + second - 1) < 0.001
    assert second > 2 * first


def test_no_column_is_narrower_than_its_longest_word() -> None:
    widths = column_widths(table(("interpretation", "word " * 200, "undetermined")))
    assert widths[0] * LINE >= len("interpretation")
    assert widths[2] * LINE >= len("undetermined")
    assert widths[1] > 0.6


def test_a_table_without_rows_has_columns() -> None:
    assert len(column_widths(Table("Caption", ("a", "b"), ()))) == 2
