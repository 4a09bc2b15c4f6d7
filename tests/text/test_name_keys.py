"""Names in a form in which two spellings are equal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.text.name_keys import compare_key, heading_key, slug, surname_key

# Letters and marks of the scripts that titles and names have; Hangul and its like would compose anew.
TEXT = st.text(st.characters(max_codepoint=0x24F), max_size=60)


@pytest.mark.parametrize(
    "spelling", ["NSCLC Radiomics", "nsclc_radiomics", "NSCLC-Radiomics", "\uff2e\uff33CLC radiomics"]
)
def test_spellings_of_one_name_have_one_key(spelling: str) -> None:
    assert compare_key(spelling) == "nsclcradiomics"


def test_an_accent_makes_another_name_however_it_is_encoded() -> None:
    assert compare_key("Müller") == compare_key("Mu\u0308ller") == "müller"
    assert compare_key("Muller") != compare_key("Müller")


@given(TEXT)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    for key in (compare_key, heading_key, surname_key, slug):
        assert key(key(name)) == key(name)


@given(TEXT)
def test_punctuation_and_case_make_no_difference(name: str) -> None:
    assert compare_key(f" -{name.swapcase().swapcase()}. ") == compare_key(name.swapcase().swapcase())


@pytest.mark.parametrize(
    ("heading", "key"),
    [("Series Instance UID", "seriesinstanceuid"), ("(0020,000E)", "0020000e"), ("\ufeffdoi", "doi"), ("è", "")],
)
def test_a_heading_is_its_ascii_letters_and_digits(heading: str, key: str) -> None:
    assert heading_key(heading) == key


@given(st.text(max_size=100))
def test_what_begins_a_citation_key_is_short_and_ascii(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]{0,40}", surname_key(name))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))


def test_surnames_keep_the_letters_that_they_are_read_with() -> None:
    assert [surname_key(name) for name in ("Müller", "Łoś", "Straße", "O'Connor", "van der Berg", "王")] == [
        "muller",
        "los",
        "strasse",
        "oconnor",
        "vanderberg",
        "",
    ]


def test_a_slug_has_single_hyphens_and_is_never_empty() -> None:
    assert slug("RIDER NEURO MRI") == "rider-neuro-mri"
    assert slug(" (x) / y ") == "x-y"
    assert slug("王") == "unnamed"
