"""The table of all series in the user's cache: made once, never wrong, and done without where it cannot be kept."""

import os
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tcia_policy.cohorts.index import duck, sorted_copy
from tcia_policy.cohorts.index.sorted_copy import Code, SeriesMap, Standing, series_map
from tcia_policy.cohorts.index.sources import Sources
from tcia_policy.errors import InputError
from tests.cohorts.index.small_index import uid, write_sources

CODES = (
    Code(Standing.CURRENT, "", "no license stated", ("b",), None, 0, 1),
    Code(Standing.CURRENT, "10.7937/a", "CC BY 3.0", ("a",), None, 1, 2),
    Code(Standing.CURRENT, "10.7937/b", "CC BY 4.0", ("b",), None, 3, 1),
    Code(Standing.REMOVED, "10.7937/c", "CC BY-NC 3.0", ("c",), "23.1.0", 4, 1),
    Code(Standing.EARLIER, "", "", ("d", "e"), None, 5, 1),
)
ROWS = [
    (uid(1), 1, 1, Decimal("1.5"), 0),
    (uid(10), 3, 2, Decimal("4.000001"), 2),
    (uid(11), 0, 0, Decimal("0.5"), 3),
    (uid(2), 2, 1, Decimal("2.25"), 1),
    (uid(20), 4, 3, Decimal(0), None),
    (uid(30), 5, 4, Decimal(0), None),
]


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return write_sources(tmp_path / "installed")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache [1]'s"


def look(sources: Sources, cache: Path | None) -> SeriesMap:
    """Return the table, having checked every row of it."""
    with duck.connect() as connection:
        found = series_map(connection, sources, cache)
        rows = connection.execute(f"from {found.source} order by uid", dict(found.parameters)).fetchall()
    assert rows == ROWS
    assert found.codes == CODES
    assert found.rows == len(ROWS)
    return found


def copies(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def test_the_copy_has_every_series_by_uid_with_what_the_index_says(sources: Sources, cache: Path) -> None:
    found = look(sources, cache)
    with duck.connect() as connection:
        uids = connection.execute(f"select uid from {found.source}", dict(found.parameters)).fetchall()  # noqa: S608
    assert uids == sorted(uids)
    (copy,) = copies(cache)
    assert copy.name.startswith("idc-series-25.0.0-")


def test_the_copy_is_made_once(sources: Sources, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(sources, cache)
    monkeypatch.setattr(sorted_copy, "_write", lambda *_given: pytest.fail("made twice"))
    look(sources, cache)


def test_without_a_cache_the_table_is_made_in_memory(sources: Sources) -> None:
    assert look(sources, None).parameters == {}


@pytest.mark.parametrize("damage", [b"", b"PAR1", None], ids=["empty", "cut", "one byte"])
def test_a_damaged_copy_is_made_anew(sources: Sources, cache: Path, damage: bytes | None) -> None:
    look(sources, cache)
    (copy,) = copies(cache)
    whole = copy.read_bytes()
    changed = bytearray(whole)
    changed[len(changed) // 2] ^= 1
    copy.write_bytes(bytes(changed) if damage is None else damage)
    look(sources, cache)
    (copy,) = copies(cache)
    assert copy.read_bytes() == whole


def test_another_version_or_another_index_has_a_copy_of_its_own(sources: Sources, cache: Path, tmp_path: Path) -> None:
    look(sources, cache)
    look(sources._replace(version="26.0.0"), cache)
    with duckdb.connect() as connection:
        connection.execute(
            "copy (from read_parquet($index) where SeriesInstanceUID <> $uid) to $path (format parquet)",
            {"uid": uid(1), "index": str(sources.current), "path": str(tmp_path / "fewer.parquet")},
        )
    with duck.connect() as connection:
        fewer = series_map(connection, sources._replace(current=tmp_path / "fewer.parquet"), cache)
    assert (Standing.EARLIER, ("a",)) in [(code.standing, code.collections) for code in fewer.codes]
    assert len(copies(cache)) == 3


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_copy_that_others_can_write_or_that_is_a_link_is_not_used(
    sources: Sources, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(sources, cache)
    (copy,) = copies(cache)
    monkeypatch.setattr(sorted_copy, "_made", lambda *_given: None)
    copy.chmod(0o622)
    assert look(sources, cache).parameters == {}
    copy.chmod(0o600)
    elsewhere = cache.parent / "elsewhere"
    copy.rename(elsewhere)
    copy.symlink_to(elsewhere)
    assert look(sources, cache).parameters == {}


def test_a_cache_that_cannot_be_written_is_done_without(sources: Sources, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert look(sources, file / "cache").parameters == {}


def test_a_full_disk_leaves_nothing_behind(sources: Sources, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_sources: Sources, path: Path) -> None:
        path.write_bytes(b"PAR1")
        raise duckdb.IOException("No space left on device")

    monkeypatch.setattr(sorted_copy, "_write", half)
    assert look(sources, cache).parameters == {}
    assert copies(cache) == []


def test_two_that_make_the_copy_at_once_both_have_it(
    sources: Sources, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = sorted_copy._write

    def while_another_does(sources: Sources, path: Path) -> None:
        monkeypatch.setattr(sorted_copy, "_write", write)
        look(sources, cache)
        write(sources, path)

    monkeypatch.setattr(sorted_copy, "_write", while_another_does)
    look(sources, cache)
    assert len(copies(cache)) == 1


def test_an_index_that_cannot_be_read_is_an_error_that_says_what_to_do(sources: Sources, cache: Path) -> None:
    sources.current.write_bytes(b"not Parquet")
    with duck.connect() as connection, pytest.raises(InputError, match=r"cannot be read.*\n  install idc-index-data"):
        series_map(connection, sources, cache)
    assert copies(cache) == []
