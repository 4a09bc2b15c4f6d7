"""Questions to Parquet files."""

import sys
from pathlib import Path

import duckdb
import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.parquet import rows_of

SQL = "select number from read_parquet(?) order by number"


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.parquet"
    duckdb.execute("copy (select range as number from range(5)) to $path (format parquet)", {"path": str(path)})
    return path


def test_all_rows_or_the_first_come_back(numbers: Path) -> None:
    assert rows_of(numbers, SQL) == [(0,), (1,), (2,), (3,), (4,)]
    assert rows_of(numbers, SQL, 2) == [(0,), (1,)]


def test_what_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.parquet: no such file"):
        rows_of(tmp_path / "none.parquet", SQL)
    (tmp_path / "text.parquet").write_text("no Parquet", encoding="utf-8")
    with pytest.raises(InputError, match=r"text\.parquet: cannot be read"):
        rows_of(tmp_path / "text.parquet", SQL)


def test_without_duckdb_it_is_said_what_to_install(numbers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError, match=r"DuckDB is not installed.*\n  pip install 'tcia-policy\[bulk\]'"):
        rows_of(numbers, SQL)
