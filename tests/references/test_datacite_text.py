from tcia_policy.references.datacite_text import render_text, short_reference
from tests.references.made_up import CLARK, EVIL, LIDC, NLST, citation, person


def test_a_dataset_is_cited_in_the_form_that_datacite_recommends() -> None:
    assert render_text(LIDC) == (
        "Armato, Samuel G., III; McLennan, Geoffrey; van Ginneken, Bram; et al. (2015): Data From LIDC-IDRI. "
        "Version 4. The Cancer Imaging Archive. Dataset. https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx"
    )


def test_a_paper_is_cited_with_its_journal_volume_and_pages() -> None:
    assert render_text(CLARK).endswith(
        "Repository. Journal of Digital Imaging 26(6), 1045–1057. https://doi.org/10.1007/s10278-013-9622-7"
    )


def test_a_citation_without_creators_begins_with_its_year() -> None:
    assert render_text(citation("10.7937/a", "Why?")).startswith("(2015): Why? The Cancer Imaging Archive.")


def test_the_short_form_names_two_creators_and_no_more() -> None:
    assert short_reference(LIDC) == "Armato et al. 2015"
    assert short_reference(CLARK) == "Clark and Vendt 2013"
    assert short_reference(NLST) == "National Lung Screening Trial Research Team 2013"
    assert short_reference(citation("10.7937/a", "T", person("Solo"), truncated=True)) == "Solo et al. 2015"


def test_text_of_an_evil_citation_is_one_printable_line() -> None:
    text = render_text(EVIL)
    assert not [character for character in text if ord(character) < 32 or character in "\u202e\u202c\x7f"]
    assert text.endswith("https://doi.org/10.7937/evil_%7B%7D%25%23%26%3Cx%3E")
