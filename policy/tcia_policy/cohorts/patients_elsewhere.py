"""Patients whose images may also be elsewhere: IDC's index has what is public, archives have more of the same patients.

Who names a patient of TCGA-GBM may have the MRI that is controlled, of which IDC's index has nothing, and not the
slides that it has. So the dataset counts too, as if it were named, where the index does not have all of its parts.
The same goes for a study, which may have more series than the index has of it, of the dataset that it is of.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.distributions import dicom_parts, held_by_idc
from tcia_policy.cohorts.drafts import Draft, Parts, is_from_idc, of_dataset
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.parts_meant import parts_meant
from tcia_policy.cohorts.rows_say import datasets_named
from tcia_policy.model import Dataset, WordOf
from tcia_policy.registry import Registry

WORDS: Mapping[EntryKind, WordOf] = {EntryKind.PATIENT: WordOf.PATIENTS, EntryKind.STUDY: WordOf.STUDIES}


def holdings_of_patients(selected: Selected, cohort: int, looked_up: LookedUp, registry: Registry) -> Iterator[Draft]:
    """Yield the datasets that patients and studies are of, as far as the index does not have what series may be of.

    Of patients, these are the datasets that their rows name, else the collections that the index has the patients in. A
    copy from IDC is of what the index has. What is named by no row, by no word for parts of the item, and not by the
    name of the file, may not be used.
    """
    if is_from_idc(selected):
        return
    beyond: dict[tuple[str, WordOf], dict[str, None]] = {}
    named: set[str] = set()
    for place, groups in _by_place(cohort, looked_up).items():
        beside = selected.beside[place.beside]
        named.update(datasets_named(beside, registry))
        for id_, parts in BEYOND[place.kind](groups, beside, registry).items():
            beyond.setdefault((id_, WORDS[place.kind]), {}).update(dict.fromkeys(parts))
    for (id_, word), missing in beyond.items():
        if not _names_parts(selected, registry.get(id_), missing):
            holding = of_dataset(selected, registry.get(id_), Parts(tuple(missing), stated=False))
            is_stated = id_ in {*named, *selected.named_in_filename} or selected.item.distributions is not None
            yield Draft(holding.model_copy(update={"on_word_of": word, "may_be_unused": not is_stated}), cohort)


def parts_beyond_studies(
    groups: Sequence[SeriesGroup], _beside: Beside, registry: Registry
) -> dict[str, tuple[str, ...]]:
    """Return the datasets that these series of studies are of, with the parts that the index does not have."""
    held = dict.fromkeys(id_ for group in groups if (id_ := registry.by_doi(group.doi)) is not None)
    beyond = {id_: _not_held(registry.get(id_)) for id_ in held}
    return {id_: parts for id_, parts in beyond.items() if parts}


def parts_beyond(groups: Sequence[SeriesGroup], beside: Beside, registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return the datasets that patients are of who have these series, with the parts that the index does not have.

    A row that names no dataset in which the index has the patient is wrong, or of a dataset beside: both count.
    """
    held = {registry.by_doi(group.doi) for group in groups}
    named = datasets_named(beside, registry)
    collections = {group.collection for group in groups}
    is_right = any(id_ in held or not collections.isdisjoint(registry.get(id_).idc_collections) for id_ in named)
    of_index = () if is_right else _collections_of(groups, registry)
    beyond = {}
    for id_ in dict.fromkeys((*named, *of_index)):
        dataset = registry.get(id_)
        beyond[id_] = dicom_parts(dataset) if id_ in named and id_ not in held else _not_held(dataset)
    return {id_: parts for id_, parts in beyond.items() if parts}


def _by_place(cohort: int, looked_up: LookedUp) -> dict[Place, list[SeriesGroup]]:
    groups: dict[Place, list[SeriesGroup]] = {}
    for group in looked_up.groups:
        for place in group.places:
            if place.cohort == cohort and place.kind in WORDS:
                groups.setdefault(place, []).append(group)
    return {place: groups[place] for place in sorted(groups)}


def _collections_of(groups: Sequence[SeriesGroup], registry: Registry) -> tuple[str, ...]:
    names = sorted({group.collection for group in groups if group.collection})
    return tuple(dict.fromkeys(id_ for name in names if registry.knows(name) for id_ in registry.find(name)))


def _not_held(dataset: Dataset) -> tuple[str, ...]:
    """Return the parts that series may be of and that IDC is not known to have."""
    held = held_by_idc(dataset)
    return tuple(part for part in dicom_parts(dataset) if part not in held)


def _names_parts(selected: Selected, dataset: Dataset, parts: Collection[str]) -> bool:
    """Return whether the user names parts, none of which is among these."""
    words = selected.item.distributions
    if words is None:
        return False
    meant = {id_ for word in words for id_ in parts_meant(dataset, word)}
    return bool(meant) and meant.isdisjoint(parts)


Beyond = Callable[[Sequence[SeriesGroup], Beside, Registry], dict[str, tuple[str, ...]]]
BEYOND: Mapping[EntryKind, Beyond] = {EntryKind.PATIENT: parts_beyond, EntryKind.STUDY: parts_beyond_studies}
