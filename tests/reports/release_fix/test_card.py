"""What is written into a card, and every byte that stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.reports.release_fix.card import BEGIN, END, with_keys, with_references

CARD = "---\nlibrary_name: monai  # kept\ntags: [a,  b]\n---\n# Model\n\nText.\n"


def test_keys_that_are_missing_go_below_the_others() -> None:
    found = with_keys(CARD, {"license": "mit", "datasets": ["LIDC-IDRI", "NLST"]}, "README.md")
    assert found == CARD.replace("b]\n", "b]\nlicense: mit\ndatasets:\n- LIDC-IDRI\n- NLST\n")
    assert with_keys(found, {"license": "mit", "datasets": ["LIDC-IDRI", "NLST"]}, "README.md") == found


@pytest.mark.parametrize("line", ["license: apache-2.0", "license:", "License: apache-2.0", "license: [a, b]"])
def test_a_line_of_the_authors_is_never_replaced(line: str) -> None:
    card = CARD.replace("tags:", f"{line}\ntags:")
    assert with_keys(card, {"license": "mit"}, "README.md") == card


def test_lines_end_as_they_do_in_the_card() -> None:
    card = CARD.replace("\n", "\r\n")
    assert with_keys(card, {"license": "mit"}, "README.md") == card.replace("b]\r\n", "b]\r\nlicense: mit\r\n")
    assert "\n" not in with_references(card, ["One."], "README.md").replace("\r\n", "")


def test_a_card_without_a_header_stays_as_it_is() -> None:
    assert with_keys("# Model\n", {"license": "mit"}, "README.md") == "# Model\n"


@pytest.mark.parametrize("header", ["---\n{a: 1}\n---\n", "---\na: 'b\n---\n", "---\na: 1\n"])
def test_a_header_that_cannot_be_added_to_is_an_error(header: str) -> None:
    with pytest.raises(InputError):
        with_keys(f"{header}# Model\n", {"license": "mit"}, "README.md")


def test_references_are_renewed_between_their_marks_and_nowhere_else() -> None:
    once = with_references(CARD, ["One.", "Two."], "README.md")
    assert once.startswith(CARD)
    assert once.count(BEGIN) == once.count(END) == 1
    assert with_references(once, ["One.", "Two."], "README.md") == once
    later = with_references(f"{once}\nMy own words.\n", ["Three."], "README.md")
    assert later.startswith(CARD)
    assert later.endswith("\nMy own words.\n")
    assert "- Three." in later
    assert "One." not in later


@pytest.mark.parametrize("broken", [f"{CARD}{BEGIN}\n", f"{CARD}{END}\n{BEGIN}\n", f"{CARD}{BEGIN}{BEGIN}{END}\n"])
def test_broken_marks_are_an_error(broken: str) -> None:
    with pytest.raises(InputError, match="marks"):
        with_references(broken, ["One."], "README.md")


TEXTS = st.lists(st.sampled_from(["# M", "", "  ", "\t", "```", "---", "a: b  # c", "\ufeff", "\u2028", "x"])).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)


@given(TEXTS)
def test_references_go_below_the_text_and_every_byte_of_it_stays(text: str) -> None:
    written = with_references(text, ["One."], "README.md")
    assert written.startswith(text)
    assert with_references(written, ["One."], "README.md") == written


@given(TEXTS, TEXTS)
def test_keys_go_into_the_header_and_every_byte_stays(header: str, text: str) -> None:
    card = f"---\nlibrary_name: monai\n{header}\n---\n{text}"
    try:
        written = with_keys(card, {"license": "mit"}, "README.md")
    except InputError:
        return
    above, added, below = written.partition("license: mit\r\n" if "license: mit\r" in written else "license: mit\n")
    assert added
    assert above + below == card
