"""What rows of a cohort file say beside their entries: which datasets they name, and what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.filename_check import filename_mismatch
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup
from tcia_policy.cohorts.items import Selected
from tcia_policy.lazy import dataclass
from tcia_policy.model import CopyClaim
from tcia_policy.registry import Registry
from tcia_policy.registry.license_spellings import LicenseSpellings
from tcia_policy.registry.licenses import UNRECOGNIZED
from tcia_policy.text.sanitize import shortened

LONGEST_LABEL = 60  # characters of a label that is shown


@dataclass(frozen=True)
class RowsSay:
    """What the rows of some series say: the licenses they state, and datasets other than the one the series are of."""

    claims: tuple[CopyClaim, ...] = ()
    names: tuple[str, ...] = ()

    def __or__(self, other: "RowsSay") -> "RowsSay":
        return RowsSay(
            tuple(dict.fromkeys((*self.claims, *other.claims))),
            tuple(dict.fromkeys((*self.names, *other.names))),
        )


NOTHING_SAID = RowsSay()


def rows_say(selected: Selected, places: Iterable[Place], registry: Registry, dataset: str | None) -> RowsSay:
    """Return what the rows at these places of one cohort say of series that are of `dataset`.

    A license that nobody knows counts as `LicenseRef-unrecognized`, of which nothing is known.
    """
    numbers = sorted({place.beside for place in places})
    beside = tuple(dict.fromkeys(row for number in numbers for row in selected.beside[number].rows))
    labels = dict.fromkeys(label for each in beside for label in _labels(each, _spellings(registry)))
    named = (datasets_named(each, registry) for each in beside) if dataset is not None else ()
    others = (ids for ids in named if filename_mismatch(ids, dataset or "", registry))
    return RowsSay(
        tuple(_claim(label, selected.label, registry) for label in labels),
        tuple(dict.fromkeys(id_ for ids in others for id_ in ids)),
    )


@lru_cache(maxsize=1)
def _spellings(registry: Registry) -> LicenseSpellings:
    return LicenseSpellings(registry.licenses)


def _labels(row: Beside, spellings: LicenseSpellings) -> tuple[str, ...]:
    """Return the label of a row's license, and what its further columns say, if that is known as another license."""
    stated = {spellings.one(row.license): row.license} if row.license else {}
    for label in row.more_licenses:
        known = spellings.one(label)
        if known is not None:
            stated.setdefault(known, label)
    return tuple(stated.values())


def _claim(label: str, file: str, registry: Registry) -> CopyClaim:
    found = _spellings(registry).one(label)
    stated = f"{file}, whose rows say {shortened(label, LONGEST_LABEL)!r}"
    return CopyClaim(license=found or UNRECOGNIZED, source=stated, in_rows=True)


def datasets_named(beside: Beside, registry: Registry) -> tuple[str, ...]:
    """Return the ids of the datasets that a row names: by the most exact of its names that the registry knows.

    Where several rows are of one entry, those that any of them names.
    """
    return tuple(dict.fromkeys(id_ for row in beside.rows for id_ in _named_in_row(row, registry)))


def all_rows_name_datasets(beside: Beside, registry: Registry) -> bool:
    """Return whether of the rows of an entry that name anything as its dataset each names one that is known."""
    return all(_named_in_row(row, registry) for row in beside.rows if row.datasets)


def _named_in_row(row: Beside, registry: Registry) -> tuple[str, ...]:
    return next((registry.find(name) for name in row.datasets if registry.knows(name)), ())


def narrowed(looked_up: LookedUp, selected: Sequence[Selected], registry: Registry) -> LookedUp:
    """Return the same without the series of a patient that are of a relative of the dataset that its row names.

    A row with a patient and a dataset means what the patient has in that dataset, and not what others made from it.
    Where it has nothing there, all of the patient's series count. So do those of a dataset that is no relative: a
    patient is in one collection, and then the row is wrong.
    """
    named = _named_beside_patients(looked_up, selected, registry)
    if not named:
        return looked_up
    of_doi = {group.doi: registry.by_doi(group.doi) for group in looked_up.groups}
    held: dict[Place, set[str | None]] = {place: set() for place in named}
    for group in looked_up.groups:
        for place in group.places & named.keys():
            held[place].add(of_doi[group.doi])
    wanted = {place: ids for place, ids in named.items() if not held[place].isdisjoint(ids)}
    narrow = [_without(group, of_doi[group.doi], wanted, registry) for group in looked_up.groups]
    return replace(looked_up, groups=tuple(group for group in narrow if group.places))


def _named_beside_patients(
    looked_up: LookedUp, selected: Sequence[Selected], registry: Registry
) -> dict[Place, tuple[str, ...]]:
    """Return the datasets that are named beside patients, by the places of these."""
    places = {place for group in looked_up.groups for place in group.places if place.kind is EntryKind.PATIENT}
    named = {place: datasets_named(selected[place.cohort].beside[place.beside], registry) for place in places}
    return {place: ids for place, ids in named.items() if ids}


def _without(
    group: SeriesGroup, dataset: str | None, wanted: Mapping[Place, tuple[str, ...]], registry: Registry
) -> SeriesGroup:
    """Return the group without the places whose rows name a relative of its dataset, and not the dataset."""
    kept = frozenset(
        place
        for place in group.places
        if place not in wanted or dataset in wanted[place] or not _is_relative(group, dataset, wanted[place], registry)
    )
    return group._replace(places=kept)


def _is_relative(group: SeriesGroup, dataset: str | None, named: Sequence[str], registry: Registry) -> bool:
    of_collection = any(group.collection in registry.get(id_).idc_collections for id_ in named)
    return of_collection or (dataset is not None and filename_mismatch(named, dataset, registry) is None)
