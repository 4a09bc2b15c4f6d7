"""Every citation that the program can write: of all datasets, and of all papers."""

from functools import cache

from tcia_policy.citations.once import each_once
from tcia_policy.engine.papers import load_papers
from tcia_policy.model import Citation
from tcia_policy.registry import Registry


@cache
def every_citation() -> tuple[Citation, ...]:
    registry = Registry.load()
    datasets = [registry.get(entry.id).citation for entry in registry.entries]
    assert len(datasets) > 300
    return tuple(each_once([*datasets, *load_papers().by_doi.values()]))
