"""Tables on this machine: found by content, and nothing read but what was named."""

import os
from pathlib import Path

import duckdb
import pytest

from tcia_policy.cohorts.audit.table import LineBreaksError, open_table, unreadable
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.cohorts.audit.tables import HEADING, ROWS, write_csv, write_parquet


def rows_of(label: Path | str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        table = open_table(connection, str(label))
        names = ", ".join(f"nullif(cast({table.name_of(each)} as varchar), '')" for each in HEADING)
        sql = f"select {names} from {table.source}"  # noqa: S608
        found = connection.execute(sql, dict(table.parameters)).fetchall()
    return sorted(found, key=str)


EXPECTED = sorted([tuple(str(each) if each else None for each in row) for row in ROWS], key=str)


@pytest.mark.parametrize(("name", "delimiter"), [("t.csv", ","), ("t.tsv", "\t"), ("t.csv.gz", ";"), ("t", "|")])
def test_text_is_read_whatever_parts_its_columns(tmp_path: Path, name: str, delimiter: str) -> None:
    assert rows_of(write_csv(tmp_path / name, delimiter=delimiter)) == EXPECTED


def test_parquet_is_known_by_its_content(tmp_path: Path) -> None:
    assert rows_of(write_parquet(tmp_path / "table.csv")) == EXPECTED


def test_a_folder_of_parquet_is_one_table(tmp_path: Path) -> None:
    write_parquet(tmp_path / "lake" / "a.parquet", ROWS[:5])
    write_parquet(tmp_path / "lake" / "below" / "b.parquet", ROWS[5:])
    write_parquet(tmp_path / "lake" / "_temporary" / "c.parquet")
    (tmp_path / "lake" / "_SUCCESS").touch()
    assert rows_of(tmp_path / "lake") == EXPECTED
    assert rows_of(f"{tmp_path}/lake/**/[ab].parquet") == EXPECTED


def test_a_folder_may_say_what_a_column_has(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_parquet(tmp_path / f"site={name}" / "a.parquet")
    with duckdb.connect() as connection:
        table = open_table(connection, str(tmp_path))
        assert table.columns == (*HEADING, "site")
        sql = f"select site, count(*) from {table.source} group by site"  # noqa: S608
        assert sorted(connection.execute(sql, dict(table.parameters)).fetchall()) == [("one", 12), ("two", 12)]


def test_several_texts_have_one_form(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ROWS[:5])
    write_csv(tmp_path / "b.csv", ROWS[5:])
    assert rows_of(f"{tmp_path}/*.csv") == EXPECTED
    write_csv(tmp_path / "c.csv", heading=("uid", "bucket", "n"))
    with pytest.raises(InputError, match=r"c\.csv: is not of the form of"):
        rows_of(f"{tmp_path}/*.csv")


@pytest.mark.parametrize("name", ["a[1].csv", "what?.csv", "*.csv", "it's; drop.csv"])
def test_a_file_that_is_called_like_a_pattern_is_that_file(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / "a1.csv", heading=("x", "y", "z"))
    assert rows_of(write_csv(tmp_path / name)) == EXPECTED


def test_rows_may_be_short_and_lines_empty(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("# made by hand\nSeriesInstanceUID,bucket,n\n1.2.3\n\n1.2.4,a\n", encoding="utf-8")
    assert [row for row in rows_of(tmp_path / "t.csv") if row[0]] == [("1.2.3", None, None), ("1.2.4", "a", None)]


def test_what_is_no_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("no table at all\n", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"\0\1\2\3")
    (tmp_path / "empty").touch()
    (tmp_path / "wide.csv").write_text("a,b\n1,2\n", encoding="utf-16")
    (tmp_path / "cut.parquet").write_bytes(write_parquet(tmp_path / "whole").read_bytes()[:200])
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("text.txt", "bytes", "empty", "wide.csv", "cut.parquet", "pipe", "folder", "none", "no*", "s3://a/b"):
        with pytest.raises(InputError) as error:
            rows_of(f"{tmp_path}/{name}" if "://" not in name else name)
        assert error.value.file is not None, name


@pytest.mark.parametrize("label", ["/", "/proc", "/dev", "/**/*.parquet", "/proc/*/x.csv", "/[a-z]*"])
def test_the_system_is_no_table(label: str) -> None:
    with pytest.raises(InputError, match="system"):
        rows_of(label)


def test_a_table_has_a_bound_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AUDIT_FILES", 1)
    for name in ("a.parquet", "b.parquet"):
        write_parquet(tmp_path / name)
    with pytest.raises(InputError, match="more than 1 files"):
        rows_of(tmp_path)
    monkeypatch.setattr(limits, "AUDIT_ENTRIES", 1)
    with pytest.raises(InputError, match="files and folders"):
        rows_of(tmp_path)


def test_a_cell_may_have_line_breaks_where_the_table_is_read_in_turn(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('SeriesInstanceUID,bucket,note\n1.2.1,a,"two\nlines"\n1.2.2,a\n', encoding="utf-8")
    with duckdb.connect() as connection:

        def rows(*, in_turn: bool) -> int:
            table = open_table(connection, str(path), in_turn=in_turn)
            try:
                return len(connection.execute(f"from {table.source}", dict(table.parameters)).fetchall())
            except duckdb.Error as error:
                raise unreadable(error, "x.csv") from None

        with pytest.raises(LineBreaksError):
            rows(in_turn=False)
        assert rows(in_turn=True) == 2


@pytest.mark.skipif(os.name != "posix", reason="names are bytes there")
def test_a_name_that_is_no_text_is_said(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.csv"))
    write_csv(path)
    with duckdb.connect() as connection, pytest.raises(InputError, match="has a name that is not in UTF-8"):
        open_table(connection, str(path))
