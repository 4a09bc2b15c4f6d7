"""The terms of the data that a study used: of each data item, part by part, and of its source datasets."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.clearance import Judged
from tcia_policy.engine.concluded_licenses import is_for
from tcia_policy.engine.copy_then import with_license_then
from tcia_policy.engine.coverage import accessions_of
from tcia_policy.engine.facts import KnownData
from tcia_policy.engine.items_used import ItemsByLabel, items_of
from tcia_policy.engine.license_readings import is_said_to_be_closed, stated_licenses
from tcia_policy.model import (
    Access,
    Agreement,
    ConcludedLicense,
    Dataset,
    Distribution,
    Holding,
    HoldingKind,
    HoldingTerms,
    License,
    OriginTerms,
    PartTerms,
    Route,
    StatedLicense,
    Verdict,
)
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.registry.notices import restrictions_on
from tcia_policy.registry.standing import claims_that_count
from tcia_policy.registry.strictness import strictest


def terms_of(
    holdings: Sequence[Holding], items: ItemsByLabel, known: KnownData, evidence: Evidence, judged: Judged
) -> tuple[HoldingTerms, ...]:
    """Return the terms of each data item; `items` are the items of the project."""
    return tuple(_terms(holding, items, known, evidence, judged) for holding in holdings)


def origins_of(holdings: Sequence[Holding], known: KnownData) -> tuple[OriginTerms, ...]:
    """Return the terms of the datasets that the data items were made from, if these are not data items themselves."""
    ids = dict.fromkeys(holding.dataset or "" for holding in holdings)
    made: dict[tuple[str, str | None], dict[str, None]] = {}
    for dataset in (known.datasets[name] for name in ids if name in known.datasets):
        for item in dataset.derived_from:
            if item.dataset not in ids:
                made.setdefault((item.dataset or item.named, item.dataset), {})[dataset.id] = None
    return tuple(_origin(name, known.datasets.get(id_ or ""), tuple(into), known) for (name, id_), into in made.items())


def _origin(name: str, dataset: Dataset | None, made_into: tuple[str, ...], known: KnownData) -> OriginTerms:
    return OriginTerms(
        name=name,
        dataset=None if dataset is None else dataset.id,
        parts=() if dataset is None else tuple(_part(part, dataset, known) for part in dataset.distributions),
        made_into=made_into,
    )


def _terms(holding: Holding, items: ItemsByLabel, known: KnownData, evidence: Evidence, judged: Judged) -> HoldingTerms:
    dataset = known.datasets.get(holding.dataset or "")
    parts = _with_copy_claims(_parts(holding, dataset, known), holding, known.licenses)
    parts = _as_concluded(parts, holding, dataset, known)
    from_items = items_of(holding, items, dataset)
    is_open = all(part.access is Access.OPEN for part in parts)
    approvals = () if is_open else _approvals(holding, dataset, evidence)
    accessions = () if is_open else accessions_of(holding, dataset)
    return HoldingTerms(
        holding=holding.id,
        verdict=judged.worst_on.get(holding.id, Verdict.UNDETERMINED),
        parts=parts,
        items=from_items.used,
        noncommercial=_is_noncommercial(parts, holding, dataset, known.licenses),
        open_to_all=is_open and holding.obtained_from in known.open_places,
        route_assumed=holding.obtained_from is Route.TCIA and from_items.some_leave_out_the_place,
        accessions=accessions or tuple(dict.fromkeys(item.accession for item in approvals if item.accession)),
        approvals=approvals,
    )


def _approvals(holding: Holding, dataset: Dataset | None, evidence: Evidence) -> tuple[Agreement, ...]:
    """Return the approved data access requests that are for these data."""
    return tuple(item for item in evidence.agreements_for(holding, dataset) if item.id == "dbgap")


def _is_noncommercial(
    parts: Sequence[PartTerms], holding: Holding, dataset: Dataset | None, licenses: Mapping[str, License]
) -> bool:
    """Return whether a license stated of any part, or a notice on it, excludes commercial use."""
    stated = {item.license for part in parts for item in part.stated}
    if any("commercial-use" in licenses[name].prohibits for name in stated if name in licenses):
        return True
    return dataset is not None and bool(restrictions_on(dataset, holding.distributions))


def _parts(holding: Holding, dataset: Dataset | None, known: KnownData) -> tuple[PartTerms, ...]:
    if dataset is None:
        is_stated = holding.kind is HoldingKind.OTHER and holding.license is not None
        stated = {holding.license or "": ("the project",)} if is_stated else {}
        return (_part_terms(None, stated, None, known.licenses),)
    if not holding.distributions:
        stated = dict.fromkeys(holding.claimed_licenses, ("the place that it was obtained from",))
        access = _access(holding.claimed_licenses, known.licenses)
        return (_part_terms(", ".join(holding.parts_named) or None, stated, access, known.licenses),)
    parts = {part.id: part for part in dataset.distributions}
    return tuple(
        _part(parts[name], dataset, known, holding) if name in parts else PartTerms(title=name)
        for name in holding.distributions
    )


def _with_copy_claims(
    parts: Sequence[PartTerms], holding: Holding, licenses: Mapping[str, License]
) -> tuple[PartTerms, ...]:
    """Return the terms with the licenses that came with the copy beside those of the registry."""
    if not holding.copy_claims:
        return tuple(parts)
    found = []
    for part in parts:
        stated = {item.license: item.sources for item in part.stated}
        for claim in holding.copy_claims:
            stated[claim.license] = (*stated.get(claim.license, ()), claim.source)
        access = part.access if part.access is Access.CONTROLLED else _access(tuple(stated), licenses)
        found.append(_part_terms(part.title, stated, access, licenses))
    return tuple(found)


def _as_concluded(
    parts: Sequence[PartTerms], holding: Holding, dataset: Dataset | None, known: KnownData
) -> tuple[PartTerms, ...]:
    """Return the terms with the license alone that a reviewer concluded, and beside it what was stated otherwise."""
    ids = holding.distributions if dataset is not None and holding.distributions else (None,) * len(parts)
    found = []
    for id_, part in zip(ids, parts, strict=True):
        concluded = next((each for each in holding.concluded if is_for(each, id_)), None)
        found.append(part if concluded is None else _concluded(part, concluded, id_, dataset, known))
    return tuple(found)


def _concluded(
    part: PartTerms, concluded: ConcludedLicense, id_: str | None, dataset: Dataset | None, known: KnownData
) -> PartTerms:
    holds = [item for item in part.stated if any(concluded.license in each for each in clauses_of(item.license))]
    if not holds:
        return part
    if len(clauses_of(holds[0].license)) > 1:  # what is stated beside the choice holds as well
        return part.model_copy(update={"concluded": concluded})
    recorded = next((each for each in (dataset.distributions if dataset else ()) if each.id == id_), None)
    counting = () if recorded is None or dataset is None else claims_that_count(recorded, dataset, known.registered)
    closed = is_said_to_be_closed(counting, concluded.license)
    access = Access.CONTROLLED if closed else _access((concluded.license,), known.licenses)
    terms = _part_terms(part.title, {concluded.license: holds[0].sources}, access, known.licenses)
    aside = tuple(item for item in part.stated if item is not holds[0])
    return terms.model_copy(update={"concluded": concluded, "set_aside": aside})


def _part(part: Distribution, dataset: Dataset, known: KnownData, holding: Holding | None = None) -> PartTerms:
    selected = () if holding is None else holding.claimed_licenses
    stated = stated_licenses(part, dataset, known.registered, selected)
    if holding is not None:
        stated = with_license_then(stated, part, dataset, holding, known.registered)
    counting = claims_that_count(part, dataset, known.registered)
    closed = any(is_said_to_be_closed(counting, license_id) for license_id in stated)
    access = Access.CONTROLLED if closed else _access(tuple(stated), known.licenses)
    return _part_terms(part.title, stated, access, known.licenses)


def _part_terms(
    title: str | None, stated: Mapping[str, tuple[str, ...]], access: Access | None, licenses: Mapping[str, License]
) -> PartTerms:
    return PartTerms(
        title=title,
        stated=tuple(StatedLicense(license=name, sources=sources) for name, sources in stated.items()),
        governing=strictest(tuple(stated), licenses),
        undescribed=tuple(name for name in stated if name not in licenses or not licenses[name].terms_known),
        access=access,
    )


def _access(stated: Sequence[str], licenses: Mapping[str, License]) -> Access | None:
    """Return controlled if any license says so, open if all say so, else `None`."""
    found = [licenses[name].access for name in stated if name in licenses]
    if Access.CONTROLLED in found:
        return Access.CONTROLLED
    return Access.OPEN if found and len(found) == len(stated) else None
