"""Where the sources of the registry state different licenses, and whether that is a disagreement today."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, LicenseClaim
from tcia_policy.model.base import Contract
from tcia_policy.model.result import Result
from tcia_policy.registry.standing import Registered, Standing, StandingClaim, standing_claims
from tcia_policy.text.english import count


@dataclass(frozen=True)
class Conflict:
    """Parts of one dataset for which the sources state different licenses: `claims` side by side, each once."""

    dataset: str
    distributions: tuple[str, ...]
    claims: tuple[StandingClaim, ...]

    @property
    def is_open(self) -> bool:
        """Return whether more than one license counts today."""
        return len({claim.license for claim in self.that_count}) > 1

    @property
    def that_count(self) -> tuple[LicenseClaim, ...]:
        """Return the claims that count today."""
        return tuple(item.claim for item in self.claims if item.standing is Standing.COUNTS)

    @property
    def is_of_one_time(self) -> bool:
        """Return whether two licenses that count were stated at the same time, as far as that is on record.

        If not, one may have taken the place of the other; what the later one says does not end the earlier one.
        """
        return any(
            one.license != other.license and _begins(one) <= _ends(other) and _begins(other) <= _ends(one)
            for one, other in combinations(self.that_count, 2)
        )


def conflicts_in(datasets: Iterable[Dataset], registered: Registered) -> Iterator[Conflict]:
    """Yield every difference, in the order of the datasets. Parts with the same claims are one of them."""
    for dataset in datasets:
        grouped: dict[tuple[StandingClaim, ...], list[str]] = {}
        for part in dataset.distributions:
            if len({claim.license for claim in part.claims}) > 1:
                grouped.setdefault(standing_claims(part, dataset, registered), []).append(part.id)
        for claims, parts in grouped.items():
            yield Conflict(dataset.id, tuple(parts), claims)


def _begins(claim: LicenseClaim) -> date:
    return claim.since or claim.as_of


def _ends(claim: LicenseClaim) -> date:
    return claim.until or claim.as_of


class ClaimTold(LicenseClaim):
    """A claim, and whether it says what holds today."""

    standing: Standing


class ConflictTold(Contract):
    """Parts of one dataset for which the sources state different licenses; `open` says that they disagree today.

    `one_time` says that two licenses that count were stated at the same time, as far as that is on record.
    """

    dataset: str
    distributions: tuple[str, ...]
    open: bool
    one_time: bool
    claims: tuple[ClaimTold, ...]


class Conflicts(Result):
    """The differences between sources. `left_out` counts those that are not told: history, or about another part."""

    conflicts: tuple[ConflictTold, ...]
    left_out: int


def told(conflicts: Sequence[Conflict], left_out: int) -> Conflicts:
    """Return the conflicts as a result."""
    is_open = sum(conflict.is_open for conflict in conflicts)
    return Conflicts(
        summary=f"The sources disagree today in {count(is_open, 'place')}",
        conflicts=tuple(map(_told, conflicts)),
        left_out=left_out,
    )


def _told(conflict: Conflict) -> ConflictTold:
    claims = (ClaimTold(**dict(item.claim), standing=item.standing) for item in conflict.claims)
    return ConflictTold(
        dataset=conflict.dataset,
        distributions=conflict.distributions,
        open=conflict.is_open,
        one_time=conflict.is_of_one_time,
        claims=tuple(claims),
    )
