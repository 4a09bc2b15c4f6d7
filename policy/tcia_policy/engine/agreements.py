"""The recorded evidence that can lift a rule: permissions from owners, signed agreements, approved requests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta

from tcia_policy.engine.coverage import NOT_FOUND, is_for, is_from_before_control, studies_of, without_version
from tcia_policy.engine.data_named import names_of
from tcia_policy.engine.recorded_evidence import Item, document_in_words, in_words, recorded
from tcia_policy.lazy import dataclass
from tcia_policy.model import Agreement, Answer, Dataset, Distribution, EvidenceSeen, Holding, Permission, Project
from tcia_policy.rules.fact_value import FactValue, known, truth
from tcia_policy.rules.periods import Periods, load_periods

Resolve = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Evidence:
    """The evidence that is valid on the day of the assessment, with the ids of the datasets that it covers.

    `doubtful` are the permissions of which it is not known whether whoever gave them may. `seen` has every piece of
    evidence that the project records, also those that count for nothing; `lines` has what counts, in one line each.
    `leave` says as whom those who answered can give leave for a use. `resolve` returns the ids that a name stands for.
    `only_for` has the data items, by their ids, that an answer of a reviewer is about, where it is not about all data
    of its name.
    """

    as_of: date
    permissions: tuple[tuple[Permission, frozenset[str]], ...]
    agreements: tuple[tuple[Agreement, frozenset[str] | None], ...]
    answers: tuple[tuple[Answer, frozenset[str]], ...] = ()
    doubtful: frozenset[Permission] = frozenset()
    seen: tuple[EvidenceSeen, ...] = ()
    lines: Mapping[Item, str] = field(default_factory=dict)
    leave: Mapping[Item, frozenset[str]] = field(default_factory=dict)
    periods: Periods = field(default_factory=load_periods)
    resolve: Resolve = field(default=lambda name: (name,), compare=False)
    only_for: Mapping[Item, frozenset[str]] = field(default_factory=dict)

    def facts(self, holding: Holding, dataset: Dataset | None, part: Distribution | None) -> dict[str, FactValue]:
        """Return the evidence facts for one part of a data item. None is unknown: only recorded evidence exists."""
        recorded_for = self._recorded_for(holding)
        agreements = self.agreements_for(holding, dataset)
        studies = {study.accession or NOT_FOUND for study in studies_of(holding, dataset)} or {NOT_FOUND}
        return {
            "agreement.recorded": known(*(item.id for item in agreements)),
            "agreement.accessions": known(*(study for item in agreements for study in approved_study(item))),
            "agreement.of_other_data": truth(
                any(item.id == "dbgap" and item not in agreements for item, _ in recorded_for)
            ),
            "agreement.approval_may_have_lapsed": truth(self._some_may_have_lapsed(agreements)),
            "access.study": known(*studies),
            "copy.obtained_before_control": truth(is_from_before_control(holding, dataset)),
        }

    def _some_may_have_lapsed(self, agreements: Sequence[Agreement]) -> bool:
        """Return whether an approval may have expired, and no later one for the same study is recorded."""
        current = {(item.id, approved_study(item)) for item in agreements if not self._may_have_lapsed(item)}
        return any((item.id, approved_study(item)) not in current for item in agreements if self._may_have_lapsed(item))

    def _may_have_lapsed(self, agreement: Agreement) -> bool:
        """Return whether an approval is older than approvals last, and has no end or one that none of them has."""
        approved, lasts = agreement.approved_on, self.periods.approval_lasts.span
        if approved is None or self.as_of - approved <= lasts:
            return False
        return agreement.expires_on is None or _runs_longer(agreement, lasts)

    def permissions_for(self, holding: Holding, part: Distribution | None) -> tuple[Permission, ...]:
        """Return the grants that cover this part."""
        return tuple(
            item
            for item, datasets in self.permissions
            if not names_of(holding).isdisjoint(datasets)
            and (item.distributions is None or (part is not None and _names_part(item.distributions, part)))
        )

    def answers_for(self, holding: Holding) -> tuple[Answer, ...]:
        """Return the replies about this data item."""
        return tuple(
            item
            for item, names in self.answers
            if not names_of(holding).isdisjoint(names) and holding.id in self.only_for.get(item, (holding.id,))
        )

    def leave_of(self, answer: Answer) -> frozenset[str]:
        """Return as whom those who answered can give leave for a use; nothing, if they only settle a doubt."""
        return self.leave.get(answer, frozenset())

    def line(self, item: Item) -> str:
        """Return a piece of evidence and its document in one line, for a finding or a duty."""
        return self.lines.get(item, in_words(item))

    def agreements_for(self, holding: Holding, dataset: Dataset | None) -> tuple[Agreement, ...]:
        """Return the agreements that are for this data item by its route; `dataset` is what it is of."""
        return tuple(
            item
            for item, named in self._recorded_for(holding)
            if is_for(item, holding, dataset, named=named is not None)
        )

    def _recorded_for(self, holding: Holding) -> tuple[tuple[Agreement, frozenset[str] | None], ...]:
        """Return the agreements that name this dataset, and those that name no dataset."""
        names = names_of(holding)
        return tuple((item, named) for item, named in self.agreements if named is None or not names.isdisjoint(named))


def approved_study(agreement: Agreement) -> tuple[str, ...]:
    """Return the dbGaP study whose access request was approved, without its version: `phs004225`."""
    study = without_version(agreement.accession)
    return () if agreement.id != "dbgap" or study is None else (study,)


def _names_part(wanted: tuple[str, ...], part: Distribution) -> bool:
    return part.id in wanted or part.title in wanted


def _runs_longer(agreement: Agreement, lasts: timedelta) -> bool:
    """Return whether a dbGaP request is said to be approved for longer than any is."""
    approved, ends = agreement.approved_on, agreement.expires_on
    return agreement.id == "dbgap" and approved is not None and ends is not None and ends - approved > lasts


def gather(project: Project, as_of: date, resolve: Resolve, seen: Sequence[EvidenceSeen]) -> Evidence:
    """Return the evidence of `project` that holds on `as_of`. `resolve` returns the ids that a name stands for.

    `seen` says what was seen of each piece of evidence; one that it does not have counts for nothing. An agreement
    counts only if it was signed or approved by `as_of` and has not expired; a permission, only if it was granted by
    `as_of` and has not ended; an answer, only if it was given by `as_of`.
    """
    by_field = {item.field: item for item in seen}
    counts = {
        item: by_field[field] for field, item in recorded(project) if field in by_field and by_field[field].counts
    }

    def ids(name: str) -> frozenset[str]:
        return frozenset(resolve(name))

    return Evidence(
        as_of=as_of,
        resolve=resolve,
        permissions=tuple(
            (item, ids(item.dataset))
            for item in project.permissions
            if item in counts and item.on <= as_of and (item.until is None or as_of <= item.until)
        ),
        agreements=tuple(
            (item, None if item.dataset is None else ids(item.dataset))
            for item in project.agreements
            if item in counts and is_valid(item, as_of)
        ),
        answers=tuple((item, ids(item.data)) for item in project.answers if item in counts and item.on <= as_of),
        doubtful=frozenset(
            item for item, found in counts.items() if isinstance(item, Permission) and found.doubt is not None
        ),
        seen=tuple(seen),
        lines={item: f"{in_words(item)} ({document_in_words(found)})" for item, found in counts.items()},
    )


def regathered(evidence: Evidence, project: Project, seen: Sequence[EvidenceSeen]) -> Evidence:
    """Return the evidence of `project` again, with other things `seen` of it, or with less of it."""
    found = gather(project, evidence.as_of, evidence.resolve, seen)
    return replace(found, leave=evidence.leave, only_for=evidence.only_for)


def is_valid(agreement: Agreement, as_of: date) -> bool:
    """Return whether the agreement was signed or approved by `as_of` and has not expired."""
    concluded = agreement.approved_on or agreement.signed_on
    if concluded is None or concluded > as_of:
        return False
    return agreement.expires_on is None or as_of <= agreement.expires_on
