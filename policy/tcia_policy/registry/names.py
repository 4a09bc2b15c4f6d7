"""Datasets by what people call them: exactly, then without regard to case and punctuation, never by a guess.

Every way to name a dataset leads here: ids, DOIs, addresses of pages, aliases, titles, IDC collections.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.lazy import pattern
from tcia_policy.registry.addresses import read_address
from tcia_policy.registry.index import AskedAbout, Index
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.english import joined, one_of, quoted
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.suggest import did_you_mean, similar

SUGGESTIONS = 3
LEAST_INITIALS, MOST_INITIALS = 3, 6
LEAST_SIMILAR = 60  # of 100, by rapidfuzz's WRatio: `LIDC` for `LIDC-IDRI` has 90, an unrelated name below 50

ELSEWHERE = "data from outside the registry is declared with `other:`"
_ARCHIVE_BEFORE = pattern(r"(?:TCIA|IDC)['\u2019]?s?[\s:/-]+(?=\S)", re.IGNORECASE)
_WORD = pattern(r"[^\W_]+")

Names = Mapping[str, tuple[str, ...]]


class _Found(NamedTuple):
    """What a name stands for; `together` says that it stands for all of them, not for one or another."""

    ids: tuple[str, ...]
    together: bool = False


class DatasetNames:
    """Every name in an index, and which dataset ids it stands for."""

    def __init__(self, index: Index) -> None:
        self._ids = {entry.id for entry in index.entries}
        self._dois = {doi.lower(): entry.id for entry in index.entries for doi in entry.dois}
        self._by_name = _together((name, entry.id) for entry in index.entries for name in (*entry.aliases, entry.title))
        self._idc_collections = index.idc_collections
        self._addresses = _together((key, entry.id) for entry in index.entries for key in entry.addresses)
        self._asked_about = {compare_key(each.name): each for each in index.names}
        self._plain_ids = _together((compare_key(entry.id), entry.id) for entry in index.entries)
        self._plain_names = _together((compare_key(name), id_) for name, ids in self._by_name.items() for id_ in ids)
        self._plain_collections = _together(
            (compare_key(name), id_) for name, ids in index.idc_collections.items() for id_ in ids
        )

    def by_doi(self, doi: str) -> str | None:
        """Return the dataset id of a DOI in any spelling, or `None`.

        A `?` or `#` may be part of a DOI. One of ours that is followed by them is still ours.
        """
        normal = normalize_doi(doi)
        if normal is None or normal in self._dois:
            return self._dois.get(normal or "")
        return self._dois.get(normalize_doi(re.split(r"[?#]", normal, maxsplit=1)[0]) or "")

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids that a name stands for; several only where it is an IDC collection.

        Raise `InputError` for a name that is unknown, or that several datasets share.
        """
        name = name.strip()
        found = self._look_up(name)
        if not found.ids:
            raise self._question(name) or self.unknown(name)
        if len(found.ids) > 1 and not found.together:
            hint = "write the one that you mean in exactly this spelling, or its DOI"
            raise InputError(f"{name!r} may be {one_of(quoted(found.ids))}", hint=hint)
        return found.ids

    def knows(self, name: str) -> bool:
        """Return whether `find` finds it."""
        found = self._look_up(name.strip())
        return bool(found.ids) and (len(found.ids) == 1 or found.together)

    def _look_up(self, name: str) -> "_Found":
        if name in self._ids:
            return _Found((name,))
        by_doi = self.by_doi(name)
        if by_doi is not None:
            return _Found((by_doi,))
        address = read_address(name)
        if address is not None:
            return (
                _Found(self._addresses.get(address.key or "", ()))
                if address.name is None
                else self._named(address.name)
            )
        found = self._named(name)
        of_archive = _ARCHIVE_BEFORE.match(name)
        if found.ids or of_archive is None or self._asks_about(name) is not None:
            return found
        return self._named(name[of_archive.end() :])

    def _named(self, name: str) -> "_Found":
        if name in self._ids:
            return _Found((name,))
        bare = compare_key(name)
        steps = (
            (self._idc_collections, name, True),
            (self._by_name, name, False),
            (self._plain_ids, bare, False),
            (self._plain_names, bare, False),
            (self._plain_collections, bare, True),
        )
        return next((_Found(names[key], together) for names, key, together in steps if key in names), _Found(()))

    def _asks_about(self, name: str) -> AskedAbout | None:
        address = read_address(name)
        called = name if address is None or address.name is None else address.name
        return self._asked_about.get(compare_key(normalize_doi(called) or called))

    def _question(self, name: str) -> InputError | None:
        """Return the error for a name that is known, but is not one dataset's, with what the user may write instead."""
        asked = self._asks_about(name)
        if asked is None:
            return None
        written = name[: limits.DATASET_NAME]
        if asked.may_be:
            problem = f"{written!r} may be {one_of(quoted(asked.may_be))}"
            hints = [asked.note, "write the one that you mean"]
        elif asked.copy_of:
            problem = (
                f"{written!r} is no dataset of the registry, but a copy of data of {joined(quoted(asked.copy_of))}"
            )
            hints = [
                asked.note,
                "The terms of a copy are its own: declare it with `other:` and the license that came with it,"
                f" or write {one_of(quoted(asked.copy_of))} if your data are from there",
            ]
        else:
            problem, hints = f"{written!r} is no dataset of the registry", [asked.note]
        if not asked.copy_of:
            hints.append(ELSEWHERE)
        return InputError(problem, hint="\n  ".join(filter(None, hints)))

    def unknown(self, name: str) -> InputError:
        """Return the error for a name that is not known, with the ones that it may have been meant to be."""
        written = name[: limits.DATASET_NAME]
        if read_address(written) is not None:
            hint = f"no dataset of the registry has this page; write its name or its DOI. {ELSEWHERE}"
            return InputError(f"unknown dataset {written!r}", hint=hint)
        meant = did_you_mean(self._similar(written))
        return InputError(f"unknown dataset {written!r}", hint=" ".join(filter(None, (meant, ELSEWHERE))))

    def _similar(self, name: str) -> list[str]:
        """Return what may be meant, the likeliest first: names with all of its words, then initials, then spelling."""
        candidates = {id_: id_ for id_ in sorted(self._ids)}
        candidates |= {alias: ids[0] for alias, ids in sorted(self._by_name.items()) if alias not in candidates}
        candidates |= {each.name: each.name for each in self._asked_about.values() if each.name not in candidates}
        alike = similar(name, candidates, at_least=LEAST_SIMILAR, most=len(candidates))
        best = (*_with_all_words(name, candidates), *_with_initials(name, candidates), *alike)
        return list(dict.fromkeys(candidates[found] for found in best))[:SUGGESTIONS]


def _with_all_words(name: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that have all words of `name`, those with the fewest others first."""
    words = _words(name)
    found = [(len(_words(each)), each) for each in candidates if words and words <= _words(each)]
    return [each for _, each in sorted(found)]


def _with_initials(name: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates whose words begin with the letters of `name`: `Brain-Tumor-Progression` for `BTP`."""
    letters = name.casefold()
    if not LEAST_INITIALS <= len(letters) <= MOST_INITIALS:
        return []
    return [each for each in candidates if "".join(word[0] for word in _WORD.findall(each.casefold())) == letters]


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name[: limits.DATASET_NAME].casefold()))


def _together(pairs: Iterable[tuple[str, str]]) -> Names:
    """Return each name with all of its ids, in the order given, each once."""
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for name, id_ in pairs:
        if name:
            ids[name][id_] = None
    return {name: tuple(found) for name, found in ids.items()}
