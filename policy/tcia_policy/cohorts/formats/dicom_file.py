"""One DICOM file: the series that its header names. Of a whole folder of them, see `cohorts/folders/folder.py`."""

from tcia_policy.cohorts.cohort import NOTHING_BESIDE, Beside, Cohort, CohortFormat, Entries, EntryKind
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.dicom_header import (
    INSTALL,
    can_read_headers,
    is_dicom_file,
    read_header,
    without_warnings,
)
from tcia_policy.errors import InputError

NAME = "DICOM file"


def is_dicom(file: CohortFile) -> bool:
    """Return whether the file begins as a DICOM file does."""
    return is_dicom_file(file.start)


def read_dicom(file: CohortFile) -> Cohort:
    """Return the series of a DICOM file, or all that a DICOMDIR lists; the study where the file names no series.

    Raise `InputError` where pydicom is not installed, and as `read_header` does.
    """
    if not can_read_headers():
        hint = f"{INSTALL}; or name the series by its UID, or the manifest that it was downloaded with"
        raise InputError("is a DICOM file, whose header is not read", file=file.path, hint=hint)
    with without_warnings():
        header = read_header(file.path)
    entries = Entries(file.path)
    beside = Beside(header.datasets) if header.datasets else NOTHING_BESIDE
    for uid in header.series:
        entries.add_series(uid, beside)
    if header.study is not None:
        entries.add(EntryKind.STUDY, header.study, beside)
    return entries.cohort(NAME)


FORMAT = CohortFormat(NAME, "a DICOM file", is_dicom, read_dicom)
