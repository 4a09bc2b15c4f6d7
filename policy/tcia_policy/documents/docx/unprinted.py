"""Which elements of a Word document are not printed, with all that is in them (ECMA-376 part 1, chapters 17 and 20)."""

import re

from lxml import etree

from tcia_policy.documents.docx.elements import DRAWING, child, is_on, local_name

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)  # of a shape, as older programs write it
_NEVER = frozenset("del moveFrom pPr rPr sdtPr tblPr trPr tcPr tblGrid sectPr rt delText delInstrText".split())


def is_unprinted(element: etree._Element) -> bool:
    """Return whether nothing in an element is printed.

    Of what stands twice for programs of different age (`mc:AlternateContent`), the later form is not.
    """
    name = local_name(element)
    if name in _NEVER:
        return True
    if name == "sdtContent":
        return _is_placeholder(element)
    if name == "tr":
        return is_on(child(element, "trPr", "hidden")) or child(element, "trPr", "del") is not None
    if name == "tc":
        return child(element, "tcPr", "cellDel") is not None
    if name in ("drawing", "pict"):
        return _is_hidden(element)
    return element.tag == _FALLBACK and element.getprevious() is not None


def _is_placeholder(content: etree._Element) -> bool:
    """Return whether a content control shows what is to be written in it (`Click here to enter text`)."""
    control = content.getparent()
    return control is not None and is_on(child(control, "sdtPr", "showingPlcHdr"))


def _is_hidden(drawing: etree._Element) -> bool:
    """Return whether a drawing, such as a text box, is switched off in the selection pane."""
    shown_as = (inner for frame in drawing for inner in frame if local_name(inner, of=DRAWING) == "docPr")
    is_off = any((inner.get("hidden") or "").lower() in ("1", "true", "on") for inner in shown_as)
    return is_off or any(_VML_HIDDEN.search(shape.get("style") or "") is not None for shape in drawing)
