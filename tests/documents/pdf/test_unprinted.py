"""What of a PDF page nobody sees, and so is evidence of nothing."""

from io import BytesIO
from typing import Any, cast

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tcia_policy.documents.model import Manuscript
from tcia_policy.documents.pdf.read_pdf import read_pdf
from tests.documents.pdf.pdf_documents import Page, pdf

FONT = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
PICTURE = ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x00")
FORM = f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << {FONT} >>"
SEEN = b"BT /F1 10 Tf 72 700 Td (Seen text.) Tj ET\n"


def _read(content: bytes, more: str = "", **objects: tuple[str, bytes]) -> Manuscript:
    return read_pdf(pdf(Page(content=content, resources=f"{FONT} {more}"), objects=objects), "paper.pdf")


def _text(content: bytes, more: str = "", **objects: tuple[str, bytes]) -> str:
    return " ".join(" ".join(block.text for block in _read(content, more, **objects).prose).split())


@pytest.mark.parametrize(
    "hidden",
    [
        b"BT 3 Tr /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"BT 7 Tr /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"BT 3 Tr /F1 10 Tf 72 600 Td [(NL) -20 (ST)] TJ ET",
        b"BT 3 Tr /F1 10 Tf 14 TL 72 600 Td (NLST) ' 0 0 (LIDC) \" ET",
        b"3 Tr q 0 Tr Q BT /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"BT /F1 10 Tf 72 -600 Td (NLST) Tj ET",
        b"BT /F1 10 Tf 700 600 Td (NLST) Tj ET",
        b"BT /F1 10 Tf -5000 600 Td (NLST) Tj ET",
        b"q 1 0 0 1 0 5000 cm BT /F1 10 Tf 72 600 Td (NLST) Tj ET Q",
        b"BT /F1 0.1 Tf 72 600 Td (NLST) Tj ET",
        b"BT /F1 10 Tf 0.01 0 0 0.01 72 600 Tm (NLST) Tj ET",
    ],
)
def test_text_that_is_not_shown_does_not_count(hidden: bytes) -> None:
    assert _text(SEEN + hidden) == "Seen text."


@pytest.mark.parametrize(
    "shown",
    [
        b"BT 0 Tr /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"BT 2 Tr /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"q 3 Tr Q BT /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"BT 3 Tr 0 Tr /F1 10 Tf 72 600 Td (NLST) Tj ET",
        b"q 0.1 0 0 0.1 0 0 cm BT /F1 100 Tf 720 6000 Td (NLST) Tj ET Q",
        b"BT /F1 1 Tf 10 0 0 10 72 600 Tm (NLST) Tj ET",
    ],
)
def test_text_that_is_shown_counts(shown: bytes) -> None:
    assert _text(SEEN + shown) == "Seen text. NLST"


def test_invisible_text_counts_on_the_picture_of_a_scan() -> None:
    scanned = b"BT 3 Tr /F1 10 Tf 72 600 Td (NLST) Tj ET q 612 0 0 792 0 0 cm /Im0 Do Q"
    assert _text(scanned, "/XObject << /Im0 {im} >>", im=PICTURE) == "NLST"


def test_invisible_text_beside_a_figure_does_not_count() -> None:
    figure = b"q 100 0 0 100 72 560 cm /Im0 Do Q "
    for where in (b"80 600", b"400 600"):
        hidden = b"BT 3 Tr /F1 10 Tf " + where + b" Td (NLST) Tj ET"
        assert _text(SEEN + figure + hidden, "/XObject << /Im0 {im} >>", im=PICTURE) == "Seen text."


@pytest.mark.parametrize(("drawn", "text"), [(b"3 Tr /Fm0 Do", "Seen text."), (b"/Fm0 Do", "Seen text. in a form")])
def test_a_form_is_drawn_with_the_state_of_its_page(drawn: bytes, text: str) -> None:
    form = (FORM, b"BT /F1 10 Tf 72 500 Td (in a form) Tj ET")
    assert _text(SEEN + b"q " + drawn + b" Q", "/XObject << /Fm0 {form} >>", form=form) == text


def test_what_a_form_leaves_open_does_not_hide_what_follows() -> None:
    form = (FORM, b"q 3 Tr /X BMC")
    assert _text(b"/Fm0 Do " + SEEN, "/XObject << /Fm0 {form} >>", form=form) == "Seen text."


GROUPS = b"/OC /Off BDC BT /F1 10 Tf 72 600 Td (NLST) Tj ET EMC /OC /On BDC BT /F1 10 Tf 72 500 Td (shown) Tj ET EMC"


def test_a_layer_that_is_switched_off_does_not_count() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(Page(content=SEEN + GROUPS, resources=FONT)))))
    groups = [
        writer._add_object(
            DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject(name)})
        )
        for name in ("Off", "On")
    ]
    off, on = groups
    resources = cast(Any, writer.pages[0]["/Resources"].get_object())
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/Off"): off, NameObject("/On"): on})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject(groups),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([off])}),
        }
    )
    stream = BytesIO()
    writer.write(stream)
    text = " ".join(block.text for block in read_pdf(stream.getvalue(), "paper.pdf").prose)
    assert " ".join(text.split()) == "Seen text. shown"


@pytest.mark.parametrize(
    "content", [b"BT (x) Tr /F1 /F1 Tf 72 600 Td (text) Tj ET", b"Q EMC Q /None Do BT /F1 10 Tf 72 600 Td (text) Tj ET"]
)
def test_broken_content_does_not_stop_the_reading(content: bytes) -> None:
    assert not [problem for problem in _read(SEEN + content).problems if "cannot be read" in problem.problem]


def test_keywords_and_comments_are_not_printed() -> None:
    annotated = pdf(Page(content=SEEN, resources=FONT), trailer="/Info << /Keywords (NLST) /Title (TCGA-GBM) >>")
    assert [block.text for block in read_pdf(annotated, "paper.pdf").prose] == ["Seen text."]


def test_lines_that_surely_are_titles_say_which_section_text_stands_in() -> None:
    lines = [
        "1 Introduction",
        "We begin.",
        "2 Related Work",
        "Others used NLST.",
        "3 Our Network",
        "We used LIDC-IDRI.",
    ]
    (block,) = read_pdf(pdf(Page(lines)), "paper.pdf").prose
    assert block.sections_at(block.text.index("NLST")) == ("2 Related Work",)
    assert block.sections_at(block.text.index("LIDC")) == ("3 Our Network",)


def test_the_number_of_a_page_begins_no_title() -> None:
    first = ["1 Introduction", "We begin."]
    second = ["2 A. Author and B. Author", "We go on.", "2 Related Work", "Others used NLST."]
    (block,) = read_pdf(pdf(Page(first), Page(second)), "paper.pdf").prose
    assert block.sections_at(block.text.index("go on")) == ("1 Introduction",)
    assert block.sections_at(block.text.index("NLST")) == ("2 Related Work",)


def test_bookmarks_show_titles() -> None:
    pages = Page(["Plans of ours", "We will use NLST."]), Page(["Data that we took", "LIDC-IDRI."])
    read = read_pdf(pdf(*pages, bookmarks=[("Plans of ours", 1), ("Data that we took", 2)]), "paper.pdf")
    (block,) = read.prose
    assert block.sections_at(block.text.index("NLST")) == ("Plans of ours",)
    assert block.sections_at(block.text.index("LIDC")) == ("Data that we took",)
