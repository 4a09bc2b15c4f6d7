"""What rows of a cohort file say beside their entries: which datasets they name, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup
from tcia_policy.cohorts.items import Selected
from tcia_policy.registry import Registry


def datasets_named(beside: Beside, registry: Registry) -> tuple[str, ...]:
    """Return the ids of the datasets that a row names: by the most exact of its names that the registry knows."""
    return next((registry.find(name) for name in beside.datasets if registry.knows(name)), ())


def narrowed(looked_up: LookedUp, selected: Sequence[Selected], registry: Registry) -> LookedUp:
    """Return the same without the series of a patient that are of other datasets than the patient's row names.

    A row with a patient and a dataset means what the patient has in that dataset. Where it has nothing there, all of
    the patient's series count.
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
    narrow = [_without(group, of_doi[group.doi], wanted) for group in looked_up.groups]
    return replace(looked_up, groups=tuple(group for group in narrow if group.places))


def _named_beside_patients(
    looked_up: LookedUp, selected: Sequence[Selected], registry: Registry
) -> dict[Place, tuple[str, ...]]:
    """Return the datasets that are named beside patients, by the places of these."""
    places = {place for group in looked_up.groups for place in group.places if place.kind is EntryKind.PATIENT}
    named = {place: datasets_named(selected[place.cohort].beside[place.beside], registry) for place in places}
    return {place: ids for place, ids in named.items() if ids}


def _without(group: SeriesGroup, dataset: str | None, wanted: Mapping[Place, tuple[str, ...]]) -> SeriesGroup:
    kept = frozenset(place for place in group.places if place not in wanted or dataset in wanted[place])
    return group._replace(places=kept)
