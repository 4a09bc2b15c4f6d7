"""What a column of a table lists, by its heading in any spelling.

The spellings are those of DICOM (PS3.6), of NBIA's `metadata.csv` and digests, of IDC's index, of the manifests that
TCIA's Data Retriever takes, and of tables in public repositories (`DCMSerUID` is ProstateX's, `seriesuid` LUNA16's).
"""

import re
from collections.abc import Callable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from tcia_policy.text.name_keys import heading_key

LONGEST_HEADING = 60  # characters; longer ones are sentences


class Role(IntEnum):
    """What a column lists, the most exact first.

    `UID` is a series or a study, `PATH` text with UIDs in it, `DRS` a file of a data commons, `PATHDB` an image of
    TCIA's portal for pathology, `KNOWN_PATIENT` text with ids of patients that are known by their form. `ANY` is what a
    list without a heading may have: also the name of a dataset.
    """

    SERIES = 0
    SERIES_UUID = 1
    ADDRESS = 2
    UID = 3
    PATH = 4
    ANY = 5
    DRS = 6
    PATHDB = 7
    STUDY = 8
    PATIENT = 9
    KNOWN_PATIENT = 10
    DOI = 11
    DATASET = 12
    LICENSE = 13


class Meaning(NamedTuple):
    """What a heading says of its column; `rank` orders columns of one role. Where it is not `sure`, its cells must
    show that it is so: `Series ID` may be a number.
    """

    role: Role
    sure: bool = True
    rank: int = 0


# Headings are shortened and misspelled: `SeriesInstUID`, `SegSeriesInstancceUIDs`.
_SERIES = re.compile(r"(?<!u)ser(?:ies|ie|i)?(?:instance)?uids?|series(?!\w*stud)[a-z]{1,12}?uids?")
_STUDY = re.compile(r"(?:study|studies)(?:instance)?uids?")
_SERIES_UUID = re.compile(r"series(?:instance)?uuids?")
_NOT_A_UID = re.compile(r"count|number|^num|^n[uo]?of|sop|class|syntax|frame|path$|file|url$|uri$|hash|md5")
_OF_NO_SERIES = re.compile(r"sop|class|syntax|frame|instance|image|study|implementation|device|transfer|uuid|hash|md5")
_OF_SERIES = re.compile(r"series(?:for|of)[a-z]*")
_SNAKE_CASE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*_(?:uids?|ids?|series|scans?|list|files?|stud(?:y|ies)|paths?)")
_OF_IMAGES = re.compile(r"sop|^instances?(?:uids?)?$")
_NAMES_IMAGES = re.compile(r"sop(?!class)|instance|image|slice|frame(?!of)")
_NO_IMAGE = re.compile(r"series|class|syntax|study|implementation|device|transfer|uuid|hash|md5|frameof")
_PERSON = r"(?:patient|subject|case|participant|donor)"
_PATIENT_ID = re.compile(
    rf"(?:tcia|dicom|nbia|source|original|image|images|imaging|study)?{_PERSON}(?:s?ids?|identifiers?|barcode|code|submitterid)"
)
_PATIENT = re.compile(rf"{_PERSON}s?(?:name|no)?")
_DOI = re.compile(r".{0,30}dois?|datadescriptionur[il]|collectionur[il]|datasetur[il]|sourcedoiurl")
_BUCKET = re.compile(r"(?:series|file|instance|image|dicom)?(?:aws|gcs|s3|gs|gcp)(?:url|uri|path)s?")

_DATASETS = (
    *("analysisresultid", "analysisresult", "collectionid", "webappcollectionid", "idcwebappcollectionid"),
    *("tciacollection", "collection", "collectionname", "collections", "collectionshortname", "datasetid", "dataset"),
    *("datasets", "datasetname", "datacollection", "sourcecollection", "sourcedataset", "tciadataset", "00131010"),
)
_PROJECTS = ("projectid", "project", "projectname", "tciaproject", "studyshortname")
_LICENSES = ("licenseshortname", "licensename", "license", "licenselongname", "licenseurl", "licenseuri", "rights")

_WORDS: Mapping[str, Meaning] = {
    **dict.fromkeys(("0020000e",), Meaning(Role.SERIES)),
    **dict.fromkeys(("series", "serie", "seriesid", "seriesids", "seriesinstance"), Meaning(Role.SERIES, sure=False)),
    "0020000d": Meaning(Role.STUDY),
    **dict.fromkeys(("study", "studyid", "studyinstance"), Meaning(Role.STUDY, sure=False)),
    "00100020": Meaning(Role.PATIENT),
    **dict.fromkeys(("pid", "patid", "ptid", "proxid", "usi"), Meaning(Role.PATIENT, sure=False)),
    **dict.fromkeys(("bcrpatientbarcode", "tcgabarcode", "tcgaid", "tciaid", "tciacode"), Meaning(Role.PATIENT)),
    **dict.fromkeys(("drsuri", "drsurl", "drsid", "ga4ghdrsuri"), Meaning(Role.DRS)),
    **dict.fromkeys(("imageurl", "imageuri"), Meaning(Role.PATHDB, sure=False)),
    **dict.fromkeys(
        ("s5cmdmanifest", "url", "uri", "link", "address", "downloadurl", "fileurl", "viewerurl", "wadouri"),
        Meaning(Role.ADDRESS, sure=False),
    ),
    **{word: Meaning(Role.DATASET, rank=rank) for rank, word in enumerate(_DATASETS)},
    **{word: Meaning(Role.DATASET, sure=False, rank=rank) for rank, word in enumerate(_PROJECTS, start=100)},
    **{word: Meaning(Role.LICENSE, rank=rank) for rank, word in enumerate(_LICENSES)},
}


_SPELLINGS: tuple[tuple[Callable[[str], object], Meaning], ...] = (
    (_SERIES_UUID.search, Meaning(Role.SERIES_UUID)),
    (lambda key: _SERIES.search(key) and not _NOT_A_UID.search(key), Meaning(Role.SERIES)),
    (lambda key: _STUDY.search(key) and not _NOT_A_UID.search(key), Meaning(Role.STUDY)),
    (_BUCKET.fullmatch, Meaning(Role.ADDRESS)),
    (_PATIENT_ID.fullmatch, Meaning(Role.PATIENT)),
    (_PATIENT.fullmatch, Meaning(Role.PATIENT, sure=False)),
    (_DOI.fullmatch, Meaning(Role.DOI)),
)


@lru_cache(maxsize=10_000)
def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading says of its column, or `None` where it says nothing to us."""
    if len(heading) > LONGEST_HEADING:
        return None
    key = heading_key(heading)
    if key in _WORDS:
        return _WORDS[key]
    return next((meaning for is_one, meaning in _SPELLINGS if is_one(key)), None)


def heads_a_list(line: str) -> bool:
    """Return whether a line is nothing but a heading of a list: `Series ID`, `SeriesInstanceUIDs:`, `train_scans`.

    No dataset of the registry has a name in snake case that ends so.
    """
    if _SNAKE_CASE.fullmatch(line.strip(" \t\"':,")) is not None:
        return True
    meaning = meaning_of(line.rstrip(" :"))
    return meaning is not None and meaning.role in (Role.SERIES, Role.SERIES_UUID, Role.STUDY)


def may_be_series(heading: str) -> bool:
    """Return whether UIDs under a heading that means nothing to us may be series: not those of images and classes.

    `SourceSeriesForImageSegmentation` is a series, whatever it is for.
    """
    return _OF_NO_SERIES.search(_OF_SERIES.sub("", heading_key(heading))) is None


def is_of_images(heading: str) -> bool:
    """Return whether UIDs under a heading are those of single images, as in `instances: {UID: path}`."""
    return _OF_IMAGES.search(heading_key(heading)) is not None


def names_images(heading: str) -> bool:
    """Return whether a heading is one of single images: `SOPInstanceUID`, `instance_uid`, `image UID`."""
    key = _OF_SERIES.sub("", heading_key(heading))
    return _NAMES_IMAGES.search(key) is not None and _NO_IMAGE.search(key) is None
