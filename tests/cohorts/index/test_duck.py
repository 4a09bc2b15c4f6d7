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


def test_the_table_on_the_right_is_held_and_a_file_on_the_left_is_read_in_turn(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("name\n1.2.3\n", encoding="utf-8")
    query = "select row from read_csv($file, columns = {'name': 'varchar'}) left join known on name = uid"
    with duck.connect() as connection:
        connection.execute("create table known as select range::varchar as uid, range as row from range(10000)")

        def join() -> str:
            ((_name, plan),) = connection.execute(f"explain {query}", {"file": str(file)}).fetchall()
            return next(line for line in str(plan).splitlines() if "Join Type" in line)

        assert "RIGHT" in join(), "DuckDB would hold the file"
        with duck.joined_as_written(connection):
            assert "LEFT" in join()
        assert "RIGHT" in join()
