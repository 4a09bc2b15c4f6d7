"""From the recordings of all sources to the registry: datasets, look-up tables and sources, in memory."""

import gzip
from collections.abc import Iterable, Iterator

from tcia_policy.errors import InputError
from tcia_policy.importers import aliases, idc, idc_datasets, idc_history, sources, tcia
from tcia_policy.importers.content import Content
from tcia_policy.importers.dataset_sources import sources_of
from tcia_policy.importers.upstream import Collected, Inputs
from tcia_policy.lazy import dataclass
from tcia_policy.model import Archive, Dataset
from tcia_policy.registry.index import AskedAbout
from tcia_policy.registry.names_in_use import load_names
from tcia_policy.text.name_keys import compare_key

REMOVED_SERIES = "idc-removed-series.csv.gz"


@dataclass(frozen=True)
class Imported:
    """The registry, and remarks: what a reviewer should know and no file says outright."""

    content: Content
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
    content = Content(
        version=tcia.recorded(inputs.recordings),
        idc_index_data=idc.release(inputs.idc_index_data).version,
        datasets=_finished(collected),
        idc_collections=idc_datasets.original_datasets(idc.sources(inputs), collected.datasets),
        sources=described,
        asked_about=tuple(_asked_about(collected.datasets)),
        idc_releases=idc_history.releases(inputs),
        carried={REMOVED_SERIES: gzip.compress(idc_history.removed_series(inputs).encode(), mtime=0)},
    )
    return Imported(content, tuple(sorted((*collected.remarks, *_parts_without_license(collected.datasets)))))


def _asked_about(datasets: Iterable[Dataset]) -> Iterator[AskedAbout]:
    """Yield the names that are asked about, but for those by which a dataset of the registry goes itself."""
    taken = {compare_key(name) for item in datasets for name in (item.id, item.title, *item.aliases)}
    for item in load_names().shared:
        if compare_key(item.name) not in taken:
            yield AskedAbout(item.name, item.may_be, item.copy_of, item.note)


def _finished(collected: Collected) -> tuple[Dataset, ...]:
    """Return the datasets with what takes all of them to know, sorted by their ids."""
    names = aliases.settled(collected.aliases, [dataset.id for dataset in collected.datasets])
    return tuple(
        dataset.model_copy(update={"aliases": names.get(dataset.id, ()), "sources": sources_of(dataset)})
        for dataset in sorted(collected.datasets, key=lambda dataset: dataset.id)
    )


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
