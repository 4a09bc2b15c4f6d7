"""The mark of what this program wrote, in every format that it is written in."""

import io

import pytest
from docx import Document

from tcia_policy.files.mark import MARK, MARK_LINE, marked, marked_at_end
from tcia_policy.files.written_by import is_marked

SENTENCES = "We used data of LIDC-IDRI.\n"


def word(keywords: str, text: str) -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.core_properties.keywords = keywords
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        f"% {MARK_LINE}\n\n{SENTENCES}",
        f"\ufeff% {MARK_LINE}\r\n{SENTENCES}",
        f"# {MARK_LINE}\n{SENTENCES}",
        f"{MARK_LINE}\n{SENTENCES}",
        f"\n\n<!-- {MARK_LINE} -->\n\n# Attribution\n",
        f"---\n# {MARK_LINE}\nlicense: mit\n---\n",
        f"---\nlicense: mit\n# {MARK_LINE}\n---\n",
        f"<!DOCTYPE html>\n<html>\n<head>\n<meta charset='utf-8'>\n<meta name='generator' content='{MARK}'>\n",
        f'{{\n  "written_by": "{MARK}",\n  "x": 1}}',
        f'{{"$schema": "https://x", "written_by": "{MARK}"}}',
        f"# Acknowledgements\n\n<!-- my own copy -->\n<!-- {MARK_LINE} -->\n{SENTENCES}",
        f"\\section{{Acknowledgements}}\n% {MARK_LINE}\n{SENTENCES}",
        "% Written by tcia-policy,\n%  not a\n% manuscript: remove this line\nText\n",
        f"# {MARK_LINE.upper()}\n",
    ],
)
def test_a_mark_at_the_head_is_one(text: str) -> None:
    assert is_marked(text.encode())
    assert is_marked(text.removeprefix("\ufeff").encode("utf-16"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        SENTENCES,
        f"# Nodules\n\nWe trained a network.\n\n<!-- {MARK_LINE} -->\n{SENTENCES}",
        f"\\documentclass{{article}}\n\\begin{{document}}\n% {MARK_LINE}\n{SENTENCES}",
        "The references were written by tcia-policy.\n",
        "% Written by tcia-policy 0.3 from the registry of 2026-08-21.\n",
    ],
)
def test_a_mark_among_somebodys_own_sentences_is_none(text: str) -> None:
    assert not is_marked(text.encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("length", [1, 2_000])
def test_a_mark_at_the_end_is_one_however_the_shell_writes_it(newline: str, encoding: str, length: int) -> None:
    printed = marked_at_end(SENTENCES * length).replace("\n", newline)
    assert is_marked(printed.encode(encoding))
    assert not is_marked(f"{SENTENCES * length}{newline}".encode(encoding))


def test_a_word_document_is_marked_in_its_properties_and_not_by_its_words() -> None:
    assert is_marked(word(f"data use; {MARK}", SENTENCES))
    assert not is_marked(word("", f"{MARK_LINE}\n{SENTENCES}"))
    assert not is_marked(b"PK\x03\x04 damaged")


def test_a_pdf_is_marked_in_its_properties_and_not_by_its_words() -> None:
    assert is_marked(b"%PDF-1.7\n1 0 obj\n<</Title(x)/Keywords(" + MARK.encode() + b", y)>>\nendobj\n")
    assert is_marked(b"%PDF-1.7\nstream\n<pdf:Keywords>" + MARK.encode() + b"</pdf:Keywords>")
    assert not is_marked(b"%PDF-1.7\nBT (" + MARK.encode() + b") Tj ET")


@pytest.mark.parametrize("name", ["a.tex", "a.txt", "a.md", "NOTICE"])
def test_a_text_with_the_mark_put_in_is_marked_and_keeps_its_words(name: str) -> None:
    assert is_marked(marked(SENTENCES, name).encode())
    assert marked(SENTENCES, name).endswith(f"\n\n{SENTENCES}")


def test_a_yaml_header_stays_the_first_thing_in_a_file() -> None:
    text = marked("---\nlicense: mit\n---\n", "CARD-model.md")
    assert text == f"---\n# {MARK_LINE}\nlicense: mit\n---\n"
    assert is_marked(text.encode())


def test_what_is_printed_into_a_file_is_marked_by_its_last_line() -> None:
    text = marked_at_end("PROHIBITED  Nodules: LIDC-IDRI is blocked.\n")
    assert text.startswith("PROHIBITED  Nodules")
    assert is_marked(text.encode())
    assert is_marked(b"PROHIBITED  x\n\nexit 1 \xc2\xb7 as of 2026-11-29 \xc2\xb7 registry 2026-08-21 (100 days old)\n")
    assert not is_marked(f"{text}\nMy notes on it.\n".encode())
    assert not is_marked(b"We exit 1 room as of 2026-11-29.\n")


@pytest.mark.parametrize("name", ["Keywords", "Title"])
def test_a_report_that_another_program_made_a_pdf_is_known_by_its_properties(name: str) -> None:
    text = {"Keywords": f"data use; {MARK}", "Title": "Data use assessment: Nodules"}[name]
    wide = b"\xfe\xff" + text.encode("utf-16-be")
    written = (b"(%b)" % text.encode(), b"(%b)" % wide, b"<%b>" % wide.hex().upper().encode())
    for each in written:
        assert is_marked(b"%PDF-1.7\n1 0 obj\n<</" + name.encode() + b" " + each + b"/Creator (Mozilla)>>\nendobj\n")
    assert not is_marked(b"%PDF-1.7\n1 0 obj\n<</" + name.encode() + b" (Data use in radiology)>>\nendobj\n")
