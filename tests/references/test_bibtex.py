import re
from datetime import date
from itertools import accumulate

import pytest
from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.model import Citation
from tcia_policy.references.bibtex import bibtex_format, render_bibtex
from tcia_policy.references.citation_parts import Flavor
from tests.references.made_up import ALL, CITATIONS, CLARK, LIDC, NAMES, NLST, citation, person


def parse(text: str) -> Library:
    library = parse_string(text)
    assert not library.failed_blocks
    assert not library.comments
    return library


def fields(text: str, key: str) -> dict[str, str]:
    entry = parse(text).entries_dict[key]
    return {field.key: str(field.value) for field in entry.fields} | {"type": entry.entry_type}


def test_a_dataset_in_classic_bibtex_is_a_misc_whose_note_shows_archive_version_and_doi() -> None:
    assert fields(render_bibtex([LIDC]), "armato2015-k9_tcia.2015.lo9ql9sx") == {
        "type": "misc",
        "author": "Armato, III, Samuel G. and McLennan, Geoffrey and van Ginneken, Bram and others",
        "title": "{Data From LIDC-IDRI}",
        "year": "2015",
        "version": "4",
        "publisher": "The Cancer Imaging Archive",
        "note": "Dataset, version 4, The Cancer Imaging Archive, doi:10.7937/k9/tcia.2015.lo9ql9sx",
        "doi": "10.7937/k9/tcia.2015.lo9ql9sx",
        "url": "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
    }


def test_a_dataset_in_biblatex_is_a_dataset() -> None:
    entry = fields(render_bibtex([NLST], "biblatex"), "national2013-tcia.hmq8-j677")
    assert entry["author"] == "{National Lung Screening Trial Research Team}"
    assert (entry["date"], entry["type"], entry["version"]) == ("2013", "dataset", "1")
    assert "note" not in entry


def test_a_paper_is_an_article_in_both_flavors() -> None:
    classic = fields(render_bibtex([CLARK]), "clark2013:1007_s10278-013-9622-7")
    modern = fields(render_bibtex([CLARK], "biblatex"), "clark2013:1007_s10278-013-9622-7")
    assert (classic["type"], classic["journal"], classic["year"]) == ("article", "Journal of Digital Imaging", "2013")
    assert (modern["type"], modern["journaltitle"], modern["pages"]) == (
        "article",
        "Journal of Digital Imaging",
        "1045--1057",
    )


def test_names_keep_their_parts() -> None:
    names = fields(render_bibtex([NAMES]), "muller2021-tcia.e7c8-xn23")["author"].split(" and ")
    assert names == [
        "Müller, Jörg",
        "O’Connor, James P. B.",
        "Ćwierz-Pieńkowska, A.",
        "Fura, Ł.",
        "Ødegård, Åse",
        "{Costa e Silva}, Maria",
        "{chiang}, veronica",
        "van der Heijden, Anna",
        "{al-Ḥusaynī}, ʿAlī",
        "Kikinis",
        "El Naqa, Issam",
    ]


def test_ascii_only_writes_accents_as_macros_and_loses_no_letter() -> None:
    text = render_bibtex(ALL, ascii_only=True)
    assert text.isascii()
    author = fields(text, "muller2021-tcia.e7c8-xn23")["author"]
    assert author.split(" and ") == [
        r"M{\"{u}}ller, J{\"{o}}rg",
        "O'Connor, James P. B.",
        r"{\'{C}}wierz-Pie{\'{n}}kowska, A.",
        r"Fura, {\L}.",
        r"{\O}deg{\r{a}}rd, {\r{A}}se",
        "{Costa e Silva}, Maria",
        "{chiang}, veronica",
        "van der Heijden, Anna",
        r"{al-{\d{H}}usayn{\={i}}}, " + '{\\char"02BF}' + r"Al{\={i}}",
        "Kikinis",
        "El Naqa, Issam",
    ]


def test_a_doi_appears_once_and_the_citation_read_last_wins() -> None:
    older = LIDC.model_copy(update={"as_of": date(2020, 1, 1), "version": "3"})
    for order in ([older, LIDC], [LIDC, older]):
        assert [entry["version"] for entry in parse(render_bibtex(order)).entries] == ["4"]


def test_the_order_of_citations_does_not_matter() -> None:
    assert render_bibtex(ALL) == render_bibtex(ALL[::-1])


def test_no_citations_make_an_empty_file() -> None:
    assert render_bibtex([]) == ""


def test_a_name_that_is_a_word_of_bibtex_stays_a_name() -> None:
    named = citation("10.7937/a", "T", person("Rock and Roll", "others"), person("Lee, Jr.", "X"), person("others"))
    assert fields(render_bibtex([named]), "rockandroll2015-a")["author"] == (
        "{Rock and Roll}, {others} and {Lee, Jr.}, X and {others}"
    )


def assert_every_value_is_closed(text: str) -> None:
    """Nothing but entries and fields, and the braces of a field balance by counting, as BibTeX counts them."""
    for line in text.splitlines():
        assert re.fullmatch(r"@(misc|dataset|article)\{\S+,|  [a-z]+ = \{.*\},|\}|", line), line
        value = line.partition(" = {")[2].removesuffix("},")
        depths = list(accumulate({"{": 1, "}": -1}.get(character, 0) for character in value))
        assert not depths or (min(depths) >= 0 and depths[-1] == 0), line


@pytest.mark.parametrize("flavor", ["bibtex", "biblatex"])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_evil_citations_break_no_file(flavor: Flavor, ascii_only: bool) -> None:
    text = render_bibtex(ALL, flavor, ascii_only)
    assert len(parse(text).entries) == len(ALL)
    assert_every_value_is_closed(text)
    assert not set(text) & set("\x1b\u202e\u202c\u200b\x00")


@settings(max_examples=150, deadline=None)
@given(st.lists(CITATIONS, max_size=3), st.sampled_from(["bibtex", "biblatex"]), st.booleans())
def test_what_is_written_reads_back_and_writes_the_same(made: list[Citation], flavor: Flavor, ascii_only: bool) -> None:
    text = render_bibtex(made, flavor, ascii_only)
    assert_every_value_is_closed(text)
    library = parse(text)
    assert len(library.entries) == len({each.doi.lower() for each in made})
    assert write_string(library, bibtex_format=bibtex_format()) == text
    assert text.isascii() or not ascii_only
