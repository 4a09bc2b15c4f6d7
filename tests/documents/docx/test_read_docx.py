"""What is read of Word documents."""

import base64
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.documents.docx.read_docx import read_word
from tcia_policy.documents.model import Entry, Manuscript, SourceLocation
from tcia_policy.files import limits
from tcia_policy.text.doi import DoiFinder
from tests.documents.docx.word_documents import (
    control,
    csl_citation,
    csl_item,
    docx,
    endnote_xml,
    field,
    heading,
    link,
    mendeley_cite,
    paragraph,
    run,
    zipped,
    zotero,
)
from tests.work import IN_PROPORTION, PATIENCE, growth

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"
GBM = "10.7937/k9/tcia.2016.rnyfuye9"
OTHER = "10.7937/tcia.hmq8-j677"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _read(*body: str, **more: Any) -> Manuscript:
    return read_word(docx(*body, **more), "paper.docx")


def _text(manuscript: Manuscript, *, references: bool = False) -> str:
    return "\n\n".join(prose.text for prose in manuscript.prose if prose.is_references is references)


def _dois(text: str) -> set[str]:
    return {doi for _, doi in DoiFinder([LIDC, GBM, OTHER]).find(text)}


def _place(paragraph_number: int) -> SourceLocation:
    return SourceLocation("paper.docx", paragraph_number, "paragraph")


def _only_problem(manuscript: Manuscript) -> str:
    assert manuscript.files == ()
    assert manuscript.prose == ()
    (problem,) = manuscript.problems
    return str(problem)


# Text


def test_paragraphs_are_numbered_in_order_with_empty_ones_and_those_in_tables() -> None:
    cell = f"<w:tc>{paragraph('TCGA-GBM')}<w:tbl><w:tr><w:tc>{paragraph('nested')}</w:tc></w:tr></w:tbl></w:tc>"
    read = _read(paragraph("First."), paragraph(), f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", paragraph("Last."))
    (prose,) = read.prose
    assert prose.text == "First.\n\nTCGA-GBM\n\nnested\n\nLast."
    assert [str(prose.place(prose.text.index(word))) for word in ("First", "TCGA", "nested", "Last")] == [
        "paper.docx, paragraph 1",
        "paper.docx, paragraph 3",
        "paper.docx, paragraph 4",
        "paper.docx, paragraph 5",
    ]
    assert read.files == ("paper.docx",)
    assert read.problems == ()


def test_a_name_split_over_runs_is_one_name() -> None:
    read = _read(paragraph(run("LI"), run("DC", "<w:b/>"), "<w:r><w:noBreakHyphen/></w:r>", run("ID\u00adRI")))
    assert _text(read) == "LIDC-IDRI"


def test_line_breaks_tabs_and_formulas_are_text() -> None:
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    read = _read(paragraph(run("a"), "<w:r><w:br/></w:r>", run("b"), "<w:r><w:tab/></w:r>", run("c "), formula))
    assert _text(read) == "a\nb\tc x=1"


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    deleted = f'<w:del w:id="1"><w:r><w:delText>NSCLC-Radiomics</w:delText></w:r>{run("gone")}</w:del>'
    moved = f'<w:moveFrom w:id="2">{run("from here")}</w:moveFrom><w:moveTo w:id="3">{run(" to here")}</w:moveTo>'
    read = _read(paragraph(f'<w:ins w:id="4">{run("LIDC-IDRI")}</w:ins>', deleted, moved))
    assert _text(read) == "LIDC-IDRI to here"


def test_a_deleted_citation_does_not_cite() -> None:
    read = _read(paragraph(run("Data."), f'<w:del w:id="1">{zotero(LIDC)}</w:del>'))
    assert read.citations == ()
    assert read.entries == ()


@pytest.mark.parametrize(
    "properties", ["<w:vanish/>", '<w:vanish w:val="true"/>', '<w:rStyle w:val="Ghost"/>', '<w:rStyle w:val="Spirit"/>']
)
def test_hidden_text_does_not_count(properties: str) -> None:
    assert _text(_read(paragraph(run("seen "), run("LIDC-IDRI", properties)))) == "seen"


def test_text_that_is_said_not_to_be_hidden_counts() -> None:
    assert _text(_read(paragraph(run("seen", '<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>')))) == "seen"


def test_a_hidden_citation_does_not_cite() -> None:
    citation = field(f"ADDIN ZOTERO_ITEM CSL_CITATION {csl_citation(csl_item(LIDC, 'T'))}", properties="<w:vanish/>")
    assert _read(paragraph("Data.", citation)).citations == ()


def test_comments_do_not_count() -> None:
    comments = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">X</w:comments>'
    marked = '<w:commentRangeStart w:id="0"/>', run("Data"), '<w:r><w:commentReference w:id="0"/></w:r>'
    assert _text(_read(paragraph(*marked), parts={"word/comments.xml": comments})) == "Data"


def test_a_text_box_is_read_once_and_has_the_number_of_its_anchor() -> None:
    inside = f"<w:txbxContent>{paragraph('boxed LIDC-IDRI')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    (prose,) = _read(paragraph("One."), paragraph("Anchor.", box), paragraph("Three.")).prose
    assert prose.text == "One.\n\nAnchor.\n\nboxed LIDC-IDRI\n\nThree."
    assert prose.place(prose.text.index("boxed")).number == 2
    assert prose.place(prose.text.index("Three")).number == 3


def test_notes_have_the_number_of_the_paragraph_that_refers_to_them() -> None:
    note, end = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="3"/></w:r>'
    read = _read(
        paragraph("One."),
        paragraph("Two", note, run(" goes on."), end),
        footnotes={1: "Not referred to.", 2: "From TCGA-GBM."},
        endnotes={3: f"doi:{LIDC}"},
    )
    assert [(prose.text, prose.place(0)) for prose in read.prose] == [
        ("One.\n\nTwo goes on.", _place(1)),
        ("From TCGA-GBM.", _place(2)),
        (f"doi:{LIDC}", _place(2)),
    ]


def test_endnotes_after_the_heading_of_a_list_are_the_list_of_references() -> None:
    end = '<w:r><w:endnoteReference w:id="3"/></w:r>'
    body = paragraph("Data", end), heading("References"), paragraph()
    read = _read(*body, endnotes={3: f"Armato III, doi:{LIDC}"}, header="Head")
    assert _text(read, references=True) == f"Armato III, doi:{LIDC}"


def test_a_document_within_the_document_is_told() -> None:
    (problem,) = _read(paragraph("x"), '<w:altChunk r:id="r9"/>').problems
    assert "their text was not read" in problem.problem


def test_a_citation_in_a_footnote_cites_from_where_the_note_is() -> None:
    read = _read(paragraph("x"), paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes={2: zotero(LIDC)})
    assert [(use.key, use.place) for use in read.citations] == [("zotero:ABCD1234", _place(2))]


def test_headers_that_a_section_uses_are_read() -> None:
    read = _read(paragraph("Body."), header="Preprint on TCGA-GBM")
    assert [prose.text for prose in read.prose] == ["Body.", "Preprint on TCGA-GBM"]


def test_what_a_link_points_to_follows_its_words() -> None:
    read = _read(
        paragraph("See ", link("r1", "the data"), run(". Also "), link("r2", f"https://doi.org/{OTHER}"), run(".")),
        links={"r1": f"https://doi.org/{LIDC}", "r2": f"https://doi.org/{OTHER}"},
    )
    assert _text(read) == f"See the data (https://doi.org/{LIDC}). Also https://doi.org/{OTHER}."
    assert _dois(_text(read)) == {LIDC, OTHER}


def test_a_link_written_as_a_field_counts_too() -> None:
    read = _read(paragraph(field(f' HYPERLINK "https://doi.org/{LIDC}" \\o "tip" ', "data"), run(".")))
    assert _text(read) == f"data (https://doi.org/{LIDC})."


def test_field_codes_are_not_text_and_their_results_are() -> None:
    simple = f'<w:fldSimple w:instr=" REF fig1 ">{run("Figure 1")}</w:fldSimple>'
    nested = field(" IF 1 ", run("seen ") + field(" PAGE ", "7"))
    assert _text(_read(paragraph(simple, run(", "), nested))) == "Figure 1, seen 7"


# Citations


@pytest.mark.parametrize("pieces", [1, 2, 37])
def test_a_zotero_citation_gives_its_entry_and_its_use(pieces: int) -> None:
    read = _read(heading("Methods"), paragraph("We used it ", zotero(LIDC.upper(), pieces=pieces), run(".")))
    assert [(use.key, use.place, use.in_text) for use in read.citations] == [("zotero:ABCD1234", _place(2), True)]
    (entry,) = read.entries
    assert entry.key == "zotero:ABCD1234"
    assert (entry.title, entry.year, entry.place) == ("Data From LIDC-IDRI", 2015, _place(2))
    assert _dois(entry.text) == {LIDC}
    assert "Armato III" in entry.text
    assert "The Cancer Imaging Archive" in entry.text
    assert _text(read) == "Methods\n\nWe used it (Armato III, 2015)."


def test_a_work_cited_twice_is_one_entry_and_two_uses() -> None:
    read = _read(paragraph(zotero(LIDC)), paragraph(zotero(LIDC)), paragraph(zotero(GBM, "EFGH5678")))
    assert [entry.key for entry in read.entries] == ["zotero:ABCD1234", "zotero:EFGH5678"]
    assert [(use.key, use.place.number) for use in read.citations] == [
        ("zotero:ABCD1234", 1),
        ("zotero:ABCD1234", 2),
        ("zotero:EFGH5678", 3),
    ]


def test_every_field_of_an_entry_is_in_its_text() -> None:
    item = csl_item(None, "Data", note=f"cites doi:{LIDC}", URL="https://example.org/x", number=7)
    citation = field(f"ADDIN ZOTERO_ITEM CSL_CITATION {csl_citation(item)}", "(1)")
    (entry,) = _read(paragraph(citation)).entries
    assert _dois(entry.text) == {LIDC}
    assert "https://example.org/x" in entry.text


def test_a_doi_in_one_field_does_not_run_on_into_the_next() -> None:
    item = csl_item(LIDC, "Data", volume="12a")
    (entry,) = _read(paragraph(field(f"ADDIN ZOTERO_ITEM CSL_CITATION {csl_citation(item)}"))).entries
    assert _dois(entry.text) == {LIDC}


def test_a_simple_field_cites() -> None:
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {csl_citation(csl_item(LIDC, 'T'))}".replace('"', "&quot;")
    read = _read(paragraph(f'<w:fldSimple w:instr="{code}">{run("(1)")}</w:fldSimple>'))
    assert _dois(read.entries[0].text) == {LIDC}
    assert _text(read) == "(1)"


def test_a_mendeley_desktop_citation_is_read() -> None:
    item = csl_item(LIDC, "Data From LIDC-IDRI", id="ITEM-1")
    code = f"ADDIN CSL_CITATION {csl_citation(item, uris=['http://www.mendeley.com/documents/?uuid=0a1b'])}"
    read = _read(paragraph(field(code, "[1]")))
    assert [use.key for use in read.citations] == ["mendeley:0a1b"]
    assert _dois(read.entries[0].text) == {LIDC}


def test_numbers_that_mendeley_gives_anew_in_every_citation_are_no_keys() -> None:
    cites = [field(f"ADDIN CSL_CITATION {csl_citation(csl_item(doi, doi, id='ITEM-1'))}") for doi in (LIDC, GBM)]
    read = _read(*map(paragraph, cites))
    assert len({use.key for use in read.citations}) == 2
    assert [entry.key for entry in read.entries] == [use.key for use in read.citations]


def test_a_mendeley_cite_citation_is_read_from_its_content_control() -> None:
    read = _read(paragraph("Text ", mendeley_cite(csl_item(LIDC, "A"), csl_item(GBM, "B", id="b2"))))
    assert [use.key for use in read.citations] == ["mendeley:17", "mendeley:b2"]
    assert [_dois(entry.text) for entry in read.entries] == [{LIDC}, {GBM}]
    assert _text(read) == "Text (1)"


def test_a_citation_kept_as_a_bookmark_is_read_from_the_properties() -> None:
    code = (
        f"ZOTERO_ITEM CSL_CITATION {csl_citation(csl_item(LIDC, 'T'), uris=['http://zotero.org/users/1/items/KEY1'])}"
    )
    chunks = "".join(
        f'<property name="ZOTERO_BREF_x1_{number}"><lpwstr>{code[start : start + 200]}</lpwstr></property>'
        for number, start in enumerate(range(0, len(code), 200), start=1)
    )
    marks = '<w:bookmarkStart w:id="5" w:name="ZOTERO_BREF_x1"/>', run("(1)"), '<w:bookmarkEnd w:id="5"/>'
    read = _read(paragraph(*marks), parts={"docProps/custom.xml": f"<Properties>{chunks}</Properties>"})
    assert [use.key for use in read.citations] == ["zotero:KEY1"]
    assert _dois(read.entries[0].text) == {LIDC}


@pytest.mark.parametrize("packed", [False, True])
def test_an_endnote_citation_is_read_from_its_code_or_from_its_data(packed: bool) -> None:
    xml = endnote_xml(LIDC.upper())
    data = base64.b64encode(xml.encode() + b"\0").decode()
    inner = field(" ADDIN EN.CITE.DATA ", "", data=data)
    citation = (
        field(" ADDIN EN.CITE ", inner + run("[1]"), data=data) if packed else field(f" ADDIN EN.CITE {xml}", "[1]")
    )
    read = _read(paragraph("Data ", citation))
    assert [use.key for use in read.citations] == ["endnote:db5x-7"]
    (entry,) = read.entries
    assert (entry.title, entry.year) == ("Data From LIDC-IDRI", 2015)
    assert _dois(entry.text) == {LIDC}
    assert _text(read) == "Data [1]"


SOURCES = (
    '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
    "<b:Source><b:Tag>Arm15</b:Tag><b:Author><b:Author><b:NameList><b:Person><b:Last>Armato</b:Last></b:Person></b:NameList>"
    f"</b:Author></b:Author><b:Title>Data From LIDC-IDRI</b:Title><b:Year>2015</b:Year><b:DOI>{LIDC}</b:DOI></b:Source>"
    f"<b:Source><b:Tag>Sca16</b:Tag><b:Title>TCGA-GBM</b:Title><b:StandardNumber>{GBM}</b:StandardNumber></b:Source>"
    f"<b:Source><b:Tag>Un1</b:Tag><b:Title>Uncited</b:Title><b:URL>https://doi.org/{OTHER}</b:URL></b:Source></b:Sources>"
)


def test_words_own_citations_name_their_sources() -> None:
    cited = control("", field(" CITATION Arm15 \\l 1033 \\m Sca16 ", "(Armato, 2015; Scarpace, 2016)"), "<w:citation/>")
    read = _read(paragraph("Data ", cited), parts={"customXml/item1.xml": SOURCES})
    assert [use.key for use in read.citations] == ["word:Arm15", "word:Sca16"]
    by_key = {entry.key: entry for entry in read.entries}
    assert {key: _dois(entry.text) for key, entry in by_key.items()} == {
        "word:Arm15": {LIDC},
        "word:Sca16": {GBM},
        "word:Un1": {OTHER},
    }
    assert by_key["word:Arm15"].year == 2015
    assert by_key["word:Un1"].place == SourceLocation("paper.docx", None, "paragraph")


def test_a_citavi_citation_is_read() -> None:
    reference = {"Id": "c1", "Title": "Data From LIDC-IDRI", "Doi": LIDC, "Year": "2015"}
    data = base64.b64encode(json.dumps({"Entries": [{"Reference": reference}]}).encode()).decode()
    read = _read(
        paragraph(control("CitaviPlaceholder#1", field(f"ADDIN CitaviPlaceholder{{{data}}}", "(Armato 2015)")))
    )
    assert read.entries == (
        Entry("citavi:c1", f"c1\nData From LIDC-IDRI\n{LIDC}\n2015", _place(1), "Data From LIDC-IDRI", 2015),
    )
    assert [use.key for use in read.citations] == ["citavi:c1"]


@pytest.mark.parametrize(
    ("citation", "whose"),
    [
        (field("ADDIN ZOTERO_ITEM CSL_CITATION {broken", "(printed)"), "Zotero"),
        (field("ADDIN CSL_CITATION {}", "(printed)"), "Mendeley"),
        (field("ADDIN EN.CITE <EndNote><Cite>", "(printed)"), "EndNote"),
        (control("MENDELEY_CITATION_v3_!!!", run("(printed)")), "Mendeley Cite"),
        (field("ADDIN ZOTERO_ITEM CSL_CITATION " + '{"a":' * 90_000, "(printed)"), "Zotero"),
    ],
)
def test_a_broken_citation_is_told_and_its_printed_form_stays(citation: str, whose: str) -> None:
    read = _read(paragraph("One."), paragraph("Data ", citation, run(".")))
    (problem,) = read.problems
    assert problem.place == _place(2)
    assert whose in problem.problem
    assert problem.hint
    assert _text(read) == "One.\n\nData (printed)."
    assert read.citations == ()


def test_a_citation_without_data_is_told() -> None:
    code = 'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems":[{"id":1,"uris":["http://zotero.org/users/1/items/K1"]}]}'
    read = _read(paragraph(field(code, "(1)")))
    assert [use.key for use in read.citations] == ["zotero:K1"]
    assert read.entries == ()
    assert "not kept in the document" in str(read.problems[0])


# The printed list of references

REFERENCE = f"[1] Armato III, S. G. et al. (2015) Data From LIDC-IDRI. https://doi.org/{LIDC}"


@pytest.mark.parametrize(
    "title",
    ["References", "REFERENCES", "7. References", "VII References:", "R E F E R E N C E S", "Literaturverzeichnis"],
)
@pytest.mark.parametrize("style", ["Heading1", "Custom", None])
def test_the_list_of_references_is_found_by_its_heading(title: str, style: str | None) -> None:
    read = _read(paragraph("Body of 2015."), paragraph(title, style=style), paragraph(REFERENCE))
    assert _text(read, references=True) == REFERENCE
    assert _text(read) == f"Body of 2015.\n\n{title}"


@pytest.mark.parametrize(
    "following",
    [
        heading("Anything that is a heading"),
        paragraph("Appendix A"),
        paragraph("Acknowledgements"),
        paragraph("Data availability statement"),
        paragraph("Table 1. Series of each collection"),
        paragraph("Figure legends"),
    ],
)
def test_the_list_of_references_ends_where_something_else_begins(following: str) -> None:
    read = _read(heading("References"), paragraph(REFERENCE), following, paragraph(f"From https://doi.org/{GBM}."))
    assert _text(read, references=True) == REFERENCE
    assert _dois(_text(read)) == {GBM}


def test_a_heading_below_that_of_the_list_does_not_end_it() -> None:
    read = _read(heading("References"), heading("Datasets", 2), paragraph(REFERENCE), heading("Appendix B"))
    assert _dois(_text(read, references=True)) == {LIDC}


def test_a_column_headed_references_begins_no_list() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('References')}</w:tc><w:tc>{paragraph(REFERENCE)}</w:tc></w:tr></w:tbl>"
    read = _read(table, paragraph(f"In 2020, https://doi.org/{GBM} was used."))
    assert _text(read, references=True) == ""


def test_a_table_after_the_list_is_none_of_it() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph(f'doi:{GBM}')}</w:tc></w:tr></w:tbl>"
    read = _read(heading("References"), paragraph(REFERENCE), table)
    assert _dois(_text(read, references=True)) == {LIDC}


def test_a_list_whose_end_is_not_seen_before_the_next_is_none() -> None:
    read = _read(
        paragraph("References"),
        paragraph("Chapter of 2015"),
        paragraph(f"doi:{GBM}"),
        paragraph("References"),
        paragraph(REFERENCE),
    )
    assert _dois(_text(read, references=True)) == {LIDC}


@pytest.mark.parametrize(
    "code",
    [
        " ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ",
        " ADDIN EN.REFLIST ",
        "ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY",
        " BIBLIOGRAPHY ",
    ],
)
def test_the_list_that_a_citation_manager_keeps_needs_no_heading(code: str) -> None:
    begin, end = field(code, "<cut/>").split("<cut/>")
    body = paragraph("Body."), paragraph(begin, run(REFERENCE)), paragraph(f"[2] doi:{GBM}", end), paragraph("After.")
    read = _read(*body)
    assert _dois(_text(read, references=True)) == {LIDC, GBM}
    assert _text(read) == "Body.\n\nAfter."


def test_the_list_in_a_content_control_is_read() -> None:
    tagged = control("MENDELEY_BIBLIOGRAPHY", paragraph(REFERENCE))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Bibliographies"/></w:docPartObj>'
    of_word = control("x", paragraph("Works") + paragraph(f"doi:{GBM}"), gallery)
    read = _read(paragraph("Body."), tagged, paragraph("Between."), of_word, paragraph("After."))
    assert _dois(_text(read, references=True)) == {LIDC, GBM}
    assert _text(read) == "Body.\n\nBetween.\n\nAfter."


def test_a_list_that_never_ends_is_a_damaged_field_and_no_list() -> None:
    begin, _end = field(" ADDIN ZOTERO_BIBL {} ", "<cut/>").split("<cut/>")
    read = _read(paragraph(begin, run("x")), paragraph(f"The data of https://doi.org/{GBM}."))
    assert _text(read, references=True) == ""


# What writes Word documents


def test_a_document_of_python_docx_is_read() -> None:
    document = python_docx.Document()
    document.add_heading("Methods", 1)
    document.add_paragraph("Müller and van Ginneken used LIDC-IDRI.")
    document.add_table(1, 1).cell(0, 0).text = "TCGA-GBM"
    document.add_heading("References", 1)
    document.add_paragraph(REFERENCE)
    document.sections[0].header.paragraphs[0].text = "Running head"
    stream = io.BytesIO()
    document.save(stream)
    read = read_word(stream.getvalue(), "paper.docx")
    assert read.problems == ()
    assert _text(read, references=True) == REFERENCE
    assert _text(read) == "Methods\n\nMüller and van Ginneken used LIDC-IDRI.\n\nTCGA-GBM\n\nReferences\n\nRunning head"


needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")


@needs_pandoc
def test_a_document_of_pandoc_is_read(tmp_path: Path) -> None:
    entry = csl_item(LIDC, "Data From LIDC-IDRI", id="armato")
    (tmp_path / "refs.json").write_text(json.dumps([entry]))
    (tmp_path / "paper.md").write_text(
        f"# Methods\n\nWe used it [@armato] and [more](https://doi.org/{OTHER}).[^1]\n\n[^1]: From TCGA-GBM.\n\n"
        "# References\n\n::: {#refs}\n:::\n\n# Appendix\n\nMore.\n"
    )
    command = ["pandoc", "paper.md", "--citeproc", "--bibliography", "refs.json", "-o", "paper.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=PATIENCE)
    read = read_word((tmp_path / "paper.docx").read_bytes(), "paper.docx")
    assert _dois(_text(read, references=True)) == {LIDC}
    assert _dois(_text(read)) == {OTHER}
    assert "From TCGA-GBM." in _text(read)
    assert "More." in _text(read)


@needs_pandoc
def test_pandoc_reads_the_same_citations_from_the_documents_of_these_tests(tmp_path: Path) -> None:
    known = subprocess.run(
        ["pandoc", "--list-extensions=docx"], check=True, timeout=PATIENCE, capture_output=True, text=True
    )
    if "citations" not in known.stdout:
        pytest.skip("this pandoc does not read the citations of Word documents")
    (tmp_path / "paper.docx").write_bytes(docx(paragraph("Data ", zotero(LIDC, pieces=3), run("."))))
    command = ["pandoc", "-f", "docx+citations", "paper.docx", "-t", "csljson"]
    said = subprocess.run(command, cwd=tmp_path, check=True, timeout=PATIENCE, capture_output=True, text=True).stdout
    assert [item["DOI"] for item in json.loads(said)] == [LIDC]


# Bad input


def test_a_file_that_is_no_zip_is_told() -> None:
    assert "is not a Word document" in _only_problem(read_word(b"just text", "paper.docx"))


def test_an_empty_file_is_told() -> None:
    assert _only_problem(read_word(b"", "paper.docx")) == "paper.docx: is empty"


def test_rich_text_is_told() -> None:
    assert "rich text" in _only_problem(read_word(b"{\\rtf1 hello}", "paper.docx"))


def test_a_zip_that_is_no_document_is_told() -> None:
    assert "not a Word document" in _only_problem(read_word(zipped({"a.txt": "x"}), "paper.docx"))


def test_an_office_file_of_another_kind_is_told() -> None:
    workbook = docx(parts={"word/document.xml": "<workbook xmlns='urn:x'/>"})
    assert "not a Word document" in _only_problem(read_word(workbook, "paper.docx"))


def test_a_document_without_its_text_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(docx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "word/document.xml"}
    assert "word/document.xml" in _only_problem(read_word(zipped(parts), "paper.docx"))


def test_an_old_document_is_told_from_one_with_a_password() -> None:
    assert "old kind (.doc); save it as .docx" in _only_problem(read_word(OLE, "paper.doc"))
    protected = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "password" in _only_problem(read_word(protected, "paper.docx"))


def test_a_truncated_document_is_told() -> None:
    assert "damaged" in _only_problem(read_word(docx(paragraph("x"))[:-200], "paper.docx"))


def test_a_main_part_elsewhere_is_found() -> None:
    parts = {"word/_rels/document2.xml.rels": '<Relationships xmlns="x"/>'}
    assert _text(_read(paragraph("Here."), main="word/document2.xml", parts=parts)) == "Here."


def test_the_strict_form_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(heading("References"), paragraph(REFERENCE)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old, new = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = zipped({name: part.replace(old, new) for name, part in parts.items()})
    assert _text(read_word(strict, "paper.docx"), references=True) == REFERENCE


def test_a_bomb_is_not_unpacked() -> None:
    bomb = docx(parts={"word/document.xml": b"<w:document>" + b" " * 100_000_000})
    assert len(bomb) < 200_000
    assert "inflates to more than 60,000,000 bytes" in _only_problem(read_word(bomb, "paper.docx"))


def test_a_document_of_nothing_but_tags_is_not_parsed() -> None:
    assert "tags" in _only_problem(_read("<w:p/>" * 2_000_001))


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><d a="&e9;">&e9;</d>'
    read = read_word(docx(parts={"word/document.xml": laughs}), "paper.docx")
    assert "word/document.xml" in _only_problem(read)


def test_a_file_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("LIDC-IDRI")
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><d>&x;</d>'
    assert "document type" in _only_problem(read_word(docx(parts={"word/document.xml": outside}), "paper.docx"))


def test_a_part_that_the_text_can_do_without_may_be_broken() -> None:
    read = _read(paragraph("Body."), parts={"word/styles.xml": "<w:styles"})
    assert _text(read) == "Body."
    assert "word/styles.xml" in str(read.problems[0])


HOSTILE: dict[str, Callable[[int], str]] = {
    "fields": lambda size: paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * size, run("x") * size),
    "pages": lambda size: paragraph((field("PAGE", "<cut/>").split("<cut/>")[0]) * size + run("x") * size),
    "links": lambda size: paragraph(
        field('HYPERLINK "https://example.org"', "<cut/>").split("<cut/>")[0] * size, run("x") * size
    ),
    "references": lambda size: paragraph("References") * size,
    "headings": lambda size: heading("References") + heading("Deep", 2) * size,
    "citations": lambda size: paragraph(field("ADDIN ZOTERO_ITEM CSL_CITATION {", "x")) * size,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_takes_work_in_proportion_to_its_length(name: str) -> None:
    def read(size: int) -> Manuscript:
        return read_word(docx(HOSTILE[name](size)), "paper.docx")

    assert growth(read, 400) < IN_PROPORTION
    assert len(read(10_000).problems) <= limits.WORD_PROBLEMS + 1


def test_xml_that_is_nested_too_deep_is_told() -> None:
    assert "not well-formed XML" in _only_problem(_read("<w:x>" * 5_000))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", OLE[:8]):
        assert read_word(start + content, "f.docx").problems


WHOLE = docx(
    heading("Methods"), paragraph("x", zotero(LIDC)), heading("References"), paragraph(REFERENCE), footnotes={1: "n"}
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_document_does_not_raise(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_word(bytes(content[: data.draw(st.integers(0, len(content)))]), "f.docx")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='<>/w:prtfldChar "=ZOTERO{}[]&;ADDIN', max_size=200))
def test_no_code_of_a_field_raises(code: str) -> None:
    for start in ("", "ADDIN ZOTERO_ITEM CSL_CITATION {", "ADDIN EN.CITE <EndNote>", " CITATION "):
        assert _read(paragraph(field(start + code, "x"))).files == ("paper.docx",)


@pytest.mark.parametrize(
    ("char", "expected"), [("00E9", "a é b"), ("F0B7", "a b"), ("D800", "a b"), ("-5", "a b"), ("110000", "a b")]
)
def test_a_symbol_is_its_character_or_a_space(char: str, expected: str) -> None:
    symbol = f'<w:r><w:sym w:font="Symbol" w:char="{char}"/></w:r>'
    found = read_word(docx(paragraph(run("a "), symbol, run(" b"))), "paper.docx")
    assert " ".join(found.prose[0].text.split()) == expected


# Sections


def test_headings_say_which_section_text_stands_in() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    read = _read(
        heading("Methods"),
        heading("Data", 2),
        paragraph("We used LIDC-IDRI.", note),
        paragraph("Outlook", style="Custom"),
        paragraph("We will use NLST."),
        heading("References"),
        paragraph(f"Armato, 2015, doi:{LIDC}"),
        footnotes={2: "From TCGA-GBM."},
    )
    prose, listed, footnote = read.prose
    assert prose.sections_at(prose.text.index("LIDC-IDRI")) == ("Methods", "Data")
    assert prose.sections_at(prose.text.index("NLST")) == ("Outlook",)
    assert listed.sections_at(0) == ("References",)
    assert footnote.sections_at(3) == ("Methods", "Data")


def test_an_outline_level_makes_a_heading() -> None:
    outlined = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Future plans</w:t></w:r></w:p>'
    (prose,) = _read(outlined, paragraph("We will use NLST.")).prose
    assert prose.sections_at(len(prose.text) - 1) == ("Future plans",)


def test_usual_names_are_headings_where_no_style_marks_any() -> None:
    (prose,) = _read(
        paragraph("Related work"), paragraph("Others used NLST."), paragraph("Our Way"), paragraph("We did.")
    ).prose
    assert prose.sections_at(prose.text.index("NLST")) == ("Related work",)
    assert prose.sections_at(len(prose.text)) == ("Our Way",)


def test_a_document_with_too_many_paragraphs_is_read_up_to_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORD_PARAGRAPHS", 2)
    read = _read(paragraph("One."), paragraph("Two."), paragraph("LIDC-IDRI"), paragraph("Four."))
    assert _text(read) == "One.\n\nTwo."
    (problem,) = read.problems
    assert str(problem).startswith("paper.docx, paragraph 3: too much to read: this paragraph and all that follow")
