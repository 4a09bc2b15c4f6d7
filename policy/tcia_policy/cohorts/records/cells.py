"""What one cell lists, by the role of its column."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.found_in_text import Found, found_in
from tcia_policy.cohorts.patients.patient_ids import known_patients_in, of_patient
from tcia_policy.cohorts.records.roles import Role
from tcia_policy.cohorts.uids import UUID_PATTERN, is_of_dicom, is_series_uid, is_series_uuid, looks_like_uid, unwrap

EMPTY = frozenset(
    ("", "na", "n/a", "#n/a", "nan", "none", "null", "nil", "-", "--", ".", "?", "<na>", "nat", "not available")
)
# A number alone, or a letter or two before it, is what anybody calls a patient: it is none of an archive's ids.
_ANYBODY = re.compile(r"[A-Za-z]{0,2}[_ -]?[0-9]+|[0-9.,]+")
_WORDS = re.compile(r"\D*[A-Za-z]\D* \D*[A-Za-z]\D*")
_PATIENT_ID = re.compile(r"(?=[^A-Za-z]*[A-Za-z])[\w.\-+^/ ]{5,64}")
_OF_LOOSE_HEADING = re.compile(r"(?=.*[0-9])[\w.\-+^/]{6,64}")
_BETWEEN = re.compile(r"[\s,;|\"'\[\](){}]+")
_BETWEEN_IDS = re.compile(r"\s*[,;|\[\]\"']+\s*")
_BETWEEN_NAMES = re.compile(r"\s*[;|]\s*")
_DRS_UUID = re.compile(rf"(?:^|[:/])({UUID_PATTERN})(?![\w\-])")
_ADDRESS = re.compile(r"(?:doi|10\.\d{4,9}/|https?://)", re.IGNORECASE)
_PATHDB = re.compile(r"pathdb\.cancerimagingarchive\.net", re.IGNORECASE)
# What a spreadsheet makes of a UID that it takes for a number.
AS_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}|[0-9]{12,}0{4,}")


class Cell(NamedTuple):
    """The entries of a cell that is not empty, and whether there is more in it that was not understood."""

    entries: tuple[Found, ...] = ()
    rest: bool = False


NOT_UNDERSTOOD = Cell(rest=True)


def is_empty(cell: str) -> bool:
    """Return whether a cell is empty, or says that there is nothing."""
    return not cell or (len(cell) < 20 and unwrap(cell).lower() in EMPTY)  # noqa: PLR2004 - longer than all of them


def read_cell(role: Role, cell: str) -> Cell:
    """Return what a cell of a column of this role lists."""
    return _READERS[role](cell)


@lru_cache(maxsize=10_000)
def names_in(role: Role, cell: str) -> tuple[str, ...]:
    """Return the names and DOIs of datasets in a cell: no numbers, and under `DOI` only what looks like one."""
    if is_empty(cell) or (role is Role.DOI and _ADDRESS.search(cell) is None):
        return ()
    return tuple(
        name
        for name in map(str.strip, _BETWEEN_NAMES.split(cell.strip(" \t\"'")))
        if not (is_empty(name) or name.isdigit())
    )


def _series(cell: str) -> Cell:
    if is_series_uid(cell):
        return Cell((Found(EntryKind.SERIES, cell),))
    return _several(cell, EntryKind.SERIES, is_series_uid)


def _study(cell: str) -> Cell:
    return _several(cell, EntryKind.STUDY, lambda text: is_series_uid(text) or looks_like_uid(text))


def _uid(cell: str) -> Cell:
    return _several(cell, EntryKind.UID, looks_like_uid)


def _uuid(cell: str) -> Cell:
    return _several(cell, EntryKind.SERIES_UUID, is_series_uuid)


def _several(cell: str, kind: EntryKind, is_one: Callable[[str], bool]) -> Cell:
    parts = [part for part in map(unwrap, _BETWEEN.split(cell)) if not is_empty(part)]
    found = [Found(kind, part.lower()) for part in parts if is_one(part) and not (parts[1:] and is_of_dicom(part))]
    if found:
        return Cell(tuple(found), rest=len(found) < len(parts))
    within = [Found(kind if each.kind is EntryKind.UID else each.kind, each.entry) for each in found_in(cell)]
    return Cell(tuple(within)) if within else NOT_UNDERSTOOD


def _path(cell: str) -> Cell:
    found = tuple(found_in(cell))
    return Cell(found) if found else NOT_UNDERSTOOD


def _drs(cell: str) -> Cell:
    parts = [part for part in _BETWEEN.split(cell) if part]
    uuids = [found.group(1) for part in parts if (found := _DRS_UUID.search(part)) is not None]
    return Cell(tuple(Found(EntryKind.SERIES_UUID, uuid.lower()) for uuid in uuids), rest=len(uuids) < len(parts))


def _patient(cell: str) -> Cell:
    parts = [part.strip() for part in _BETWEEN_IDS.split(cell) if not is_empty(part)]
    found = [each for part in parts if (each := _patient_or_uid(part)) is not None]
    return Cell(tuple(found), rest=len(found) < len(parts))


def _patient_or_uid(text: str) -> Found | None:
    """Return what stands for a patient: in tables made from LUNA16 that is a series, as its files are so named."""
    if is_patient_id(text):
        return Found(EntryKind.PATIENT, of_patient(text))
    return Found(EntryKind.UID, text) if looks_like_uid(text) else None


def _known_patient(cell: str) -> Cell:
    return Cell(tuple(Found(EntryKind.PATIENT, id_) for id_ in known_patients_in(cell)))


def is_patient_id(text: str) -> bool:
    """Return whether it may be an id that an archive gave: no words, as ids have digits or are of one word.

    A number alone is none: 26,000 patients of NLST have one.
    """
    return (
        not _WORDS.fullmatch(text)
        and _PATIENT_ID.fullmatch(text) is not None
        and _ANYBODY.fullmatch(text) is None
        and not (is_series_uuid(text) or is_series_uid(text))
    )


def _any(cell: str) -> Cell:
    entry = unwrap(cell)
    if is_series_uid(entry):
        return Cell((Found(EntryKind.UID, entry),))
    if is_series_uuid(entry):
        return _uuid(entry)
    found = _path(cell)
    return found if found.entries else _known_patient(cell)


def _pathdb(cell: str) -> Cell:
    return Cell() if _PATHDB.search(cell) else _path(cell)


_READERS: Mapping[Role, Callable[[str], Cell]] = {
    Role.SERIES: _series,
    Role.SERIES_UUID: _uuid,
    Role.ADDRESS: _path,
    Role.UID: _uid,
    Role.PATH: _path,
    Role.ANY: _any,
    Role.DRS: _drs,
    Role.PATHDB: _pathdb,
    Role.STUDY: _study,
    Role.PATIENT: _patient,
    Role.KNOWN_PATIENT: _known_patient,
}


def fits(role: Role, cell: str) -> bool:
    """Return whether a cell is as one of a column of this role is, where the heading alone does not say."""
    if role is Role.PATIENT:
        return _OF_LOOSE_HEADING.fullmatch(unwrap(cell)) is not None and bool(_patient(cell).entries)
    if role is Role.PATHDB:
        return _PATHDB.search(cell) is not None or bool(_path(cell).entries)
    return bool(read_cell(role, cell).entries) if role in _READERS else any(map(str.isalpha, cell))
