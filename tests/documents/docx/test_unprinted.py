"""What of a Word document nobody reads on paper, and so is evidence of nothing."""

import io
import re
import zipfile
from typing import Any

import pytest

from tcia_policy.documents.docx.read_docx import read_word
from tcia_policy.documents.model import Manuscript
from tests.documents.docx.word_documents import csl_citation, csl_item, docx, field, paragraph, run, zipped

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:styles {WORD}>"
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="LongGone"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="character" w:styleId="Back"><w:basedOn w:val="Gone"/>'
    '<w:rPr><w:strike w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Removed"><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Unseen"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


def _read(*body: str, **more: Any) -> Manuscript:
    return read_word(docx(*body, **more), "paper.docx")


def _text(*body: str, **more: Any) -> str:
    return "\n\n".join(block.text for block in _read(*body, **more).prose)


@pytest.mark.parametrize(
    "properties",
    [
        "<w:strike/>",
        "<w:dstrike/>",
        '<w:sz w:val="1"/>',
        '<w:strike w:val="true"/>',
        '<w:rStyle w:val="Gone"/>',
        '<w:rStyle w:val="LongGone"/>',
    ],
)
def test_struck_out_text_does_not_count(properties: str) -> None:
    assert _text(paragraph(run("seen "), run("LIDC-IDRI", properties)), parts={"word/styles.xml": STYLES}) == "seen"


@pytest.mark.parametrize(
    "properties",
    [
        '<w:strike w:val="0"/>',
        '<w:rStyle w:val="Back"/>',
        '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>',
        "<w:u/>",
    ],
)
def test_text_that_is_said_not_to_be_struck_out_counts(properties: str) -> None:
    assert _text(paragraph(run("LIDC-IDRI", properties)), parts={"word/styles.xml": STYLES}) == "LIDC-IDRI"


@pytest.mark.parametrize("style", ["Removed", "Unseen"])
def test_a_paragraph_whose_style_takes_it_out_does_not_count(style: str) -> None:
    body = paragraph("seen"), paragraph("LIDC-IDRI", style=style)
    assert _text(*body, parts={"word/styles.xml": STYLES}) == "seen"


def test_a_hidden_shape_of_older_programs_is_not_printed() -> None:
    for style, shown in (("visibility:hidden", "seen"), ("width:9pt", "seenLIDC-IDRI")):
        box = f"<w:txbxContent>{paragraph('LIDC-IDRI')}</w:txbxContent>"
        shape = (
            f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="{style}"><v:textbox>{box}</v:textbox></v:shape>'
        )
        text = _text(paragraph(run("seen"), f"<w:r><w:pict>{shape}</w:pict></w:r>"))
        assert "".join(text.split()) == shown


def test_a_struck_out_citation_does_not_cite() -> None:
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {csl_citation(csl_item(LIDC, 'T'))}"
    whole = field(code, properties="<w:strike/>")
    result_alone = field(code, run("(1)", "<w:strike/>"))
    assert _read(paragraph("Data.", whole), paragraph("More.", result_alone)).citations == ()


def test_a_struck_out_mark_of_a_note_refers_to_nothing() -> None:
    mark = '<w:r><w:rPr><w:strike/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    assert _text(paragraph("Text.", mark), footnotes={2: "From TCGA-GBM."}) == "Text."


def test_a_deleted_link_leaves_no_address() -> None:
    link = f'<w:hyperlink r:id="r1">{run("the data", "<w:strike/>")}</w:hyperlink>'
    assert _text(paragraph("See ", link), links={"r1": f"https://doi.org/{LIDC}"}) == "See"


@pytest.mark.parametrize(
    "properties", ["<w:trPr><w:hidden/></w:trPr>", '<w:trPr><w:del w:id="3" w:author="A"/></w:trPr>']
)
def test_a_row_that_is_hidden_or_deleted_does_not_count(properties: str) -> None:
    rows = f"<w:tr><w:tc>{paragraph('seen')}</w:tc></w:tr><w:tr>{properties}<w:tc>{paragraph('TCGA-GBM')}</w:tc></w:tr>"
    assert _text(f"<w:tbl>{rows}</w:tbl>") == "seen"


def test_a_deleted_cell_does_not_count() -> None:
    cells = f"<w:tc>{paragraph('seen')}</w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('TCGA-GBM')}</w:tc>"
    assert _text(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == "seen"


@pytest.mark.parametrize(("shows_placeholder", "text"), [("<w:showingPlcHdr/>", "Data:"), ("", "Data: TCGA-GBM")])
def test_what_a_form_asks_to_write_was_written_by_nobody(shows_placeholder: str, text: str) -> None:
    inside = f"<w:sdtContent>{run('TCGA-GBM')}</w:sdtContent>"
    choices = "<w:dropDownList><w:listItem w:displayText='NLST' w:value='NLST'/></w:dropDownList>"
    control = f"<w:sdt><w:sdtPr>{shows_placeholder}{choices}</w:sdtPr>{inside}</w:sdt>"
    assert _text(paragraph("Data: ", control)) == text


DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@pytest.mark.parametrize(("hidden", "text"), [("", "Text.\n\nboxed NLST"), ('hidden="1"', "Text.")])
def test_a_picture_is_not_described_on_paper_and_a_hidden_box_not_printed(hidden: str, text: str) -> None:
    box = f"<wps:txbx><w:txbxContent>{paragraph('boxed NLST')}</w:txbxContent></wps:txbx>"
    described = f'<wp:docPr id="1" name="LIDC-IDRI" descr="A scan of TCGA-GBM" title="TCGA-LGG" {hidden}/>'
    frame = f'<wp:anchor xmlns:wp="{DRAWN}">{described}{box}</wp:anchor>'
    assert _text(paragraph("Text.", f"<w:r><w:drawing>{frame}</w:drawing></w:r>")) == text


def test_properties_comments_and_building_blocks_are_not_printed() -> None:
    core = "<cp:coreProperties xmlns:cp='urn:x'><cp:keywords>LIDC-IDRI</cp:keywords></cp:coreProperties>"
    body = f"<w:body>{paragraph('TCGA-GBM')}</w:body>"
    parts = {
        "docProps/core.xml": core,
        "word/comments.xml": f"<w:comments {WORD}><w:comment>{paragraph('NLST')}</w:comment></w:comments>",
        "word/glossary/document.xml": f"<w:glossaryDocument {WORD}>{body}</w:glossaryDocument>",
    }
    assert _text(paragraph("Text."), parts=parts) == "Text."


@pytest.mark.parametrize(("kind", "switch", "is_printed"), [("first", "<w:titlePg/>", True), ("first", "", False)])
def test_a_header_of_the_first_page_is_printed_where_it_is_switched_on(
    kind: str, switch: str, is_printed: bool
) -> None:
    section = f'<w:sectPr><w:headerReference w:type="{kind}" r:id="rHead"/>{switch}</w:sectPr>'
    read = docx(paragraph("Body."), header="On TCGA-GBM")
    assert _text_with_section(read, section) == ("Body.\n\nOn TCGA-GBM" if is_printed else "Body.")


def test_a_header_of_even_pages_is_not_printed_unless_it_is_switched_on() -> None:
    section = '<w:sectPr><w:headerReference w:type="even" r:id="rHead"/></w:sectPr>'
    assert _text_with_section(docx(paragraph("Body."), header="On TCGA-GBM"), section) == "Body."


def _text_with_section(document: bytes, section: str) -> str:
    """Read a document with another last section."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub("<w:sectPr>.*</w:sectPr>", section, body).encode()
    return "\n\n".join(block.text for block in read_word(zipped(parts), "paper.docx").prose)
