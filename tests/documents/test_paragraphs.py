"""Paragraphs as blocks of text: lists of references, sections, doubt, and lists that a sentence introduces."""

import pytest

from tcia_policy.documents.model import TextBlock
from tcia_policy.documents.paragraphs import Paragraph, Piece, text_blocks


def blocks(*paragraphs: tuple[str, int | None] | str) -> list[TextBlock]:
    """Read paragraphs, each a line; `- ` begins an item, a number is the level of a heading."""
    read = []
    for number, given in enumerate(paragraphs, start=1):
        text, level = given if isinstance(given, tuple) else (given, None)
        pieces = [
            piece for row in text.removeprefix("- ").split("\n") for piece in (Piece("\n", number), Piece(row, number))
        ]
        read.append(Paragraph("x.md", tuple(pieces[1:]), level, text.startswith("- ")))
    return list(text_blocks(read))


SMITH = "Smith K, Clark K. Data from X. 2015. doi:10.7937/k9"
DOE = "Doe, J., & Roe, R. (2016). On Y. Journal, 3, 1-2."


@pytest.mark.parametrize(
    ("paragraphs", "references"),
    [
        (["Reference:", "We used NLST, as Smith did in 2015."], []),
        (["Reference:", SMITH, "We used NLST in 2015."], [SMITH]),
        (["Citation", SMITH], []),
        (["Data citations:", "- NLST, https://x.org", "We used LIDC in 2015."], []),
        (
            ["Data citations:", "- NLST. The Archive. 2013. https://x.org", "We used LIDC."],
            ["NLST. The Archive. 2013. https://x.org"],
        ),
        (["References:", f"- {SMITH}", f"- {DOE}", "We used NLST in 2015."], [f"{SMITH}\n\n{DOE}"]),
        ([f"References:\n[1] {SMITH}\n[2] {DOE}", "We used NLST."], [f"[1] {SMITH}\n[2] {DOE}"]),
        (["We used NLST.", f"- {SMITH}", f"- {DOE}", "The end."], [f"{SMITH}\n\n{DOE}"]),
        (["We used NLST.", SMITH, "The end."], []),
        (["We used NLST, see Smith (2015).", "We used LIDC, see Doe (2016)."], []),
        ([("References", 1), "Anything of 2015", "and more", ("End", 1), "x"], ["Anything of 2015\n\nand more"]),
        (
            [("References", 1), "Data references:", "NLST, 10.7937/x", ("End", 1)],
            ["Data references:\n\nNLST, 10.7937/x"],
        ),
    ],
)
def test_which_paragraphs_are_references(paragraphs: list[tuple[str, int | None] | str], references: list[str]) -> None:
    assert [block.text for block in blocks(*paragraphs) if block.is_references] == references


def test_a_list_is_one_sentence_with_what_introduces_it() -> None:
    assert blocks("We used:", "- NLST", "- LIDC", "End.")[0].text == "We used:\nNLST\nLIDC\n\nEnd."
    assert blocks("We used these.", "- NLST", "- LIDC")[0].text == "We used these.\n\nNLST\n\nLIDC"


def test_every_block_knows_the_sections_that_are_open_where_it_begins() -> None:
    read = blocks(("Methods", 1), ("Data", 2), "a", ("References", 1), SMITH, ("Future work", 1), "b")
    assert [[(heading.offset, heading.title) for heading in block.headings] for block in read] == [
        [(0, "Methods"), (9, "Data"), (18, "References")],
        [(0, "References")],
        [(0, "References"), (0, "Future work")],
    ]
    assert read[0].sections_at(15) == ("Methods", "Data")
    assert read[2].sections_at(13) == ("Future work",)


def test_a_block_that_begins_in_doubt_begins_with_what_is_certain() -> None:
    sure, _ = text_blocks([Paragraph("x.md", (Piece("a", 1, "only if"),)), Paragraph("x.md", (Piece("b", 3),))])
    assert (sure.text, sure.starts, sure.numbers) == ("b", (0,), (3,))


def test_what_is_in_doubt_is_a_block_of_its_own_in_its_section() -> None:
    pieces = (Piece("a ", 2), Piece("b", 3, "only if"), Piece(" c", 3))
    sure, doubted = text_blocks([Paragraph("x.md", (Piece("Data", 1),), 1), Paragraph("x.md", pieces)])
    assert (sure.text, sure.doubt) == ("Data\n\na  c", None)
    assert (doubted.text, doubted.doubt) == ("b", "only if")
    assert doubted.sections_at(0) == ("Data",)
    assert doubted.place(0).number == 3
