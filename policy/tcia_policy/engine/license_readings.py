"""The ways to read what the sources state about a holding.

A holding may be any of several parts, and the sources may state several licenses for one part. Each combination is one
reading, with the facts that hold under it. Readings that exclude each other make a choice: one of them is true. Parts
that were used together make a choice each, and all choices hold at once: so an objection to every reading of one choice
is certain. If readings differ within each choice, the outcome is undetermined, and the readings say why.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tcia_policy.cohorts.distributions import held_by_idc
from tcia_policy.model import (
    Access,
    ClaimScope,
    Dataset,
    Distribution,
    Holding,
    HoldingKind,
    License,
    LicenseClaim,
    Route,
)
from tcia_policy.registry.programs import programs_of_other
from tcia_policy.registry.repository_terms import CopyTerms
from tcia_policy.rules.vocabulary import UNDESCRIBED, Facts, FactValue, known, truth

# The choice among all parts that may have been used; each part that surely was is a choice of its own, named by its id.
WHICH_PART = "which part"


# What is known to be false of data that the registry does not have.
ABSENT_FACTS = ("copy.from_own_place", "dataset.derived", "dataset.partly_controlled")


@dataclass(frozen=True)
class PartReading:
    """One part of the holding under one license; `sources` say who states it ("NBIA collection report, 2025-01-04").

    `choices` name the choices that it belongs to: of each, one reading is true.
    """

    distribution: Distribution | None
    license: str | None
    sources: tuple[str, ...]
    facts: Facts
    choices: tuple[str, ...] = (WHICH_PART,)

    @property
    def part(self) -> str | None:
        """The part's id and title, as findings name it."""
        return None if self.distribution is None else f"{self.distribution.title} ({self.distribution.id})"


def license_facts(license_id: str | None, licenses: Mapping[str, License]) -> dict[str, FactValue]:
    """Return the facts on a license; if its terms are not known, only its name."""
    license_ = licenses.get(license_id) if license_id is not None else None
    if license_ is None:
        facts = {"license.known": truth(False), "license.family": known(UNDESCRIBED)}
        return facts if license_id is None else facts | {"license.id": known(license_id)}
    complete = license_.terms_known
    return {
        "license.id": known(license_.id),
        "license.known": truth(complete),
        "license.family": known(license_.family.value),
        "license.access": known(license_.access.value),
        "license.permits": FactValue(frozenset(license_.permits), complete),
        "license.requires": FactValue(frozenset(license_.requires), complete),
        "license.prohibits": FactValue(frozenset(license_.prohibits), complete),
    }


def readings_of(
    holding: Holding,
    dataset: Dataset | None,
    licenses: Mapping[str, License],
    copies: Mapping[Route, CopyTerms],
    titles: Mapping[str, str],
) -> tuple[PartReading, ...]:
    """Return every reading of `holding`, at least one; parts and licenses in the order of the dataset's file.

    `titles` are those of the sources, by id. Parts that the registry does not have are under the terms of the place
    they came from, where those are known.
    """
    if dataset is None:
        return (PartReading(None, holding.license, (), license_facts(holding.license, licenses)),)
    elsewhere = is_of_elsewhere(holding)
    registered = (
        (_copy_from_elsewhere(holding, licenses, copies),)
        if elsewhere
        else _registered(holding, dataset, licenses, titles)
    )
    return (*_with_doubt(registered, holding), *_of_copy(registered, holding, licenses))


def _registered(
    holding: Holding, dataset: Dataset, licenses: Mapping[str, License], titles: Mapping[str, str]
) -> tuple[PartReading, ...]:
    """Return what the sources of the registry state of each part."""
    parts = [part for part in dataset.distributions if part.id in holding.distributions]
    found = []
    for part in parts:
        stated = stated_licenses(part, dataset, licenses, titles, holding.claimed_licenses)
        disagree = truth(len(_named(part, holding.claimed_licenses)) > 1)
        claimed: list[tuple[str | None, tuple[str, ...]]] = [*stated.items()] or [(None, ())]
        for license_id, sources in claimed:
            facts = license_facts(license_id, licenses)
            facts["claims.disagree"] = disagree
            if _is_said_to_be_closed(part, license_id):
                facts["license.access"] = known(Access.CONTROLLED.value)
            facts["notice.kinds"] = known(*_notices(dataset, part))
            choices = (part.id,) if holding.all_used else (WHICH_PART,)
            found.append(PartReading(part, license_id, sources, facts, choices))
    return tuple(found) or (PartReading(None, None, (), license_facts(None, licenses)),)


def _of_copy(
    registered: Sequence[PartReading], holding: Holding, licenses: Mapping[str, License]
) -> Iterator[PartReading]:
    """Yield each part under each license that came with the copy. It holds beside what the registry states.

    So neither opens what the other closes: an objection under the one or the other is certain.
    """
    for number, claim in enumerate(holding.copy_claims, start=1):
        for reading in {reading.part: reading for reading in registered}.values():
            facts = {**_facts_of_part(reading), **license_facts(claim.license, licenses)}
            choices = (f"what came with the copy, {number}",)
            yield PartReading(reading.distribution, claim.license, (claim.source,), facts, choices)


def _facts_of_part(reading: PartReading) -> dict[str, FactValue]:
    return {name: value for name, value in reading.facts.items() if not name.startswith("license.")}


def _with_doubt(registered: Sequence[PartReading], holding: Holding) -> tuple[PartReading, ...]:
    """Return the readings, with the fact that the claims disagree where a license that came with the copy differs."""
    claimed = {claim.license for claim in holding.copy_claims}
    if not claimed or claimed == {reading.license for reading in registered}:
        return tuple(registered)
    doubt = {"claims.disagree": truth(True)}
    return tuple(replace(reading, facts={**reading.facts, **doubt}) for reading in registered)


def with_controlled_parts_used(readings: Sequence[PartReading]) -> tuple[PartReading, ...]:
    """Return the readings, with each part that is controlled by all of its readings as one that was used for sure."""
    open_somewhere = {reading.part for reading in readings if not _is_controlled(reading)}
    return tuple(
        reading
        if reading.distribution is None or reading.part in open_somewhere
        else replace(reading, choices=tuple(dict.fromkeys((*reading.choices, reading.distribution.id))))
        for reading in readings
    )


def _is_controlled(reading: PartReading) -> bool:
    return reading.facts.get("license.access") == known(Access.CONTROLLED.value)


def _is_said_to_be_closed(part: Distribution, license_id: str | None) -> bool:
    """Return whether a source calls the part controlled, even if the license that it names is open."""
    return any(claim.license == license_id and claim.access is Access.CONTROLLED for claim in part.claims)


def is_of_elsewhere(holding: Holding) -> bool:
    """Return whether the holding is a part that the registry does not have, because another repository keeps it."""
    return holding.kind is HoldingKind.DATASET and not holding.distributions


def _copy_from_elsewhere(
    holding: Holding, licenses: Mapping[str, License], copies: Mapping[Route, CopyTerms]
) -> PartReading:
    terms = copies.get(holding.obtained_from)
    if terms is None:
        return PartReading(None, None, (), license_facts(None, licenses))
    stated = terms.reference.published or terms.reference.retrieved
    day = f" ({stated.isoformat()})" if stated else ""
    return PartReading(None, terms.license, (f"{terms.reference.title}{day}",), license_facts(terms.license, licenses))


def stated_licenses(
    part: Distribution,
    dataset: Dataset,
    licenses: Mapping[str, License],
    titles: Mapping[str, str],
    selected: Sequence[str] = (),
) -> dict[str, tuple[str, ...]]:
    """Return the licenses that `part` may be under, each with who states it, as text.

    `selected` are licenses that IDC's index gives the very series held. A withdrawn license does not count where its
    successor is stated, too, unless it forbids more. A single license that is stated of a whole collection is stated of
    every part. Of several, those that are another part's own do not count for this one; nor, where this part's own is
    among them, those that restrict no more than it does.
    """
    own = _claimed(part, ClaimScope.DISTRIBUTION, titles)
    for license_id in selected:
        own.setdefault(license_id, []).append("IDC's index, for these series")
    whole = _claimed(part, ClaimScope.COLLECTION, titles)
    stated = {license_id: [*sources, *whole.get(license_id, ())] for license_id, sources in own.items()}
    for license_id in _that_reach(part, dataset, own, whole, licenses):
        stated[license_id] = whole[license_id]
    current = [
        license_id
        for license_id in stated
        if license_id not in licenses or not _succeeded(licenses[license_id], stated, licenses)
    ]
    return {license_id: tuple(stated[license_id]) for license_id in current or stated}


def _claimed(part: Distribution, scope: ClaimScope, titles: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the licenses that claims of this scope state, each with who states it."""
    found: dict[str, list[str]] = {}
    for claim in part.claims:
        if claim.scope is scope:
            found.setdefault(claim.license, []).append(_spoken(claim, titles))
    return found


def _that_reach(
    part: Distribution,
    dataset: Dataset,
    own: Mapping[str, object],
    whole: Mapping[str, object],
    licenses: Mapping[str, License],
) -> list[str]:
    """Return the licenses stated for the whole collection, and not for this part, that still count for the part."""
    further = [license_id for license_id in whole if license_id not in own]
    if len(whole) == 1:
        return further
    accounted = any(_same_or_successor(license_id, own, licenses) for license_id in whole)
    return [
        license_id
        for license_id in further
        if not _of_another_part(license_id, part, dataset, licenses)
        and not (accounted and not _adds_restriction(license_id, own, licenses))
    ]


def _spoken(claim: LicenseClaim, titles: Mapping[str, str]) -> str:
    return f"{titles.get(claim.source, claim.source)}, {claim.as_of.isoformat()}"


def _succeeded(license_: License, stated: Iterable[str], licenses: Mapping[str, License]) -> bool:
    """Return whether one of `stated` has replaced the license and forbids at least as much."""
    if license_.replaced is None or license_.replaced.by not in stated:
        return False
    return set(license_.prohibits) <= set(licenses[license_.replaced.by].prohibits)


def _same_or_successor(license_id: str, own: Iterable[str], licenses: Mapping[str, License]) -> bool:
    return license_id in own or (license_id in licenses and _succeeded(licenses[license_id], own, licenses))


def _adds_restriction(license_id: str, own: Iterable[str], licenses: Mapping[str, License]) -> bool:
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


def _of_another_part(license_id: str, part: Distribution, dataset: Dataset, licenses: Mapping[str, License]) -> bool:
    return any(
        _same_or_successor(license_id, {claim.license for claim in other.claims if _is_own(claim)}, licenses)
        for other in dataset.distributions
        if other.id != part.id
    )


def _is_own(claim: LicenseClaim) -> bool:
    return claim.scope is ClaimScope.DISTRIBUTION


def _named(part: Distribution, selected: Sequence[str]) -> set[str]:
    return {claim.license for claim in part.claims} | set(selected)


def _notices(dataset: Dataset, part: Distribution) -> tuple[str, ...]:
    return tuple(
        notice.kind.value
        for notice in dataset.notices
        if notice.distributions is None or part.id in notice.distributions
    )


def holding_facts(holding: Holding, dataset: Dataset | None, licenses: Mapping[str, License]) -> dict[str, FactValue]:
    """Return the facts on a holding that do not depend on its license."""
    facts = {
        "holding.kind": known(holding.kind.value),
        "holding.obtained_from": known(holding.obtained_from.value),
        "holding.named_otherwise": truth(holding.named_otherwise is not None),
        "holding.sources_known": truth(bool(holding.collections)),
        "holding.has_doi": truth(dataset is not None or holding.doi is not None),
        "holding.of_elsewhere": truth(is_of_elsewhere(holding)),
        "copy.license_stated": truth(bool(holding.copy_claims)),
        "holding.absent_from_idc": truth(dataset is not None and _is_absent_from_idc(holding, dataset)),
    }
    if holding.altered is not None:
        facts["copy.altered"] = truth(holding.altered)
    if dataset is None:
        nothing = known()
        absent = dict.fromkeys(("dataset.id", "dataset.kind", "dataset.archive", "notice.kinds"), nothing)
        no = dict.fromkeys((*ABSENT_FACTS, "claims.disagree"), truth(False))
        facts |= absent | no
        return facts | _program_of_other(holding)
    elsewhere = is_of_elsewhere(holding)
    return facts | {
        "dataset.id": known(dataset.id),
        "dataset.kind": known(dataset.kind.value),
        "copy.from_own_place": truth(holding.obtained_from in dataset.places),
        "dataset.archive": known(*(() if elsewhere else (dataset.archive.value,))),
        "dataset.program": known(*(() if dataset.program is None else (dataset.program,))),
        "dataset.derived": truth(bool(dataset.derived_from) and not elsewhere),
        "dataset.partly_controlled": truth(_is_partly_controlled(dataset, licenses)),
        "claims.disagree": truth(False),
        "notice.kinds": known(*(notice.kind.value for notice in dataset.notices if notice.distributions is None)),
    }


def _is_absent_from_idc(holding: Holding, dataset: Dataset) -> bool:
    """Return whether IDC is not known to have any of it: no series were found there, and no part is in its index."""
    return holding.series is None and held_by_idc(dataset).isdisjoint(holding.distributions)


def _is_partly_controlled(dataset: Dataset, licenses: Mapping[str, License]) -> bool:
    return any(
        claim.license in licenses and licenses[claim.license].access is Access.CONTROLLED
        for part in dataset.distributions
        for claim in part.claims
    )


def _program_of_other(holding: Holding) -> dict[str, FactValue]:
    """Return the program of data on the user's word: only their name, or where they are from, can say so."""
    if holding.kind is not HoldingKind.OTHER:
        return {}
    return {"dataset.program": known(*programs_of_other(holding.name, holding.obtained_from))}
