"""Documents of evidence: what is opened and hashed, and what counts for nothing."""

import hashlib
import os
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tcia_policy.evidence.evidence_documents import look_at
from tcia_policy.evidence.observations import DocumentSeen
from tcia_policy.files import limits
from tcia_policy.model import EvidenceDocument

LETTER = b"I grant Acme the commercial use of these data. Hugo Aerts"


def seen(folder: Path, content: bytes, **stated: str) -> DocumentSeen:
    (folder / "grant.pdf").write_bytes(content)
    return look_at(EvidenceDocument.model_validate({"path": "grant.pdf", **stated}), folder)


def problem(found: DocumentSeen) -> str:
    assert found.problem is not None
    assert found.right
    return found.problem


@pytest.mark.parametrize(
    "content",
    [
        LETTER,
        "Ich gestatte die gewerbliche Nutzung.".encode("utf-16"),
        "我允许将这些数据用于商业目的".encode(),
    ],
    ids=["text", "utf-16", "chinese"],
)
def test_a_document_is_hashed_and_counts(tmp_path: Path, content: bytes) -> None:
    assert seen(tmp_path, content) == DocumentSeen(hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n",
        b"-\n",
        b"TODO",
        b"tbd.",
        b"N/A",
        b"???",
        b"\0" * 4096,
        b"%PDF-1.4",
        b"Signed copy to follow",
        b"x",
    ],
)
def test_a_file_that_says_nothing_counts_for_nothing(tmp_path: Path, content: bytes) -> None:
    assert problem(seen(tmp_path, content))


def test_a_pdf_of_blank_pages_is_no_document(tmp_path: Path) -> None:
    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    blank.write(tmp_path / "blank.pdf")
    assert "is no document" in problem(look_at(EvidenceDocument(path="blank.pdf"), tmp_path))
    sample = Path(__file__).parents[1] / "sample_manuscripts" / "pdf"
    assert look_at(EvidenceDocument(path="paper.pdf"), sample).problem is None


def test_a_file_that_is_not_there_a_folder_and_an_address_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "legal").mkdir()
    for path, said in (
        ("nope.pdf", "no such file"),
        ("legal", "is a folder"),
        (".", "is a folder"),
        ("-", "no such file"),
        (" ", "no such file"),
        ("https://example.org/a.pdf", "is an address"),
        ("a\0b", "not a possible file name"),
    ):
        assert said in problem(look_at(EvidenceDocument(path=path), tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_loop_of_links_and_a_pipe_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    assert "cannot be read" in problem(look_at(EvidenceDocument(path="a"), tmp_path))
    assert "is not a regular file" in problem(look_at(EvidenceDocument(path="pipe"), tmp_path))


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as stream:
        stream.truncate(limits.EVIDENCE_FILE + 1)
    assert "was not read" in problem(look_at(EvidenceDocument(path="huge.pdf"), tmp_path))


def test_the_project_file_is_no_evidence_for_itself(tmp_path: Path) -> None:
    file = tmp_path / "tcia-policy.yaml"
    file.write_bytes(LETTER)
    assert "the project file itself" in problem(look_at(EvidenceDocument(path="./tcia-policy.yaml"), tmp_path, file))
    (tmp_path / "copy.txt").write_bytes(LETTER)
    (tmp_path / "link.txt").hardlink_to(file)
    for name in ("copy.txt", "link.txt"):
        assert "a copy of the project file" in problem(look_at(EvidenceDocument(path=name), tmp_path, file))


def test_a_stated_hash_is_compared_in_any_case(tmp_path: Path) -> None:
    digest = hashlib.sha256(LETTER).hexdigest()
    assert seen(tmp_path, LETTER, sha256=digest.upper()).problem is None
    assert "has the SHA-256" in problem(seen(tmp_path, LETTER, sha256="0" * 64))


def test_what_is_held_elsewhere_is_not_seen_and_has_to_say_by_whom(tmp_path: Path) -> None:
    held = EvidenceDocument(held_by="Contracts office, no. 2026-114", sha256="a" * 64)
    assert look_at(held, tmp_path) == DocumentSeen("a" * 64)
    assert "an empty file" in problem(
        look_at(EvidenceDocument(held_by="Contracts office", sha256=hashlib.sha256(b"").hexdigest()), tmp_path)
    )


@pytest.mark.parametrize(
    "nobody",
    [
        "-",
        " ",
        "TODO",
        "n/a",
        "none",
        "nobody",
        "no one",
        "No-one",
        "does not exist",
        "lost",
        "me",
        "my laptop",
        "us",
        "https://example.org/grant.pdf",
        "www.example.org/a",
        "example.org/grant.pdf",
        "no\u00adbody",
        "never signed",
    ],
)
def test_a_keeper_has_to_be_somebody(tmp_path: Path, nobody: str) -> None:
    assert "names nobody" in problem(look_at(EvidenceDocument(held_by=nobody), tmp_path))


@pytest.mark.parametrize(
    "somebody", ["Contracts office, no. 2026-114", "Office of Counsel", "legal@acme.example", "Contracts office, US"]
)
def test_an_office_is_somebody(tmp_path: Path, somebody: str) -> None:
    assert look_at(EvidenceDocument(held_by=somebody), tmp_path).problem is None
