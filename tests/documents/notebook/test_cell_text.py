"""The text of one cell of a notebook, as a part of a document."""

import pytest

from tcia_policy.documents.notebook.cell_text import part_of_document


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("a\n", "a"),
        ("---\nA: b\n---\n", "***\nA: b\n---"),
        ("Title\n---\n", "Title\n---"),
        ("a\n\n---\n\nb", "a\n\n***\n\nb"),
        ("```\n---\n", "```\n---\n```"),
        ("~~~~ x\n```\n~~~\n", "~~~~ x\n```\n~~~\n~~~~"),
        ("```\na\n````\n", "```\na\n````"),
        ("```a``` b", "```a``` b"),
        ("![x](data:image/png;base64,AAAA+/==)", "![x](data:image/png;base64,)"),
        ("", ""),
    ],
)
def test_a_cell_leaves_nothing_open_and_has_no_metadata(source: str, part: str) -> None:
    assert part_of_document(source, may_begin_with_metadata=False) == part


def test_the_first_cell_may_begin_with_metadata() -> None:
    source = "---\ntitle: x\n---\n\n---\n"
    assert part_of_document(source, may_begin_with_metadata=True) == "---\ntitle: x\n---\n\n***"
    assert part_of_document("---\nx", may_begin_with_metadata=True) == "***\nx"
