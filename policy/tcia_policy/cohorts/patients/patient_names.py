"""Patients that a list names, where nothing says that they are patients: `LIDC-IDRI-0001`, `TCGA-05-4244`.

Only ids that begin as the datasets of the registry do are taken for patients. `case_0001` or `HCC_001` may as well be
somebody's own patient, although an archive has one of that name: such lines are not understood.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tcia_policy.cohorts.patients.patient_ids import known_patients_in
from tcia_policy.lazy import pattern
from tcia_policy.registry import IndexEntry

SHORTEST_BEGINNING = 4
FEWEST_DIGITS = 3
WITH_BARCODES = ("TCGA-", "C3L-", "C3N-")
_ID = pattern(r"[A-Za-z][A-Za-z0-9]*(?:[_\-][A-Za-z0-9]{1,40}){1,6}")
# TCGA's barcodes go on with the sample (`-01A`), which is no patient; of these, slides alone are images. So do CPTAC's.
_SLIDE = r"-\d\d[A-Z]?-\d\d-(?:DX|TS|BS|MS)[A-Z0-9]{0,2}(?![A-Za-z0-9])"
_SLIDE_OF_CPTAC = r"-\d\d\.(?:svs|tiff?|ndpi|scn|mrxs|dcm)(?![A-Za-z0-9])"
_BARCODE = pattern(
    rf"TCGA-[A-Z0-9]{{2}}-[A-Z0-9]{{4}}(?=[^A-Za-z0-9\-]|$|{_SLIDE})"
    rf"|C3[LN]-\d{{5}}(?:(?![\d\-])|(?=(?i:{_SLIDE_OF_CPTAC})))"
)
_BETWEEN = pattern(r"[\s/\\,;|\"']+")
_LETTERS = pattern(r"[A-Za-z]+")
_NUMBER = re.compile(r"[_\-]?[0-9]")
_NOT_LETTERS = pattern(r"[^a-z]+")
# Files that no archive of images has: TCGA's barcodes also name sequences and tables, under other terms.
_NO_IMAGES = pattern(
    r"\.(?:bam|bai|cel|counts|csv|fastq|fq|idat|maf|mzml|pdf|raw|seg|tsv|txt|vcf|xls|xlsx|xml)\b", re.IGNORECASE
)
# Words that anybody calls cases by, although a dataset begins with them.
_ANYBODYS = frozenset(
    (
        *("adrenal", "advanced", "anti", "aurora", "bone", "brain", "brats", "breast", "cancer", "capsule", "catch"),
        *("chest", "codex", "colon", "colorectal", "covid", "dicom", "dlbcl", "exact", "glioblastoma", "head"),
        *("healthy", "isbi", "liver", "luad", "lung", "mediastinal", "meningioma", "mouse", "oropharyngeal"),
        *("osteosarcoma", "ovarian", "pancreas", "pancreatic", "pediatric", "pelvic", "phantom", "post", "pretreat"),
        *("prostate", "pseudo", "pulmonary", "radiomic", "radiomics", "soft", "spinal", "spine", "vestibular"),
        "tcga",  # has barcodes
    )
)
SHORTEST_WHOLE = 8


class Beginnings(NamedTuple):
    """What ids of patients begin with: `words` in small letters, and the letters of whole `names`."""

    words: frozenset[str]
    names: tuple[str, ...]


def patients_in(text: str, beginnings: Beginnings) -> list[str]:
    """Return the ids of patients in a line or a path that has no series."""
    if _NO_IMAGES.search(text) is not None:
        return []
    barcodes = _BARCODE.findall(text)
    if barcodes:
        return list(dict.fromkeys(barcodes))
    known = [id_ for id_ in known_patients_in(text) if not id_.startswith(WITH_BARCODES)]
    if known:
        return known
    parts = [part for part in dict.fromkeys(_BETWEEN.split(text)) if _may_be_id(part)]
    return [part for part in parts if _is_of_archive(part, beginnings)]


def _may_be_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None and sum(letter.isdigit() for letter in text) >= FEWEST_DIGITS


def _is_of_archive(text: str, beginnings: Beginnings) -> bool:
    first = _LETTERS.match(text)
    if first is not None and first.group().lower() in beginnings.words:
        return True
    return _NOT_LETTERS.sub("", text.lower()).startswith(beginnings.names)


@cache
def beginnings_of(entries: tuple[IndexEntry, ...]) -> Beginnings:
    """Return the first words of datasets' names that not anybody uses, and the letters of whole names.

    Ask once for a file: to hash all entries takes longer than to read a line.
    """
    names = sorted({name.lower() for entry in entries for name in (entry.id, *entry.idc_collections)})
    words = {match.group() for name in names if (match := _LETTERS.match(name)) is not None}
    letters = (_NOT_LETTERS.sub("", name) for name in names)
    whole = tuple(dict.fromkeys(name for name in letters if len(name) >= SHORTEST_WHOLE and name not in _ANYBODYS))
    return Beginnings(frozenset(word for word in words if len(word) >= SHORTEST_BEGINNING) - _ANYBODYS, whole)


def datasets_named_in_ids(ids: Iterable[str], entries: Iterable[IndexEntry]) -> tuple[str, ...]:
    """Return the datasets with whose whole name ids of patients begin: `HNSCC` of `HNSCC-01-0001`; the longest name."""
    names = sorted({entry.id for entry in entries}, key=lambda name: (-len(name), name))
    found = (next((name for name in names if _begins(id_, name)), None) for id_ in ids)
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _begins(id_: str, name: str) -> bool:
    rest = id_[len(name) :]
    return id_[: len(name)].casefold() == name.casefold() and _NUMBER.match(rest) is not None
