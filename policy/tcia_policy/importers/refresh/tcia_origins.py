"""What TCIA's analysis results were made from: the collections whose records point at them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tcia_policy.importers import lineage, tcia
from tcia_policy.model import DatasetKind, Derivation


def origins(
    published: Iterable[tcia.Published], ids: Mapping[str, str], day: date
) -> dict[str, tuple[Derivation, ...]]:
    """Return the collections by the DOI of the analysis result; `ids` are the datasets of the registry by their DOIs.

    TCIA's collections list, beside the results made from them, collections that are merely related: those are no
    origins.
    """
    known = [each for each in published if each.record.doi in ids]
    results = {each.record.doi for each in known if each.kind is DatasetKind.ANALYSIS_RESULT}
    found: dict[str, list[Derivation]] = defaultdict(list)
    for each in known:
        origin = Derivation(dataset=ids[each.record.doi], named=each.record.short_title, source=tcia.SOURCE, as_of=day)
        for related in each.record.related:
            if related.doi in results and related.doi != each.record.doi:
                found[related.doi].append(origin)
    return {doi: lineage.merged(items, ()) for doi, items in found.items()}
