"""Names that stand where a document lists its data."""

import pytest

from tcia_policy.documents.model import Heading
from tcia_policy.evidence.mentions.lists import Sections, alone_on_its_line, begins_an_item, introduced_as_sets


def test_sections_on_data_are_known_by_their_titles() -> None:
    titles = [
        Heading(0, 1, "Introduction"),
        Heading(100, 1, "2. Datasets"),
        Heading(200, 2, "Lungs"),
        Heading(300, 1, "Data analysis of trials"),
        Heading(400, 2, "Data sources"),
    ]
    sections = Sections(titles)
    assert [sections.is_of_sets(offset) for offset in (50, 150, 250, 350, 450)] == [False, True, True, False, True]
    assert not Sections([]).is_of_sets(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NLST", True),
        ("Text.\n\n**NLST**\n\nText.", True),
        ("Text.\n\nNLST was a trial.\n\nText.", False),
        ("Text\nNLST\nText", False),
        ("| NLST | 4 |", False),
    ],
)
def test_a_heading_is_alone_on_its_line(text: str, expected: bool) -> None:
    start = text.index("NLST")
    assert alone_on_its_line(text, start, start + 4) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- NLST: 200 scans", True),
        ("2) NLST (low dose)", True),
        ("NLST https://x.org", True),
        ("- the NLST", True),
        ("- In the NLST, scans were read", False),
        ("NLST showed a benefit", False),
    ],
)
def test_an_item_of_a_list_begins_with_its_name(text: str, expected: bool) -> None:
    start = text.index("NLST")
    assert begins_an_item(text, start, start + 4) == expected


def test_a_list_is_introduced_by_a_sentence_on_data() -> None:
    text = "We used these datasets:\n\nRADCURE\n\nNLST\n\nMethods:\n\nNLST criteria"
    assert introduced_as_sets(text, text.index("NLST"))
    assert not introduced_as_sets(text, text.rindex("NLST"))
    assert not introduced_as_sets("NLST", 0)
