"""Which lines are the titles of sections."""

import pytest

from tcia_policy.documents.model import Heading
from tcia_policy.documents.reference_sections import Line
from tcia_policy.documents.section_headings import Sections, sure_levels

PROSE = "We trained on scans of many patients."


def _titles(*lines: str) -> list[tuple[int, str]]:
    levels = sure_levels([Line(line) for line in lines])
    return [(level, line) for line, level in zip(lines, levels, strict=True) if level]


def test_what_a_document_marks_is_a_heading_and_nothing_else_is() -> None:
    lines = [
        Line("Our way", 1),
        Line("Related work"),
        Line("Cells", 2, cannot_head=True),
        Line("Data", 2),
        Line("x", 0),
    ]
    assert sure_levels(lines) == [1, None, None, 2, None]


@pytest.mark.parametrize("name", ["Related Work", "RELATED WORK", "Future work", "II. RELATED WORK", "Methods:"])
def test_a_usual_name_alone_on_a_line_is_a_heading(name: str) -> None:
    assert _titles(PROSE, name, PROSE) == [(1, name)]


def test_numbers_that_follow_each_other_make_headings() -> None:
    lines = ["1 Introduction", PROSE, "2 Related Work", "2.1 Lung Nodules", PROSE, "2.2 Brain", "3. Our Network", PROSE]
    assert _titles(*lines) == [
        (1, "1 Introduction"),
        (1, "2 Related Work"),
        (2, "2.1 Lung Nodules"),
        (2, "2.2 Brain"),
        (1, "3. Our Network"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "12 Patients with Nodules",
        "2 CT Scans were excluded.",
        "We leave this to future work",
        "Related work is found in [3].",
        "3 Tesla",
        "Introduction of the Network",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert _titles("1 Introduction", PROSE, line, PROSE) == [(1, "1 Introduction")]


def test_a_title_of_its_own_ends_a_usual_section_without_number() -> None:
    lines = [PROSE, "Future Work", PROSE, "Proposed Network for Lungs", PROSE, "Some Network", "of ours is large."]
    assert _titles(*lines) == [(1, "Future Work"), (1, "Proposed Network for Lungs")]


def test_a_section_goes_on_in_the_next_block() -> None:
    sections = Sections()
    first = sections.of_block([("Methods", 1), ("Text.", None), ("Data", 2)], 2)
    assert first == (Heading(0, 1, "Methods"), Heading(16, 2, "Data"))
    assert sections.of_block([("More.", None), ("Results", 1)], 1) == (
        Heading(0, 1, "Methods"),
        Heading(0, 2, "Data"),
        Heading(6, 1, "Results"),
    )
