"""Datasets by what people call them: exactly, then without regard to case and punctuation, never by a guess."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.registry.index import Index
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.english import one_of, quoted
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.suggest import did_you_mean, similar

SUGGESTIONS = 3
LEAST_SIMILAR = 60  # of 100, by rapidfuzz's WRatio: `LIDC` for `LIDC-IDRI` has 90, an unrelated name below 50

Names = Mapping[str, tuple[str, ...]]


class _Found(NamedTuple):
    """What a name stands for; `together` says that it stands for all of them, not for one or another."""

    ids: tuple[str, ...]
    together: bool = False


class DatasetNames:
    """Every name in an index, and which dataset ids it stands for."""

    def __init__(self, index: Index) -> None:
        self._ids = {entry.id for entry in index.entries}
        self._dois = {entry.doi.lower(): entry.id for entry in index.entries}
        self._by_name = _together((name, entry.id) for entry in index.entries for name in (*entry.aliases, entry.title))
        self._idc_collections = index.idc_collections
        self._plain_ids = _together((compare_key(entry.id), entry.id) for entry in index.entries)
        self._plain_names = _together((compare_key(name), id_) for name, ids in self._by_name.items() for id_ in ids)
        self._plain_collections = _together(
            (compare_key(name), id_) for name, ids in index.idc_collections.items() for id_ in ids
        )

    def by_doi(self, doi: str) -> str | None:
        """Return the dataset id of a DOI in any spelling, or `None`."""
        normal = normalize_doi(doi)
        return None if normal is None else self._dois.get(normal)

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids that a name stands for; several only where it is an IDC collection.

        Raise `InputError` for a name that is unknown, or that several datasets share.
        """
        name = name.strip()
        found = self._look_up(name)
        if not found.ids:
            raise self.unknown(name)
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
        bare = compare_key(name)
        steps = (
            (self._idc_collections, name, True),
            (self._by_name, name, False),
            (self._plain_ids, bare, False),
            (self._plain_names, bare, False),
            (self._plain_collections, bare, True),
        )
        return next((_Found(names[key], together) for names, key, together in steps if key in names), _Found(()))

    def unknown(self, name: str) -> InputError:
        """Return the error for a name that is not known, with the ones that it may have been meant to be."""
        written = name[: limits.DATASET_NAME]
        meant = did_you_mean(self._similar(written))
        elsewhere = "data from outside the registry is declared with `other:`"
        return InputError(f"unknown dataset {written!r}", hint=" ".join(filter(None, (meant, elsewhere))))

    def _similar(self, name: str) -> list[str]:
        candidates = {id_: id_ for id_ in sorted(self._ids)}
        candidates |= {alias: ids[0] for alias, ids in sorted(self._by_name.items()) if alias not in candidates}
        best = similar(name, candidates, at_least=LEAST_SIMILAR, most=len(candidates))
        return list(dict.fromkeys(candidates[found] for found in best))[:SUGGESTIONS]


def _together(pairs: Iterable[tuple[str, str]]) -> Names:
    """Return each name with all of its ids, in the order given, each once."""
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for name, id_ in pairs:
        if name:
            ids[name][id_] = None
    return {name: tuple(found) for name, found in ids.items()}
