"""Which of the claims on a part still count: a claim has a time, and a part that it speaks of.

A claim is history once its authority stated something newer for the very same part, and it is another part's if it was
stated of a whole collection whose parts have licenses of their own. What remains and differs is a disagreement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, ClaimScope, Dataset, Distribution, IdcRelease, License, LicenseClaim, Source
from tcia_policy.registry.idc_releases import load_idc_releases


class Standing(StrEnum):
    """Whether a claim says what holds for a part today.

    `counts`: it does. `history`: a newer statement of its authority replaced it. `other-part`: of the licenses stated
    of the whole collection, it is the one of another part. `older-field`: the same source states the license of the
    part elsewhere, and what stands there counts. `deferring`: its source defers to one that had closed or forbidden
    more before, and opens nothing by itself.
    """

    COUNTS = "counts"
    HISTORY = "history"
    OTHER_PART = "other-part"
    OLDER_FIELD = "older-field"
    DEFERRING = "deferring"


@dataclass(frozen=True)
class StandingClaim:
    """A claim on a part and its standing; `replaced_by` is the statement that counts in place of it, if any does."""

    claim: LicenseClaim
    standing: Standing
    replaced_by: LicenseClaim | None = None


@dataclass(frozen=True)
class Registered:
    """What it takes to compare claims: licenses and sources by their ids, and the versions of IDC's index."""

    licenses: Mapping[str, License]
    sources: Mapping[str, Source]
    releases: tuple[IdcRelease, ...] = field(default_factory=load_idc_releases)

    def speaks_for_itself(self, source: str) -> bool:
        """Return whether a source is not known to repeat another, or to defer to it."""
        known = self.sources.get(source)
        return known is None or (known.defers_to is None and known.copies is None)

    def authority_of(self, source: str) -> str | None:
        """Return the source to which this one defers, or that it repeats; `None` where it speaks for itself."""
        known = self.sources.get(source)
        return None if known is None else known.defers_to or known.copies


def standing_claims(part: Distribution, dataset: Dataset, registered: Registered) -> tuple[StandingClaim, ...]:
    """Return the claims on a part of the dataset in their order, each with its standing."""
    return tuple(_judged(claim, part, dataset, registered) for claim in part.claims)


def claims_that_count(part: Distribution, dataset: Dataset, registered: Registered) -> tuple[LicenseClaim, ...]:
    """Return the claims that say what holds for the part today, in their order."""
    judged = standing_claims(part, dataset, registered)
    return tuple(item.claim for item in judged if item.standing is Standing.COUNTS)


def succeeded(license_: License, stated: Iterable[str], licenses: Mapping[str, License]) -> bool:
    """Return whether one of `stated` has replaced the license and forbids at least as much."""
    if license_.replaced is None or license_.replaced.by not in stated:
        return False
    return set(license_.prohibits) <= set(licenses[license_.replaced.by].prohibits)


def adds_restriction(license_id: str, own: Iterable[str], licenses: Mapping[str, License]) -> bool:
    """Return whether it is unknown, closed or forbids something where one of `own` is known, open or does not."""
    license_ = licenses.get(license_id)
    stated = [licenses[item] for item in own if item in licenses]
    if license_ is None or not license_.terms_known or not stated:
        return True
    return any(
        (license_.access is Access.CONTROLLED and item.access is Access.OPEN)
        or not set(license_.prohibits) <= set(item.prohibits)
        for item in stated
    )


def _judged(claim: LicenseClaim, part: Distribution, dataset: Dataset, registered: Registered) -> StandingClaim:
    newer_form = _newer_form(claim, part, registered)
    if newer_form is not None:
        return StandingClaim(claim, Standing.OLDER_FIELD, newer_form)
    is_one_of_several = _is_one_of_several(claim, part, registered)
    if is_one_of_several and _is_another_parts_own(claim, part, dataset, registered):
        return StandingClaim(claim, Standing.OTHER_PART)
    newer = _replacement(claim, part, registered)
    if newer is not None:
        return StandingClaim(claim, Standing.HISTORY, newer)
    stricter = _stricter_before(claim, part, registered)
    if stricter is not None:
        return StandingClaim(claim, Standing.DEFERRING, stricter)
    is_left_over = is_one_of_several and _restricts_no_more(claim, part, registered)
    return StandingClaim(claim, Standing.OTHER_PART if is_left_over else Standing.COUNTS)


def _replacement(claim: LicenseClaim, part: Distribution, registered: Registered) -> LicenseClaim | None:
    """Return the newer statement that replaced the claim, if its authority made one for this very part.

    A difference is no replacement where the authority already said what it says now while the claim was still made:
    then both were said at the same time, and the sources disagree. Nor is it where a later statement on the part, also
    a copy's, says what the claim says.
    """
    authority = registered.authority_of(claim.source)
    stated = [
        item
        for item in part.claims
        if item.scope is ClaimScope.DISTRIBUTION and _newer_form(item, part, registered) is None
    ]
    newer = [item for item in stated if item.source == authority and item.as_of > _last(claim)]
    is_repeated = any(item.license == claim.license and item.as_of > _last(claim) for item in stated)
    if not newer or is_repeated:
        return None
    heard = [item for item in stated if item.source == authority or _copies(item.source, authority, registered.sources)]
    said_then = {item.license for item in heard if (item.since or item.as_of) <= _last(claim)}
    settled = [
        item
        for item in newer
        if item.license not in said_then and _may_replace(item.license, claim.license, registered.licenses)
    ]
    return settled[0] if len(settled) == len(newer) else None


def _stricter_before(claim: LicenseClaim, part: Distribution, registered: Registered) -> LicenseClaim | None:
    """Return what the authority of the claim's source has stated of this very part since before, if it is stricter.

    A source that defers to another, or copies it, does not open what that one closes. What it stated before the
    authority did may be an earlier license, which stays granted: that counts.
    """
    authority = registered.authority_of(claim.source)
    stated = [item for item in part.claims if item.source == authority and item.scope is ClaimScope.DISTRIBUTION]
    licenses = registered.licenses
    is_closed = claim.access is Access.CONTROLLED
    if not stated or is_closed or adds_restriction(claim.license, (item.license for item in stated), licenses):
        return None
    first = claim.since or claim.as_of
    before = (item for item in stated if (item.since or item.as_of) < first and item.license in licenses)
    return next((item for item in before if adds_restriction(item.license, (claim.license,), licenses)), None)


def _newer_form(claim: LicenseClaim, part: Distribution, registered: Registered) -> LicenseClaim | None:
    """Return what the same source states of this very part in its newer field, of the claim's day or later.

    A label there that is no license described here settles nothing: then the older field counts as well. So it does
    where it says that the part is closed and the newer label is open: the newer field is on the license alone.
    """
    source = registered.sources.get(claim.source)
    form = None if source is None else source.older_form_of
    if form is None:
        return None
    stated = [item for item in part.claims if item.source == form and item.scope is ClaimScope.DISTRIBUTION]
    are_known = all(item.license in registered.licenses for item in stated)
    newer = [item for item in stated if item.as_of >= _last(claim)]
    if not newer or not are_known or (claim.access is Access.CONTROLLED and _is_open(stated, registered.licenses)):
        return None
    return newer[0]


def _is_open(stated: Iterable[LicenseClaim], licenses: Mapping[str, License]) -> bool:
    return any(licenses[item.license].access is Access.OPEN and item.access is None for item in stated)


def _last(claim: LicenseClaim) -> date:
    return claim.until or claim.as_of


def _copies(source: str, authority: str | None, sources: Mapping[str, Source]) -> bool:
    return source in sources and authority is not None and sources[source].copies == authority


def _may_replace(newer: str, older: str, licenses: Mapping[str, License]) -> bool:
    """Return whether a label of the newer license ends what the older one said.

    An open license ends any label before it. A closed one ends only the label that it is the recorded successor of: it
    takes back no open license that was granted, and an embargo does not end by it.
    """
    after, before = licenses.get(newer), licenses.get(older)
    if after is None or before is None:
        return False
    if after.access is Access.OPEN:
        return True
    return before.replaced is not None and before.replaced.by == newer


def _is_one_of_several(claim: LicenseClaim, part: Distribution, registered: Registered) -> bool:
    """Return whether its source states it of the whole collection, beside others, and it is not the part's own."""
    if claim.scope is not ClaimScope.COLLECTION or claim.license in _own_licenses(part, registered):
        return False
    return len(_of_whole(claim, part)) > 1


def _of_whole(claim: LicenseClaim, part: Distribution) -> set[str]:
    """Return the licenses that the source of the claim states of the whole collection."""
    stated = (item for item in part.claims if item.source == claim.source)
    return {item.license for item in stated if item.scope is ClaimScope.COLLECTION}


def _is_another_parts_own(claim: LicenseClaim, part: Distribution, dataset: Dataset, registered: Registered) -> bool:
    others = (_own_licenses(other, registered) for other in dataset.distributions if other.id != part.id)
    return any(_same_or_successor(claim.license, stated, registered.licenses) for stated in others)


def _restricts_no_more(claim: LicenseClaim, part: Distribution, registered: Registered) -> bool:
    """Return whether the part's own license is among those of the collection, and this one restricts no more."""
    own, licenses = _own_licenses(part, registered), registered.licenses
    is_accounted_for = any(_same_or_successor(name, own, licenses) for name in _of_whole(claim, part))
    return is_accounted_for and not adds_restriction(claim.license, own, licenses)


def _own_licenses(part: Distribution, registered: Registered) -> set[str]:
    """Return the licenses stated of exactly this part, but for those of sources that defer to another."""
    own = (claim for claim in part.claims if claim.scope is ClaimScope.DISTRIBUTION)
    return {claim.license for claim in own if not _defers(claim.source, registered)}


def _defers(id_: str, registered: Registered) -> bool:
    source = registered.sources.get(id_)
    return source is not None and source.defers_to is not None


def _same_or_successor(license_id: str, own: Iterable[str], licenses: Mapping[str, License]) -> bool:
    return license_id in own or (license_id in licenses and succeeded(licenses[license_id], own, licenses))
