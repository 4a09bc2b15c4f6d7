"""The table of entries as a file: here, Parquet under any name."""

from pathlib import Path

import duckdb

from tcia_policy.model.table_row import TableRow
from tcia_policy.reports.entry_table import COLUMNS, write_entry_table


def test_parquet_of_a_name_with_wildcards_and_quotes_has_the_rows_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "out1x.parquet").write_bytes(b"another file")
    path = tmp_path / "it's out[1]*.parquet"
    rows = [
        TableRow._make(f'{name} {number}, "x"' if name != "series" else number for name in COLUMNS)
        for number in range(5000)
    ]
    assert write_entry_table(rows, path, overwrite=False, keep=()) == len(rows)
    written = path.rename(tmp_path / "plain.parquet")
    with duckdb.connect() as connection:
        assert [
            TableRow(*row) for row in connection.execute("from read_parquet($p)", {"p": str(written)}).fetchall()
        ] == rows
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out1x.parquet", "plain.parquet"]
