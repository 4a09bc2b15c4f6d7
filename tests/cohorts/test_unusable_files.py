"""Files that are no cohort: one clear error each, soon and in little memory."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts import read_cohort
from tcia_policy.errors import InputError
from tests.cohorts.conftest import Write


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
            "is an Excel workbook or a ZIP archive, not a cohort file\n  save the sheet as CSV",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook"),
        (b"PAR1" + bytes(100), "is a Parquet file"),
        (b"\x1f\x8b" + bytes(10), "is a gzip archive"),
        (bytes(128) + b"DICM" + bytes(100), "is a DICOM file, which this version does not read"),
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


def _time_and_memory(path: Path) -> tuple[float, int, str]:
    """Seconds, peak memory in kB and the error of reading a file in a process of its own."""
    program = (
        "import sys, resource, time; from pathlib import Path\n"
        "from tcia_policy.errors import InputError\n"
        "from tcia_policy.cohorts import read_cohort\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.perf_counter()\n"
        "try: read_cohort(Path(sys.argv[1])); print('read')\n"
        "except InputError as error: print(str(error).replace(chr(10), ' '))\n"
        "print(time.perf_counter() - start)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    output = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return float(output[1]), int(output[2]), output[0]


@pytest.mark.parametrize(
    ("beginning", "repeated", "problem"),
    [
        (b"", os.urandom(1_000_003), "is a binary file"),
        (b"", b"%d lines of prose, not a manifest at all\n" * 25_000, "is no cohort file|no series"),
        (b"", b"x" * 1_000_000, "a line of more than 1,000,000 characters"),
        (b"1.2.3\n", b"9." * 500_000, "a line of more than 1,000,000 characters"),
        (b"ListOfSeriesToDownload=\n", b"a\n" * 500_000, "lines are not understood"),
        (b"SeriesInstanceUID,x\n", b"a,b\n" * 250_000, "lines are not understood"),
        (b"", b"\x01\x02\n" * 350_000, "are no series"),
        (b"", b"1.2.3\n" * 150_000, "has more than 4,000,000 lines"),
    ],
)
def test_two_hundred_megabytes_of_garbage_cost_little(
    tmp_path: Path, beginning: bytes, repeated: bytes, problem: str
) -> None:
    path = tmp_path / "garbage"
    with path.open("wb") as stream:
        stream.write(beginning)
        for _time in range(200):
            stream.write(repeated)
    try:
        seconds, kilobytes, error = _time_and_memory(path)
    finally:
        path.unlink()
    assert seconds < 5
    assert kilobytes < 100_000
    assert re.search(problem, error)


def test_more_than_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as stream:
        stream.truncate(1_000_000_001)
    start = time.perf_counter()
    with pytest.raises(InputError, match="larger than 1,000,000,000 bytes"):
        read_cohort(path)
    assert time.perf_counter() - start < 0.5


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
