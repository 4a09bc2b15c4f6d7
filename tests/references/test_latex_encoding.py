"""Text for LaTeX, whose braces always nest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.latex.fragment import printed_text
from tcia_policy.references.latex_encoding import escape


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% of A&B_c #1 $", r"50\% of A\&B\_c \#1 \$"),
        ("{a} b", r"\{a\} b"),
        ("a} {b", r"a\textbraceright{} \textbraceleft{}b"),
        ("one\ntwo\u200b", "one two"),
        ("a--b", "a-{}-b"),
        ("@misc{", r"{@}misc\textbraceleft{}"),
    ],
)
def test_what_latex_acts_on_is_escaped(text: str, latex: str) -> None:
    assert escape(text) == latex


def test_letters_beyond_ascii_become_macros_where_asked() -> None:
    assert escape("Müller") == "Müller"
    assert escape("Müller", ascii_only=True).isascii()
    assert printed_text(escape("Müller, Ødegård", ascii_only=True)) == "Müller, Ødegård"


@given(st.text(max_size=40), st.booleans())
def test_any_text_is_one_line_whose_braces_nest(text: str, ascii_only: bool) -> None:
    latex = escape(text, ascii_only)
    depth = 0
    for character in latex:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert len(latex.splitlines()) <= 1
