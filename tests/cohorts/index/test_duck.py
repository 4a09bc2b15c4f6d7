"""How DuckDB is told which file to read."""

from pathlib import Path

import pytest

from tcia_policy.cohorts.index import duck


@pytest.mark.parametrize("name", ["*", "?x", "[a-z]", "{a,b}", "a'b\"c", "year=2020", "~", "$path", "**", "é ü"])
def test_a_file_is_read_alone_whatever_its_name_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / f"{name}.csv").write_text("uid\nmine\n", encoding="utf-8")
    (folder / "other.csv").write_text("uid\nanother\n", encoding="utf-8")
    with duck.connect() as connection:
        found = duck.rows(
            connection,
            "select uid from read_csv($path, hive_partitioning = false)",
            {"path": duck.one_file(folder / f"{name}.csv")},
        )
    assert found == [("mine",)]
