from dataclasses import replace

from tcia_policy.documents.model import Heading, TextBlock


def test_the_sections_around_a_place_are_those_that_no_later_one_of_their_level_closed() -> None:
    headings = (Heading(0, 1, "Methods"), Heading(10, 2, "Data"), Heading(20, 1, "Future work"))
    block = TextBlock("paper.md", "x" * 30, headings=headings)
    assert block.sections_at(5) == ("Methods",)
    assert block.sections_at(15) == ("Methods", "Data")
    assert block.sections_at(25) == ("Future work",)


def test_a_text_without_headings_stands_in_no_section() -> None:
    assert TextBlock("paper.txt", "text").sections_at(2) == ()


def test_a_part_of_a_block_keeps_its_places_and_sections() -> None:
    block = TextBlock.of_pieces("paper.md", [("Data", 1), ("one", 3), ("two", 4), ("three", 9)])
    part = replace(block, headings=(Heading(0, 1, "Data"), Heading(9, 2, "Two"))).part(7, len(block.text))
    assert part.text == "e\ntwo\nthree"
    assert [str(part.place(part.text.index(word))) for word in ("e", "two", "three")] == [
        "paper.md:3",
        "paper.md:4",
        "paper.md:9",
    ]
    assert part.sections_at(0) == ("Data",)
    assert part.sections_at(part.text.index("two")) == ("Data", "Two")
    assert block.part(0, 4).text == "Data"
