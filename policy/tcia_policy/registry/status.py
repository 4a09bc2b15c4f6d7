"""The state of the registry: how many datasets of which kind, and how old each source is."""

from collections import Counter

from tcia_policy.model import DatasetKind, Source
from tcia_policy.model.result import Result
from tcia_policy.registry.registry import Registry
from tcia_policy.text.english import count


class RegistryStatus(Result):
    """The version of the registry, its datasets by kind, and its sources with their days."""

    version: str
    datasets: int
    kinds: dict[DatasetKind, int]
    sources: tuple[Source, ...]


def status_of(registry: Registry) -> RegistryStatus:
    """Return the state of a registry."""
    total = len(registry.entries)
    return RegistryStatus(
        summary=f"Registry of {registry.version}: {count(total, 'dataset')}",
        version=registry.version,
        datasets=total,
        kinds=dict(sorted(Counter(entry.kind for entry in registry.entries).items())),
        sources=tuple(registry.sources.values()),
    )
