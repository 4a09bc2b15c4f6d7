"""How far something has come: on terminals alone, and gone at the end."""

import pytest

from tcia_policy.files import progress


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
