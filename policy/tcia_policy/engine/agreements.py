"""The recorded evidence that can lift a rule: permissions from owners, signed agreements, approved requests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tcia_policy.engine.coverage import NOT_FOUND, is_for, is_from_before_control, studies_of, without_version
from tcia_policy.model import Agreement, Dataset, Distribution, Holding, Permission, Project
from tcia_policy.rules.periods import Periods, load_periods
from tcia_policy.rules.vocabulary import FactValue, known, truth

Resolve = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Evidence:
    """The evidence that is valid on the day of the assessment, with the ids of the datasets that it covers."""

    as_of: date
    permissions: tuple[tuple[Permission, frozenset[str]], ...]
    agreements: tuple[tuple[Agreement, frozenset[str] | None], ...]
    periods: Periods = field(default_factory=load_periods)

    def facts(self, holding: Holding, dataset: Dataset | None, part: Distribution | None) -> dict[str, FactValue]:
        """Return the evidence facts for one part of a data item. None is unknown: only recorded evidence exists."""
        recorded = self._recorded_for(holding)
        agreements = self.agreements_for(holding, dataset)
        studies = {study.accession or NOT_FOUND for study in studies_of(holding, dataset)} or {NOT_FOUND}
        return {
            "permission.grants": known(*(item.grants for item in self.permissions_for(holding, part))),
            "agreement.recorded": known(*(item.id for item in agreements)),
            "agreement.accessions": known(*(study for item in agreements for study in approved_study(item))),
            "agreement.of_other_data": truth(
                any(item.id == "dbgap" and item not in agreements for item, _ in recorded)
            ),
            "agreement.approval_may_have_lapsed": truth(self._some_may_have_lapsed(agreements)),
            "access.study": known(*studies),
            "copy.obtained_before_control": truth(is_from_before_control(holding)),
        }

    def _some_may_have_lapsed(self, agreements: Sequence[Agreement]) -> bool:
        """Return whether an approval may have expired, and no later one for the same study is recorded."""
        current = {(item.id, approved_study(item)) for item in agreements if not self._may_have_lapsed(item)}
        return any((item.id, approved_study(item)) not in current for item in agreements if self._may_have_lapsed(item))

    def _may_have_lapsed(self, agreement: Agreement) -> bool:
        """Return whether an approval has no recorded end, and is older than approvals usually last."""
        approved = agreement.approved_on
        return (
            approved is not None
            and agreement.expires_on is None
            and self.as_of - approved > self.periods.approval_lasts.span
        )

    def permissions_for(self, holding: Holding, part: Distribution | None) -> tuple[Permission, ...]:
        """Return the grants that cover this part."""
        return tuple(
            item
            for item, datasets in self.permissions
            if _name(holding) in datasets
            and (item.distributions is None or (part is not None and _names_part(item.distributions, part)))
        )

    def agreements_for(self, holding: Holding, dataset: Dataset | None) -> tuple[Agreement, ...]:
        """Return the agreements that are for this data item by its route; `dataset` is what it is of."""
        return tuple(
            item
            for item, named in self._recorded_for(holding)
            if is_for(item, holding, dataset, named=named is not None)
        )

    def _recorded_for(self, holding: Holding) -> tuple[tuple[Agreement, frozenset[str] | None], ...]:
        """Return the agreements that name this dataset, and those that name no dataset."""
        return tuple((item, named) for item, named in self.agreements if named is None or _name(holding) in named)


def approved_study(agreement: Agreement) -> tuple[str, ...]:
    """Return the dbGaP study whose access request was approved, without its version: `phs004225`."""
    study = without_version(agreement.accession)
    return () if agreement.id != "dbgap" or study is None else (study,)


def _name(holding: Holding) -> str:
    return holding.dataset if holding.dataset is not None else holding.name


def _names_part(wanted: tuple[str, ...], part: Distribution) -> bool:
    return part.id in wanted or part.title in wanted


def gather(project: Project, as_of: date, resolve: Resolve) -> Evidence:
    """Return the evidence of `project` that holds on `as_of`. `resolve` turns a dataset's name into registry ids.

    An agreement counts only if it has a day, was signed or approved by `as_of` and has not expired. A permission counts
    only if it was granted by `as_of` and has not expired.
    """
    others = {item.other.name for item in project.data if item.other is not None}

    def ids(name: str) -> frozenset[str]:
        return frozenset((name,) if name in others else resolve(name))

    return Evidence(
        as_of=as_of,
        permissions=tuple(
            (item, ids(item.dataset))
            for item in project.permissions
            if item.on <= as_of and (item.expires_on is None or as_of <= item.expires_on)
        ),
        agreements=tuple(
            (item, None if item.dataset is None else ids(item.dataset))
            for item in project.agreements
            if is_valid(item, as_of)
        ),
    )


def is_valid(agreement: Agreement, as_of: date) -> bool:
    """Return whether the agreement was signed or approved by `as_of` and has not expired."""
    concluded = agreement.approved_on or agreement.signed_on
    if concluded is None or concluded > as_of:
        return False
    return agreement.expires_on is None or as_of <= agreement.expires_on


def format_permission(permission: Permission) -> str:
    """Return the grant in one line, for a finding."""
    return (
        f"{permission.grants} granted by {permission.from_} on {permission.on.isoformat()} "
        f"(evidence: {permission.evidence})"
    )


def format_agreement(agreement: Agreement) -> str:
    """Return the agreement in one line, for a finding or a duty."""
    concluded = agreement.approved_on or agreement.signed_on
    accession = f" {agreement.accession}" if agreement.accession else ""
    until = f", until {agreement.expires_on.isoformat()}" if agreement.expires_on else ""
    day = f" of {concluded.isoformat()}" if concluded else ""
    return f"{agreement.id}{accession}{day}{until} ({_document(agreement.evidence)})"


def _document(evidence: str | None) -> str:
    return "no document named" if evidence is None else f"evidence: {evidence}"
