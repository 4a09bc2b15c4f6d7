"""Datasets that a text names by their DOIs and pages."""

from tcia_policy.cohorts import Line
from tcia_policy.cohorts.named_in_text import dois_and_pages_in, lines_above


def test_dois_and_pages_are_found_among_other_words() -> None:
    page = "https://www.cancerimagingarchive.net/collection/hnscc/"
    assert dois_and_pages_in(f"see {page}, and doi:10.7937/abc.") == [page, "doi:10.7937/abc"]
    assert dois_and_pages_in("version 10.2 of it") == []


def test_a_title_names_what_stands_in_it_or_behind_its_colon() -> None:
    assert lines_above([(1, ["Collection: HNSCC", ""]), (3, ["# 10.7937/abc"])]) == (
        Line(1, "Collection: HNSCC"),
        Line(1, "HNSCC"),
        Line(3, "10.7937/abc"),
    )
