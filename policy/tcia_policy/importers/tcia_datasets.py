"""TCIA's collections and analysis results, as the registry's datasets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.importers import idc, lineage, pick_citation, tcia, tcia_record
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import Citation, Dataset, DatasetKind, Derivation, Source
from tcia_policy.text.name_keys import compare_key


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    return Source(
        id=tcia.SOURCE,
        title="TCIA Collection Manager",
        publisher="The Cancer Imaging Archive",
        url="https://cancerimagingarchive.net/api/v1/",
        as_of=tcia.recorded(inputs.recordings),
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add a dataset for every record, with TCIA's own claims, and with the collections that it was made from.

    Raise `InputError` where two records share a DOI or a name.
    """
    published = tuple(tcia.read(inputs.recordings))
    _refuse_shared((each.record.doi for each in published), "DOI")
    _refuse_shared((compare_key(each.record.short_title) for each in published), "name")
    as_of = tcia.recorded(inputs.recordings)
    origins = _origins(published, as_of)
    datasets = [_dataset(inputs, each, origins.get(each.record.doi, ()), as_of) for each in published]
    slugs = [(each.record.short_title, each.record.slug) for each in published]
    return collected.with_((*collected.datasets, *datasets), slugs)


UPSTREAM = Upstream(describe, add)


def _dataset(inputs: Inputs, published: tcia.Published, origins: tuple[Derivation, ...], as_of: date) -> Dataset:
    parts = tcia.distributions(published, inputs.names, as_of)
    return tcia_record.dataset_of(published, _citation(inputs, published, as_of), parts, origins, as_of)


def _citation(inputs: Inputs, published: tcia.Published, as_of: date) -> Citation:
    """Return TCIA's data citation. Where it has `n.d.` for a year, return IDC's citation of the same DOI as a whole."""
    if pick_citation.is_undated(published):
        in_idc = next((source for source in idc.sources(inputs) if source.doi == published.record.doi), None)
        if in_idc is not None:
            return pick_citation.of_idc(in_idc, idc.release(inputs.idc_index_data).as_of)[0]
    return pick_citation.of_tcia(published, as_of)


def _origins(published: Sequence[tcia.Published], as_of: date) -> dict[str, tuple[Derivation, ...]]:
    """Return the collections that point at an analysis result, by the DOI of the result.

    TCIA's collections list the analysis results made from them and, in the same list, collections that are merely
    related: those are not what a dataset was made from.
    """
    results = {each.record.doi for each in published if each.kind is DatasetKind.ANALYSIS_RESULT}
    found: dict[str, list[Derivation]] = defaultdict(list)
    for each in published:
        name = each.record.short_title
        origin = Derivation(dataset=name, named=name, source=tcia.SOURCE, as_of=as_of)
        for related in each.record.related:
            if related.doi in results and related.doi != each.record.doi:
                found[related.doi].append(origin)
    return {doi: lineage.merged(origins, ()) for doi, origins in found.items()}


def _refuse_shared(values: Iterable[str], what: str) -> None:
    shared = [value for value, count in Counter(values).items() if count > 1]
    if shared:
        raise InputError(f"two of TCIA's datasets have the {what} {shared[0]!r}")
