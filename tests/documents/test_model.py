from tcia_policy.documents.model import Heading, TextBlock


def test_the_sections_around_a_place_are_those_that_no_later_one_of_their_level_closed() -> None:
    headings = (Heading(0, 1, "Methods"), Heading(10, 2, "Data"), Heading(20, 1, "Future work"))
    block = TextBlock("paper.md", "x" * 30, headings=headings)
    assert block.sections_at(5) == ("Methods",)
    assert block.sections_at(15) == ("Methods", "Data")
    assert block.sections_at(25) == ("Future work",)


def test_a_text_without_headings_stands_in_no_section() -> None:
    assert TextBlock("paper.txt", "text").sections_at(2) == ()
