"""What the first bytes of a file show, whatever its name says."""

import gzip
from pathlib import Path

import pytest

from tcia_policy.cohorts.cohort_file import open_cohort_file
from tcia_policy.errors import InputError
from tcia_policy.files.packing import Packing
from tests.cohorts.conftest import Write


def test_a_text_is_seen_from_its_beginning(write: Write) -> None:
    file = open_cohort_file(write("x.png", "a,b\r\n1,2\r\n"))
    assert file.packing is Packing.NONE
    assert file.head_lines == ["a,b", "1,2", ""]
    assert list(file.lines()) == ["a,b", "1,2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_usual_encoding_is_text(write: Write, encoding: str) -> None:
    file = open_cohort_file(write("x", "é,b\n1,2\n".encode(encoding)))
    assert list(file.lines()) == ["é,b", "1,2"]


def test_what_is_packed_is_seen_unpacked(write: Write) -> None:
    file = open_cohort_file(write("x", gzip.compress(b"a\nb\n")))
    assert (file.packing, file.start, file.head_lines) == (Packing.GZIP, b"a\nb\n", ["a", "b", ""])
    assert list(file.lines()) == ["a", "b"]


@pytest.mark.parametrize("content", [b"PK\x03\x04abc", b"PAR1abc", b"%PDF-1.7", b"ab\0cd", b"\x89PNG\r\n", b"BZh91AY"])
def test_what_is_no_text_has_no_lines(write: Write, content: bytes) -> None:
    file = open_cohort_file(write("x.csv", content))
    assert file.text is None
    assert file.start == content
    assert (file.head, file.head_lines, list(file.lines())) == ("", [], [])


@pytest.mark.parametrize("content", [b"", b" \n\t\n", gzip.compress(b""), "\ufeff".encode()])
def test_an_empty_file_is_an_error(write: Write, content: bytes) -> None:
    with pytest.raises(InputError, match="is empty"):
        open_cohort_file(write("x", content))


def test_a_folder_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory, not a file\n  a folder of manifests is `folder:`"):
        open_cohort_file(tmp_path)


def test_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"1.2.3\n" * 100_000)
    assert len(open_cohort_file(path).start) < 100_000
