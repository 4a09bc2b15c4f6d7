"""How far something has come: on terminals alone, and gone at the end."""

from pathlib import Path

import pytest

from tcia_policy.files import progress
from tcia_policy.files.tree import Tree


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "AFTER", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.0)
    monkeypatch.setattr(progress, "_allowed", [True])


def test_the_line_says_how_many_are_done_and_goes_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.progress([10, 20], "Files", 30, lambda item: item)) == [10, 20]
    out, err = capsys.readouterr()
    lines = [line.strip() for line in err.split("\r") if line.strip()]
    assert (out, lines) == ("", ["Files: 10 of 30", "Files: 30 of 30"])
    assert err.endswith(" \r")


def test_without_a_total_the_number_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.progress("ab", "Rows")) == ["a", "b"]
    assert "Rows: 2" in capsys.readouterr().err


def test_nothing_is_shown_where_it_is_not_allowed_or_takes_no_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "AFTER", 60.0)
    assert list(progress.progress("ab", "Rows")) == ["a", "b"]
    progress.allow(False)
    monkeypatch.setattr(progress, "AFTER", 0.0)
    assert list(progress.progress("ab", "Rows")) == ["a", "b"]
    assert capsys.readouterr().err == ""


def test_one_long_task_says_which_part_is_done_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_allowed", [True])
    monkeypatch.setattr(progress, "AFTER", 0.0)
    shown = ""
    with progress.waiting("Series", lambda: 0.4):
        while not shown:
            shown = capsys.readouterr().err
    assert shown.startswith("\rSeries: 40%")
    assert capsys.readouterr().err.endswith(f"\r{'':<70}\r")


def test_a_short_task_or_one_that_nobody_watches_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_allowed", [False])
    with progress.waiting("Series"):
        pass
    monkeypatch.setattr(progress, "_allowed", [True])
    monkeypatch.setattr(progress, "AFTER", 60.0)
    with progress.waiting("Series"):
        pass
    assert capsys.readouterr().err == ""


def test_files_of_a_folder_are_counted_as_they_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "x.txt").touch()
    assert Tree(tmp_path).count() == 2
    assert "Files found: 2" in capsys.readouterr().err
