"""Lists of the cases that a model is trained and tested on: nnU-Net's `dataset.json` and splits, MONAI's data lists.

nnU-Net: https://github.com/MIC-DKFZ/nnUNet/blob/master/documentation/dataset_format.md, MONAI:
https://docs.monai.io/en/stable/data.html#decathlon-datalist. Each case is a path or an id, or an object with a path for
each image. A case counts by the UIDs or the patient in the name of its images; one without is not understood.
"""

import json
import re
from collections.abc import Iterator, Mapping

from tcia_policy.cohorts.cohort import Cohort, CohortFormat
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.json_records import read_json, whole_text
from tcia_policy.cohorts.found_in_text import found_in
from tcia_policy.cohorts.records.nested import LocatedEntries
from tcia_policy.errors import InputError
from tcia_policy.files import limits

NAME = "training list"
_SPLITS = (
    r"(?:training|train|validation|valid|val|testing|test|inference|unlabeled|labeled)"
    r"(?:[_\-]?(?:set|files|cases|data|list|images|keys|ids|split|val|\d+))?"
)
_IS_SPLIT = re.compile(_SPLITS, re.IGNORECASE)
_HAS_SPLITS = re.compile(rf'"{_SPLITS}"\s*:\s*[\[{{]', re.IGNORECASE)
_OF_NNUNET = re.compile(r'"numTraining"\s*:|"(?:channel_names|file_ending|tensorImageSize)"\s*:')
# A record that says which series or patient it is has columns of its own.
_HAS_COLUMNS = re.compile(
    r'"[\w ]{0,40}(?:uid|patient[_ ]?id|patient|subject|collection|doi|url|uri)"\s*:', re.IGNORECASE
)
# What stands in a case beside its images.
_NO_IMAGE = re.compile(
    r"label|mask|seg|annot|fold|box|class|target|spacing|weight|modality|report|caption", re.IGNORECASE
)
_STATED = ("reference", "doi", "name", "url", "citation", "source", "dataset")
_CHANNEL = re.compile(r"_\d{4}$")
_SUFFIX = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{1,6}){1,2}$")
NO_CASES = (
    "it is a dataset.json of nnU-Net without its cases; name a list of the series, or what its `imagesTr` was made from"
)


def is_training_list(file: CohortFile) -> bool:
    """Return whether the file is JSON with a list of cases for training or testing, or nnU-Net's description of one."""
    head = file.head.lstrip("\ufeff \t\r\n")
    if not head.startswith(("{", "[")) or _HAS_COLUMNS.search(head) is not None:
        return False
    return _HAS_SPLITS.search(head) is not None or _OF_NNUNET.search(head) is not None


def read_training_list(file: CohortFile) -> Cohort:
    """Return what the cases list; a case of which nothing is understood is counted by the name of its first image.

    Raise `InputError` for what is too large or nested too deep, and for nnU-Net's description without cases.
    """
    text = whole_text(file, limits.COHORT_JSON)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return read_json(file)
    entries = LocatedEntries(file.path, text=text)
    number = 0
    for number, case in enumerate(_cases(data, 0), start=1):
        _add_case(entries, case)
        if number > limits.COHORT_LINES:
            raise InputError(f"has more than {limits.COHORT_LINES:,} cases; split it", file=file.path)
    if number == 0:
        raise InputError("lists no cases", file=file.path, hint=NO_CASES)
    for name in _stated(data):
        entries.add_name(0, name)
    return entries.cohort(NAME)


def _cases(data: object, depth: int) -> Iterator[tuple[str, ...]]:
    """Yield the images of each case of each split, wherever the splits stand."""
    if depth > limits.YAML_DEPTH:
        return
    if isinstance(data, list):
        for each in data:
            yield from _cases(each, depth + 1)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if _IS_SPLIT.fullmatch(str(key)) is None:
                yield from _cases(value, depth + 1) if isinstance(value, (dict, list)) else ()
            elif isinstance(value, list):
                yield from (_images(case) for case in value)
            elif isinstance(value, dict):
                yield from ((str(case), *_images(images)) for case, images in value.items())


def _images(case: object) -> tuple[str, ...]:
    """Return the paths of the images of a case, or its id."""
    if isinstance(case, Mapping):
        inner = [_images(value) for key, value in case.items() if _NO_IMAGE.search(str(key)) is None]
        return tuple(text for texts in inner for text in texts)
    if isinstance(case, list):
        return tuple(text for each in case for text in _images(each))
    return (case,) if isinstance(case, str) and case.strip() else ()


def _add_case(entries: LocatedEntries, images: tuple[str, ...]) -> None:
    found = [each for image in images for each in found_in(image)]
    for each in found:
        entries.add(each.kind, each.entry)
    if found:
        return
    if not images:
        entries.add_unread(0, "a case without images")
    elif len(images[0]) > limits.DATASET_NAME or len(entries.names) >= limits.COHORT_NAMES:
        entries.add_unread(0, images[0])
    else:
        entries.add_name(0, _case_of(images[0]))


def _case_of(image: str) -> str:
    """Return the id of a case: `LIDC-IDRI-0001` of `./imagesTr/LIDC-IDRI-0001_0000.nii.gz`."""
    name = image.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return _CHANNEL.sub("", _SUFFIX.sub("", name)) or image


def _stated(data: object) -> Iterator[str]:
    """Yield the DOIs and addresses by which such a file says what its data are."""
    for key in _STATED if isinstance(data, dict) else ():
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, str) and ("10." in value or "cancerimagingarchive" in value):
            yield value.strip()[: limits.DATASET_NAME]


FORMAT = CohortFormat(NAME, "a training list of nnU-Net or MONAI", is_training_list, read_training_list)
