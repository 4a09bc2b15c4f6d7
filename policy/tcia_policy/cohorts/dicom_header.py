"""The header of a DICOM file: of which series it is, and which dataset it names. Pixels are never read.

Read by pydicom (extra `dicom`), tags up to the SeriesInstanceUID only. TCIA's anonymizer (RSNA's CTP) writes the name
of the collection in a private block of group 0013:
https://wiki.cancerimagingarchive.net/display/Public/De-identification+Knowledge+Base.
"""

import importlib.util
import warnings
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tcia_policy.cohorts.uids import is_series_uid
from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import read_start
from tcia_policy.files.packing import Packing, packing_of, start_unpacked
from tcia_policy.lazy import dataclass

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

INSTALL = "to read the headers of DICOM files, run `pip install 'tcia-policy[dicom]'`"
_SERIES, _STUDY, _DIRECTORY = 0x0020000E, 0x0020000D, 0x00041220
# Clinical Trial Protocol ID and Sponsor Name, which some collections have in place of CTP's block.
_TRIAL = (0x00120020, 0x00120010)
_CTP = "CTP"
_CTP_BLOCKS = range(0x10, 0x14)
_PROJECT = 0x10  # element of CTP's block
_DIRECTORY_CLASS = b"1.2.840.10008.1.3.10"
_TAGS = [
    _SERIES,
    _STUDY,
    _DIRECTORY,
    *_TRIAL,
    *(0x00130000 + block for block in _CTP_BLOCKS),
    *(0x00130000 + (block << 8) + _PROJECT for block in _CTP_BLOCKS),
]


@dataclass(frozen=True)
class DicomHeader:
    """What one DICOM file says of itself; several series only where it is the directory of a disk (DICOMDIR).

    `study` is the study of a file that names no series. `datasets` are what may be names of the dataset.
    """

    series: tuple[str, ...] = ()
    study: str | None = None
    datasets: tuple[str, ...] = ()


def without_warnings() -> AbstractContextManager[object]:
    """Keep pydicom from printing what it thinks of files that break a rule of DICOM, while headers are read."""
    return warnings.catch_warnings(action="ignore")


def can_read_headers() -> bool:
    """Return whether pydicom is installed."""
    return importlib.util.find_spec("pydicom") is not None


def is_dicom_file(start: bytes) -> bool:
    """Return whether a file that begins so is DICOM, be it with the preamble of a file or without (before 1993)."""
    return magic.is_dicom(start) or (start[:2] == b"\x08\x00" and start[3:4] == b"\0" and start[2] in _FIRST_ELEMENTS)


# Elements of group 0008 with which a file without a preamble begins: its length, the version, the character set ...
_FIRST_ELEMENTS = frozenset((0x00, 0x01, 0x05, 0x08, 0x12, 0x16, 0x18))


def read_header(path: Path) -> DicomHeader:
    """Return the header of a DICOM file, which may be packed.

    pydicom has to be installed (`can_read_headers`). Raise `InputError` where the file cannot be read, is no DICOM
    file, or names no series and no study, as one that is cut off does.
    """
    start = read_start(path, limits.DICOM_START)
    packing = packing_of(start)
    if packing is not Packing.NONE:
        start = start_unpacked(path, packing, limits.DICOM_START)
    if not is_dicom_file(start):
        raise InputError("is no DICOM file", file=path)
    found = _header(start)
    if found is None and len(start) == limits.DICOM_START:
        most = limits.DICOM_DIRECTORY if _is_directory(start) else limits.DICOM_HEADER
        found = _header(start_unpacked(path, packing, most))
    if found is None:
        hint = "it may be cut off; download it anew"
        raise InputError("is a DICOM file without a SeriesInstanceUID", file=path, hint=hint)
    return found


def _header(start: bytes) -> DicomHeader | None:
    """Return what the beginning of a file says, or `None` where it names neither series nor study."""
    from pydicom.filereader import read_partial  # noqa: PLC0415 - 0.1 s, for DICOM files only

    behind: list[int] = []

    def is_behind(tag: int, _vr: str | None, _length: int) -> bool:
        if tag > _SERIES:
            behind.append(tag)
        return tag > _SERIES

    try:
        found = read_partial(BytesIO(start), stop_when=is_behind, force=True, specific_tags=list(_TAGS))
        said = _said(found)
    except Exception:  # pydicom raises whatever its decoders do, of bytes that anyone may have written
        return None
    is_whole = bool(behind) or _DIRECTORY in found
    return said if is_whole else None  # else the last UID may be cut off


def _said(found: "Dataset") -> DicomHeader | None:
    series = _uid(found, _SERIES)
    study = _uid(found, _STUDY)
    datasets = tuple(dict.fromkeys(filter(None, (_project(found), *(_text(found, tag) for tag in _TRIAL)))))
    if series is not None:
        return DicomHeader((series,), datasets=datasets)
    if study is not None:
        return DicomHeader(study=study, datasets=datasets)
    listed = tuple(dict.fromkeys(filter(None, (_uid(each, _SERIES) for each in _records(found)))))
    return DicomHeader(listed) if listed else None


def _records(found: "Dataset") -> "list[Dataset]":
    element = found.get(_DIRECTORY)
    return [] if element is None else list(element.value or ())


def _project(found: "Dataset") -> str:
    """Return the name of the project in CTP's private block: the collection, in files of TCIA."""
    for block in _CTP_BLOCKS:
        if _text(found, 0x00130000 + block) == _CTP:
            return _text(found, 0x00130000 + (block << 8) + _PROJECT)
    return ""


def _uid(found: "Dataset", tag: int) -> str | None:
    text = _text(found, tag)
    return text if is_series_uid(text) else None


def _text(found: "Dataset", tag: int) -> str:
    """Return the value of an element as text, on one line; nothing where there is none or it is too long.

    It is taken as it stands in the file: a UID that breaks a rule of DICOM is still the UID of the file.
    """
    element = found.get_item(tag)
    value = "" if element is None or element.value is None else element.value
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = " ".join(text.replace("\0", " ").split())
    return text if len(text) <= limits.DATASET_NAME else ""


def _is_directory(start: bytes) -> bool:
    """Return whether it is a DICOMDIR, by the class of its content."""
    return _DIRECTORY_CLASS in start[:1024]
