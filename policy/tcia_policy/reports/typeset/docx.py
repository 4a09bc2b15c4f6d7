"""The document for legal review as a Word file (ECMA-376), written by python-docx."""

import io
from datetime import date, datetime, time
from functools import singledispatchmethod

import docx
import typst
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from tcia_policy.files.mark import MARK
from tcia_policy.files.zip import without_clock
from tcia_policy.model import Assessment
from tcia_policy.reports.memo.document import (
    Bullets,
    Document,
    Fields,
    Line,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Row,
    Section,
    Signature,
    Span,
    Style,
    Table,
    Tone,
)
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.typeset.column_widths import column_widths
from tcia_policy.reports.typeset.docx_notes import Footnotes
from tcia_policy.reports.typeset.printable import (
    CONTENTS,
    first_on_new_page,
    is_long,
    parts_of,
    printable,
    says_address,
)
from tcia_policy.reports.typeset.svg_size import svg_size

LANGUAGE = "en-US"
LONGEST_PROPERTY = 255  # characters
PAGE_WIDTH, PAGE_HEIGHT, SIDE, TOP = Mm(210), Mm(297), Mm(18), Mm(16)
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
PIXEL = 9525  # in EMU, at 96 pixels an inch
TONES = {
    Tone.GOOD: RGBColor(0x14, 0x53, 0x2D),
    Tone.CARE: RGBColor(0x7A, 0x41, 0x00),
    Tone.OPEN: RGBColor(0x5B, 0x3A, 0x86),
    Tone.BAD: RGBColor(0x99, 0x1B, 0x1B),
}
QUIET = RGBColor(0x4B, 0x55, 0x63)
DEEPEST = 9  # level of a heading in Word
LETTERS = 96  # of a table beside each other
_FONT = "Arial"
_MONO = "Courier New"
_CELL = "Table Text"
_CODE = "Source Code"  # the name by which pandoc knows such a paragraph
_DRAWN = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
_PIXELS_PER_INCH = 144.0
_LAST_LATIN = 0x17F
_USUAL_SIGNS = "–—‘’“”…"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def render_docx(assessment: Assessment) -> bytes:
    """Return the report as a Word file; the same assessment gives the same bytes."""
    return set_docx(review_document(assessment))


def set_docx(document: Document) -> bytes:
    """Return `document` as a Word file; the same document gives the same bytes."""
    return without_clock(_Writer(printable(document)).written())


class _Writer:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._word = docx.Document()
        anchors = [part.anchor for part in parts_of(document) if isinstance(part, Section | Row) and part.anchor]
        self._bookmarks = {anchor: number for number, anchor in enumerate(anchors, 1)}
        self._notes = Footnotes()
        self._addresses: set[str] = set()
        self._pictures = 0

    def written(self) -> bytes:
        """Return the Word file."""
        self._set_page()
        self._set_styles()
        self._set_properties()
        self._word.add_heading(self._document.title, 0)
        answer = self._word.add_paragraph()
        self._add_line(answer, (Span(self._document.answer, Style.STRONG, tone=self._document.tone),))
        for section in self._document.sections:
            if section is first_on_new_page(self._document):
                self._add_contents(section)
            self._add_section(section, 1)
        self._add_footer()
        self._notes.put_into(self._word.part)
        stream = io.BytesIO()
        self._word.save(stream)
        return stream.getvalue()

    def _set_page(self) -> None:
        page = self._word.sections[0]
        page.page_width, page.page_height = PAGE_WIDTH, PAGE_HEIGHT
        page.left_margin = page.right_margin = SIDE
        page.top_margin, page.bottom_margin = TOP, TOP

    def _set_styles(self) -> None:
        styles = self._word.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = _FONT, Pt(9)
        normal.paragraph_format.space_after = Pt(2)
        normal.paragraph_format.line_spacing = 1.0
        for name, size in (("Title", 16), ("Heading 1", 13), ("Heading 2", 11), ("Heading 3", 10)):
            styles[name].font.name, styles[name].font.size = _FONT, Pt(size)
            styles[name].font.color.rgb = RGBColor(0, 0, 0)
            styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(8), Pt(2)
        code = styles.add_style(_CODE, WD_STYLE_TYPE.PARAGRAPH)
        code.base_style = normal
        code.font.name, code.font.size = _MONO, Pt(8.5)
        code.paragraph_format.left_indent = Mm(4)
        cell = styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = normal
        cell.font.size = Pt(8)
        cell.paragraph_format.space_after = Pt(0)
        styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
        styles["Caption"].paragraph_format.keep_with_next = True

    def _set_properties(self) -> None:
        made_on = datetime.combine(date.fromisoformat(self._document.day), time())
        properties = self._word.core_properties
        properties.title = self._document.title[:LONGEST_PROPERTY]
        properties.subject = self._document.answer[:LONGEST_PROPERTY]
        properties.language = LANGUAGE
        properties.keywords = MARK
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = made_on
        properties.identifier = self._document.id[:LONGEST_PROPERTY]

    def _add_footer(self) -> None:
        line = self._word.sections[0].footer.paragraphs[0]
        for stop in line.style.paragraph_format.tab_stops:
            line.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{self._document.footer}\tpage ")
        _add_field(line, "PAGE")
        line.add_run(" of ")
        _add_field(line, "NUMPAGES")

    def _add_contents(self, first: Section) -> None:
        sections = self._document.sections
        self._word.add_page_break()  # type: ignore[no-untyped-call]
        self._word.add_paragraph(CONTENTS, style="TOC Heading")
        for section in sections[sections.index(first) :]:
            self._add_line(self._word.add_paragraph(style="List Bullet"), (Span(section.title, to=section.anchor),))

    def _add_section(self, section: Section, level: int) -> None:
        heading = self._word.add_heading(section.title, min(level, DEEPEST))
        heading.paragraph_format.page_break_before = self._begins_page(section) or None
        self._add_bookmark(heading, section.anchor)
        for block in section.blocks:
            self._add(block)
        for below in section.sections:
            self._add_section(below, level + 1)

    def _begins_page(self, section: Section) -> bool:
        return section.new_page and section is not first_on_new_page(self._document)

    @singledispatchmethod
    def _add(self, block: object) -> None:
        raise TypeError(f"no way to set {type(block).__name__} in Word")

    @_add.register
    def _(self, block: Paragraph) -> None:
        self._add_line(self._word.add_paragraph(), block.line)

    @_add.register
    def _(self, block: Bullets) -> None:
        for at, entry in enumerate(block.entries):
            if block.marks:
                line = self._word.add_paragraph(style="List Paragraph")
                line.paragraph_format.first_line_indent = -Mm(6)
                line.add_run(f"{block.marks[at]} ")
            else:
                line = self._word.add_paragraph(style="List Bullet")
            self._add_line(line, entry)

    @_add.register
    def _(self, block: Fields) -> None:
        for label, entry in block.entries:
            line = self._word.add_paragraph()
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(4), -Mm(4)
            line.add_run(f"{label}: ").bold = True
            self._add_line(line, entry)

    @_add.register
    def _(self, block: Table) -> None:
        self._word.add_paragraph(block.caption, style="Caption")
        table = self._word.add_table(rows=0, cols=len(block.heads), style="Table Grid")
        table.autofit = False
        table._tblPr.append(OxmlElement("w:tblCaption", {qn("w:val"): block.caption}))
        heads = table.add_row()
        _mark_row(heads, "w:cantSplit", "w:tblHeader")
        for cell, head in zip(heads.cells, block.heads, strict=True):
            cell.paragraphs[0].style = _CELL
            cell.paragraphs[0].add_run(head).bold = True
        for row in block.rows:
            self._add_row(table, row)
        for column, share in zip(table.columns, column_widths(block, LETTERS), strict=True):
            column.width = int(TEXT_WIDTH * share)
        self._word.add_paragraph(style=_CELL).paragraph_format.line_spacing = Pt(4)

    def _add_row(self, table: docx.table.Table, row: Row) -> None:
        added = table.add_row()  # type: ignore[no-untyped-call]
        if not is_long(row):
            _mark_row(added, "w:cantSplit")
        for at, (cell, line) in enumerate(zip(added.cells, row.cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.style = _CELL
            if at == 0 and row.anchor is not None:
                self._add_bookmark(paragraph, row.anchor)
            self._add_line(paragraph, line)

    @_add.register
    def _(self, block: Quote) -> None:
        self._word.add_paragraph(block.text, style="Quote")

    @_add.register
    def _(self, block: Preformatted) -> None:
        self._word.add_paragraph(block.text, style=_CODE)

    @_add.register
    def _(self, block: Picture) -> None:
        width, height = (PIXEL * size for size in svg_size(block.svg))
        scale = min(1.0, TEXT_WIDTH / width)
        shape = self._word.add_picture(io.BytesIO(_drawn(block.svg)), int(width * scale), int(height * scale))
        self._pictures += 1
        part = self._word.part
        name = PackURI(f"/word/media/drawing{self._pictures}.svg")
        drawing = Part(name, "image/svg+xml", block.svg.encode("utf-8"), part.package)
        relation = part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE)
        shape._inline.docPr.set("descr", block.alternative)
        shape._inline.docPr.set("name", f"Picture {self._pictures}")
        shape._inline.graphic.graphicData.pic.blipFill.blip.append(_svg_beside(relation))

    @_add.register
    def _(self, block: Signature) -> None:
        for label in block.labels:
            line = self._word.add_paragraph(f"{label} \t")
            line.paragraph_format.space_before = Pt(9)
            line.paragraph_format.keep_with_next = label != block.labels[-1]
            line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)

    def _add_line(self, paragraph: WordParagraph, line: Line) -> None:
        for span in line:
            run = paragraph.add_run(span.text)
            _set_style(run, span)
            if span.url is not None:
                relation = paragraph.part.relate_to(span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                _wrap_in_link(run, "r:id", relation)
                self._add_address(paragraph, span)
            elif span.to is not None:
                _wrap_in_link(run, "w:anchor", _bookmark_name(self._bookmarks[span.to]))

    def _add_address(self, paragraph: WordParagraph, span: Span) -> None:
        """Add a footnote with the address, for who reads it on paper; once for each address."""
        if span.url is not None and span.url not in self._addresses and not says_address(span):
            self._addresses.add(span.url)
            self._notes.add(paragraph, span.url)

    def _add_bookmark(self, paragraph: WordParagraph, anchor: str) -> None:
        number = self._bookmarks[anchor]
        attributes = {qn("w:id"): str(number), qn("w:name"): _bookmark_name(number)}
        paragraph._p.append(OxmlElement("w:bookmarkStart", attributes))
        paragraph._p.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): str(number)}))


def _bookmark_name(number: int) -> str:
    """Return a name in the few letters that Word takes."""
    return f"place{number}"


def _set_style(run: Run, span: Span) -> None:
    if span.style is Style.STRONG:
        run.bold = True
    elif span.style is Style.MONO:
        _set_mono(run)
    if span.tone is not None:
        run.font.color.rgb = TONES[span.tone]
    elif span.style is Style.QUIET:
        run.font.color.rgb = QUIET
    if span.url is not None:
        run.font.underline = True


def _set_mono(run: Run) -> None:
    run.font.name = _MONO
    run.font.size = Pt(8.5)


def _wrap_in_link(run: Run, attribute: str, value: str) -> None:
    link = OxmlElement("w:hyperlink", {qn(attribute): value})
    run._r.addprevious(link)
    link.append(run._r)


def _mark_row(row: docx.table._Row, *marks: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for mark in marks:
        properties.append(OxmlElement(mark))


def _add_field(paragraph: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple", {qn("w:instr"): name})
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _drawn(svg: str) -> bytes:
    """Return a picture as PNG, for the many programs that show no SVG in a Word file.

    The machine's fonts are used only for letters that Typst's own may not have.
    """
    is_usual = all(ord(letter) <= _LAST_LATIN for letter in svg if letter not in _USUAL_SIGNS)
    drawn, _warnings = typst.compile_with_warnings(
        _DRAWN, format="png", ppi=_PIXELS_PER_INCH, ignore_system_fonts=is_usual, sys_inputs={"svg": svg}
    )
    return drawn


def _svg_beside(relation: str) -> BaseOxmlElement:
    """Return what says that a picture is there as SVG too (MS-ODRAWXML, 2.3.3)."""
    return parse_xml(
        f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
    )
