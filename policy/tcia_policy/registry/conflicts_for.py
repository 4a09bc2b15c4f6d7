"""What an archive can settle: the disagreements that a statement of its own is part of, and what it left standing."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from tcia_policy.lazy import dataclass
from tcia_policy.model import LicenseClaim
from tcia_policy.registry.conflicts import Conflict
from tcia_policy.registry.standing import Standing, StandingClaim


class Addressee(StrEnum):
    """An archive that can correct what it states."""

    TCIA = "tcia"
    NBIA = "nbia"
    IDC = "idc"


SOURCES_OF: Mapping[Addressee, frozenset[str]] = {
    Addressee.TCIA: frozenset({"tcia-collection-manager", "tcia-collection-manager-v1"}),
    Addressee.NBIA: frozenset({"nbia-collection-report", "nbia-series"}),
    Addressee.IDC: frozenset({"idc-index-data"}),
}
"""The sources in which each archive states licenses."""


_NOT_COUNTED = (Standing.HISTORY, Standing.DEFERRING)


@dataclass(frozen=True)
class Outdated:
    """A statement of an archive that does not count for some parts of a dataset, since another one does."""

    conflict: Conflict
    claim: StandingClaim


@dataclass(frozen=True)
class ForArchive:
    """What to tell an archive: disagreements `of_one_time`, those of other times, and its `outdated` statements."""

    addressee: Addressee
    of_one_time: tuple[Conflict, ...]
    of_other_times: tuple[Conflict, ...]
    outdated: tuple[Outdated, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return all differences that it tells, each once."""
        outdated = (each.conflict for each in self.outdated)
        return tuple(dict.fromkeys((*self.of_one_time, *self.of_other_times, *outdated)))


def for_archive(addressee: Addressee, conflicts: Sequence[Conflict]) -> ForArchive:
    """Return the differences that concern an archive, in their order."""
    concerned = [each for each in conflicts if any(_is_of(claim, addressee) for claim in each.that_count)]
    is_open = [each for each in concerned if each.is_open]
    return ForArchive(
        addressee=addressee,
        of_one_time=tuple(each for each in is_open if each.is_of_one_time),
        of_other_times=tuple(each for each in is_open if not each.is_of_one_time),
        outdated=tuple(_outdated(addressee, conflicts)),
    )


def by_license(conflict: Conflict) -> Mapping[str, tuple[LicenseClaim, ...]]:
    """Return the claims that count by the license that they state, in the order in which these first stand."""
    claims = conflict.that_count
    licenses = dict.fromkeys(claim.license for claim in claims)
    return {license_: tuple(claim for claim in claims if claim.license == license_) for license_ in licenses}


def _outdated(addressee: Addressee, conflicts: Sequence[Conflict]) -> Iterator[Outdated]:
    """Yield the statements of the archive that its authority replaced, or that open what that one closes."""
    for conflict in conflicts:
        for item in conflict.claims:
            if _is_of(item.claim, addressee) and item.standing in _NOT_COUNTED:
                yield Outdated(conflict, item)


def _is_of(claim: LicenseClaim, addressee: Addressee) -> bool:
    return claim.source in SOURCES_OF[addressee]
