"""What changed, on a screen and as Markdown."""

import re

import pytest

from tcia_policy.model import Assessment
from tcia_policy.reports.changes.screen import render_changes
from tcia_policy.reports.typeset.markdown import changes_as_markdown
from tcia_policy.review.compare.compare import compare
from tests.reports.assessments import EVIL_SAMPLE, SAMPLE


@pytest.mark.parametrize(("old", "new"), [(SAMPLE, EVIL_SAMPLE), (EVIL_SAMPLE, SAMPLE)])
def test_nothing_that_a_study_says_acts_on_a_terminal_or_a_page(old: Assessment, new: Assessment) -> None:
    text, page = render_changes(compare(old, new)), changes_as_markdown(compare(old, new))
    assert not set("\x1b\u202e\x9b") & set(text + page)
    assert re.findall(r"(?<!\\)(?:<script|]\(javascript)", page) == []


def test_no_line_is_wider_than_the_screen_unless_a_word_is() -> None:
    lines = render_changes(compare(SAMPLE, EVIL_SAMPLE), 60).splitlines()
    assert [line for line in lines if len(line) > 60 and " " in line.strip()] == []


def test_color_is_there_only_where_it_is_wanted() -> None:
    diff = compare(SAMPLE, EVIL_SAMPLE)
    assert "\x1b[" in render_changes(diff, color=True)
    assert "\x1b" not in render_changes(diff, color=False)
