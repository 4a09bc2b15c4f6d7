import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import comma_name
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.endnote import write_endnote
from tcia_policy.text.sanitize import clean
from tests.references.made_up import ALL, CITATIONS, CLARK, LIDC, NAMES, NLST
from tests.references.of_registry import every_citation
from tests.references.programs import need, run


def records(citations: tuple[Citation, ...]) -> list[ElementTree.Element]:
    text = write_endnote(citations)
    return ElementTree.fromstring(text.encode()).findall("records/record") if text else []  # noqa: S314


def test_a_dataset_is_endnotes_dataset_with_its_version_and_doi() -> None:
    (record,) = records((LIDC,))
    ref_type = record.find("ref-type")
    assert ref_type is not None
    assert (ref_type.get("name"), ref_type.text) == ("Dataset", "59")
    assert [author.text for author in record.iterfind("contributors/authors/author")] == [
        "Armato, Samuel G., III",
        "McLennan, Geoffrey",
        "van Ginneken, Bram",
        "et al.,",
    ]
    assert {place: record.findtext(place) for place in ("titles/title", "edition", "dates/year", "publisher")} == {
        "titles/title": "Data From LIDC-IDRI",
        "edition": "4",
        "dates/year": "2015",
        "publisher": "The Cancer Imaging Archive",
    }
    assert record.findtext("electronic-resource-num") == "10.7937/k9/tcia.2015.lo9ql9sx"
    assert record.findtext("urls/related-urls/url") == "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx"
    assert record.findtext("label") == "armato2015-k9_tcia.2015.lo9ql9sx"


def test_a_paper_is_a_journal_article() -> None:
    (record,) = records((CLARK,))
    assert record.findtext("ref-type") == "17"
    assert record.findtext("titles/secondary-title") == "Journal of Digital Imaging"
    assert (record.findtext("volume"), record.findtext("number"), record.findtext("pages")) == ("26", "6", "1045–1057")


def test_the_file_says_that_it_is_utf_8() -> None:
    assert write_endnote((NAMES,)).startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert "<author>Müller, Jörg</author>" in write_endnote((NAMES,))


def test_no_citations_make_an_empty_file() -> None:
    assert write_endnote(()) == ""


@settings(max_examples=80, deadline=None)
@given(st.lists(CITATIONS, max_size=3))
def test_any_citation_makes_xml_that_reads_back(citations: list[Citation]) -> None:
    written = unique_by_doi(citations)
    for cited, record in zip(written, records(tuple(citations)), strict=True):
        assert record.findtext("label") == citation_key(cited)
        assert record.findtext("titles/title", "") == clean(cited.title)
        names = [author.text for author in record.iterfind("contributors/authors/author")]
        assert names[: len(cited.creators)] == [name for name in map(comma_name, cited.creators) if name] or names


def test_bibutils_reads_every_citation_there_is() -> None:
    need("endx2xml")
    done = subprocess.run(
        ["endx2xml", "-i", "utf8"], input=write_endnote(every_citation()), capture_output=True, text=True, check=True
    )
    for cited in every_citation():
        assert f">{cited.doi}<" in done.stdout
    for letters in ("Müller", "O’Rourke", "van Ginneken", "Armato"):
        assert letters.split()[-1] in done.stdout
    assert done.stdout.count("<mods ") == len(every_citation())


def test_pandoc_reads_it_where_it_knows_endnote_xml() -> None:
    need("pandoc")
    if "endnotexml" not in run("pandoc", "--list-input-formats").split():
        pytest.skip("this pandoc reads no EndNote XML; 3.0 and later do")
    text = write_endnote((LIDC, NAMES, NLST, CLARK))
    page = run("pandoc", "-f", "endnotexml", "-t", "plain", "--citeproc", "--wrap=none", text=text)
    assert "Müller, Jörg, James P. B. O’Connor" in page
    assert "National Lung Screening Trial Research Team. 2013." in page
    assert "“Data From LIDC-IDRI.”" in page


def test_evil_citations_break_no_file() -> None:
    assert len(records(ALL)) == len(ALL)
    assert not set(write_endnote(ALL)) & set("\x1b\u202e\u202c\u200b\x00")
