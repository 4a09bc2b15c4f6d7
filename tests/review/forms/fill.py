"""Filling in forms as people and their programs do."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from lxml import etree

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.model import Assessment
from tcia_policy.model.matter import MatterKind
from tcia_policy.review.forms.controls import REVIEWER, WORD14, entry_key, tag_of
from tcia_policy.review.forms.form import Form, form_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LICENSE = "license/ped"
WHO = {"by": "Rita Review", "role": "counsel", "on": "2026-11-20"}
_JUDGED: dict[Path, Assessment] = {}


def form_for(case: Case) -> tuple[Assessment, Form]:
    """Return the assessment of a case, and the form for it; a case in one folder is judged once."""
    if case.folder not in _JUDGED:
        _JUDGED[case.folder] = assess(case)
    return _JUDGED[case.folder], form_of(_JUDGED[case.folder])


class Filled:
    """A Word form that is being filled in, at the level of its XML."""

    def __init__(self, content: bytes) -> None:
        self.document = docx.Document(io.BytesIO(content))
        self.body = self.document.element.body

    def saved(self) -> bytes:
        """Return the document as python-docx saves it."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def control(self, entry: str, name: str) -> etree._Element:
        """Return the control of a field of an entry, or of the reviewer."""
        key = entry if entry == REVIEWER else entry_key(MatterKind.QUESTION, entry)
        tag = tag_of(key, name)
        (found,) = [each for each in self.body.iter(f"{W}tag") if each.get(f"{W}val") == tag]
        control = found.getparent().getparent()
        assert control.tag == f"{W}sdt"
        return control

    def write(self, entry: str, name: str, text: str, *, runs: int = 1) -> None:
        """Write into a field as Word does: no placeholder any more, the text in one or more runs."""
        control = self.control(entry, name)
        for mark in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            mark.getparent().remove(mark)
        content = control.find(f"{W}sdtContent")
        for old in list(content):
            content.remove(old)
        size = max(1, -(-len(text) // runs))
        for start in range(0, len(text), size):
            content.append(run(text[start : start + size]))

    def tick(self, entry: str, number: int) -> None:
        """Tick a box as Word does: its state, and the letter that it shows."""
        control = self.control(entry, f"choice.{number}")
        next(control.iter(f"{{{WORD14}}}checked")).set(f"{{{WORD14}}}val", "1")
        next(control.iter(f"{W}t")).text = "☒"

    def cell_of_box(self, entry: str, number: int) -> etree._Element:
        """Return the cell in which a box stands."""
        found = self.control(entry, f"choice.{number}")
        while found.tag != f"{W}tc":
            found = found.getparent()
        return found

    def who(self, **who: str) -> None:
        """Fill in who decides."""
        for name, text in (who or WHO).items():
            self.write(REVIEWER, name, text)

    def drop_controls(self) -> None:
        """Put the content of every control in its place, as programs do that know no controls."""
        for control in list(self.body.iter(f"{W}sdt")):
            parent, at = control.getparent(), control.getparent().index(control)
            for each in reversed(list(control.find(f"{W}sdtContent"))):
                parent.insert(at, each)
            parent.remove(control)


def run(text: str) -> etree._Element:
    """Return a run with a text."""
    made = etree.SubElement(etree.Element("x"), f"{W}r")
    inner = etree.SubElement(made, f"{W}t")
    inner.text = text
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def tracked(kind: str, *runs: etree._Element) -> etree._Element:
    """Return runs as a tracked insertion (`ins`) or deletion (`del`)."""
    made = etree.Element(f"{W}{kind}")
    made.set(f"{W}author", "Somebody")
    made.set(f"{W}id", "900")
    for each in runs:
        if kind == "del":
            for text in each.iter(f"{W}t"):
                text.tag = f"{W}delText"
        made.append(each)
    return made


def filled(content: bytes, fill: Callable[[Filled], None]) -> bytes:
    """Return a form after it was filled in."""
    form = Filled(content)
    fill(form)
    return form.saved()


def repacked(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return the document with its main part changed as text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, change(data) if name == "word/document.xml" else data)
    return stream.getvalue()
