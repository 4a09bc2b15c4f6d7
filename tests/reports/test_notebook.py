"""The first screen as HTML for a notebook."""

from markupsafe import escape

from tcia_policy.reports.answer.answer import answer
from tcia_policy.reports.notebook import render_notebook, rows
from tests.reports.assessments import EVIL_SAMPLE, SAMPLE


def test_every_item_and_question_of_the_answer_is_in_the_page() -> None:
    page = render_notebook(SAMPLE)
    shown = answer(SAMPLE)
    for row in shown.matrix.rows:
        assert all(escape(name) in page for name in row.names)
    assert page.count("<strong>QUESTION ") == len(shown.questions)
    assert page.count("<strong>BLOCKED</strong>") == len(shown.blocked)


def test_text_from_data_is_escaped() -> None:
    page = render_notebook(EVIL_SAMPLE)
    assert "<script" not in page
    assert "\x1b" not in page


def test_there_is_a_row_for_each_verdict() -> None:
    assert len(rows(SAMPLE)) == len(SAMPLE.verdicts)
