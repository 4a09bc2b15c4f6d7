"""A hint for each kind of file that is no cohort file."""

import pytest

from tcia_policy.cohorts import read_cohort
from tcia_policy.errors import InputError
from tests.cli.run import run
from tests.cohorts.conftest import Write


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "is a PNG image"),
        (b"\x5c\x01\0\0" + bytes(400), "is a NIfTI image"),
        (b"II*\0" + bytes(40), "is a TIFF image or slide"),
        (b"NRRD0004\ntype: short\n\n" + bytes(40), "is an NRRD image"),
        (b"NRRD0004\ntype: short\n", "is the header of an image"),
        (b"ObjectType = Image\nNDims = 3\n", "is the header of an image"),
        (b"\x80\x04\x95\x10\0\0\0", "a pickle can run any program, so it is not opened"),
        (b"\x93NUMPY\x01\0v\0", "is an array of NumPy"),
        (b"\x89HDF\r\n\x1a\n", "is an HDF5 file"),
        (b"SQLite format 3\0", "is a SQLite database"),
        (b"7z\xbc\xaf\x27\x1c\0", "is a 7z archive"),
        (b"\0" * 257 + b"ustar\0", "is a tar archive"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"<!DOCTYPE html>\n<html></html>\n", "it is a web page"),
        (b"\\documentclass{article}\n", "it is LaTeX"),
        (b"@article{a, title={b}}\n", "it is a bibliography"),
        (
            b"cp s3://public-datasets-idc/28621ba9-1aca-4aab-a2a1-f6d2c3e2ab19.dcm .\n",
            "addresses of single images at IDC",
        ),
        (b"age,sex\n50,f\n60,m\n", "a table with the headings age, sex; a column `SeriesInstanceUID`"),
    ],
)
def test_it_is_named_with_what_to_do(write: Write, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_cohort_and_names(write, content)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("content", "not_said"),
    [
        (b"# Title\n\nSome words of prose.\n\n```yaml\ndata:\n  - dataset\n```\n", "it is a project file"),
        (b"[build-system]\nrequires = 'hatchling'\n", "it is JSON"),
        (b"[[tool.x]]\nname = 'y'\n", "it is JSON"),
    ],
)
def test_it_is_not_taken_for_another_kind(write: Write, content: bytes, not_said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_cohort_and_names(write, content)
    assert not_said not in str(raised.value)


def read_cohort_and_names(write: Write, content: bytes) -> None:
    """Resolve a file of any name; raise its error."""
    path = write("any", content)
    read_cohort(path)
    raise InputError(run("resolve", str(path)).err)


def test_tabs_of_a_line_that_is_quoted_stay(write: Write) -> None:
    error = run("resolve", str(write("any", "alpha\tbeta\n"))).err
    assert "line 1: alpha\tbeta" in error
    listed = run("resolve", str(write("m.tcia", "ListOfSeriesToDownload=\n2.25.1.2.3\nalpha\tbeta\n"))).out
    assert "line 3: alpha\tbeta\n" in listed


@pytest.mark.parametrize("command", ["check", "resolve", "cite"])
def test_a_result_of_this_program_is_told_as_what_it_is(write: Write, command: str) -> None:
    listed = write("m.tcia", "ListOfSeriesToDownload=\n2.25.1.2.3\n")
    for result in (run("resolve", str(listed), "--format", "json"), run("check", str(listed), "--format", "json")):
        path = write("result.json", result.out)
        error = run(command, str(path)).err
        assert "is a result of tcia-policy" in error or "is a saved assessment" in error


def test_a_file_of_another_program_with_a_version_is_read(write: Write) -> None:
    text = '{"schema_version": "1.0", "SeriesInstanceUID": "1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705"}'
    assert len(read_cohort(write("audit.json", text)).series) == 1
