"""Characters as they are read."""

from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.text.typography import LIGATURES, plain_characters


def test_what_typesetters_put_is_undone() -> None:
    assert plain_characters("classi\ufb01cation of co\u00ads\u200bts, non\u2010small, e\u0301\x07\n") == (
        "classification of costs, non-small, é\n"
    )
    assert plain_characters("".join(LIGATURES)) == "".join(LIGATURES.values())


@given(st.text())
def test_plain_characters_stay_as_they_are(text: str) -> None:
    assert plain_characters(plain_characters(text)) == plain_characters(text)
