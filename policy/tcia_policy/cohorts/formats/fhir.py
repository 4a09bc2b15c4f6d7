"""ImagingStudy of FHIR, alone, in a Bundle, or one a line as bulk exports have them.

See https://hl7.org/fhir/R4/imagingstudy.html: each series has its `uid`; the study has its own as an
`identifier` of the system `urn:dicom:uid`. Older versions write `urn:oid:` before both, and the study's as `uid`.
"""

import json
import re
from collections.abc import Iterator

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, EntryKind
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.json_records import read_json, whole_text
from tcia_policy.cohorts.found_in_text import Found
from tcia_policy.cohorts.records.cells import is_patient_id
from tcia_policy.cohorts.records.nested import LocatedEntries
from tcia_policy.cohorts.uids import is_series_uid, unwrap
from tcia_policy.files import limits

NAME = "ImagingStudy of FHIR"
STUDY = "ImagingStudy"
DEEPEST = 8  # Bundles within Bundles
_OF_FHIR = re.compile(r'"resourceType"\s*:\s*"(?:ImagingStudy|Bundle)"')
_HAS_STUDY = re.compile(r'"resourceType"\s*:\s*"ImagingStudy"')


def is_fhir(file: CohortFile) -> bool:
    """Return whether the file is JSON with resources of FHIR, one of the first of which is an ImagingStudy."""
    is_json = file.head.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    return is_json and _OF_FHIR.search(file.head) is not None and _HAS_STUDY.search(file.head) is not None


def read_fhir(file: CohortFile) -> Cohort:
    """Return the series of each ImagingStudy; where it names none its study, and where it has none its patient.

    Other resources list nothing. Raise `InputError` for what is too large.
    """
    text = whole_text(file, limits.COHORT_JSON)
    try:
        resources = list(_resources(text))
    except (ValueError, RecursionError):
        return read_json(file)
    entries = LocatedEntries(file.path, text=text)
    for study in resources:
        found = list(_series(study)) or list(_study(study)) or list(_patient(study))
        for each in found:
            entries.add(each.kind, each.entry)
        if not found:
            entries.add_unread(0, f"{STUDY} {study.get('id', '')}".strip())
        for text in _no_uids(study):
            entries.add_unread(0, text)
    return entries.cohort(NAME)


def _resources(text: str) -> Iterator[dict[str, object]]:
    """Yield each ImagingStudy. Raise `ValueError` for what is no JSON."""
    try:
        data = json.loads(text)
    except ValueError:
        data = [json.loads(line) for line in text.split("\n") if line.strip()]
    yield from _within(data, 0)


def _within(data: object, depth: int) -> Iterator[dict[str, object]]:
    if isinstance(data, list) and depth <= DEEPEST:
        for each in data:
            yield from _within(each, depth + 1)
    elif isinstance(data, dict) and data.get("resourceType") == STUDY:
        yield data
    elif isinstance(data, dict) and depth <= DEEPEST:
        for key in ("entry", "resource", "contained"):
            yield from _within(data.get(key), depth + 1)


def _series(study: dict[str, object]) -> Iterator[Found]:
    for series in _members(study.get("series")):
        uid = _uid(series.get("uid"))
        if uid is not None:
            yield Found(EntryKind.SERIES, uid)


def _no_uids(study: dict[str, object]) -> Iterator[str]:
    """Yield what stands in the place of UIDs of series and is none, beside others that are some."""
    stated = [series.get("uid") for series in _members(study.get("series"))]
    if any(map(_uid, stated)):
        yield from (str(text) for text in stated if text and _uid(text) is None)


def _study(study: dict[str, object]) -> Iterator[Found]:
    stated = [
        study.get("uid"),
        study.get("studyInstanceUID"),
        *(each.get("value") for each in _members(study.get("identifier"))),
    ]
    for uid in filter(None, map(_uid, stated)):
        yield Found(EntryKind.STUDY, uid)


def _patient(study: dict[str, object]) -> Iterator[Found]:
    for subject in _members(study.get("subject") or study.get("patient")):
        identifiers = [each.get("value") for each in _members(subject.get("identifier"))]
        reference = str(subject.get("reference", "")).rpartition("/")[2]
        for id_ in (*identifiers, reference):
            if isinstance(id_, str) and is_patient_id(id_):
                yield Found(EntryKind.PATIENT, id_)
                return


def _uid(value: object) -> str | None:
    uid = unwrap(value).removeprefix("urn:oid:") if isinstance(value, str) else ""
    return uid if is_series_uid(uid) else None


def _members(value: object) -> list[dict[str, object]]:
    members = value if isinstance(value, list) else [value]
    return [each for each in members if isinstance(each, dict)]


FORMAT = CohortFormat(NAME, "an ImagingStudy of FHIR", is_fhir, read_fhir)
