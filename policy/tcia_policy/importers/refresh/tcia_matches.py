"""Which dataset of the registry a record of TCIA is: by its DOI, the number of its page, or its name."""

from collections.abc import Iterable, Mapping

from tcia_policy.importers import tcia
from tcia_policy.importers.tcia_record import PAGE
from tcia_policy.model import Archive, Dataset
from tcia_policy.text.name_keys import compare_key


def matches(published: Iterable[tcia.Published], datasets: Iterable[Dataset]) -> Mapping[str, tcia.Published]:
    """Return the records by the ids of TCIA's datasets that they are. A record that is none of them is new.

    DOIs come first, for all of the records; then page numbers, then names. No dataset is two records.
    """
    known = [dataset for dataset in datasets if is_of_tcia(dataset)]
    keys = (_by_doi(known), _by_page(known), _by_name(known))
    found: dict[str, tcia.Published] = {}
    rest = list(published)
    for owners, key in zip(keys, (_doi, _page, _name), strict=True):
        missed = []
        for each in rest:
            owner = owners.get(key(each))
            if owner is None or owner in found:
                missed.append(each)
            else:
                found[owner] = each
        rest = missed
    return found


def is_of_tcia(dataset: Dataset) -> bool:
    """Return whether TCIA publishes the dataset."""
    return dataset.archive is Archive.TCIA


def _doi(each: tcia.Published) -> str:
    return each.record.doi


def _page(each: tcia.Published) -> str:
    return f"{PAGE}{each.record.id}"


def _name(each: tcia.Published) -> str:
    return compare_key(each.record.short_title)


def _by_doi(known: Iterable[Dataset]) -> dict[str, str]:
    return {dataset.doi: dataset.id for dataset in known}


def _by_page(known: Iterable[Dataset]) -> dict[str, str]:
    return {
        other.name: dataset.id
        for dataset in known
        for other in dataset.also_called
        if other.source == tcia.SOURCE and other.name.startswith(PAGE)
    }


def _by_name(known: Iterable[Dataset]) -> dict[str, str]:
    return {compare_key(dataset.id): dataset.id for dataset in known}
