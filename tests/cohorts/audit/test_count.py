"""Tables are counted: every row, every series once, and nothing unknown is lost."""

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts.audit import duckdb_engine
from tcia_policy.cohorts.audit.count import count_table
from tcia_policy.cohorts.audit.counted import Counted, GroupCount, Statement, Unknown
from tcia_policy.cohorts.audit.question import Asked
from tcia_policy.cohorts.audit.warehouse import JOINED_COLUMNS
from tcia_policy.cohorts.index.sources import Sources
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.cohorts.audit.tables import ROWS, write_csv, write_parquet, write_workbook
from tests.cohorts.index.small_index import write_sources

A = Statement("10.7937/a", "CC BY 3.0", "a")
B = Statement("10.7937/b", "CC BY 4.0", "b")
NO_SOURCE = Statement("", "no license stated", "b")
REMOVED = Statement("10.7937/c", "CC BY-NC 3.0", "c", "23.1.0")
OF = {"1.2.1": A, "1.2.2": A, "1.2.10": B, "1.2.11": NO_SOURCE, "1.2.20": REMOVED}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_sources(tmp_path_factory.mktemp("index"))


def groups_of(counted: Counted) -> dict[str | None, GroupCount]:
    return {group.name: group for group in counted.groups}


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_each_group_has_its_series_and_what_the_index_lacks(tmp_path: Path, sources: Sources, name: str) -> None:
    path = write_parquet(tmp_path / name) if name.endswith("parquet") else write_csv(tmp_path / name)
    counted = count_table(str(path), Asked("bucket"), sources)
    assert groups_of(counted) == {
        "a": GroupCount("a", 5, {A: 2}, Unknown(2, 2, "9.9.8")),
        "b": GroupCount("b", 5, {A: 1, B: 1, REMOVED: 1}, Unknown(1, 1, None, True, ("d", "e")), rows_without=1),
        'c, "d"': GroupCount('c, "d"', 1, {}, Unknown(1, 1, "junk")),
        None: GroupCount(None, 1, {NO_SOURCE: 1}),
    }
    assert [group.name for group in counted.groups] == ["a", "b", 'c, "d"', None]
    assert counted.total == GroupCount(
        None, 12, {A: 2, B: 1, REMOVED: 1, NO_SOURCE: 1}, Unknown(4, 4, "9.9.8", True, ("d", "e")), rows_without=1
    )
    assert counted.version == "25.0.0"


def test_line_breaks_in_cells_and_workbooks_are_counted_alike(tmp_path: Path, sources: Sources) -> None:
    rows = [*ROWS, ("1.2.2", "two\nlines", 1)]
    of_text = count_table(str(write_csv(tmp_path / "t.csv", rows)), Asked("bucket"), sources)
    of_workbook = count_table(str(write_workbook(tmp_path / "t.xlsx", rows)), Asked("bucket"), sources)
    assert groups_of(of_text)["two\nlines"] == GroupCount("two\nlines", 1, {A: 1})
    assert (of_workbook.groups, of_workbook.total) == (of_text.groups, of_text.total)


def test_text_that_is_not_utf_8_is_said_with_its_line(tmp_path: Path, sources: Sources) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"SeriesInstanceUID,bucket\n1.2.1,a\n1.2.2,\xe4\n")
    with pytest.raises(InputError, match=r"t\.csv:3: is not text in UTF-8"):
        count_table(str(path), Asked("bucket"), sources)


def test_a_column_says_how_many_rows_there_are(tmp_path: Path, sources: Sources) -> None:
    counted = count_table(str(write_csv(tmp_path / "t.csv")), Asked("bucket", rows="n"), sources)
    assert {name: group.rows for name, group in groups_of(counted).items()} == {"a": 8, "b": 9, 'c, "d"': 1, None: 1}
    assert groups_of(counted)["a"].unknown == Unknown(3, 2, "9.9.8")


@pytest.mark.parametrize("number", ["", "-1", "x", "1.5e99"])
def test_a_number_of_rows_is_a_number(tmp_path: Path, sources: Sources, number: str) -> None:
    path = write_csv(tmp_path / "t.csv", [*ROWS, ("1.2.1", "a", number)])
    with pytest.raises(InputError, match="--count"):
        count_table(str(path), Asked("bucket", rows="n"), sources)


def test_groups_that_do_not_fit_into_memory_are_counted_in_turns(
    tmp_path: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(write_csv(tmp_path / "t.csv"))
    at_once = count_table(path, Asked("bucket"), sources)
    counted = duckdb_engine._Counting._counted
    monkeypatch.setattr(duckdb_engine._Counting, "_counted", lambda self, passes: counted(self, passes * 5))
    assert count_table(path, Asked("bucket"), sources) == at_once


def test_unknown_series_of_a_large_table_are_estimated(
    tmp_path: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "AUDIT_EXACT", 0)
    path = write_csv(tmp_path / "t.csv", [(f"9.{number // 2}", "a", 1) for number in range(20_000)])
    found = count_table(str(path), Asked("bucket"), sources).total.unknown
    assert not found.is_exact
    assert found.rows == 20_000
    assert found.series == pytest.approx(10_000, rel=0.01)


@pytest.mark.parametrize("bits", [0, 1, duckdb_engine.HASHES])
def test_an_estimate_is_a_number_whatever_was_seen(bits: int) -> None:
    assert duckdb_engine.estimated(bits) >= bits


def test_there_is_a_bound_of_groups_and_of_their_names(
    tmp_path: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(write_csv(tmp_path / "t.csv"))
    monkeypatch.setattr(limits, "AUDIT_GROUPS", 3)
    with pytest.raises(InputError, match="more than 3 groups"):
        count_table(path, Asked("bucket"), sources)
    monkeypatch.setattr(limits, "AUDIT_GROUPS", 10)
    monkeypatch.setattr(limits, "AUDIT_GROUP_NAME", 3)
    with pytest.raises(InputError, match="more than 3 characters"):
        count_table(path, Asked("bucket"), sources)


def test_a_table_without_rows_has_nothing_to_judge(tmp_path: Path, sources: Sources) -> None:
    with pytest.raises(InputError, match="no rows"):
        count_table(str(write_csv(tmp_path / "t.csv", [])), Asked("bucket"), sources)


JOINED = ("SeriesInstanceUID", "bucket", *JOINED_COLUMNS, "n")


def test_a_warehouse_may_have_looked_up_the_series_itself(tmp_path: Path, sources: Sources) -> None:
    rows = [
        ("", "a", "10.7937/A", "CC BY 3.0", "a", "v25", 2, 7),
        ("", "b", "10.7937/A", "CC BY 3.0", "a", "v25", 1, 1),
        ("", "b", "", "", "b", "v25", 1, 1),
        ("1.2.20", "b", "", "", "", "", 0, 4),
        ("9.9.9", "b", "", "", "", "", 0, 1),
        ("", "b", "", "", "", "", 0, 2),
    ]
    counted = count_table(str(write_csv(tmp_path / "t.csv", rows, JOINED)), Asked("bucket", rows="n"), sources)
    assert groups_of(counted) == {
        "a": GroupCount("a", 7, {A: 2}),
        "b": GroupCount("b", 9, {A: 1, NO_SOURCE: 1, REMOVED: 1}, Unknown(1, 1, "9.9.9"), rows_without=2),
    }
    assert counted.total_is_sum
    assert counted.total.series[A] == 3
    assert counted.version == "IDC v25 and 25.0.0"


@pytest.mark.parametrize("series", ["", "0", "-1", "x"])
def test_a_known_series_is_counted_at_least_once(tmp_path: Path, sources: Sources, series: str) -> None:
    path = write_csv(tmp_path / "t.csv", [("", "a", "d", "l", "c", "v25", series, 1)], JOINED)
    with pytest.raises(InputError):
        count_table(str(path), Asked("bucket", rows="n"), sources)


UIDS = st.sampled_from([*OF, "1.2.30", "9.9.1", "9.9.2", "junk", "", "x" * 70])
GROUPS = st.sampled_from(["a", "b", "it's", "", "::error::x", 'q"uote'])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(UIDS, GROUPS, st.integers(0, 9)), min_size=1, max_size=40))
def test_any_rows_are_counted_as_one_by_one(tmp_path: Path, sources: Sources, rows: list[tuple[str, str, int]]) -> None:
    counted = count_table(str(write_csv(tmp_path / "t.csv", rows)), Asked("bucket", rows="n"), sources)
    known: dict[str | None, set[str]] = defaultdict(set)
    unknown: dict[str | None, set[str]] = defaultdict(set)
    number: dict[str | None, int] = defaultdict(int)
    for uid, written, n in rows:
        number[written or None] += n
        if uid:
            (known if uid in OF else unknown)[written or None].add(uid)
    found = groups_of(counted)
    assert {name: group.rows for name, group in found.items()} == dict(number)
    for name, group in found.items():
        assert group.known_series == len(known[name])
        assert set(group.series) == {OF[uid] for uid in known[name]}
        assert group.unknown.series == len(unknown[name])
    assert counted.total.known_series == len(set().union(*known.values(), set()))
    assert counted.total.unknown.series == len(set().union(*unknown.values(), set()))
