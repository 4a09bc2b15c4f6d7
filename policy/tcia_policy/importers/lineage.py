"""Which datasets a dataset was made from.

TCIA's collections list the analysis results made from them (and, in the same list, collections that are merely related:
those are no lineage). IDC lists the collections that an analysis result was made from, and names the collection whose
data it converted to DICOM.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tcia_policy.importers import idc, tcia
from tcia_policy.model import DatasetKind, Derivation

Lineage = Mapping[str, tuple[Derivation, ...]]


def from_tcia(published: Iterable[tcia.Published], id_of: Mapping[str, str], as_of: date) -> Lineage:
    """Analysis results by id, with the collections that point at them. `id_of` maps DOIs to dataset ids."""
    records = tuple(published)
    results = {each.record.doi for each in records if each.kind is DatasetKind.ANALYSIS_RESULT}
    found: dict[str, list[Derivation]] = defaultdict(list)
    for each in records:
        name = id_of[each.record.doi]
        for related in each.record.related:
            if related.doi in results and related.doi != each.record.doi:
                origin = Derivation(dataset=name, named=each.record.short_title, source=tcia.SOURCE, as_of=as_of)
                found[id_of[related.doi]].append(origin)
    return _sorted(found)


def from_idc(
    sources: Iterable[idc.IdcSource],
    id_of: Mapping[str, str],
    *,
    originals: Mapping[str, tuple[str, ...]],
    annotated: Mapping[tuple[str, str], tuple[str, ...]],
    tcia_ids: frozenset[str],
    as_of: date,
) -> Lineage:
    """IDC's analysis results and conversions by dataset id, with what they were made from.

    `originals` are the ids of the original datasets of each IDC collection, `annotated` the DOIs of those whose studies
    an analysis result is in (by its DOI and the collection); where that is not known, it is all of them. A conversion
    (original data that TCIA does not publish) was made from those that are TCIA's.
    """
    found: dict[str, list[Derivation]] = defaultdict(list)
    for source in sources:
        dataset = id_of[source.doi]
        for collection in source.collections:
            known = annotated.get((source.doi, collection.id), ())
            origins = {id_of[doi] for doi in known if doi in id_of} or set(originals[collection.id])
            if source.is_original:
                origins = set(originals[collection.id]) & tcia_ids if dataset not in tcia_ids else set()
            found[dataset] += [
                Derivation(dataset=origin, named=collection.name, source=idc.SOURCE, as_of=as_of)
                for origin in origins - {dataset}
            ]
    return _sorted(found)


def merged(first: Iterable[Derivation], second: Iterable[Derivation]) -> tuple[Derivation, ...]:
    """One derivation for each dataset, sorted by its id; where both name one, as `first` has it."""
    by_dataset = {origin.dataset: origin for origin in (*second, *first)}
    return tuple(sorted(by_dataset.values(), key=lambda origin: origin.dataset or ""))


def _sorted(found: Mapping[str, list[Derivation]]) -> Lineage:
    return {dataset: merged(origins, ()) for dataset, origins in found.items()}
