"""Headers of DICOM files: of which series a file is, and which dataset it names."""

import gzip
from pathlib import Path

import pytest

from tcia_policy.cohorts.dicom_header import is_dicom_file, read_header
from tcia_policy.errors import InputError
from tests.cohorts.conftest import Write
from tests.cohorts.dicom_files import Made, dicom, dicom_of

SERIES = "1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192"


@pytest.mark.parametrize("made", [Made(SERIES), Made(SERIES, implicit=True), Made(SERIES, padding=200_000)], ids=str)
def test_a_file_is_of_the_series_that_its_header_names(write: Write, made: Made) -> None:
    assert read_header(write("a.dcm", dicom(made))).series == (SERIES,)


def test_a_packed_file_is_read_as_if_it_were_not(write: Write) -> None:
    assert read_header(write("a.dcm.gz", gzip.compress(dicom_of(SERIES)))).series == (SERIES,)


def test_a_file_without_preamble_is_dicom_too(write: Write) -> None:
    bare = dicom(Made(SERIES, implicit=True))
    bare = bare[bare.index(b"\x08\x00\x16\x00") :]
    assert is_dicom_file(bare)
    assert read_header(write("IM0001", bare)).series == (SERIES,)


def test_the_collection_stands_in_the_block_of_the_anonymizer_before_the_sponsor_of_the_trial(write: Write) -> None:
    made = Made(SERIES, project="LIDC-IDRI", sponsor="NCI")
    assert read_header(write("a.dcm", dicom(made))).datasets == ("LIDC-IDRI", "NCI")


def test_a_file_without_a_series_counts_as_its_study(write: Write) -> None:
    header = read_header(write("a.dcm", dicom(Made("", study="1.2.3.4"))))
    assert (header.series, header.study) == ((), "1.2.3.4")


@pytest.mark.parametrize("behind", [-5, 0, 2, 6])
def test_a_uid_that_may_be_cut_off_is_none(write: Write, behind: int) -> None:
    whole = dicom(Made(SERIES, study=""))
    end = whole.index(SERIES.encode()) + len(SERIES)
    with pytest.raises(InputError, match="without a SeriesInstanceUID\n  it may be cut off"):
        read_header(write("a.dcm", whole[: end + behind]))


def test_what_is_no_dicom_file_is_said_to_be_none(write: Write) -> None:
    for content in (b"", b"text", bytes(128) + b"DICX"):
        with pytest.raises(InputError, match="is no DICOM file"):
            read_header(write("a.dcm", content))


def test_hostile_bytes_are_a_broken_file_and_no_traceback(write: Write) -> None:
    start = bytes(128) + b"DICM"
    for rest in (b"\xff" * 5000, b"\x08\x00\x05\x00SQ\0\0\xff\xff\xff\xff" * 3000, bytes(range(256)) * 40):
        with pytest.raises(InputError, match="without a SeriesInstanceUID"):
            read_header(write("a.dcm", start + rest))


def test_the_directory_of_a_disk_lists_its_series(write: Write, tmp_path: Path) -> None:
    from pydicom.fileset import FileSet  # noqa: PLC0415 - only where pydicom is there
    from pydicom.uid import UID  # noqa: PLC0415 - as above

    disk = FileSet()
    for number in (1, 2):
        path = write(f"in/{number}.dcm", dicom(Made(f"1.2.3.4.{number}")))
        import pydicom  # noqa: PLC0415 - as above

        image = pydicom.dcmread(path)
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = UID(f"1.2.3.4.5.{number}")
        image.PatientName = image.StudyID = image.StudyDate = image.StudyTime = ""
        image.StudyID, image.StudyDate, image.StudyTime = "1", "20000101", "000000"
        image.SeriesNumber, image.Modality, image.AccessionNumber = number, "CT", ""
        disk.add(image)
    disk.write(tmp_path / "disk")
    assert set(read_header(tmp_path / "disk" / "DICOMDIR").series) == {"1.2.3.4.1", "1.2.3.4.2"}
