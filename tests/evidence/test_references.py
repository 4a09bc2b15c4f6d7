"""How a manuscript refers to a work: cited, listed, named, or not at all."""

import pytest

from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.references import References, Sighting
from tcia_policy.model import Citation, Found

DOI = "10.7937/k9/tcia.2015.lo9ql9sx"
TITLE = "Coffee-break lung CT collection with scan images"


def entry(key: str | None = "data", text: str = f"doi {DOI}", *, printed: bool = False, title: str = TITLE) -> Entry:
    return Entry(key, text, SourceLocation("refs.bib", 12), title=title, year=2015, printed=printed)


def use(key: str = "data", line: int = 41, *, in_text: bool = True) -> CitationKeyUse:
    return CitationKeyUse(key, SourceLocation("paper.tex", line), in_text)


def seen(*parts: Entry | CitationKeyUse | TextBlock) -> Sighting | None:
    return references(*parts).by_doi(DOI)


def references(*parts: Entry | CitationKeyUse | TextBlock) -> References:
    return References(
        Manuscript(
            entries=tuple(part for part in parts if isinstance(part, Entry)),
            citations=tuple(part for part in parts if isinstance(part, CitationKeyUse)),
            prose=tuple(part for part in parts if isinstance(part, TextBlock)),
        ),
        [DOI],
    )


def citation(resource_type: str = "Dataset", title: str = TITLE) -> Citation:
    return Citation.model_validate(
        {
            "creators": (),
            "year": 2015,
            "title": title,
            "publisher": "The Cancer Imaging Archive",
            "doi": DOI,
            "resource_type": resource_type,
            "source": "x",
            "as_of": "2026-01-01",
        }
    )


def test_an_entry_with_the_doi_that_the_text_cites_is_a_citation() -> None:
    assert seen(entry(), use()) == Sighting(
        Found.CITED, "cited in paper.tex:41 as data (refs.bib:12)", ("refs.bib:12",), "data"
    )


def test_an_entry_that_nothing_cites_is_only_listed() -> None:
    assert seen(entry(), use("other")) == Sighting(
        Found.LISTED, "listed in refs.bib:12 as data, but not cited", ("refs.bib:12",), "data"
    )


def test_nocite_puts_an_entry_into_the_printed_list() -> None:
    for key in ("data", "*"):
        found = seen(entry(), use(key, in_text=False))
        assert found is not None
        assert (found.found, found.where) == (
            Found.CITED,
            "put into the list of references in paper.tex:41 as data (refs.bib:12)",
        )


def test_a_citation_in_the_text_goes_before_one_that_only_lists() -> None:
    found = seen(entry(), use(line=2, in_text=False), use(line=41))
    assert found is not None
    assert found.where.startswith("cited in paper.tex:41")


def test_a_printed_entry_is_cited_even_where_the_text_does_not_refer_to_it() -> None:
    found = seen(entry(printed=True))
    assert found is not None
    assert (found.found, found.where) == (Found.CITED, "cited in the list of references, refs.bib:12 as data")


@pytest.mark.parametrize(
    ("is_references", "how"), [(True, "cited in the list of references,"), (False, "its DOI stands in")]
)
def test_a_doi_that_is_printed_is_a_citation(is_references: bool, how: str) -> None:
    text = "One.\nTwo, https://doi.org/10.7937/K9/\nTCIA.2015.LO9QL9SX."
    found = seen(TextBlock("a.txt", text, (0, 5, 43), (1, 2, 3), is_references=is_references))
    assert found == Sighting(Found.CITED, f"{how} a.txt:2")


def test_a_citation_goes_before_a_mere_listing_of_the_same_doi() -> None:
    found = seen(entry("unused"), entry("data"), use())
    assert found is not None
    assert found.found is Found.CITED


def test_a_longer_doi_is_another_work() -> None:
    assert seen(entry(text=f"{DOI}1"), use()) is None


def test_data_cited_by_their_title_lack_their_doi() -> None:
    found = references(entry(text="no identifier"), use()).by_title(citation())
    assert found is not None
    assert (found.found, found.where) == (
        Found.CITED_WITHOUT_DOI,
        "cited in paper.tex:41 as data (refs.bib:12), without its DOI",
    )


def test_a_paper_may_be_cited_without_its_doi() -> None:
    found = references(entry(text="no identifier"), use()).by_title(citation("JournalArticle"))
    assert found is not None
    assert found.found is Found.CITED


def test_the_title_of_another_year_is_another_work() -> None:
    older = Entry("data", "", SourceLocation("refs.bib", 12), title=TITLE, year=2009)
    assert references(older, use()).by_title(citation()) is None


def test_case_braces_and_punctuation_of_a_title_do_not_matter() -> None:
    spelled = entry(text="", title="Coffee break {Lung} CT: collection, with scan images")
    found = references(spelled, use()).by_title(citation())
    assert found is not None


def test_a_title_in_a_printed_list_is_found_across_lines() -> None:
    listed = TextBlock("a.txt", "1. Coffee-break lung CT\ncollection with scan images. 2015.", is_references=True)
    found = references(listed).by_title(citation())
    assert found is not None
    assert found.found is Found.CITED_WITHOUT_DOI


def test_a_title_in_running_text_is_no_citation() -> None:
    assert references(TextBlock("a.txt", TITLE)).by_title(citation()) is None


def test_a_short_title_is_not_looked_for_in_a_printed_list() -> None:
    listed = TextBlock("a.txt", "HNSCC and HNSCC again", is_references=True)
    assert references(listed).by_title(citation(title="HNSCC")) is None
