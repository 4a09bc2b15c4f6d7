"""Where the sources of the registry state different licenses, and whether that is a disagreement today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tcia_policy.model import Dataset
from tcia_policy.registry.standing import Registered, Standing, StandingClaim, standing_claims


@dataclass(frozen=True)
class Conflict:
    """Parts of one dataset for which the sources state different licenses: `claims` side by side, each once."""

    dataset: str
    distributions: tuple[str, ...]
    claims: tuple[StandingClaim, ...]

    @property
    def is_open(self) -> bool:
        """Return whether more than one license counts today."""
        return len({item.claim.license for item in self.claims if item.standing is Standing.COUNTS}) > 1


def conflicts_in(datasets: Iterable[Dataset], registered: Registered) -> Iterator[Conflict]:
    """Yield every difference, in the order of the datasets. Parts with the same claims are one of them."""
    for dataset in datasets:
        grouped: dict[tuple[StandingClaim, ...], list[str]] = {}
        for part in dataset.distributions:
            if len({claim.license for claim in part.claims}) > 1:
                grouped.setdefault(standing_claims(part, dataset, registered), []).append(part.id)
        for claims, parts in grouped.items():
            yield Conflict(dataset.id, tuple(parts), claims)
