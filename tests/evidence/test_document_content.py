"""What counts as the content of a document, and what only stands in for one."""

import gzip
import hashlib
import io
import itertools
import zipfile
import zlib

import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tcia_policy.evidence.document_content import says_something, why_no_document, without_hidden_characters

GRANT = "I grant Acme the commercial use of these data. Hugo Aerts"
NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(160))


def word(*paragraphs: str) -> bytes:
    document, stream = Document(), io.BytesIO()
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(stream)
    return stream.getvalue()


def pdf(page: bytes) -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    content = DecodedStreamObject()
    content.set_data(page)
    writer.add_blank_page(200, 200)[NameObject("/Contents")] = writer._add_object(content)
    writer.write(stream)
    return stream.getvalue()


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        GRANT.encode(),
        GRANT.encode("utf-16"),
        GRANT.encode("utf-16-le"),
        "J\u2019accorde l\u2019usage commercial des donn\xe9es.".encode("cp1252"),
        "\u6211\u5141\u8bb8\u5c06\u8fd9\u4e9b\u6570\u636e\u7528\u4e8e".encode(),
        word(GRANT),
        pdf(b"q 200 0 0 200 0 0 cm /Im0 Do Q"),
        b"\x89PNG\r\n\x1a\n" + NOISE,
        b"\xff\xd8\xff\xe0" + NOISE,
        f"<html><body><p>{GRANT}</p></body></html>".encode(),
        f"From: Hugo Aerts <hugo_aerts@dfci.harvard.edu>\nSubject: your request\n\n{GRANT}\n".encode(),
        f"\\documentclass{{letter}}\\begin{{document}}{GRANT}\\end{{document}}".encode(),
    ],
    ids=["text", "utf-16", "no-mark", "cp1252", "chinese", "word", "scan", "png", "jpeg", "html", "mail", "latex"],
)
def test_a_document_is_one(content: bytes) -> None:
    assert why_no_document(content) is None


@pytest.mark.parametrize(
    "content",
    [
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22e\nsize 12345\n",
        b"/annex/objects/SHA256E-s1048576--4d7a214614ab2935c943f9e0ff69d22e.pdf\n",
        b"../.git/annex/objects/Xx/Yy/SHA256E-s10--4d7a.pdf/SHA256E-s10--4d7a.pdf",
        b"<!DOCTYPE html>\n<html><head><title>The grant of Hugo Aerts</title></head><body></body></html>",
        b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1>"
        b"<p>The requested URL was not found on this server.</p></body></html>",
        b"404 Not Found: the requested page does not exist on our server",
        b"[InternetShortcut]\nURL=https://example.org/grant-of-commercial-use.pdf\n",
        b"https://example.org/the/grant/from/hugo/aerts.pdf",
        b'<?xml version="1.0" encoding="UTF-8"?>\n<letter></letter>',
        b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"></svg>',
        gzip.compress(b"", mtime=0),
        gzip.compress(GRANT.encode(), mtime=0),
        zipped(),
        zipped(grant="", letter=""),
        b"{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Times New Roman;}} }",
        word(),
        word("TODO"),
        word("Signed copy to follow"),
        b"\\documentclass{letter}\n\\usepackage[english]{babel}\n\\begin{document}\n\\end{document}\n",
        b"\0\1\2",
        NOISE,
        b"TODO" + b"\0" * 4092,
        "TODO".encode("utf-16-le"),
        "Signed copy to follow".encode("utf-16-be"),
        "sig\u00adned co\u00adpy to fol\u00adlow".encode(),
        "s\u200bigned cop\u200by to fo\u200bllow".encode(),
        b"TODO: insert the signed grant of Hugo Aerts here",
        b"Insert the grant of Hugo Aerts here.",
        b"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt.",
        pdf(b""),
        pdf(b" "),
        b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj stream",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x89PNG\r\n\x1a\n" + zlib.compress(b"\xff" * 10_000_000),
        b"From: Hugo Aerts <hugo_aerts@dfci.harvard.edu>\nSubject: I grant the commercial use of the data\n\n\n",
        b"use: {purpose: commercial}\ndata: [{collection: NSCLC-Radiomics}]\n",
    ],
    ids=itertools.count(),  # files that have the time in them give another name on each worker
)
def test_what_stands_in_for_a_document_is_none(content: bytes) -> None:
    assert why_no_document(content)


def test_words_that_stand_in_for_something_do_not_count() -> None:
    assert says_something("Contracts office", 1)
    assert not says_something("to be added", 1)
    assert without_hidden_characters("TO\u00adDO\0") == "TODO"
