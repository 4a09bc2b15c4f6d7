"""What the path of an image says of the series that it is of, in the layouts of NBIA, IDC, LUNA and their like.

NBIA's Data Retriever puts a series into `<collection>/<patient>/<study uid>/<series uid>/`, IDC's tools into
`<collection>/<patient>/<study uid>/<modality>_<series uid>/` or into `<crdc_series_uuid>/`; people who convert images
name the file after the series: `<series uid>.nii.gz`, `<series uid>_seg.nrrd`.
"""

import re

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.uids import LONGEST_UID, UUID_PATTERN

# A UID in a name: a root of a country or organization, then at least four components. Version numbers have fewer.
_UID = re.compile(r"(?<![\d.])[0-2](?:\.\d+){5,}(?!\d)")
_UUID_NAME = re.compile(UUID_PATTERN)
_MODALITY_AND_SERIES = re.compile(r"[A-Z]{2,8}_([0-2](?:\.\d+){5,})")
_OF_DICOM = "1.2.840.10008."  # DICOM's own: classes and transfer syntaxes

Named = tuple[EntryKind, str]


def named_by_folder(name: str) -> Named | None:
    """Return the entry that the name of an innermost folder is; `None` where it is none.

    A bare UID is a series or a study, which only the index can say.
    """
    with_modality = _MODALITY_AND_SERIES.fullmatch(name)
    if with_modality is not None and _is_possible(with_modality.group(1)):
        return EntryKind.SERIES, with_modality.group(1)
    if _UID.fullmatch(name) is not None and _is_possible(name):
        return EntryKind.UID, name
    if _UUID_NAME.fullmatch(name) is not None:
        return EntryKind.SERIES_UUID, name.lower()
    return None


def is_of_idc(place: str) -> bool:
    """Return whether a folder is named as IDC's tools name that of a series: by UUID, or by modality in its study."""
    *above, name = place.split("/")
    if _UUID_NAME.fullmatch(name) is not None:
        return True
    return _MODALITY_AND_SERIES.fullmatch(name) is not None and bool(above) and _UID.fullmatch(above[-1]) is not None


def named_by_path(place: str, name: str) -> Named | None:
    """Return the entry that the path of an image names: by the file, else by the innermost folder that names one."""
    found = [uid.rstrip(".") for uid in _UID.findall(name) if _is_possible(uid)]
    if found:
        return EntryKind.UID, found[-1]
    folders = reversed(place.split("/"))
    return next(filter(None, map(named_by_folder, folders)), None)


def _is_possible(uid: str) -> bool:
    return len(uid) <= LONGEST_UID and not uid.startswith(_OF_DICOM)
