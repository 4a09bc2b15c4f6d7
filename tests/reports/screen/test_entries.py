from tcia_policy.reports.answer.answer import answer
from tcia_policy.reports.screen.entries import entries
from tcia_policy.reports.screen.painted_page import PaintedPage
from tests.reports.assessments import SAMPLE


def lines(width: int = 80, most: int | None = None) -> list[str]:
    return [line for section in entries(PaintedPage(width), answer(SAMPLE), most) for line in section.lines]


def test_each_entry_has_its_label_and_what_to_do_below_it() -> None:
    found = lines()
    assert found[0].startswith("BLOCKED     NSCLC-Radiomics: A NonCommercial license")
    assert any(line.startswith(" " * 12 + "Ask Hugo Aerts") for line in found)


def test_a_narrow_page_indents_less() -> None:
    assert lines(40)[0].startswith("BLOCKED  NSCLC-Radiomics: A")
    assert any(line.startswith("  Ask Hugo") for line in lines(40))


def test_in_short_each_text_has_so_many_lines_at_most_and_says_that_there_is_more() -> None:
    assert len(lines(60, 1)) < len(lines(60))
    assert any(line.endswith("…") for line in lines(60, 1))


def test_what_is_to_be_typed_is_never_cut() -> None:
    text = " ".join(" ".join(lines(40, 1)).replace("\\", "").split())
    assert "tcia-policy cite cohort/lung.tcia -o refs.bib" in text
    assert "name your paper (manuscript: [paper.tex], or --manuscript PATH)" in text
    assert "2 asked for and not required: -v" in text
