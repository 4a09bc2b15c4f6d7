import re

from tcia_policy.reports.answer.matrix import matrix
from tcia_policy.reports.screen.matrix_lines import matrix_section
from tcia_policy.reports.screen.painted_page import PaintedPage
from tests.reports.assessments import SAMPLE


def test_every_row_is_an_entry_counted_by_its_worst_cell() -> None:
    section = matrix_section(PaintedPage(), matrix(SAMPLE, ()))
    assert [entry.kind for entry in section.entries] == ["no", "no", "open", "open", "to do"]
    assert sum(entry.number for entry in section.entries) == len(SAMPLE.holdings)


def test_a_narrow_page_has_a_list_of_activities_for_each_word() -> None:
    section = matrix_section(PaintedPage(40), matrix(SAMPLE, ()))
    lidc = section.entries[-1].lines
    assert lidc == ("LIDC-IDRI (CC BY 3.0)", "  to do: results, model, product", "  ok: train")
    assert section.head == ()


def test_color_is_beside_words() -> None:
    section = matrix_section(PaintedPage(80, color=True), matrix(SAMPLE, ()))
    assert "\x1b[31mno" in section.entries[0].lines[0]


def test_color_changes_nothing_but_the_color() -> None:
    painted = matrix_section(PaintedPage(80, color=True), matrix(SAMPLE, ()))
    plain = matrix_section(PaintedPage(80), matrix(SAMPLE, ()))
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in painted.lines] == list(plain.lines)
    assert not any(line.endswith(" ") for line in plain.lines)
