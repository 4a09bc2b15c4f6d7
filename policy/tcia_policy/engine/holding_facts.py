"""The facts on a data item that do not depend on its license."""

from tcia_policy.cohorts.distributions import held_by_idc
from tcia_policy.engine.copy_then import is_off_idc_record, may_have_removed_series, with_license_then
from tcia_policy.engine.license_readings import is_of_elsewhere, stated_licenses
from tcia_policy.model import Access, Dataset, Holding, HoldingKind, WordOf
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.registry.programs import programs_of_other, programs_of_place
from tcia_policy.registry.standing import Registered, claims_that_count
from tcia_policy.rules.fact_value import FactValue, known, truth

# What is known to be false of data that the registry does not have.
ABSENT_FACTS = ("copy.from_own_place", "dataset.derived", "dataset.partly_controlled")


def holding_facts(holding: Holding, dataset: Dataset | None, registered: Registered) -> dict[str, FactValue]:
    """Return the facts on a holding that do not depend on its license."""
    facts = {
        "holding.kind": known(holding.kind.value),
        "holding.obtained_from": known(holding.obtained_from.value),
        "holding.named_otherwise": truth(holding.named_otherwise is not None),
        "holding.rows_name_others": truth(bool(holding.rows_name)),
        "holding.counted_by": known(*(() if holding.on_word_of is None else (holding.on_word_of.value,))),
        "holding.missing_from_idc": truth(
            holding.on_word_of in (WordOf.ROWS, WordOf.FILE_NAME) and dataset is not None and bool(held_by_idc(dataset))
        ),
        "holding.removed_from_idc": truth(holding.removed_after is not None),
        "holding.sources_known": truth(bool(holding.collections)),
        "holding.has_doi": truth(dataset is not None or holding.doi is not None),
        "holding.license_open": truth(_is_choice_open(holding)),
        "holding.registered": truth(holding.registered_as is not None),
        "holding.named_like_registered": truth(holding.named_like is not None),
        "holding.speaks_of_others": truth(holding.speaks_of is not None),
        "holding.of_elsewhere": truth(is_of_elsewhere(holding)),
        "copy.rows_license_differs": truth(bool(licenses_of_rows(holding, dataset, registered))),
        "copy.license_stated": truth(any(not claim.in_rows for claim in holding.copy_claims)),
        "holding.absent_from_idc": truth(dataset is not None and _is_absent_from_idc(holding, dataset)),
        "holding.off_idc_record": truth(dataset is not None and is_off_idc_record(dataset, holding, registered)),
        "holding.may_have_removed_series": truth(
            dataset is not None and may_have_removed_series(dataset, holding, registered)
        ),
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
        "dataset.program": known(*_programs(dataset, holding)),
        "dataset.derived": truth(bool(dataset.derived_from) and not elsewhere),
        "dataset.partly_controlled": truth(_is_partly_controlled(dataset, registered)),
        "claims.disagree": truth(False),
        "claims.of_earlier_copy": truth(False),
        "notice.kinds": known(*(notice.kind.value for notice in dataset.notices if notice.distributions is None)),
    }


def licenses_of_rows(holding: Holding, dataset: Dataset | None, registered: Registered) -> tuple[str, ...]:
    """Return the licenses that rows state for these series, and no source does, today or for the day of the copy."""
    said = dict.fromkeys(claim.license for claim in holding.copy_claims if claim.in_rows)
    if not said or dataset is None:
        return ()
    parts = [part for part in dataset.distributions if part.id in holding.distributions]
    stated: set[str] = set()
    for part in parts:
        today = stated_licenses(part, dataset, registered, holding.claimed_licenses)
        stated.update(with_license_then(today, part, dataset, holding, registered))
    return tuple(name for name in said if name not in stated)


def _is_choice_open(holding: Holding) -> bool:
    """Return whether the user states several licenses of which one is to be chosen."""
    return holding.license is not None and any(len(clause) > 1 for clause in clauses_of(holding.license))


def _is_absent_from_idc(holding: Holding, dataset: Dataset) -> bool:
    """Return whether IDC is not known to have any of it: no series were found there, and no part is in its index."""
    return holding.series is None and held_by_idc(dataset).isdisjoint(holding.distributions)


def _is_partly_controlled(dataset: Dataset, registered: Registered) -> bool:
    licenses = registered.licenses
    return any(
        claim.license in licenses and licenses[claim.license].access is Access.CONTROLLED
        for part in dataset.distributions
        for claim in claims_that_count(part, dataset, registered)
    )


def _programs(dataset: Dataset, holding: Holding) -> tuple[str, ...]:
    """Return the program of a dataset, and the programs whose own place the copy came from."""
    own = () if dataset.program is None else (dataset.program,)
    return tuple(dict.fromkeys((*own, *programs_of_place(holding.obtained_from))))


def _program_of_other(holding: Holding) -> dict[str, FactValue]:
    """Return the program of data on the user's word: only their name, or where they are from, can say so."""
    if holding.kind is HoldingKind.OWN:
        return {"dataset.program": known()}
    if holding.kind is not HoldingKind.OTHER:
        return {}
    return {"dataset.program": known(*programs_of_other(holding.name, holding.obtained_from))}
