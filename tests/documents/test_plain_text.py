"""Plain text: its lines, its encodings, and where its list of references is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.plain_text import read_text
from tcia_policy.errors import InputError

TEXT = """Methods

We used LIDC-IDRI (10.1/inline).

References

1. Armato SG. Data From LIDC-IDRI. 2015. doi:10.7937/K9

Appendix A

More.
"""


def test_the_lines_after_the_heading_are_references_up_to_the_appendix() -> None:
    prose = read_text(TEXT.encode(), "paper.txt").prose
    assert [part.is_references for part in prose] == [False, True, False]
    assert "10.7937/K9" in prose[1].text
    assert "10.1/inline" in prose[0].text
    assert prose[2].text.startswith("Appendix A")


def test_every_line_keeps_its_number() -> None:
    for part in read_text(TEXT.replace("\n", "\r\n").encode(), "paper.txt").prose:
        for number, line in enumerate(TEXT.split("\n"), start=1):
            if line and line in part.text:
                assert str(part.place(part.text.index(line))) == f"paper.txt:{number}"


def test_titles_of_sections_are_lines_that_are_surely_some() -> None:
    text = (
        "A Paper on Lungs\n\n1. Introduction\n\nWe used NLST\nand more.\n\n2.1 Future work\n\nmore\n\n"
        "Data\n====\n\nthis is\n\nNo heading.\n\nnor this\n"
    )
    (block,) = read_text(text.encode(), "x.txt").prose
    assert [(heading.level, heading.title) for heading in block.headings] == [
        (1, "A Paper on Lungs"),
        (1, "1. Introduction"),
        (2, "2.1 Future work"),
        (1, "Data"),
    ]
    assert block.sections_at(block.text.index("more\n\nData")) == ("1. Introduction", "2.1 Future work")


def test_sections_go_on_in_the_blocks_behind() -> None:
    block = read_text(TEXT.encode(), "x.txt").prose[1]
    assert block.sections_at(5) == ("References",)


def test_a_list_is_one_sentence_with_what_introduces_it() -> None:
    (block,) = read_text(b"We used:\n\n- NLST\n- LIDC-IDRI\n", "x.txt").prose
    assert block.text == "We used:\n- NLST\n- LIDC-IDRI\n"
    assert block.place(block.text.index("NLST")).number == 3


@pytest.mark.parametrize("content", [b"a\0b", b"\x7fELF\0\0", b"a" * 10_000_001])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"binary|larger"):
        read_text(content, "x.txt")


@given(st.binary(max_size=500))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        manuscript = read_text(content, "x.txt")
    except InputError:
        assert b"\0" in content
    else:
        assert manuscript.files == ("x.txt",)
