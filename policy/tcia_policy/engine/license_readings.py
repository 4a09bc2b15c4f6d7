"""The ways to read what the sources state about a holding.

A holding may be any of several parts, and the sources may state several licenses for one part. Each combination is one
reading, with the facts that hold under it. Readings that exclude each other make a choice: one of them is true. Parts
that were used together make a choice each, and all choices hold at once: so an objection to every reading of one choice
is certain. If readings differ within each choice, the outcome is undetermined, and the readings say why.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tcia_policy.engine.copy_then import with_license_then
from tcia_policy.engine.not_described import is_undescribed, undescribed_beside_others, with_described
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Access,
    ClaimScope,
    Dataset,
    Distribution,
    Holding,
    HoldingKind,
    License,
    LicenseClaim,
    LicenseFamily,
    Route,
    Source,
)
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.registry.repository_terms import CopyTerms
from tcia_policy.registry.standing import Registered, claims_that_count, succeeded
from tcia_policy.rules.fact_value import Facts, FactValue, known, truth
from tcia_policy.rules.vocabulary import UNDESCRIBED

# The choice among all parts that may have been used; each part that surely was is a choice of its own, named by its id.
WHICH_PART = "which part"
OF_COPY = "what came with the copy"


NONE_DESCRIBED: Mapping[str, License] = MappingProxyType({})
# The facts on the license of what needs none.
NO_LICENSE: Facts = {
    "license.known": truth(False),
    **dict.fromkeys(
        (
            "license.id",
            "license.family",
            "license.access",
            "license.permits",
            "license.requires",
            "license.prohibits",
        ),
        known(),
    ),
}


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
        "license.access": _access_fact(license_),
        "license.permits": FactValue(frozenset(license_.permits), complete),
        "license.requires": FactValue(frozenset(license_.requires), complete),
        "license.prohibits": FactValue(frozenset(license_.prohibits), complete),
    }


def _access_fact(license_: License) -> FactValue:
    """Return the access; of terms that the project describes, only whether it is open.

    The rules on controlled access speak of the repositories that NIH controls, not of what a project keeps closed.
    """
    is_closed = license_.family is LicenseFamily.PROJECT_TERMS and license_.access is not Access.OPEN
    return known() if is_closed else known(license_.access.value)


def readings_of(
    holding: Holding,
    dataset: Dataset | None,
    registered: Registered,
    copies: Mapping[Route, CopyTerms],
    described: Mapping[str, License] = NONE_DESCRIBED,
) -> tuple[PartReading, ...]:
    """Return every reading of `holding`, at least one; parts and licenses in the order of the dataset's file.

    Parts that the registry does not have are under the terms of the place they came from, where those are known.
    `described` are the licenses that the project describes: they count where the project states the license, and never
    for what the registry states.
    """
    licenses = registered.licenses
    on_word = {**described, **licenses}
    if dataset is None:
        return _on_the_users_word(holding, on_word)
    elsewhere = is_of_elsewhere(holding)
    recorded = (
        (_copy_from_elsewhere(holding, licenses, copies),) if elsewhere else _recorded(holding, dataset, registered)
    )
    return (*_with_doubt(recorded, holding), *_of_copy(recorded, holding, on_word))


def _on_the_users_word(holding: Holding, licenses: Mapping[str, License]) -> tuple[PartReading, ...]:
    """Return the data under the license that the user states; of an expression, under all that hold at once.

    Licenses of which one is to be chosen exclude each other. Own data are under no license.
    """
    if holding.kind is HoldingKind.OWN:
        return (PartReading(None, None, (), dict(NO_LICENSE)),)
    if holding.license is None:
        return (PartReading(None, None, (), license_facts(None, licenses)),)
    clauses = clauses_of(holding.license)
    return tuple(
        PartReading(None, one, (), license_facts(one, licenses), (f"license {number}",))
        for number, clause in enumerate(clauses, start=1)
        for one in clause
    )


def readings_beside(holding: Holding, dataset: Dataset | None, registered: Registered) -> tuple[PartReading, ...]:
    """Return what the registry states of the dataset whose DOI the user gives for data from elsewhere.

    It holds beside the license that the user states: an objection under the one or the other is certain.
    """
    if dataset is None:
        return ()
    meant = holding.model_copy(update={"distributions": tuple(part.id for part in dataset.distributions)})
    recorded = _recorded(meant, dataset, registered)
    return tuple(replace(reading, choices=("what the registry states",)) for reading in recorded)


def _recorded(holding: Holding, dataset: Dataset, registered: Registered) -> tuple[PartReading, ...]:
    """Return what the sources of the registry state of each part."""
    licenses = registered.licenses
    parts = [part for part in dataset.distributions if part.id in holding.distributions]
    found = []
    apart: list[bool] = []
    for part in parts:
        today = stated_licenses(part, dataset, registered, holding.claimed_licenses)
        stated = with_license_then(today, part, dataset, holding, registered)
        is_earlier = truth(set(stated) != set(today))
        counting = claims_that_count(part, dataset, registered)
        disagree = truth(len({claim.license for claim in counting} | set(holding.claimed_licenses)) > 1)
        claimed: list[tuple[str | None, tuple[str, ...]]] = [*stated.items()] or [(None, ())]
        undescribed = undescribed_beside_others(today)
        for license_id, sources in claimed:
            facts = license_facts(license_id, licenses)
            facts["claims.disagree"] = disagree
            facts["claims.of_earlier_copy"] = is_earlier
            if is_said_to_be_closed(counting, license_id):
                facts["license.access"] = known(Access.CONTROLLED.value)
            facts["notice.kinds"] = known(*_notices(dataset, part))
            choices = (part.id,) if holding.all_used else (WHICH_PART,)
            found.append(PartReading(part, license_id, sources, facts, choices))
            apart.append(license_id in undescribed)
    if any(apart):
        found = [
            each if is_apart else replace(each, choices=with_described(each.choices))
            for each, is_apart in zip(found, apart, strict=True)
        ]
    return tuple(found) or (PartReading(None, None, (), license_facts(None, licenses)),)


def _of_copy(
    recorded: Sequence[PartReading], holding: Holding, licenses: Mapping[str, License]
) -> Iterator[PartReading]:
    """Yield each part under each license that came with the copy. It holds beside what the registry states.

    So neither opens what the other closes: an objection under the one or the other is certain.
    """
    for number, claim in enumerate(holding.copy_claims, start=1):
        for reading in {reading.part: reading for reading in recorded}.values():
            facts = {**_facts_of_part(reading), **license_facts(claim.license, licenses)}
            choices = (f"{OF_COPY}, {number}",)
            yield PartReading(reading.distribution, claim.license, (claim.source,), facts, choices)


def _facts_of_part(reading: PartReading) -> dict[str, FactValue]:
    return {name: value for name, value in reading.facts.items() if not name.startswith("license.")}


def _with_doubt(recorded: Sequence[PartReading], holding: Holding) -> tuple[PartReading, ...]:
    """Return the readings, with the fact that the claims disagree where a license that came with the copy differs.

    What rows of a cohort file say is no source of its own: `copy.rows_license_differs` is the fact on them.
    """
    claimed = {claim.license for claim in holding.copy_claims if not claim.in_rows}
    if not claimed or claimed == {reading.license for reading in recorded}:
        return tuple(recorded)
    doubt = {"claims.disagree": truth(True)}
    return tuple(replace(reading, facts={**reading.facts, **doubt}) for reading in recorded)


def with_controlled_parts_used(readings: Sequence[PartReading]) -> tuple[PartReading, ...]:
    """Return the readings, with each part that is controlled by all of its readings as one that was used for sure.

    A reading under what is not described does not open it.
    """
    open_somewhere = {
        reading.part for reading in readings if not (_is_controlled(reading) or is_undescribed(reading.license))
    }
    return tuple(
        reading
        if reading.distribution is None or reading.part in open_somewhere or not _is_controlled(reading)
        else replace(reading, choices=tuple(dict.fromkeys((*reading.choices, reading.distribution.id))))
        for reading in readings
    )


def _is_controlled(reading: PartReading) -> bool:
    return reading.facts.get("license.access") == known(Access.CONTROLLED.value)


def is_said_to_be_closed(claims: Iterable[LicenseClaim], license_id: str | None) -> bool:
    """Return whether one of the claims calls the part controlled, even if the license that it names is open."""
    return any(claim.license == license_id and claim.access is Access.CONTROLLED for claim in claims)


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
    registered: Registered,
    selected: Sequence[str] = (),
) -> dict[str, tuple[str, ...]]:
    """Return the licenses that `part` may be under, each with who states it, as text.

    `selected` are licenses that IDC's index gives the very series held. Of the claims on the part those count that are
    no history and not another part's. A withdrawn license does not count where its successor is stated, too, unless it
    forbids more.
    """
    licenses = registered.licenses
    stated = _spoken_claims(part, dataset, registered, selected)
    current = [
        license_id
        for license_id in stated
        if license_id not in licenses or not succeeded(licenses[license_id], stated, licenses)
    ]
    return {license_id: tuple(stated[license_id]) for license_id in current or stated}


def _spoken_claims(
    part: Distribution, dataset: Dataset, registered: Registered, selected: Sequence[str]
) -> dict[str, list[str]]:
    """Return the licenses that count, those stated of exactly this part first, each with who states it."""
    counting = claims_that_count(part, dataset, registered)
    spoken: dict[str, list[str]] = {}
    for claim in counting:
        if claim.scope is ClaimScope.DISTRIBUTION:
            spoken.setdefault(claim.license, []).append(_spoken(claim, registered.sources))
    for license_id in selected:
        spoken.setdefault(license_id, []).append("IDC's index, for these series")
    for claim in counting:
        if claim.scope is ClaimScope.COLLECTION:
            spoken.setdefault(claim.license, []).append(_spoken(claim, registered.sources))
    return spoken


def _spoken(claim: LicenseClaim, sources: Mapping[str, Source]) -> str:
    title = sources[claim.source].title if claim.source in sources else claim.source
    return f"{title}, {claim.as_of.isoformat()}"


def _notices(dataset: Dataset, part: Distribution) -> tuple[str, ...]:
    return tuple(
        notice.kind.value
        for notice in dataset.notices
        if notice.distributions is None or part.id in notice.distributions
    )


def is_of_copy(reading: PartReading) -> bool:
    """Return whether the license is one that came with the copy, and none that a source states."""
    return bool(reading.choices) and all(choice.startswith(OF_COPY) for choice in reading.choices)
