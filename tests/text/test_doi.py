"""DOIs in text, however they are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.registry import DoiFinder, normalize_doi
from tests.work import IN_PROPORTION, growth

KNOWN = ("10.7937/K9/TCIA.2015.LO9QL9SX", "10.1007/s10278-013-9622-7", "10.5281/zenodo.123", "10.1000/a_b")
FINDER = DoiFinder(KNOWN)


def found(text: str) -> list[str]:
    return [doi for _, doi in FINDER.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX",
        "http://dx.doi.org/10.7937/k9/tcia.2015.lo9ql9sx.",
        "doi:10.7937/K9/TCIA.2015.LO9QL9SX, accessed",
        "(10.7937/K9/TCIA.2015.LO9QL9SX)",
        "10.7937%2FK9%2FTCIA.2015.LO9QL9SX",
        "10.7937/K9/\nTCIA.2015.LO9QL9SX Accessed 2024",
        "10.7937/ K9/TCIA.2015.\n  LO9QL9SX",
        r"10.7937/\allowbreak K9/TCIA.2015.LO9QL9SX}",
        "10.7937/K9/TCIA.2015.LO9QL9SX.The next sentence is glued to it",
    ],
)
def test_a_doi_is_found_in_any_spelling(text: str) -> None:
    assert found(text) == ["10.7937/k9/tcia.2015.lo9ql9sx"]


def test_hyphens_and_underscores_are_found_as_latex_and_pdfs_have_them() -> None:
    assert found("10.1007/s10278\u2013013\u20109622-7") == ["10.1007/s10278-013-9622-7"]
    assert found(r"10.1000/a\_b and 10.1000/a\textunderscore{}b and 10.1000/a%5Fb") == ["10.1000/a_b"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "10.5281/zenodo.1234",
        "10.5281/zenodo.123.v2",
        "10.5281/zenodo.123.V2",
        "10.5281/zenodo.123/files",
        "110.5281/zenodo.123",
        "",
    ],
)
def test_a_longer_doi_or_number_is_another_one(text: str) -> None:
    assert found(text) == []


def test_each_is_found_where_it_begins() -> None:
    text = "a 10.5281/zenodo.123 b 10.1000/a_b"
    assert FINDER.find(text) == [(2, "10.5281/zenodo.123"), (23, "10.1000/a_b")]


def test_nothing_is_found_where_nothing_is_known() -> None:
    assert DoiFinder([]).find("10.5281/zenodo.123") == []
    assert DoiFinder(["no DOI"]).find("no DOI") == []


def test_a_hostile_text_takes_work_in_proportion_to_its_length() -> None:
    assert growth(lambda repeats: found("10.7937/k9/" * repeats), 500) < IN_PROPORTION
    assert found("10.7937/k9/" * 20_000) == []


@given(st.text(), st.sampled_from(KNOWN), st.text())
def test_a_known_doi_is_found_between_any_words(before: str, doi: str, after: str) -> None:
    assert doi.lower() in found(f"{before} ( {doi} ) {after}")


@pytest.mark.parametrize(
    "text",
    [
        "10.7937/K9/TCIA.2015.LO9QL9SX",
        " 10.7937/k9/tcia.2015.lo9ql9sx\n",
        "10.7937/K9/TCIA.2015.LO9QL9SX/",
        "10.7937/K9/TCIA.2015.LO9QL9SX#",
        "10.7937/K9/TCIA.2015.LO9QL9SX?",
        "10.7937/K9/TCIA.2015.LO9QL9SX).",
        "(10.7937/K9/TCIA.2015.LO9QL9SX);",
        "<https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX>",
        "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX/?utm_source=mail#top",
        "https://doi.org/10.7937%2FK9%2FTCIA.2015.LO9QL9SX",
        "HTTPS://DX.DOI.ORG/10.7937/K9/TCIA.2015.LO9QL9SX",
        "http://www.doi.org/10.7937/K9/TCIA.2015.LO9QL9SX",
        "doi.org/10.7937/K9/TCIA.2015.LO9QL9SX",
        "doi:10.7937/K9/TCIA.2015.LO9QL9SX",
        "DOI: 10.7937/K9/TCIA.2015.LO9QL9SX,",
        "DOI 10.7937/K9/TCIA.2015.LO9QL9SX",
        "https://doi.org/doi:10.7937/K9/TCIA.2015.LO9QL9SX",
        "info:doi/10.7937/K9/TCIA.2015.LO9QL9SX",
        "\u201c10.7937/K9/TCIA.2015.LO9QL9SX\u201d",
    ],
)
def test_a_doi_in_any_spelling_is_that_doi(text: str) -> None:
    assert normalize_doi(text) == "10.7937/k9/tcia.2015.lo9ql9sx"


@pytest.mark.parametrize("doi", ["10.1016/s0140-6736(96)03343-1", "10.1002/(sici)1097(1998)17:15", "10.1000/a(b)"])
def test_brackets_that_are_part_of_a_doi_stay(doi: str) -> None:
    assert normalize_doi(f"({doi})") == doi


@pytest.mark.parametrize(
    "text", ["10.7937/", "10.7937//", "10.7937", "see 10.7937/k9 v4", "https://doi.org/", "doi:", "", "%"]
)
def test_what_is_no_doi_is_none(text: str) -> None:
    assert normalize_doi(text) is None


@given(st.text())
def test_a_normal_doi_stays_as_it_is(text: str) -> None:
    normal = normalize_doi(f"10.1234/{text}")
    assert normal is None or normalize_doi(normal) == normal
