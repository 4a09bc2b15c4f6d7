import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("typst", reason="the extra pdf is not installed")

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment
from tcia_policy.reports.memo.document import Document
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.typeset.pdf import letters_named, set_pdf
from tcia_policy.reports.typeset.printable import CONTENTS, printable, texts_of
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.documents import DOCUMENT, EVIL, LICENSE, titled
from tests.work import PATIENCE


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("ﬀ", "ff").replace("ﬁ", "fi").replace("ﬂ", "fl"))


def text_of(pdf: PdfReader) -> str:
    return words("".join(page.extract_text() for page in pdf.pages))


def tags(element: object) -> list[Any]:
    """Return the structure elements in reading order."""
    if isinstance(element, ArrayObject):
        return [found for each in element for found in tags(each.get_object())]
    if not isinstance(element, DictionaryObject):
        return []
    own = [element] if "/S" in element else []
    return own + (tags(element["/K"].get_object()) if "/K" in element else [])


def root_of(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"]


def structure(pdf: PdfReader) -> list[Any]:
    return tags(root_of(pdf)["/StructTreeRoot"])


def says_all(document: Document) -> None:
    pdf = opened(set_pdf(document))
    printed = text_of(pdf)
    alternatives = [str(tag["/Alt"]) for tag in structure(pdf) if tag["/S"] == "/Figure"]
    for text in texts_of(printable(document)):
        assert words(text) in printed or text in alternatives, text


def test_every_text_of_the_document_is_in_it() -> None:
    says_all(DOCUMENT)


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR], ids=["sample", "evil", "clear"])
def test_every_text_of_a_report_is_in_it(assessment: Assessment) -> None:
    says_all(review_document(assessment))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert set_pdf(DOCUMENT) == set_pdf(DOCUMENT)


def test_text_of_data_is_never_markup() -> None:
    assert words(EVIL) in text_of(opened(set_pdf(titled(EVIL))))


def test_it_is_marked_as_what_this_program_wrote() -> None:
    assert is_marked(set_pdf(DOCUMENT))


def test_it_says_its_title_language_and_standards() -> None:
    pdf = opened(set_pdf(DOCUMENT))
    root = root_of(pdf)
    assert pdf.metadata is not None
    assert pdf.metadata.title == DOCUMENT.title
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-US", True)
    about = root["/Metadata"].get_data().decode("utf-8")
    for key, value in (("pdfuaid:part", "1"), ("pdfaid:part", "2"), ("pdfaid:conformance", "A")):
        assert f"<{key}>{value}</{key}>" in about
    assert [str(each["/Title"]) for each in pdf.outline if isinstance(each, dict)] == ["Question", "Items", "Signed"]


def test_it_is_tagged_and_tables_have_heads_on_every_page() -> None:
    pdf = opened(set_pdf(DOCUMENT))
    kinds = [str(tag["/S"]) for tag in structure(pdf)]
    assert kinds.count("/H1") == 4  # that of the contents too
    assert kinds.count("/H2") == 1
    assert kinds.count("/TR") == 91
    heads = [tag for tag in structure(pdf) if tag["/S"] == "/TH"]
    assert len(heads) == 3
    assert all("/Column" in str(head["/A"]) for head in heads)
    pages = [words(page.extract_text()) for page in pdf.pages]
    assert len([page for page in pages if "ItemtrainWhy" in page]) == len(pages) - 1 >= 2
    assert words(CONTENTS) in pages[0]
    assert pages[1].startswith("ItemsWhateachitemsays")
    assert all(page.endswith(f"page{number}of{len(pages)}") for number, page in enumerate(pages, 1))


def test_links_lead_on_and_their_addresses_are_printed_once() -> None:
    pdf = opened(set_pdf(DOCUMENT))
    links = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    addresses = [str(link["/A"]["/URI"]) for link in links if "/A" in link and "/URI" in link["/A"]]
    assert addresses.count(LICENSE) == 2
    assert not [address for address in addresses if not address.startswith("https://")]
    assert text_of(pdf).count(words(LICENSE)) == 1


@pytest.mark.parametrize("title", ["肺 结节", "😀", "\ue000", "a\u0315\u0323b", "ก", "한국 日本 हिन्दी עברית العربية"])
def test_no_letter_vanishes(title: str) -> None:
    printed = text_of(opened(set_pdf(titled(title))))
    shown = [letter in printed or f"[U+{ord(letter):04X}]" in printed for letter in title if letter.isalpha()]
    assert all(shown)


def test_letters_that_typst_names_are_found() -> None:
    said = (
        'error: the text `"中\\u{e000}a"` could not be displayed\nerror: the PDF contains the codepoint `"\\u{e001}"`'
    )
    assert letters_named(said) == {ord("中"), 0xE000, 0xE001}
    assert letters_named("error: something else") == set()


def test_poppler_reads_its_structure(tmp_path: Path) -> None:
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "report.pdf").write_bytes(set_pdf(DOCUMENT))
    done = subprocess.run(
        [program, "-struct", tmp_path / "report.pdf"], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert "TH" in done.stdout
