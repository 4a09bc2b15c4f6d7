"""The licenses in DataCite's record of a DOI, as claims on the parts that they can be meant for.

A record lists the licenses of the whole dataset, and does not say which part has which. So each goes onto the parts
that have it by TCIA's or IDC's own word; one that no part has goes onto those that no license of the record fits.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tcia_policy.importers.dataset_sources import DATACITE
from tcia_policy.importers.license_names import LicenseNames, Statement, claims
from tcia_policy.importers.refresh.datacite_records import Right
from tcia_policy.importers.refresh.restated import restated
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, ClaimScope, Distribution, License, LicenseClaim

FIELD = "rightsList"


@dataclass(frozen=True)
class Rights:
    """What a record states: a claim for each license that is described here, and the wording of the others."""

    stated: tuple[LicenseClaim, ...]
    unknown: tuple[str, ...]


def rights(items: Iterable[Right], names: LicenseNames, licenses: Mapping[str, License], day: date) -> Rights:
    """Return the licenses of `rightsList`: by SPDX identifier, else by name, else by address."""
    spdx = {id_.lower(): id_ for id_ in licenses}
    found: list[Statement] = []
    unknown: list[str] = []
    for item in items:
        wording = item.name or item.spdx or item.url
        if wording is None:
            continue
        known = spdx.get((item.spdx or "").lower()) or names.known_label(item.name or "")
        known = known or names.known_url(item.url or "")
        if known is None:
            unknown.append(wording)
        else:
            found.append(Statement(FIELD, wording, known))
    return Rights(claims(found, DATACITE, day), tuple(unknown))


def with_rights(
    parts: Sequence[Distribution], found: Rights, licenses: Mapping[str, License]
) -> tuple[tuple[Distribution, ...], tuple[str, ...]]:
    """Return the parts with DataCite's claims, and the licenses of the record that could go onto no part.

    A record that states no license that is described leaves the parts as they are.
    """
    if not found.stated:
        return tuple(parts), ()
    placed = {claim.license: _places(claim, parts, found, licenses) for claim in found.stated}
    after = []
    for part in parts:
        own = [claim for claim in found.stated if part.id in placed[claim.license]]
        is_concerned = bool(own) or any(claim.source == DATACITE for claim in part.claims)
        after.append(restated(part, DATACITE, own, is_all=not found.unknown) if is_concerned else part)
    return tuple(after), tuple(license_ for license_, where in placed.items() if not where)


def _places(
    claim: LicenseClaim, parts: Sequence[Distribution], found: Rights, licenses: Mapping[str, License]
) -> frozenset[str]:
    current = [part for part in parts if part.withdrawn is None]
    fitting = frozenset(part.id for part in current if _fits(claim.license, part, licenses))
    if fitting:
        return fitting
    others = [part for part in current if not any(_fits(item.license, part, licenses) for item in found.stated)]
    is_open = licenses[claim.license].access is Access.OPEN
    return frozenset(part.id for part in others if not (is_open and _is_closed(part, licenses)))


def _fits(license_id: str, part: Distribution, licenses: Mapping[str, License]) -> bool:
    """Return whether the part has the license, or the one that replaced it."""
    replaced = licenses[license_id].replaced
    return bool(_own(part) & {license_id, *([] if replaced is None else [replaced.by])})


def _is_closed(part: Distribution, licenses: Mapping[str, License]) -> bool:
    return any(licenses[id_].access is Access.CONTROLLED for id_ in _own(part) if id_ in licenses)


def _own(part: Distribution) -> set[str]:
    """Return the licenses that other sources state of exactly this part."""
    return {
        claim.license for claim in part.claims if claim.source != DATACITE and claim.scope is ClaimScope.DISTRIBUTION
    }
