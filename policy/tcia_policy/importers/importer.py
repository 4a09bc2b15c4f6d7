"""From the recordings of all sources to the registry: datasets, look-up tables and sources, in memory."""

from collections.abc import Iterable, Mapping
from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.importers import aliases, creators, idc, idc_datasets, idc_history, sources, tcia
from tcia_policy.importers.upstream import Collected, Inputs
from tcia_policy.lazy import dataclass
from tcia_policy.model import Archive, Dataset, IdcRelease, Source
from tcia_policy.registry.names_in_use import SharedName, load_names
from tcia_policy.text.name_keys import compare_key


@dataclass(frozen=True)
class Imported:
    """All that is written.

    `idc_collections` maps an IDC collection id to the ids of its original datasets; `remarks` are what a reviewer
    should know and no file says outright.
    """

    version: date
    idc_index_data: str
    datasets: tuple[Dataset, ...]
    idc_collections: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    shared_names: tuple[SharedName, ...]
    idc_releases: tuple[IdcRelease, ...]
    removed_series: str
    remarks: tuple[str, ...]


def import_registry(inputs: Inputs) -> Imported:
    """Return what every source adds, put together.

    Raise `InputError` where a recording does not fit, two datasets share a DOI or a name, a license is not mapped, or
    an IDC source leads to no dataset.
    """
    described = sources.describe_sources(inputs)
    collected = Collected()
    for upstream in sources.SOURCES:
        collected = upstream.add(inputs, collected)
    _refuse_unlisted(idc.source_dois(inputs.idc_index_data), collected.datasets)
    return Imported(
        version=tcia.recorded(inputs.recordings),
        idc_index_data=idc.release(inputs.idc_index_data).version,
        datasets=_finished(collected),
        idc_collections=idc_datasets.original_datasets(idc.sources(inputs), collected.datasets),
        sources=described,
        shared_names=_shared_names(collected.datasets),
        idc_releases=idc_history.releases(inputs),
        removed_series=idc_history.removed_series(inputs),
        remarks=tuple(sorted((*collected.remarks, *_parts_without_license(collected.datasets)))),
    )


def _shared_names(datasets: Iterable[Dataset]) -> tuple[SharedName, ...]:
    """Return the names that are asked about, but for those by which a dataset of the registry goes itself."""
    taken = {compare_key(name) for item in datasets for name in (item.id, item.title, *item.aliases)}
    return tuple(item for item in load_names().shared if compare_key(item.name) not in taken)


def _finished(collected: Collected) -> tuple[Dataset, ...]:
    """Return the datasets with what takes all of them to know, sorted by their ids."""
    names = aliases.settled(collected.aliases, [dataset.id for dataset in collected.datasets])
    return tuple(
        dataset.model_copy(update={"aliases": names.get(dataset.id, ()), "sources": _sources_of(dataset)})
        for dataset in sorted(collected.datasets, key=lambda dataset: dataset.id)
    )


def _sources_of(dataset: Dataset) -> tuple[str, ...]:
    used = {*dataset.sources, dataset.citation.source}
    used |= {claim.source for part in dataset.distributions for claim in part.claims}
    used |= {origin.source for origin in dataset.derived_from}
    used |= {notice.source for notice in dataset.notices} | {contact.source for contact in dataset.contacts}
    used |= {name.source for name in dataset.also_called}
    used |= set() if dataset.citation.creators_from is None else {creators.SOURCE}
    return tuple(sorted(used))


def _parts_without_license(datasets: Iterable[Dataset]) -> list[str]:
    """Return a remark for each download of TCIA's for which no source states a license."""
    return [
        f"{dataset.id}: no source states a license for download {part.id}"
        for dataset in datasets
        for part in dataset.distributions
        if dataset.archive is Archive.TCIA and not part.claims
    ]


def _refuse_unlisted(source_dois: Iterable[str], datasets: Iterable[Dataset]) -> None:
    missing = sorted(set(source_dois) - {dataset.doi for dataset in datasets})
    if missing:
        raise InputError(
            f"{len(missing)} source DOIs lead to no dataset, the first of them {missing[0]!r}",
            file=idc.SERIES_FILE,
        )
