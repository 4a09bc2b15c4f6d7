"""Where the sources of the registry disagree on a license."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tcia_policy.model import Dataset, LicenseClaim


@dataclass(frozen=True)
class Conflict:
    """Parts of one dataset for which the sources state different licenses: `claims` side by side, each once."""

    dataset: str
    distributions: tuple[str, ...]
    claims: tuple[LicenseClaim, ...]


def conflicts_in(datasets: Iterable[Dataset]) -> Iterator[Conflict]:
    """Yield every conflict, in the order of the datasets. Parts with the same claims are one conflict."""
    for dataset in datasets:
        grouped: dict[tuple[LicenseClaim, ...], list[str]] = {}
        for part in dataset.distributions:
            if len({claim.license for claim in part.claims}) > 1:
                grouped.setdefault(part.claims, []).append(part.id)
        for claims, parts in grouped.items():
            yield Conflict(dataset.id, tuple(parts), claims)
