"""The index of series is made of IDC's packages: what each version said of each series, and no more."""

from pathlib import Path

import pytest

from tcia_policy.cohorts.index.slim import SlimIndex, Statement
from tcia_policy.importers.series_index import main
from tcia_policy.registry.series_layout import FILE, State
from tests.cohorts.index.rows import row_of_series, row_of_uuid
from tests.importers.idc_packages import FIRST, PRIOR, SECOND, UUID, write_history, write_package


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, Path]:
    return (
        write_package(tmp_path / "first", "1.0.0", FIRST),
        write_package(tmp_path / "second", "2.0.0", SECOND, PRIOR),
    )


@pytest.fixture
def index(packages: tuple[Path, Path], tmp_path: Path) -> SlimIndex:
    return made(tmp_path / "data", *packages, "--without-history")


def made(folder: Path, *arguments: Path | str) -> SlimIndex:
    folder.mkdir(exist_ok=True)
    assert main([*map(str, arguments), "-o", str(folder)]) == 0
    return SlimIndex(folder / FILE)


def statement(index: SlimIndex, uid: str) -> Statement:
    row = row_of_series(index, uid)
    assert row is not None
    return index.statement_of(index.codes[row])


def test_a_series_has_what_the_newest_version_says(index: SlimIndex) -> None:
    assert index.version == "2.0.0"
    assert statement(index, "1.2.1") == Statement("10.7937/a", "CC BY 3.0", "a")
    assert statement(index, "1.2.4") == Statement("", "no license stated", "b")
    assert row_of_series(index, "1.2.7") is None


def test_a_series_that_was_removed_has_what_the_last_version_with_it_says(index: SlimIndex) -> None:
    assert statement(index, "1.2.2") == Statement("10.7937/a", "CC BY 3.0", "a", "1.0.0")


def test_of_a_series_before_the_first_version_only_its_last_collection_is_known(index: SlimIndex) -> None:
    assert statement(index, "1.2.6") == Statement("", "", "d", on_record=False)


def test_each_version_is_told(index: SlimIndex) -> None:
    row = row_of_series(index, "1.2.1")
    assert row is not None
    assert index.history_of(index.codes[row]) == (
        ("1.0.0", State("10.7937/a", "CC BY-NC 3.0", "a")),
        ("2.0.0", State("10.7937/a", "CC BY 3.0", "a")),
    )
    row = row_of_series(index, "1.2.6")
    assert row is not None
    assert index.history_of(index.codes[row]) == (("1.0.0", None), ("2.0.0", None))


def test_uuids_of_today_and_of_earlier_versions_are_those_of_the_series(index: SlimIndex) -> None:
    for uid, uuids in (("1.2.1", (1, 11)), ("1.2.2", (2,)), ("1.2.5", (5,)), ("1.2.6", (6, 7))):
        row = row_of_series(index, uid)
        assert row is not None
        assert {row_of_uuid(index, UUID.format(number)) for number in uuids} == {row}
    assert row_of_uuid(index, UUID.format(99)) is None


def test_a_study_and_a_patient_are_all_their_series_in_all_collections(index: SlimIndex) -> None:
    assert rows(index.rows_of_study("1.9.4")) == series_of(index, "1.2.4", "1.2.5")
    assert rows(index.rows_of_patient("P1")) == series_of(index, "1.2.1", "1.2.2", "1.2.3")
    assert rows(index.rows_of_study("P1")) == rows(index.rows_of_patient("1.9.4")) == set()


def test_sizes_are_exact_to_the_byte(index: SlimIndex) -> None:
    sizes = {uid: index.sizes[row] for uid in ("1.2.3", "1.2.4", "1.2.2") for row in series_of(index, uid)}
    assert sizes == {"1.2.3": 1, "1.2.4": 5_000_123_456, "1.2.2": 0}


def test_a_recorded_history_and_the_packages_make_the_same(
    packages: tuple[Path, Path], index: SlimIndex, tmp_path: Path
) -> None:
    history = write_history(tmp_path / "history", "1.0.0", FIRST)
    again = made(tmp_path / "again", packages[1], "--history", history)
    assert again.digest == index.digest
    last = made(tmp_path / "last", packages[0], "--history", history)
    assert last.version == "1.0.0"


def test_a_history_that_says_something_else_of_a_package_is_refused(
    packages: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = write_history(tmp_path / "history", "2.0.0", FIRST)
    assert main([str(packages[1]), "--history", str(history), "-o", str(tmp_path)]) == 2
    assert "is not as its history has it" in capsys.readouterr().err
    assert not (tmp_path / FILE).exists()


def test_two_names_with_one_key_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = write_package(tmp_path / "first", "1.0.0", FIRST)
    monkeypatch.setattr("tcia_policy.importers.series_index.key_of", lambda name, table: bytes(table.key))
    assert main([str(package), "--without-history", "-o", str(tmp_path)]) == 2
    assert "two series have one key: 1.2.1, 1.2.2" in capsys.readouterr().err


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--without-history", "-o", str(tmp_path)]) == 2
    assert "_version.py: no such file" in capsys.readouterr().err


def rows(found: object) -> set[int]:
    assert isinstance(found, (range, list))
    return set(found)


def series_of(index: SlimIndex, *uids: str) -> set[int]:
    found = {row_of_series(index, uid) for uid in uids}
    return {row for row in found if row is not None}
