"""The tutorials: every command in them works, and prints what the page says."""

from pathlib import Path

import pytest

from tests.transcripts import SHOWN, TUTORIALS, run_session, typed_in, with_what_is_printed


def test_there_is_one_for_each_reader() -> None:
    assert {page.stem for page in TUTORIALS} == {"tutorial-paper", "tutorial-product", "tutorial-review"}


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.stem)
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    typed = list(typed_in(page.read_text(encoding="utf-8")))
    assert len(typed) > 1
    printed = run_session([each.command for each in typed], tmp_path)
    shown = [each.printed for each in typed]
    assert shown == printed, "python tests/refresh_readme.py brings it up to date"


def test_what_is_printed_takes_the_place_of_what_is_shown_and_of_nothing_else() -> None:
    page = "Text\n\n```console\n$ one\nold\n$ two \\\n> three\n```\n\n```text\n$ not run\n```\n"
    assert [each.command for each in typed_in(page)] == ["one", "two \\\nthree"]
    renewed = with_what_is_printed(page, ["new\n", "2\n"])
    assert renewed == page.replace("old\n", "new\n").replace("> three\n", "> three\n2\n")
