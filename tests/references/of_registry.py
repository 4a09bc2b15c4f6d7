"""Every citation that the program can write: of all datasets, and of all papers."""

from functools import cache

from tcia_policy.model import Citation
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.registry import Registry
from tcia_policy.registry.papers import load_papers


@cache
def every_citation() -> tuple[Citation, ...]:
    registry = Registry.load()
    datasets = [registry.get(entry.id).citation for entry in registry.entries]
    assert len(datasets) > 300
    return tuple(unique_by_doi([*datasets, *load_papers().by_doi.values()]))
