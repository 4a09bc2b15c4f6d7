"""What a line of any text lists: by addresses of buckets, viewers and DICOMweb, by paths, and by UIDs as they are.

The forms of addresses are those of IDC's buckets
(https://learn.canceridc.dev/data/organization-of-data/files-and-metadata), of DICOMweb (PS3.18 section 10), of the
viewers OHIF (https://docs.ohif.org/configuration/url) and SliM, and of NBIA's REST services.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.uids import UUID_PATTERN, looks_like_uid

_UID = r"[0-9]{1,64}(?:\.[0-9]{1,64}){1,31}"
_MAY_LIST = re.compile(r"[0-9]\.[0-9]|[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-")
_TOKEN = re.compile(r"[^\s\"'`<>|,;(){}\[\]]+")
_IN_NAME = re.compile(rf"(?<![0-9.]){_UID}(?![0-9])")

# A bucket with `idc` as a word of its name, and below it the folder of a series.
_BUCKET = r"[a-z0-9.\-_]{0,60}(?<![a-z0-9])idc(?![a-z0-9])[a-z0-9.\-_]{0,60}"
_STORE = (
    rf"(?:(?:s3|s3a|gs)://{_BUCKET}"
    rf"|https?://(?:s3[\w.\-]{{0,60}}\.amazonaws\.com|storage\.(?:cloud\.)?google(?:apis)?\.com)/{_BUCKET}"
    rf"|https?://{_BUCKET}\.(?:s3[\w.\-]{{0,60}}\.amazonaws\.com|storage\.googleapis\.com))"
)
_OF_BUCKET = re.compile(rf"{_STORE}/+({UUID_PATTERN})(?![\w.\-])", re.IGNORECASE)
_DRS = re.compile(rf"drs://[\w.\-]{{0,80}}[:/](?:dg\.4DFC[:/])?({UUID_PATTERN})(?![\w.\-])", re.IGNORECASE)
_DICOMWEB = re.compile(rf"/studies/({_UID})(?:/series/({_UID}))?", re.IGNORECASE)
_ASKED_SERIES = re.compile(rf"(?<!initial)(?<!initial_)series_?(?:instance)?_?uids?=((?:{_UID},?)+)", re.IGNORECASE)
_ASKED_STUDY = re.compile(rf"stud(?:y|ies)_?(?:instance)?_?uids?=((?:{_UID},?)+)", re.IGNORECASE)

# What stands before a UID and says what it is: `"SeriesInstanceUID": "`, `series_uid = '`.
_LABEL = re.compile(
    r"(series|study|sop_?class|class|syntax|frame_?of_?reference|implementation|sop|instance)"
    r"[a-z_ \-]{0,24}(?:uids?|ids?)?[\"'\])]{0,3}\s{0,3}[:=]{1,2}>?\s{0,3}[\"'\[(]{0,3}$",
    re.IGNORECASE,
)
_LABEL_LENGTH = 64
_NO_DATA = ("sop_class", "sopclass", "class", "syntax", "implementation")

# Files of a whole series; the name of any other file below a folder of UIDs is that of one of its images.
_VOLUME = re.compile(
    r"\.(?:nii|nrrd|nhdr|mhd|mha|raw|zraw|npy|npz|h5|hdf5|zip|tar|tgz|tcia|json|pt|pth)\b", re.IGNORECASE
)


class Found(NamedTuple):
    """An entry that a text lists."""

    kind: EntryKind
    entry: str


def found_in(text: str) -> list[Found]:
    """Return the series, studies and what may be either that a line of text lists, in the order of the line.

    What is less exact does not count beside what is more exact in one address or path: the study of a series, the
    images in the folder of a series. UIDs of DICOM itself are none of data.
    """
    if _MAY_LIST.search(text) is None:
        return []
    found: dict[Found, None] = {}
    for token in _TOKEN.finditer(text):
        if _MAY_LIST.search(token.group()) is not None:
            found.update(dict.fromkeys(_of_token(text, token)))
    return list(found)


def series_uuid_of(address: str) -> str | None:
    """Return the `crdc_series_uuid` in the first address of a series' folder in IDC's buckets, or `None`."""
    found = _OF_BUCKET.search(address)
    return None if found is None else found.group(1).lower()


def _of_token(text: str, token: re.Match[str]) -> Iterator[Found]:
    word = token.group().rstrip(".:!?")
    if looks_like_uid(word):
        yield from _labeled(text, token.start(), word)
        return
    if "%" in word:
        word = unquote(word)
    in_store = _OF_BUCKET.search(word) or _DRS.search(word)
    if in_store is not None:
        yield Found(EntryKind.SERIES_UUID, in_store.group(1).lower())
        return
    asked = list(_asked(word))
    yield from asked or found_in_path(word)


def _labeled(text: str, start: int, uid: str) -> Iterator[Found]:
    """Yield a UID as what the words before it say."""
    label = _LABEL.search(text, max(0, start - _LABEL_LENGTH), start)
    said = "" if label is None else label.group(1).lower()
    if said == "series":
        yield Found(EntryKind.SERIES, uid)
    elif said == "study":
        yield Found(EntryKind.STUDY, uid)
    elif said not in _NO_DATA:
        yield Found(EntryKind.UID, uid)


def _asked(address: str) -> Iterator[Found]:
    """Yield the series, else the studies, that an address asks for."""
    web = _DICOMWEB.search(address)
    if web is not None and web.group(2) is not None:
        yield Found(EntryKind.SERIES, web.group(2))
        return
    series = _ASKED_SERIES.findall(address)
    for uids in series or _ASKED_STUDY.findall(address):
        for uid in filter(None, uids.split(",")):
            yield Found(EntryKind.SERIES if series else EntryKind.STUDY, uid)
    if web is not None and not series:
        yield Found(EntryKind.STUDY, web.group(1))


def found_in_path(path: str) -> Iterator[Found]:
    """Yield what a path lists: the UIDs in the name of a volume, else in the last folder that has any, else in a name.

    NBIA's folders are `Collection/Patient/Study/Series/1-001.dcm`, LUNA16's files `subset0/<series>.mhd`.
    """
    *folders, name = path.replace("\\", "/").split("/")
    in_folders = [uids for folder in folders if (uids := _uids(folder))]
    in_name = _uids(name)
    is_of_series = _VOLUME.search(name) is not None or looks_like_uid(name)
    for uid in in_name if in_name and (is_of_series or not in_folders) else in_folders[-1] if in_folders else ():
        yield Found(EntryKind.UID, uid)


def _uids(name: str) -> list[str]:
    return [uid for uid in _IN_NAME.findall(name) if looks_like_uid(uid)]
