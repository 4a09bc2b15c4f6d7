from tcia_policy.releases.pages import read_citations, read_notice, read_page
from tests.releases.readers import file_in, printed_in, read_by


def test_a_notice_is_prose() -> None:
    assert printed_in(read_by(read_notice, "NOTICE", "Scans of LIDC-IDRI.\n")) == "Scans of LIDC-IDRI."
    assert read_notice(file_in({"notice.py": "x = 1"}, "notice.py")) is None


def test_an_empty_page_says_nothing() -> None:
    assert read_by(read_page, "README.html", "\n").text.prose == ()


def test_the_works_of_a_citation_file_are_printed() -> None:
    bib = "@misc{scans, title = {Scans}, doi = {10.5555/12345678}}"
    (entry,) = read_by(read_citations, "CITATION.bib", bib).text.entries
    assert (entry.doi, entry.printed) == ("10.5555/12345678", True)
