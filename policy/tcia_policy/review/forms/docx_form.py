"""The form as a Word document: boxes to tick and fields to write in, as content controls (python-docx)."""

import io
from collections.abc import Sequence
from datetime import datetime, time

import docx
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from markupsafe import escape

from tcia_policy.files.mark import MARK
from tcia_policy.files.zip import without_clock
from tcia_policy.model.open_entry import OpenEntry
from tcia_policy.review.choices import notes_on
from tcia_policy.review.fields import Field
from tcia_policy.review.forms.controls import (
    EMPTY,
    EMPTY_LIST,
    ID_LABEL,
    LABELS,
    OFF,
    REVIEWER,
    STATED,
    WORD14,
    entry_key,
    tag_of,
)
from tcia_policy.review.forms.form import HOW, NOTHING, TITLE, Form, fields_asked, head_of
from tcia_policy.review.forms.stated import stated_json
from tcia_policy.text.sanitize import clean

LANGUAGE = "en-US"
_PAGE, _SIDE, _TOP = (Mm(210), Mm(297)), Mm(18), Mm(16)
_MARK_WIDTH, _LABEL_WIDTH, _WIDTH = Mm(10), Mm(60), Mm(174)
_FONT = "Arial"
_GRID = "Table Grid"


def render_docx_form(form: Form) -> bytes:
    """Return the Word document; the same form gives the same bytes. All text is freed of controls."""
    return without_clock(_Writer(form).written())


class _Writer:
    """Writes one form."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._word = docx.Document()
        self._controls = 0

    def written(self) -> bytes:
        """Return the Word file, with the time of its zip."""
        self._set_up()
        self._word.add_heading(f"{TITLE}: {self._form.title}", 0)
        for label, text in self._form.study:
            line = self._word.add_paragraph()
            line.add_run(f"{label}: ").bold = True
            line.add_run(text)
        self._word.add_heading("How to fill this in", 1)
        for how in HOW:
            self._word.add_paragraph(how, style="List Bullet")
        self._add_reviewer()
        for entry in self._form.entries:
            self._add_entry(entry)
        if not self._form.entries:
            self._word.add_paragraph(NOTHING)
        self._add_stated()
        stream = io.BytesIO()
        self._word.save(stream)
        return stream.getvalue()

    def _set_up(self) -> None:
        page = self._word.sections[0]
        page.page_width, page.page_height = _PAGE
        page.left_margin = page.right_margin = _SIDE
        page.top_margin = page.bottom_margin = _TOP
        for name, size in (("Normal", 10), ("Title", 16), ("Heading 1", 12)):
            self._word.styles[name].font.name, self._word.styles[name].font.size = _FONT, Pt(size)
        properties = self._word.core_properties
        properties.title = f"{TITLE}: {self._form.title}"[:255]
        properties.language, properties.keywords = LANGUAGE, MARK
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = datetime.combine(self._form.stated.as_of, time())

    def _add_reviewer(self) -> None:
        self._word.add_heading("Who decides", 1)
        table = self._table(0, 2)
        for name, label in LABELS.items():
            field = Field(name, label, frozenset(), options=self._form.roles if name == "role" else ())
            self._add_field(table, REVIEWER, field)
        _set_widths(table, (_LABEL_WIDTH, _WIDTH - _LABEL_WIDTH))

    def _add_entry(self, entry: OpenEntry) -> None:
        self._word.add_heading(head_of(entry), 1)
        about = f"About: {entry.about}" if entry.about else None
        asked = f"Who may answer: {entry.ask}" if entry.ask else None
        for text in filter(None, (about, entry.because, asked, entry.remedy)):
            self._word.add_paragraph(clean(text))
        key = entry_key(entry.kind, entry.id)
        choices = self._table(0, 2)
        self._add_id(choices, entry)
        for number, choice in enumerate(entry.choices):
            mark, label = _new_row(choices)
            mark.paragraphs[0]._p.append(self._box(tag_of(key, f"choice.{number}"), choice.says))
            label.paragraphs[0].add_run(clean(choice.says))
            for note in notes_on(choice):
                label.add_paragraph(clean(note))
        _set_widths(choices, (_MARK_WIDTH, _WIDTH - _MARK_WIDTH))
        self._word.add_paragraph().paragraph_format.line_spacing = Pt(4)
        fields = self._table(0, 2)
        self._add_id(fields, entry)
        for field in fields_asked(entry):
            self._add_field(fields, key, field)
        _set_widths(fields, (_LABEL_WIDTH, _WIDTH - _LABEL_WIDTH))

    def _table(self, rows: int, columns: int) -> Table:
        table: Table = self._word.add_table(rows=rows, cols=columns, style=_GRID)
        table.autofit = False
        return table

    def _add_id(self, table: Table, entry: OpenEntry) -> None:
        label, id_ = _new_row(table)
        label.paragraphs[0].add_run(ID_LABEL).font.size = Pt(8)
        id_.paragraphs[0].add_run(f"{entry.kind.value} {clean(entry.id)}").font.size = Pt(8)

    def _add_field(self, table: Table, key: str, field: Field) -> None:
        label, value = _new_row(table)
        label.paragraphs[0].add_run(field.label)
        if field.example:
            label.add_paragraph(f"({field.example})").runs[0].font.size = Pt(8)
        self._put_field(value, tag_of(key, field.name), field)

    def _put_field(self, cell: _Cell, tag: str, field: Field) -> None:
        if field.options:
            kind = f"<w:dropDownList>{''.join(map(_item, field.options))}</w:dropDownList>"
            control = self._control(tag, field.label, kind, EMPTY_LIST, is_empty=True)
        else:
            control = self._control(tag, field.label, '<w:text w:multiLine="1"/>', EMPTY, is_empty=True)
        cell.paragraphs[0]._p.append(control)

    def _box(self, tag: str, title: str) -> BaseOxmlElement:
        kind = (
            f'<w14:checkbox xmlns:w14="{WORD14}"><w14:checked w14:val="0"/>'
            f'<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        return self._control(tag, title, kind, OFF, is_empty=False)

    def _control(self, tag: str, title: str, kind: str, shown: str, *, is_empty: bool) -> BaseOxmlElement:
        """Return a control within a line. Word keeps at most 64 letters of a title."""
        self._controls += 1
        lock = '<w:lock w:val="sdtContentLocked"/>' if tag == STATED else ""
        empty = "<w:showingPlcHdr/>" if is_empty else ""
        style = '<w:rPr><w:color w:val="6B7280"/></w:rPr>' if is_empty else ""
        return parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{escape(clean(title)[:60])}"/>'
            f'<w:tag w:val="{escape(tag)}"/><w:id w:val="{self._controls}"/>{lock}{empty}{kind}</w:sdtPr>'
            f"<w:sdtContent><w:r>{style}<w:t>{escape(shown)}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def _add_stated(self) -> None:
        self._word.add_heading("For the program", 1)
        self._word.add_paragraph(
            "The lines below say what this form asks, with the digest of each thing as it was when the form was made. "
            "Please leave them as they are."
        )
        line = self._word.add_paragraph()
        control = self._control(STATED, "For the program", "<w:text/>", stated_json(self._form.stated), is_empty=False)
        for run in control.iter(qn("w:r")):
            properties = OxmlElement("w:rPr")
            properties.append(OxmlElement("w:sz", {qn("w:val"): "8"}))
            run.insert(0, properties)
        line._p.append(control)


def _new_row(table: Table) -> tuple[_Cell, ...]:
    row = table.add_row()  # type: ignore[no-untyped-call]
    return tuple(row.cells)


def _item(word: str) -> str:
    return f'<w:listItem w:displayText="{escape(clean(word))}" w:value="{escape(clean(word))}"/>'


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
