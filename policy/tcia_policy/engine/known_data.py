"""What is known of the data of a study: its datasets, those that they were made from, licenses and papers."""

from collections.abc import Mapping, Sequence

from tcia_policy.cohorts.resolve import Resolution
from tcia_policy.engine.facts import KnownData
from tcia_policy.model import (
    Dataset,
    Holding,
    License,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.papers import load_papers
from tcia_policy.registry.repository_terms import load_copies


def known_data(resolution: Resolution, registry: Registry, described: Mapping[str, License]) -> KnownData:
    papers = load_papers()
    return KnownData(
        datasets=_datasets(resolution.holdings, registry),
        licenses={**described, **registry.licenses},
        sources={**registry.sources, **{source.id: source for source in papers.content.sources}},
        papers=papers,
        copies=load_copies(),
        described=described,
        releases=registry.releases,
    )


def _datasets(holdings: Sequence[Holding], registry: Registry) -> dict[str, Dataset]:
    """Return the datasets held, those they were made from, and those that their pages ask to be cited beside them."""
    ids = [id_ for holding in holdings for id_ in (holding.dataset, holding.registered_as) if id_ is not None]
    held = [registry.get(id_) for id_ in ids]
    related = [registry.get(name) for dataset in held for name in _related(dataset, registry)]
    return {dataset.id: dataset for dataset in (*held, *related)}


def _related(dataset: Dataset, registry: Registry) -> list[str]:
    """Return the ids of the datasets it was made from, and of those whose DOI its page asks to be cited."""
    asked = [registry.by_doi(notice.doi) for notice in dataset.notices if notice.doi is not None]
    return [name for name in (*(item.dataset for item in dataset.derived_from), *asked) if name is not None]
