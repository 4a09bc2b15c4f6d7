"""What people write of data of their own, or from elsewhere, and that speaks of data that others give out."""

import re
from collections.abc import Iterable, Iterator, Mapping

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.registry.index import IndexEntry
from tcia_policy.registry.registry import Registry
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.sanitize import clean

_WORD = pattern(r"[^\W_]+")
LONGEST_NAME = 24  # words
LEAST_LETTERS = 4
# Datasets whose name is a word of everyday language: these count in the registry's own spelling only.
ORDINARY = frozenset({"catch", "exact", "remind", "kits"})
# `IDC` alone may be invasive ductal carcinoma.
ARCHIVES = ("TCIA", "Cancer Imaging Archive", "Imaging Data Commons", "from IDC", "IDC download", "IDC index", "NBIA")
# Programs and challenges whose data are of several datasets, beside the names in `data/curated/names.yaml`.
PROGRAMS = ("TCGA", "CPTAC", "BraTS", "LUNA16", "MSD", "Medical Segmentation Decathlon", "CBIS", "LIDC", "KiTS19")
TCIA_PREFIX = "10.7937/"
_DOI = pattern(r"10\.\d{4,9}/\S+")
_VERSION_BEHIND = pattern(r"(?:[./_-]?v(?:ersion)?[._-]?\d+(?:\.\d+)*)?/*$")
_YEAR = pattern(r"(?:19|20)?\d\d$")


@dataclass(frozen=True)
class SpokenOf:
    """What a text speaks of: a `dataset` of the registry, else `others`, such as an archive or a challenge."""

    dataset: str | None = None
    others: str | None = None


def spoken_of(other: str, registry: Registry) -> SpokenOf:
    """Return what the name or DOI of data from elsewhere speaks of: a dataset, or TCIA or IDC at large."""
    text = clean(other)
    dataset = _dataset_by_doi(text, registry) or dataset_named_in(text, registry.entries)
    return SpokenOf(dataset, _doi_of_tcia(text) or _one_of(ARCHIVES, text))


def spoken_of_by_own(name: str, description: str, registry: Registry) -> SpokenOf:
    """Return what the name or description of somebody's own data speaks of, also a challenge or a copy by name.

    Within a description, a name of a dataset counts in the registry's own spelling, or where it has an acronym of four
    letters (`HNSCC`): `prostate MRI` is a kind of image.
    """
    name, description = clean(name), clean(description)
    by_name = registry.find(name)[0] if registry.knows(name) else dataset_named_in(name, registry.entries)
    text = f"{name} {description}"
    dataset = by_name or _dataset_by_doi(text, registry) or _dataset_in_sentence(description, registry.entries)
    names = (*ARCHIVES, *PROGRAMS, *registry.names_asked_about)
    return SpokenOf(dataset, _doi_of_tcia(text) or _one_of(names, name) or _one_of(names, description))


def naming_data(sentences: Iterable[str], registry: Registry) -> frozenset[str]:
    """Return the sentences that name a dataset, or a program or challenge whose data are of several."""
    names = {name: _letters(name) for entry in registry.entries for name in (entry.id, *entry.aliases)}
    others = (*PROGRAMS, *registry.names_asked_about)

    def names_one(text: str) -> bool:
        letters = _letters(text)
        named = (name for name, spelled in names.items() if spelled in letters)
        return any(_is_in_sentence(name, text) for name in named) or _one_of(others, text) is not None

    return frozenset(filter(names_one, sentences))


def _dois(text: str) -> Iterator[str]:
    return filter(None, map(normalize_doi, _DOI.findall(text)))


def _dataset_by_doi(text: str, registry: Registry) -> str | None:
    return next(filter(None, (dataset_of_doi(doi, registry) for doi in _dois(text))), None)


def dataset_of_doi(doi: str, registry: Registry) -> str | None:
    """Return the dataset of a DOI, also with a version behind it (`/v1`), which no one registered."""
    return registry.by_doi(doi) or registry.by_doi(_VERSION_BEHIND.sub("", doi))


def _doi_of_tcia(text: str) -> str | None:
    return next((doi for doi in _dois(text) if doi.startswith(TCIA_PREFIX)), None)


def _one_of(names: Iterable[str], text: str) -> str | None:
    """Return the first of the names that stands in the text as words of their own, with or without a year behind it."""
    known = {compare_key(name): name for name in names}
    words = _WORD.findall(text)
    for start in range(len(words)):
        for length in range(1, min(LONGEST_NAME, len(words) - start) + 1):
            key = compare_key("".join(words[start : start + length]))
            found = known.get(key) or known.get(_YEAR.sub("", key))
            if found is not None and (compare_key(found) not in ORDINARY or words[start].startswith(found)):
                return found
    return None


def _dataset_in_sentence(text: str, entries: Iterable[IndexEntry]) -> str | None:
    """Return the dataset that a sentence names, as the registry spells it or with an acronym in capitals."""
    return next(
        (entry.id for entry in entries for name in (entry.id, *entry.aliases) if _is_in_sentence(name, text)), None
    )


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()


def _is_in_sentence(name: str, text: str) -> bool:
    spelled = r"[\W_]*".join(map(re.escape, _WORD.findall(name)))
    found = re.findall(rf"(?<![^\W_]){spelled}(?![^\W_])", text, re.IGNORECASE)
    return any(_is_spelled_as_name(written, name) for written in found)


def _is_spelled_as_name(written: str, name: str) -> bool:
    if any(word.isupper() and len(word) >= LEAST_LETTERS for word in _WORD.findall(written)):
        return True
    if name.isalpha():
        return written == name and not name.islower()
    return written.casefold() == name.casefold()


def dataset_named_in(name: str, entries: Iterable[IndexEntry]) -> str | None:
    """Return the dataset whose id, alias or title stands in `name`, in any spelling; the longest name counts.

    `LIDC-IDRI` for `LIDC IDRI (Kaggle)` and `our lidc_idri, resampled`; `None` for `Chest CT of our hospital`.
    """
    known = _names(entries)
    words = _WORD.findall(name)[: 2 * LONGEST_NAME]
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            key = compare_key("".join(words[start : start + length]))
            found = known.get(key)
            if found is not None and (key not in ORDINARY or words[start] == found):
                return found
    return None


def _names(entries: Iterable[IndexEntry]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for name in (entry.id, *entry.aliases, entry.title):
            key = compare_key(name)
            if len(key) >= LEAST_LETTERS:
                found.setdefault(key, entry.id)
    return found
