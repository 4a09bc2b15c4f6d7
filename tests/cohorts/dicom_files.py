"""DICOM files, made as scanners and archives make them, without pixels to speak of."""

from io import BytesIO
from typing import NamedTuple

import pytest

pydicom = pytest.importorskip("pydicom")

from pydicom.dataset import FileDataset, FileMetaDataset  # noqa: E402 - only where pydicom is there
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, ImplicitVRLittleEndian  # noqa: E402

CTP = 0x0013


class Made(NamedTuple):
    """What a file says: its series (none if empty), study, project in CTP's block, sponsor of the trial."""

    series: str
    study: str = "1.2.840.113654.2.55.1.1"
    project: str = ""
    sponsor: str = ""
    implicit: bool = False
    padding: int = 0


def dicom(made: Made) -> bytes:
    """Return the bytes of a DICOM file."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = UID("1.2.3.4.5.6.7")
    meta.TransferSyntaxUID = ImplicitVRLittleEndian if made.implicit else ExplicitVRLittleEndian
    image = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    image.SOPClassUID = CTImageStorage
    image.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    image.PatientID = "P1"
    if made.padding:
        image.private_block(0x0009, "SCANNER", create=True).add_new(0x10, "OB", bytes(made.padding))
    if made.sponsor:
        image.ClinicalTrialSponsorName = made.sponsor
    if made.project:
        image.private_block(CTP, "CTP", create=True).add_new(0x10, "LO", made.project)
    image.StudyInstanceUID = made.study
    if made.series:
        image.SeriesInstanceUID = made.series
    image.InstanceNumber = 1
    image.Rows = image.Columns = 1
    stream = BytesIO()
    image.save_as(stream)
    return stream.getvalue()


def dicom_of(series: str) -> bytes:
    """Return the bytes of a DICOM file of a series."""
    return dicom(Made(series))
