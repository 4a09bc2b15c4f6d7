"""Which files of JSON objects DuckDB may read as such: those that have nothing that it would pass over."""

import gzip
import json
from pathlib import Path

import duckdb
import pytest

from tcia_policy.cohorts import read_cohort
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.json_objects import objects_scan

UID = "1.3.6.1.4.1.14519.5.2.1.78.1"
ROW = {"series_uid": UID, "n": 5, "note": "a/b", "doi": "10.7937/x"}
STYLES = [(",", ":"), (", ", ": ")]


def may_be_read(path: Path) -> bool:
    table = read_cohort(path, large=1).table
    assert table is not None
    with duck.connect() as connection:
        try:
            scan = objects_scan(connection, table)
        except duckdb.Error:
            return False
        if scan is None:
            return False
        found = connection.execute(f"select c0 from {scan.source}", dict(scan.parameters)).fetchall()  # noqa: S608
    return {uid for (uid,) in found} == {UID}


def written(path: Path, last: dict[str, object], style: tuple[str, str] = STYLES[0], end: str = "\n") -> Path:
    lines = [json.dumps(row, separators=style) for row in (ROW, {**ROW, "n": 12}, {**ROW, **last})]
    path.write_bytes(end.join(lines).encode())
    return path


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [{}, {"note": None}, {"doi": "", "n": -7}, {"note": "#"}])
def test_alike_in_any_style(tmp_path: Path, style: tuple[str, str], end: str, last: dict[str, object]) -> None:
    path = written(tmp_path / "x.jsonl", last, style, end)
    assert may_be_read(path)
    path.write_bytes(path.read_bytes() + end.encode())
    assert may_be_read(path)
    path.write_bytes(path.read_bytes().replace(b"/", b"\\/"))
    assert may_be_read(path)


@pytest.mark.parametrize(
    "last",
    [
        {"seg_series_uid": UID},
        {"n": {"series_uid": UID}},
        {"note": {"series_uid": UID}},
        {"n": [1]},
        {"n": 10**40},
        {"n": "7"},
        {"note": 'a "b"'},
        {"note": "é"},
    ],
)
def test_something_else_in_one_line(tmp_path: Path, last: dict[str, object]) -> None:
    assert not may_be_read(written(tmp_path / "x.jsonl", last))


def test_a_key_given_twice_a_remark_and_a_packed_file(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", {})
    whole = path.read_text(encoding="utf-8")
    for more in (f'\n{{"n":5,"series_uid":"{UID}","series_uid":"{UID}","note":"","doi":""}}', "\n# remark", "\n"):
        path.write_text(whole + more + "\n", encoding="utf-8")
        assert not may_be_read(path)
    path.write_bytes(gzip.compress(whole.encode()))
    assert not may_be_read(path)
