"""What the path of a file says of the series that it is of, in the layouts of NBIA, IDC, LUNA and their like.

NBIA's Data Retriever puts a series into `<collection>/<patient>/<study uid>/<series uid>/`, IDC's tools into
`<collection>/<patient>/<study uid>/<modality>_<series uid>/` or into `<crdc_series_uuid>/`; people who convert images
name the file after the series: `<series uid>.nii.gz`, `<series uid>_seg.nrrd`.
"""

import re

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.found_in_text import found_in_path
from tcia_policy.cohorts.index.slim import slim_index
from tcia_policy.cohorts.index.slim_table import UNKNOWN
from tcia_policy.cohorts.uids import is_series_uuid, looks_like_uid

_MODALITY_AND_SERIES = re.compile(r"[A-Z]{2,8}_([0-9.]+)")

Named = tuple[EntryKind, str]


def named_by_folder(name: str) -> Named | None:
    """Return the entry that the name of an innermost folder is; `None` where it is none.

    A bare UID is a series or a study, which only the index can say.
    """
    with_modality = _MODALITY_AND_SERIES.fullmatch(name)
    if with_modality is not None and looks_like_uid(with_modality.group(1)):
        return EntryKind.SERIES, with_modality.group(1)
    if looks_like_uid(name):
        return EntryKind.UID, name
    return (EntryKind.SERIES_UUID, name.lower()) if is_series_uuid(name) else None


def is_of_idc(place: str) -> bool:
    """Return whether a folder is named as IDC's tools name that of a series: by its UUID, or by modality in its study.

    Any program may name folders by UUIDs: only one that IDC has, or had, counts.
    """
    *above, name = place.split("/")
    if is_series_uuid(name):
        return any(row != UNKNOWN for row in slim_index().rows_of_uuids((name,)))
    return _MODALITY_AND_SERIES.fullmatch(name) is not None and bool(above) and looks_like_uid(above[-1])


def named_by_path(place: str, name: str) -> tuple[Named, ...]:
    """Return the entries that the path of an image names: by its UIDs, else by its innermost folder."""
    found = tuple((each.kind, each.entry) for each in found_in_path(f"{place}/{name}"))
    if found:
        return found
    folder = named_by_folder(place.rpartition("/")[2])
    return () if folder is None else (folder,)
