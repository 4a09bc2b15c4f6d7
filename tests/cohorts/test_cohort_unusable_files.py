"""Files that are no cohort: one clear error each, soon and in little memory."""

import contextlib
import os
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts import read_cohort
from tcia_policy.errors import InputError
from tests.cohorts.conftest import Write
from tests.work import IN_PROPORTION, growth, steps


def test_a_missing_file_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.tcia: no such file"):
        read_cohort(tmp_path / "nowhere.tcia")


def test_a_directory_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory, not a file\n  a folder of manifests is `folder:`"):
        read_cohort(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_one_error(write: Write, content: bytes) -> None:
    with pytest.raises(InputError, match="is empty"):
        read_cohort(write("m.tcia", content))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b"PK\x03\x04" + b"x" * 100,
            "is a ZIP archive, not a cohort file\n  unpack it",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook"),
        (b"PAR1" + bytes(100), "is a broken Parquet table"),
        (b"\x1f\x8b" + bytes(10), "is a broken gzip file"),
        (bytes(128) + b"DICM" + bytes(100), "is a DICOM file without a SeriesInstanceUID"),
        (b"1.2.3\n" + bytes(range(256)), "is a binary file"),
    ],
)
def test_other_formats_are_named(write: Write, content: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_cohort(write("m.tcia", content))


def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is not a regular file"):
        read_cohort(tmp_path / "pipe")


def test_a_file_name_that_cannot_be_is_one_error() -> None:
    with pytest.raises(InputError, match="is not a possible file name"):
        read_cohort(Path("a\0b"))
    with pytest.raises(InputError, match="cannot be read: File name too long"):
        read_cohort(Path("a" * 5000))


def _memory_and_error(path: Path) -> tuple[int, str]:
    """Read a file in a process of its own, and return its peak memory in kB and the error."""
    program = (
        "import sys, resource; from pathlib import Path\n"
        "from tcia_policy.errors import InputError\n"
        "from tcia_policy.cohorts import read_cohort\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: read_cohort(Path(sys.argv[1])); print('read')\n"
        "except InputError as error: print(str(error).replace(chr(10), ' '))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    output = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return int(output[1]), output[0]


GARBAGE = [
    (b"", bytes(range(256)) * 4, "is a binary file"),
    (b"", b"%d lines of prose, not a manifest at all\n", "is not a cohort file|are not series"),
    (b"", b"x", "a line of more than 1,000,000 characters"),
    (b"1.2.3\n", b"9.", "a line of more than 1,000,000 characters"),
    (b"ListOfSeriesToDownload=\n", b"a\n", "lines are not understood"),
    (b"SeriesInstanceUID,x\n", b"a,b\n", "lines are not understood"),
    (b"", b"\x01\x02\n", "are not series"),
    (b"", b"1.2.3\n", "^read"),  # DuckDB takes any number of them, so they are left in the file
]


@pytest.mark.parametrize(("beginning", "repeated", "_problem"), GARBAGE)
def test_garbage_takes_work_in_proportion_to_its_length(
    tmp_path: Path, beginning: bytes, repeated: bytes, _problem: str
) -> None:
    def read(size: int) -> None:
        (tmp_path / "garbage").write_bytes(beginning + repeated * (size // len(repeated)))
        with contextlib.suppress(InputError):
            read_cohort(tmp_path / "garbage")

    assert growth(read, 10_000) < IN_PROPORTION


@pytest.mark.parametrize(("beginning", "repeated", "problem"), GARBAGE)
def test_two_hundred_megabytes_of_garbage_take_little_memory(
    tmp_path: Path, beginning: bytes, repeated: bytes, problem: str
) -> None:
    path = tmp_path / "garbage"
    with path.open("wb") as stream:
        stream.write(beginning)
        for _time in range(200):
            stream.write(repeated * (1_000_000 // len(repeated)))
    try:
        kilobytes, error = _memory_and_error(path)
    finally:
        path.unlink()
    assert kilobytes < 100_000
    assert re.search(problem, error)


def test_more_than_ten_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as stream:
        stream.truncate(10_000_000_001)

    def refused() -> None:
        with pytest.raises(InputError, match="larger than 10,000,000,000 bytes"):
            read_cohort(path)

    tracemalloc.start()
    refused()
    _now, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 1_000_000
    assert steps(refused) < 5_000


BEGINNINGS = [
    b"", b"ListOfSeriesToDownload=\n", b"SeriesInstanceUID,b\n", b"a\tSeries UID\n", b"cp s3://idc-open-data/",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"downloadServerUrl=", b"collection\n", b"1.2.3\n", b'"',
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
@example(b"\xff\xfe", b"\x00\xd8\x0a\x00")
def test_arbitrary_bytes_are_read_or_refused(tmp_path: Path, beginning: bytes, rest: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(beginning + rest)
    try:
        cohort = read_cohort(path)
    except InputError as error:
        assert str(path) in str(error)  # noqa: PT017
    else:
        assert cohort.series or cohort.uuids or cohort.names
