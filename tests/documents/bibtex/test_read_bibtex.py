import pytest

from tcia_policy.documents.bibtex.read_bibtex import read_bib
from tcia_policy.documents.model import Entry, Manuscript, SourceLocation
from tcia_policy.registry import DoiFinder
from tests.documents.bibtex.bib_samples import BROKEN, HANDWRITTEN, JABREF, MENDELEY, ZOTERO
from tests.work import IN_PROPORTION, growth

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"
NLST = "10.7937/tcia.hmq8-j677"
CLARK = "10.1007/s10278-013-9622-7"
FINDER = DoiFinder([LIDC, NLST, CLARK])


def read(text: str) -> Manuscript:
    return read_bib(text.encode(), "paper/refs.bib")


def entries(text: str) -> dict[str | None, Entry]:
    return {entry.key: entry for entry in read(text).entries}


def dois(text: str) -> dict[str | None, list[str]]:
    return {key: [doi for _, doi in FINDER.find(entry.text)] for key, entry in entries(text).items()}


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_the_dois_of_entries_are_found_in_whatever_field_and_spelling() -> None:
    assert dois(ZOTERO)["nlst2013"] == [NLST]
    assert dois(JABREF) == {"LIDC": [LIDC]}
    assert dois(MENDELEY)["Clark2013"] == [CLARK, CLARK]
    assert dois(HANDWRITTEN) == {"lidc": [LIDC], "clark": [LIDC, CLARK], "same-line": []}


def test_spellings_with_latex_in_them_are_found() -> None:
    for value in (
        r"note = {doi:10.7937\slash K9/TCIA.2015.LO9QL9SX}",
        r"note = {\href{https://doi.org/10.7937/K9%2FTCIA.2015.LO9QL9SX}{data}}",
        r"howpublished = {Available at \url{dx.doi.org/10.7937/k9/tcia.2015.lo9ql9sx}.}",
        r"doi = {{10.7937/K9/TCIA.2015.LO9QL9SX}}",
        'url = "https://doi.org/" # {10.7937/K9/TCIA.2015.LO9QL9SX}',
        r"addendum = {\doi{10.7937/K9/TCIA.2015.LO9QL9SX}}",
        "eprint = {10.7937/K9/TCIA.2015.LO9QL9SX}, eprinttype = {doi}",
    ):
        assert dois(f"@misc{{a, title = {{A}}, {value}, year = 2015}}") == {"a": [LIDC]}, value


def test_a_doi_in_an_abstract_or_a_keyword_is_not_cited_with_the_paper() -> None:
    paper = entries(ZOTERO)["armatoLungImageDatabase2011"]
    assert dois(ZOTERO)[paper.key] == []
    assert "Purpose" not in paper.text
    assert "/home" not in paper.text


def test_an_entry_has_title_year_and_place_in_plain_text() -> None:
    paper = entries(ZOTERO)["armatoLungImageDatabase2011"]
    assert paper.title == "The Lung Image Database Consortium (LIDC) and Image Database Resource Initiative (IDRI)"
    assert paper.year == 2011
    assert paper.place == SourceLocation("paper/refs.bib", 1)
    assert "Müller, Jörg" in paper.text
    assert entries(ZOTERO)["nlst2013"].year == 2013
    assert entries(ZOTERO)["nlst2013"].place.number == 15


def test_what_no_program_would_read_is_no_entry_and_is_said() -> None:
    manuscript = read(BROKEN)
    assert [entry.key for entry in manuscript.entries] == ["good1", "good2", "good3", "good4", "good5"]
    assert not any(FINDER.find(entry.text) for entry in manuscript.entries)
    said = problems(BROKEN)
    assert len(said) == 9
    assert said[0] == (
        "paper/refs.bib:1: @misc no-comma cannot be read: a comma or the closing } is missing after the value of "
        "title; mend it: BibTeX leaves out part of it, and biber and pandoc refuse the file"
    )
    assert any(each.startswith("paper/refs.bib:28: @misc good4 looks wrong: it ends on line 28") for each in said)


def test_of_a_repeated_key_the_first_entry_counts_and_the_others_are_said() -> None:
    text = f"@misc{{a, title = {{First}}}}\n\n@misc{{A, doi = {{{LIDC}}}}}\n"
    assert dois(text) == {"a": []}
    assert problems(text) == [
        "paper/refs.bib:3: the key A is there already; "
        "BibTeX reads only the first, a on line 1; give this one another key"
    ]


def test_the_doi_of_a_parent_is_not_the_childs() -> None:
    text = f"""
    @inproceedings{{child, title = {{Child}}, crossref = {{parent}}}}
    @proceedings{{parent, title = {{Parent}}, doi = {{{LIDC}}}}}
    """
    assert dois(text) == {"child": [], "parent": [LIDC]}


def test_what_entries_share_by_xdata_is_their_own() -> None:
    text = f"""
    @misc{{a, title = {{A}}, xdata = {{one}}}}
    @misc{{b, title = {{B}}, doi = {{{LIDC}}}, xdata = {{one}}}}
    @misc{{c, title = {{C}}, xdata = {{d}}}}
    @misc{{d, doi = {{{LIDC}}}}}
    @xdata{{one, xdata = {{two, one}}}}
    @xdata{{two, doi = {{{NLST}}}}}
    """
    assert dois(text) == {"a": [NLST], "b": [LIDC], "c": [], "d": [LIDC]}


def test_whoever_cites_a_set_or_an_entry_with_related_ones_cites_these_too() -> None:
    text = f"""
    @set{{both, entryset = {{a, b}}}}
    @misc{{a, doi = {{{LIDC}}}}}
    @misc{{b, doi = {{{NLST}}}}}
    @article{{paper, doi = {{10.1000/1}}, related = {{a, nosuch, paper}}}}
    """
    found = [(entry.key, entry.doi) for entry in read(text).entries]
    assert found == [
        ("both", None),
        ("both", LIDC),
        ("both", NLST),
        ("a", LIDC),
        ("b", NLST),
        ("paper", "10.1000/1"),
        ("paper", LIDC),
    ]


@pytest.mark.parametrize(
    "field", ["OPTdoi", "OPTurl", "OPTnote", "ALTnote", "old_doi", "xdoi", "url-old", "biburl", "opt_url", "ANNOTE"]
)
def test_a_field_that_is_put_aside_is_not_printed(field: str) -> None:
    assert dois(f"@misc{{a, title = {{A}}, {field} = {{https://doi.org/{LIDC}}}}}") == {"a": []}


@pytest.mark.parametrize("field", ["doi", "url", "note", "howpublished", "eprint", "addendum", "bdsk-url-1", "adsurl"])
@pytest.mark.parametrize(
    "around", ["{}", "\\url{{{}}}", "\\\\url{{{}}}", "\\href{{{0}}}{{{0}}}", "\\\\href{{{0}}}{{data}}"]
)
def test_a_link_is_read_with_whatever_stands_around_it(field: str, around: str) -> None:
    link = around.format(f"https://doi.org/{LIDC}")
    assert dois(f"@misc{{a, title = {{A}}, {field} = {{{link}}}}}") == {"a": [LIDC]}
    (entry,) = read(f"@misc{{a, title = {{A}}, {field} = {{{link}}}}}").entries
    assert "url" not in entry.text.split("/")[0]


def test_further_keys_of_biblatex_serve_too_unless_another_entry_has_them() -> None:
    text = f"@misc{{a, ids = {{b, c,, a}}, doi = {{{LIDC}}}}}\n@misc{{c, title = {{Another}}, ids = {{b}}}}\n"
    assert dois(text) == {"a": [LIDC], "b": [LIDC], "c": []}


def test_latin1_is_read_and_said() -> None:
    manuscript = read_bib("@misc{müller, author = {Müller}}".encode("latin-1"), "refs.bib")
    assert [entry.key for entry in manuscript.entries] == ["müller"]
    assert [str(problem) for problem in manuscript.problems] == [
        "refs.bib: the file is not UTF-8 and was read as Latin-1; save it as UTF-8"
    ]


def test_files_that_are_no_bibliography_are_said() -> None:
    assert problems("") == []
    assert problems("Just text.\n") == [
        "paper/refs.bib: the file has no entry that can be read; an entry begins with @type{key,"
    ]
    assert [str(problem) for problem in read_bib("@misc{a, x = 1}".encode("utf-16"), "refs.bib").problems] == [
        "refs.bib: the file is UTF-16, which BibTeX and biber do not read; save it as UTF-8"
    ]


def test_a_thousand_broken_entries_do_not_fill_the_screen() -> None:
    said = problems("@misc{a b}\n" * 1000)
    assert len(said) == 52
    assert said[-1] == "paper/refs.bib:51: the file has 950 more such problems from here on"


def test_a_file_of_nothing_but_hard_latex_takes_work_in_proportion_to_its_length() -> None:
    def hard(size: int) -> Manuscript:
        titles = [piece * size + str(number) for number in range(6) for piece in ("$x$", "\\\\")]
        return read("".join(f"@misc{{a{number}, title = {{{title}}}}}\n" for number, title in enumerate(titles)))

    assert growth(hard, 100) < IN_PROPORTION
    assert len(hard(6_000).entries) == 12


@pytest.mark.parametrize("name", ["doi2", "internal-note", "notes_private", "my_note"])
def test_a_field_that_no_style_knows_prints_nothing(name: str) -> None:
    read = read_bib(f"@misc{{a, title={{T}}, {name}={{10.7937/x}}}}".encode(), "refs.bib")
    assert "10.7937" not in read.entries[0].text
