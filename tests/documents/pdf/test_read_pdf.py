"""What is read of PDF files."""

import io
import logging
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tcia_policy.documents.model import Manuscript, SourceLocation
from tcia_policy.documents.pdf.lines import printed
from tcia_policy.documents.pdf.read_pdf import read_pdf
from tcia_policy.files import limits
from tcia_policy.text.doi import DoiFinder
from tests.documents.pdf.pdf_documents import Page, pdf
from tests.work import IN_PROPORTION, PATIENCE, growth

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"
GBM = "10.7937/k9/tcia.2016.rnyfuye9"
OTHER = "10.7937/tcia.hmq8-j677"
REFERENCE = "[1] Armato III, S. et al. (2015) Data From LIDC-IDRI. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"


def _read(*pages: Page, bookmarks: tuple[tuple[str, int], ...] = ()) -> Manuscript:
    return read_pdf(pdf(*pages, bookmarks=bookmarks), "paper.pdf")


def _text(manuscript: Manuscript, *, references: bool = False) -> str:
    return "\n\n".join(prose.text for prose in manuscript.prose if prose.is_references is references)


def _dois(text: str) -> set[str]:
    return {doi for _, doi in DoiFinder([LIDC, GBM, OTHER]).find(text)}


def _only_problem(content: bytes) -> str:
    read = read_pdf(content, "paper.pdf")
    assert read.files == ()
    assert read.prose == ()
    (problem,) = read.problems
    return str(problem)


# Text


def test_text_is_counted_in_pages() -> None:
    read = _read(Page(["First page.", "Second line."]), Page(["Second page."]))
    (prose,) = read.prose
    assert prose.text == "First page.\nSecond line.\nSecond page."
    assert [str(prose.place(prose.text.index(word))) for word in ("First", "line", "page.", "Second page")] == [
        "paper.pdf, page 1",
        "paper.pdf, page 1",
        "paper.pdf, page 1",
        "paper.pdf, page 2",
    ]
    assert read.files == ("paper.pdf",)
    assert read.problems == ()


def test_a_sentence_that_runs_over_a_page_is_not_broken_by_links() -> None:
    read = _read(Page(["The National", "Cancer"], links=[(0, f"https://doi.org/{OTHER}")]), Page(["Institute."]))
    body, links = read.prose
    assert body.text == "The National\nCancer\nInstitute."
    assert (links.text, links.place(0)) == (f"https://doi.org/{OTHER}", SourceLocation("paper.pdf", 1, "page"))


def test_a_doi_broken_over_lines_is_found() -> None:
    assert _dois(_text(_read(Page(["from doi:10.7937/K9/", "TCIA.2015.LO9QL9SX and"])))) == {LIDC}


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        ("LIDC-\nIDRI", "LIDC-\nIDRI"),
        ("LIDC\u2010\nIDRI, LIDC\u2011IDRI", "LIDC-\nIDRI, LIDC-IDRI"),
        ("acknow\u00ad\nledge", "acknow-\nledge"),
        ("ac\u00adknowledge", "acknowledge"),
        ("LIDC\u00adIDRI, CPTAC\u00ad3", "LIDC-IDRI, CPTAC-3"),
        ("e\ufb03cient \ufb01nal", "efficient final"),
        ("e\x1ecient \x1cnal", "efficient final"),
        ("M¨uller, Orl´eans, Ho\u02c7rava", "Müller, Orléans, Hořava"),
        ("Mu\u0308ller", "Müller"),
        ("S´ık\u00b4ora \u00b4\u0131", "Sík\u00f3ra í"),
    ],
)
def test_what_typesetting_does_to_text_is_undone(drawn: str, seen: str) -> None:
    assert printed(drawn) == seen


# Links


def test_a_link_to_what_the_page_prints_is_not_repeated() -> None:
    read = _read(Page([f"See https://doi.org/{LIDC}."], links=[(0, f"https://doi.org/{LIDC.upper()}")]))
    assert len(read.prose) == 1


def test_a_link_counts_as_the_line_that_it_is_on() -> None:
    lines = ["Data from here.", "References", "[1] Armato III, 2015. CrossRef", "Appendix A", "More here."]
    read = _read(
        Page(lines, links=[(0, f"https://doi.org/{OTHER}"), (2, f"https://doi.org/{LIDC}"), (4, f"doi:{GBM}")])
    )
    assert _dois(_text(read, references=True)) == {LIDC}
    assert _dois(_text(read)) == {OTHER, GBM}


def test_links_within_the_document_and_to_programs_are_no_text() -> None:
    read = _read(Page(["Text."], links=[(0, "mailto:a@example.org"), (0, "javascript:alert(1)"), (0, "file:///etc")]))
    assert [prose.text for prose in read.prose] == ["Text."]


# The list of references


@pytest.mark.parametrize(
    "title",
    ["References", "REFERENCES", "R EFERENCES", "7 References", "VII. REFERENCES", "Bibliography", "Références"],
)
def test_the_list_of_references_is_found_by_its_heading(title: str) -> None:
    read = _read(Page(["Body of 2015."]), Page(["End of it.", title, REFERENCE]), Page(["[2] Another, 2016."]))
    assert _text(read, references=True) == f"{REFERENCE}\n[2] Another, 2016."
    (listed,) = [prose for prose in read.prose if prose.is_references]
    assert [listed.place(listed.text.index(word)).number for word in ("Armato", "Another")] == [2, 3]


def test_references_spoken_of_are_no_heading() -> None:
    read = _read(Page(["see the", "references of 2015 and", "References are given.", f"doi:{LIDC}"]))
    assert _text(read, references=True) == ""


def test_a_running_head_does_not_begin_another_list() -> None:
    read = _read(
        Page(["10", "Chapter of 2015"]),
        Page(["References", REFERENCE]),
        Page(["12 REFERENCES", f"[2] doi:{GBM}, 2016"]),
        Page(["13", "[3] Another, 2017"]),
        Page(["14 REFERENCES", f"[4] doi:{OTHER}, 2017"]),
    )
    assert _dois(_text(read, references=True)) == {LIDC, GBM, OTHER}


@pytest.mark.parametrize(
    "title",
    [
        "Appendix",
        "A. Appendix",
        "Appendix A: Cohorts",
        "Supplementary Material",
        "Acknowledgments",
        "Data availability",
    ],
)
def test_the_list_ends_at_what_usually_follows_it(title: str) -> None:
    read = _read(Page(["References", REFERENCE, title, f"We used https://doi.org/{GBM} in 2016."]))
    assert _text(read, references=True) == REFERENCE
    assert _dois(_text(read)) == {GBM}


def test_bookmarks_show_where_the_list_ends() -> None:
    pages = Page(["References", REFERENCE, "B Cohorts", f"We used https://doi.org/{GBM}."]), Page(["Cohorts"])
    read = _read(*pages, bookmarks=(("References", 1), ("Cohorts", 1)))
    assert _text(read, references=True) == REFERENCE
    assert _dois(_text(_read(*pages), references=True)) == {LIDC, GBM}


def test_the_lists_of_a_paper_and_of_its_supplement_are_both_found() -> None:
    read = _read(
        Page(["References", REFERENCE, "Supplementary Material", "Text."]), Page(["References", f"[1] 2016, doi:{GBM}"])
    )
    assert _dois(_text(read, references=True)) == {LIDC, GBM}


def test_a_list_whose_end_is_not_seen_before_the_next_is_none() -> None:
    read = _read(
        Page(["References", "[1] Of chapter one, 2015", "The next chapter", f"doi:{GBM}"]),
        Page(["..."]),
        Page(["..."]),
        Page(["Words", "and", "words", "and", "References", REFERENCE]),
    )
    assert _dois(_text(read, references=True)) == {LIDC}


# What writes PDF files


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_page_in_two_columns_made_by_a_browser_is_read(tmp_path: Path) -> None:
    words = "thoracic scans of the consortium were annotated by radiologists efficiently offset " * 12
    (tmp_path / "paper.html").write_text(
        "<html lang=en><meta charset=utf-8><body style='width:600px'><div style='columns:2;hyphens:auto'>"
        f"<p>LIDC&#8209;IDRI, by Müller. {words}<p>See <a href='https://doi.org/{OTHER}'>the data</a>.<p>{words}"
        f"<h2>References</h2><p>Armato III, S. (2015) Data. doi:{LIDC}<p>Second, 2016, <a href='https://doi.org/{GBM}'>CrossRef</a>"
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=paper.pdf", "paper.html"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=PATIENCE, capture_output=True)
    read = read_pdf((tmp_path / "paper.pdf").read_bytes(), "paper.pdf")
    assert read.problems == ()
    assert "LIDC-IDRI, by Müller." in " ".join(_text(read).split())
    assert "annotated by radiologists efficiently offset" in " ".join(_text(read).replace("-\n", "").split())
    assert _dois(_text(read, references=True)) == {LIDC, GBM}
    assert _dois(_text(read)) == {OTHER}


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_a_paper_made_by_latex_is_read(tmp_path: Path) -> None:
    words = "We acknowledge that thoracic scans of the consortium were annotated efficiently. " * 90
    (tmp_path / "paper.tex").write_text(
        r"\documentclass[twocolumn]{article}\usepackage{hyperref}\begin{document}\section{Methods} LIDC-IDRI \cite{a} "
        + words
        + r"\begin{thebibliography}{9}\bibitem{a} M\"uller. Data, 2015. \url{https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}"
        + rf"\bibitem{{b}} \href{{https://doi.org/{GBM}}}{{Scarpace}}, 2016.\end{{thebibliography}}"
        + r"\appendix\section{Cohorts} doi:10.7937/tcia.hmq8-j677 \end{document}"
    )
    for _ in range(2):
        command = ["pdflatex", "-interaction=batchmode", "paper.tex"]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=PATIENCE, capture_output=True)
    read = read_pdf((tmp_path / "paper.pdf").read_bytes(), "paper.pdf")
    assert read.problems == ()
    assert "thoracic scans of the consortium were annotated efficiently" in " ".join(_text(read).split())
    assert "Müller" in _text(read, references=True)
    assert _dois(_text(read, references=True)) == {LIDC, GBM}
    assert _dois(_text(read)) == {OTHER}


# Bad input


def test_a_file_that_is_no_pdf_is_told() -> None:
    assert _only_problem(b"PK\x03\x04") == "paper.pdf: is not a PDF, whatever its name says"
    assert _only_problem(b"") == "paper.pdf: is empty"


def test_a_file_with_a_password_is_told() -> None:
    assert "password" in _only_problem(_encrypted(user="secret"))


def test_a_file_that_opens_without_its_password_is_read() -> None:
    assert _text(read_pdf(_encrypted(user=""), "paper.pdf")) == "Body."


def _encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(Page(["Body."])))))
    writer.encrypt(user, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_file_with_a_newer_encryption_is_told() -> None:
    zeros, more = "00" * 48, "00" * 32
    filters = "/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    encrypt = (
        f"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 {filters} /O <{zeros}> /U <{zeros}> "
        f"/OE <{more}> /UE <{more}> /Perms <{'00' * 16}> >> /ID [<00> <00>]"
    )
    said = _only_problem(pdf(Page(["Body."]), trailer=encrypt))
    assert "is encrypted" in said or "password" in said
    assert "save an unprotected copy" in said


def test_a_scan_is_told() -> None:
    said = _only_problem(pdf(_scan(), _scan()))
    assert said == "paper.pdf: has no text layer; run OCR on it, or name the source that it was made from"


def _scan() -> Page:
    image = b"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    return Page(content=image)


def test_a_page_of_letters_drawn_as_lines_is_told() -> None:
    lines = b"\n".join(b"%d 0 m %d 700 l S" % (step, step) for step in range(100))
    assert "has no text layer" in _only_problem(pdf(Page(content=lines)))


def test_pages_without_text_are_told_and_the_others_are_read() -> None:
    read = _read(Page(["Body."]), _scan(), _scan(), Page(["More."]), _scan())
    assert _text(read).split() == ["Body.", "More."]
    assert [str(problem) for problem in read.problems] == [
        "paper.pdf, page 2: on pages 2-3 and 5: no text layer, as of a scan or a figure; "
        "run OCR on it, or name the source that it was made from"
    ]


def test_an_empty_page_is_no_problem() -> None:
    assert _read(Page(["Body."]), Page(), Page(["More."])).problems == ()


def test_text_without_letters_is_told() -> None:
    garbage = Page(content=b"BT /F1 10 Tf 72 700 Td (\x01\x02\x03\x04\x05\x06\x07 a) Tj ET")
    read = _read(Page(["Body."]), garbage)
    assert _text(read).strip() == "Body."
    assert "on page 2: a text layer without letters" in str(read.problems[0])


def test_a_page_that_fails_is_told_and_the_others_are_read() -> None:
    read = _read(Page(["Body."]), Page(content=b"[" * 100_000 + b"] TJ"), Page(["More."]))
    assert _text(read).split() == ["Body.", "More."]
    assert "on page 2: cannot be read" in str(read.problems[0])


def test_a_truncated_file_is_read_or_told() -> None:
    whole = pdf(Page(["Body."]), Page(["More."]))
    for part in range(1, 10):
        read = read_pdf(whole[: len(whole) * part // 10], "paper.pdf")
        assert read.problems or read.prose


def test_wrong_offsets_are_mended() -> None:
    assert _text(read_pdf(pdf(Page(["Body."])).replace(b"%PDF-1.7\n", b"%PDF-1.7\n%%%%%%%\n"), "paper.pdf")) == "Body."


def test_nothing_is_written_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger("pypdf").level
    read_pdf(pdf(Page(["Body."])).replace(b"startxref", b"startxxxx"), "paper.pdf")
    read_pdf(b"%PDF-1.7 and nothing", "paper.pdf")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").level == before


SHOW = b"BT /F1 9 Tf 1 0 0 1 72 700 Tm (x) Tj ET\n"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /Font << >> /XObject << /A {a} >> >>"
ALL_CODES = b"1 beginbfrange\n" + b"<0000> <ffff> <0000>\n" * 50 + b"endbfrange\n"


def fonts(pages: int) -> bytes:
    entries = "".join(f"/F{n} << /Type /Font /Subtype /Type0 /BaseFont /X /ToUnicode {{a}} >> " for n in range(200))
    page = Page(content=b"", resources=f"/Font << {entries}>>")
    return pdf(*[page] * pages, objects={"a": ("", ALL_CODES)})


def forms(calls: int, texts: int) -> bytes:
    form = ("/Type /XObject /Subtype /Form /BBox [0 0 1 1]", SHOW * texts)
    return pdf(Page(content=b"/A Do\n" * calls, resources="/XObject << /A {a} >>"), objects={"a": form})


def links(count: int) -> bytes:
    return pdf(Page(["x"], links=[(0, "https://example.org/" + "x" * 300)] * count))


def headings(count: int) -> bytes:
    return pdf(*[Page(["References"])] * count, bookmarks=[("References", 1)] * count)


@pytest.mark.parametrize(
    "content",
    [
        pdf(Page(content=SHOW * 200_000)),
        pdf(*[Page(["x"])] * 400 + [Page(content=b"BT (" + b"x" * 4_000_000 + b") Tj ET")]),
        pdf(Page(content=b"[" * 200_000 + b"] TJ")),
        pdf(Page(content=b"<<" * 200_000)),
        forms(5_000, 20_000),
        fonts(20),
        pdf(Page(content=b" " * 90_000_000)),
        links(3_000),
        headings(300),
    ],
    ids=["text", "string", "arrays", "dictionaries", "forms", "fonts", "bomb", "links", "headings"],
)
def test_a_hostile_file_is_read_or_told(content: bytes) -> None:
    assert len(content) < 2_000_000
    read = read_pdf(content, "paper.pdf")
    assert read.prose or read.problems


@pytest.mark.parametrize(
    "hostile",
    [
        lambda size: pdf(Page(content=SHOW * size)),
        lambda size: pdf(Page(content=b"BT (" + b"x" * size + b") Tj ET")),
        lambda size: pdf(Page(content=b"[" * size + b"] TJ")),
        lambda size: pdf(Page(content=b"<<" * size)),
        lambda size: forms(size, 10),
        lambda size: fonts(size // 100),
        lambda size: pdf(Page(content=b" " * size)),
        links,
        headings,
    ],
    ids=["text", "string", "arrays", "dictionaries", "forms", "fonts", "bomb", "links", "headings"],
)
def test_a_hostile_file_takes_work_in_proportion_to_its_length(hostile: Callable[[int], bytes]) -> None:
    assert growth(lambda size: read_pdf(hostile(size), "paper.pdf"), 200) < IN_PROPORTION


def test_what_is_left_out_of_a_file_with_too_much_in_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_WORK", 3_000)
    read = _read(*[Page([f"page {number} " + "x" * 900]) for number in range(9)])
    (problem,) = read.problems
    assert problem.place == SourceLocation("paper.pdf", 3, "page")
    assert "this page and all that follow" in problem.problem
    assert "page 1" in _text(read)


def test_a_page_with_too_much_on_it_is_told_and_the_others_are_read() -> None:
    read = _read(Page(["Body."]), Page(content=SHOW * 130_000), Page(["More."]))
    assert _text(read).split() == ["Body.", "More."]
    assert "on page 2: too much is drawn to be read" in str(read.problems[0])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(content: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n"):
        assert read_pdf(start + content, "f.pdf").problems


WHOLE = pdf(
    Page(["Body.", "References", REFERENCE], links=[(0, f"https://doi.org/{OTHER}")]),
    Page(["Appendix"]),
    bookmarks=[("Appendix", 2)],
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_does_not_raise(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_pdf(bytes(content[: data.draw(st.integers(0, len(content)))]), "f.pdf")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="References Appendix12.\n¨-ü", max_size=30), max_size=12))
def test_every_line_is_in_the_text_once(lines: list[str]) -> None:
    drawn = [" ".join(line.split()) for line in lines]
    read = _read(Page([f"{line}|" for line in drawn]))
    assert "".join(prose.text for prose in read.prose).count("|") == len(drawn)
