import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("docx", reason="the extra docx is not installed")

import docx
from lxml import etree

from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment
from tcia_policy.reports.memo.document import Document
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.typeset.docx import set_docx
from tcia_policy.reports.typeset.printable import CONTENTS, printable, texts_of
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.documents import DOCUMENT, EVIL, LICENSE, PICTURE, titled
from tests.work import PATIENCE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode("utf-8")


def text_of(content: bytes) -> str:
    names = ("word/document.xml", "word/footer1.xml", "word/footnotes.xml")
    roots = [etree.fromstring(part(content, name).encode()) for name in names]
    said = [f"{each.text or ''}" for root in roots for each in root.iter(f"{W}t", f"{W}br")]
    alternatives = [str(each) for each in roots[0].xpath("//@descr")]
    return " ".join("".join(said).split()) + " ".join(alternatives)


def squeezed(text: str) -> str:
    return "".join(text.split())


def says_all(document: Document) -> None:
    printed = squeezed(text_of(set_docx(document)))
    for text in texts_of(printable(document)):
        assert squeezed(text) in printed, text


def test_every_text_of_the_document_is_in_it() -> None:
    says_all(DOCUMENT)


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR], ids=["sample", "evil", "clear"])
def test_every_text_of_a_report_is_in_it(assessment: Assessment) -> None:
    says_all(review_document(assessment))


def test_the_same_document_gives_the_same_bytes_whatever_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = set_docx(DOCUMENT)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert set_docx(DOCUMENT) == first


def test_text_of_data_is_never_markup() -> None:
    assert squeezed(EVIL) in squeezed(text_of(set_docx(titled(EVIL))))
    assert (
        docx.Document(io.BytesIO(set_docx(titled("a\x00\x1b\ufffe\ud800b")))).paragraphs[0].text
        == "a" + "\ufffd" * 4 + "b"
    )


def test_it_is_marked_as_what_this_program_wrote() -> None:
    assert is_marked(set_docx(DOCUMENT))


def test_it_says_its_title_language_and_day() -> None:
    properties = docx.Document(io.BytesIO(set_docx(DOCUMENT))).core_properties
    assert (properties.title, properties.language) == (DOCUMENT.title, "en-US")
    assert properties.author == ""
    assert properties.created is not None
    assert properties.created.date().isoformat() == DOCUMENT.day


def test_sections_are_headings_and_tables_repeat_their_heads() -> None:
    word = docx.Document(io.BytesIO(set_docx(DOCUMENT)))
    headings = [
        (each.style.name, each.text) for each in word.paragraphs if each.style and "Heading" in str(each.style.name)
    ]
    assert headings == [
        ("Heading 1", "Question"),
        ("Heading 2", "Letter"),
        ("TOC Heading", CONTENTS),
        ("Heading 1", "Items"),
        ("Heading 1", "Signed"),
    ]
    (table,) = word.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Item", "train", "Why"]
    rows = list(table._tbl.iter(f"{W}tr"))
    assert [len(list(each.iter(f"{W}tblHeader"))) for each in rows] == [1] + [0] * 90


def test_a_picture_is_there_as_svg_with_its_alternative() -> None:
    content = set_docx(DOCUMENT)
    assert part(content, "word/media/drawing1.svg") == PICTURE
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert len(parts.read("word/media/image1.png")) > 1_000
    assert 'descr="From LIDC-IDRI to the model, under CC BY"' in part(content, "word/document.xml")


def test_every_link_has_its_target_and_every_footnote_its_text() -> None:
    content = set_docx(DOCUMENT)
    root = etree.fromstring(part(content, "word/document.xml").encode())
    marks = {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}
    targets = [each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink") if each.get(f"{W}anchor")]
    assert len(targets) == 3  # a row, and two in the contents
    assert set(targets) <= marks
    assert part(content, "word/_rels/document.xml.rels").count(LICENSE) >= 1
    assert "javascript" not in part(content, "word/_rels/document.xml.rels")
    assert part(content, "word/footnotes.xml").count(LICENSE) == 1


def test_the_page_has_its_number() -> None:
    footer = part(set_docx(DOCUMENT), "word/footer1.xml")
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_pandoc_reads_it(tmp_path: Path) -> None:
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("pandoc is not installed")
    (tmp_path / "report.docx").write_bytes(set_docx(DOCUMENT))
    done = subprocess.run(
        [program, "-f", "docx", "-t", "json", tmp_path / "report.docx"],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    kinds = [block["t"] for block in json.loads(done.stdout)["blocks"]]
    assert kinds.count("Header") == 5
    assert {"Table", "BulletList", "CodeBlock", "BlockQuote"} <= set(kinds)
