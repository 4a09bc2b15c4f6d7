import re
import subprocess

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import comma_name, doi_url, page_range
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.ris import write_ris
from tcia_policy.text.sanitize import clean
from tests.references.made_up import ALL, CITATIONS, CLARK, LIDC, NAMES, NLST, citation, person
from tests.references.of_registry import every_citation
from tests.references.programs import need, run
from tests.work import PATIENCE


def test_a_dataset_is_data_with_its_version_as_zotero_and_endnote_read_it() -> None:
    assert write_ris((LIDC,)).splitlines() == [
        "TY  - DATA",
        "ID  - armato2015-k9_tcia.2015.lo9ql9sx",
        "AU  - Armato, Samuel G., III",
        "AU  - McLennan, Geoffrey",
        "AU  - van Ginneken, Bram",
        "PY  - 2015",
        "TI  - Data From LIDC-IDRI",
        "ET  - 4",
        "PB  - The Cancer Imaging Archive",
        "DO  - 10.7937/k9/tcia.2015.lo9ql9sx",
        "UR  - https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        "N1  - The source names these creators and leaves out the others (et al.).",
        "ER  - ",
    ]


def test_a_paper_is_in_its_journal_with_first_and_last_page() -> None:
    lines = write_ris((CLARK,)).splitlines()
    assert lines[0] == "TY  - JOUR"
    assert {"T2  - Journal of Digital Imaging", "VL  - 26", "IS  - 6", "SP  - 1045", "EP  - 1057"} <= set(lines)
    assert page_range("e2057") == ("e2057", "")
    assert page_range("1-3, 7-9") == ("1-3, 7-9", "")


def test_an_organisation_ends_in_a_comma_so_that_no_reader_takes_its_last_word_for_a_family_name() -> None:
    assert "AU  - National Lung Screening Trial Research Team,\n" in write_ris((NLST,))


def test_a_field_is_one_line_and_cannot_begin_another() -> None:
    evil = citation("10.7937/a", "T\nER  - \nTY  - JOUR\r\u2028AU  - X", person("A\nER  - ", "b, c"), publisher="\n")
    (reference,) = rispy.loads(write_ris((evil,)))
    assert reference["title"] == "T ER - TY - JOUR AU - X"
    assert reference["authors"] == ["A ER -, b c"]
    assert not set(write_ris(ALL)) & set("\x1b\u202e\u202c\u200b\x00")


@settings(max_examples=80, deadline=None)
@given(st.lists(CITATIONS, max_size=3))
def test_rispy_reads_back_what_is_written(citations: list[Citation]) -> None:
    text = write_ris(citations)
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in text.split("\n"))
    references = rispy.loads(text)
    written = unique_by_doi(citations)
    assert [reference["id"] for reference in references] == list(map(citation_key, written))
    for cited, reference in zip(written, references, strict=True):
        assert reference.get("title", "") == clean(cited.title)
        assert reference.get("edition", "") == clean(cited.version or "")
        assert reference["doi"] == clean(cited.doi)
        assert reference["year"] == str(cited.year)
        assert reference.get("authors", []) == [name for name in map(comma_name, cited.creators) if name]
        assert reference["urls"] == [doi_url(cited.doi).replace(";", "%3B")]


def test_rispy_reads_every_citation_there_is_with_every_name() -> None:
    references = rispy.loads(write_ris(every_citation()))
    for cited, reference in zip(every_citation(), references, strict=True):
        assert (reference["doi"], reference["title"]) == (cited.doi, cited.title)
        for creator, name in zip(cited.creators, reference["authors"], strict=True):
            family, given_name, suffix = (*name.split(", "), "", "")[:3]
            read = (family.removesuffix(","), given_name or None, suffix or None)
            assert read == (creator.family or creator.literal, creator.given, creator.suffix)


def test_bibutils_reads_names_years_dois_and_titles() -> None:
    need("ris2xml")
    need("xml2bib")
    modern = "\n".join(run_bibutils("ris2xml", write_ris((LIDC, NAMES, NLST, CLARK))).split())
    for letters in ("Müller", "O’Connor", "Ginneken", "Armato", "10.7937/k9/tcia.2015.lo9ql9sx", "2013"):
        assert letters in modern


def run_bibutils(program: str, text: str) -> str:
    done = subprocess.run(
        [program, "-i", "utf8"], input=text, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return done.stdout


def test_pandoc_reads_it_where_it_knows_ris() -> None:
    need("pandoc")
    if "ris" not in run("pandoc", "--list-input-formats").split():
        pytest.skip("this pandoc reads no RIS; 3.0 and later do")
    page = run("pandoc", "-f", "ris", "-t", "plain", "--citeproc", "--wrap=none", text=write_ris(ALL[:4]))
    assert "Müller, Jörg, James P. B. O’Connor" in page
    assert "National Lung Screening Trial Research Team. 2013." in page
    assert "Bram van Ginneken. 2015. “Data From LIDC-IDRI.”" in page
    assert "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx" in page
