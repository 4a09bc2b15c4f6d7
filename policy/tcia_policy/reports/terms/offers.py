"""What a study may do with each data item, and what holds of its outputs, as one object for all machine formats.

Whatever the check could not decide is no permission. It is told apart, so that a format can say that it is undecided.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Access,
    Activity,
    Assessment,
    CellVerdict,
    Dataset,
    Distribution,
    Duty,
    Finding,
    Holding,
    HoldingTerms,
    License,
    LicenseClaim,
    Notice,
    Objection,
    ObjectionKind,
    Output,
    OutputClearance,
    PartTerms,
    Reference,
    StatedLicense,
    Verdict,
)
from tcia_policy.model.project import SOURCE_LISTS
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.notices import restrictions_on
from tcia_policy.reports.terms.limits_of_use import Limits, limits_of, limits_of_all
from tcia_policy.reports.terms.names import license_iris, unknown_license_iri

ALLOWED = (Verdict.PERMITTED, Verdict.CONDITIONAL)
Licenses = Mapping[str, License]
NOT_STATED = "The project does not state what the study does, so that nothing was asked."
REJECTED = "A reviewer rejected the study"
DISPUTED = "A reviewer rejected what another one let pass"


@dataclass(frozen=True)
class PartOffer:
    """A part that may have been used.

    `id` is that of TCIA's download, or of IDC's files; `None` where no part is known. `declared` are the licenses that
    sources state and that count, each with who states it; `claims` are the statements themselves, as the registry has
    them, also those that no longer count. `concluded` is the license where only one is stated, or where a decision
    concluded it; `None` where sources disagree, say nothing or say more than the license does, and where its terms are
    not known. `decision` is the name of the decision that concluded it. `access` is `None` where it is not known.
    """

    id: str | None
    title: str | None
    declared: tuple[StatedLicense, ...]
    claims: tuple[LicenseClaim, ...]
    concluded: str | None
    decision: str | None
    access: Access | None
    data_types: tuple[str, ...] = ()
    file_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why something is prohibited or undecided: the rule, a sentence, what would help, and where that stands.

    `rule` is `None` where no rule says so: the study does not state what it does, or a reviewer rejected it.
    """

    rule: str | None
    text: str
    remedy: str | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Permitted:
    """An activity that the check found permitted, once its `duties` are done, and within the limits."""

    activity: Activity
    duties: tuple[Duty, ...]
    limits: Limits


@dataclass(frozen=True)
class Ruled:
    """An activity that is prohibited, or of which the check could not tell, and why."""

    activity: Activity
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ItemOffer:
    """What the study may do with one data item.

    Activities that the study does not do with it are in none of the three lists. The data are not those of the whole
    dataset: only the `parts`, from the place that the study had them from.
    """

    holding: Holding
    terms: HoldingTerms | None
    dataset: Dataset | None
    parts: tuple[PartOffer, ...]
    permissions: tuple[Permitted, ...]
    prohibitions: tuple[Ruled, ...]
    undecided: tuple[Ruled, ...]

    @property
    def id(self) -> str:
        """Return the id of the data item."""
        return self.holding.id

    @property
    def page(self) -> str | None:
        """Return the address of the dataset's page, as the registry has it."""
        return None if self.dataset is None else self.dataset.page

    @property
    def concluded(self) -> str | None:
        """Return the one license that is concluded for every part; `None` where there is none, or several."""
        found = {part.concluded for part in self.parts}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class OutputOffer:
    """What was found of an output. `is_cleared`: it may be released, once what is owed with it is done.

    `clearance.sources` are the ids of the data items that it comes from, `clearance.lineage` those that the project
    lists, by what they are to it. `duties` and `limits` are those of the data items that it comes from. `reasons` are
    what stands against it. `name` is `model=CC-BY-NC-4.0`, as `--release` has it; of several with the same, each has
    its lists too (`model=CC-BY-NC-4.0+trained_on=lidc`), so that another order changes no name.
    """

    name: str
    clearance: OutputClearance
    is_cleared: bool
    duties: tuple[Duty, ...]
    limits: Limits
    reasons: tuple[Reason, ...]

    @property
    def is_prohibited(self) -> bool:
        """Return whether the check found that it must not be released so."""
        return self.clearance.verdict is Verdict.PROHIBITED


@dataclass(frozen=True)
class Offers:
    """All of it, in the order of the data items and outputs.

    `licenses` has, by id, those that are described: by us, or by the project. `iris` are their names on the web.
    """

    items: tuple[ItemOffer, ...]
    outputs: tuple[OutputOffer, ...]
    licenses: dict[str, License]
    iris: dict[str, str]

    def license_iri(self, license_id: str) -> str:
        """Return the name of a license that no other license has."""
        return self.iris.get(license_id) or unknown_license_iri(license_id)


def offers_of(assessment: Assessment) -> Offers:
    """Return what the study may do with each data item, and what holds of its outputs."""
    items = tuple(_item(holding, on_it) for holding, on_it in _item_by_item(assessment))
    licenses = {**load_licenses(), **{license_.id: license_ for license_ in assessment.licenses}}
    return Offers(items, tuple(_outputs(items, assessment)), licenses, license_iris(licenses))


def why_nothing_is_permitted(assessment: Assessment) -> Reason | None:
    """Return why no activity at all is declared permitted: none is stated, or a reviewer rejected the study.

    It is so, too, where another reviewer contradicts the rejection.
    """
    rejected_by = () if assessment.review is None else assessment.review.rejected_by
    if rejected_by:
        return Reason(None, f"{REJECTED} ({', '.join(rejected_by)}).")
    disputed = () if assessment.review is None else assessment.review.disputed
    if disputed:
        return Reason(None, f"{DISPUTED} ({', '.join(disputed)}).")
    return None if assessment.activities_stated else Reason(None, NOT_STATED)


def _item_by_item(assessment: Assessment) -> Iterator[tuple[Holding, Assessment]]:
    """Yield each data item with what the assessment says of it or of the whole study, so that nothing is read twice."""
    cells: dict[str, list[CellVerdict]] = {}
    findings: dict[str | None, list[Finding]] = {}
    duties: dict[str | None, list[Duty]] = {}
    for cell in assessment.verdicts:
        cells.setdefault(cell.holding, []).append(cell)
    for finding in assessment.findings:
        findings.setdefault(finding.holding, []).append(finding)
    for duty in assessment.duties:
        for id_ in duty.holdings or (None,):
            duties.setdefault(id_, []).append(duty)
    terms = {each.holding: each for each in assessment.terms}
    for holding in assessment.holdings:
        narrowed = {
            "verdicts": tuple(cells.get(holding.id, ())),
            "findings": (*findings.get(None, ()), *findings.get(holding.id, ())),
            "duties": (*duties.get(None, ()), *duties.get(holding.id, ())),
            "terms": (terms[holding.id],) if holding.id in terms else (),
        }
        yield holding, assessment.model_copy(update=narrowed)


def _item(holding: Holding, assessment: Assessment) -> ItemOffer:
    dataset = next((each for each in assessment.datasets if each.id == holding.dataset), None)
    terms = next(iter(assessment.terms), None)
    nothing = why_nothing_is_permitted(assessment)
    permitted: list[Permitted] = []
    ruled: dict[Verdict, list[Ruled]] = {Verdict.PROHIBITED: [], Verdict.UNDETERMINED: []}
    for cell in assessment.verdicts:
        if cell.verdict not in ALLOWED:
            reasons = _reasons(holding, cell.activity, cell.verdict, assessment) or tuple(map(_by_rule, cell.rules))
            ruled[cell.verdict].append(Ruled(cell.activity, reasons))
        elif nothing is not None:
            ruled[Verdict.UNDETERMINED].append(Ruled(cell.activity, (nothing,)))
        else:
            duties = duties_of((holding.id,), (cell.activity,), assessment)
            permitted.append(Permitted(cell.activity, duties, limits_of(holding, cell.activity, duties, assessment)))
    return ItemOffer(
        holding=holding,
        terms=terms,
        dataset=dataset,
        parts=_parts(holding, terms, dataset, {each.id: each for each in assessment.licenses}),
        permissions=tuple(sorted(permitted, key=lambda each: each.activity)),
        prohibitions=tuple(sorted(ruled[Verdict.PROHIBITED], key=lambda each: each.activity)),
        undecided=tuple(sorted(ruled[Verdict.UNDETERMINED], key=lambda each: each.activity)),
    )


def duties_of(holdings: tuple[str, ...], activities: tuple[Activity, ...], assessment: Assessment) -> tuple[Duty, ...]:
    """Return what is required for any of these activities with any of these data items, done or not, by its id."""
    found = [
        duty
        for duty in assessment.duties
        if duty.required
        and not set(activities).isdisjoint(duty.activities)
        and (not duty.holdings or not set(holdings).isdisjoint(duty.holdings))
    ]
    return tuple(sorted(found, key=lambda duty: duty.id))


def _reasons(holding: Holding, activity: Activity, verdict: Verdict, assessment: Assessment) -> tuple[Reason, ...]:
    """Return the findings that make the activity what it is."""
    found = [
        _reason(finding)
        for finding in assessment.findings
        if finding.verdict is verdict
        and finding.lifted_by is None
        and finding.holding in (None, holding.id)
        and activity in finding.activities
    ]
    return tuple(dict.fromkeys(found))


def _reason(finding: Finding) -> Reason:
    return Reason(finding.rule, f"{finding.title}. {finding.because}", finding.remedy, finding.references)


def _by_rule(rule: str) -> Reason:
    return Reason(rule, "No rule says that it is permitted.")


def _parts(
    holding: Holding, terms: HoldingTerms | None, dataset: Dataset | None, licenses: Licenses
) -> tuple[PartOffer, ...]:
    """Return the parts with their terms; `terms` has one for each of the holding's parts, else a single one."""
    known = {} if dataset is None else {part.id: part for part in dataset.distributions}
    ids: tuple[str | None, ...] = holding.distributions if dataset is not None and holding.distributions else (None,)
    of_parts = () if terms is None else terms.parts
    return tuple(
        PartOffer(
            id=id_,
            title=part.title,
            declared=(*part.stated, *part.set_aside),
            claims=_claims(known.get(id_ or "")),
            concluded=_concluded(holding, part, _restrictions(dataset, id_), licenses),
            decision=None if part.concluded is None else part.concluded.decision,
            access=part.access,
            data_types=_of(known.get(id_ or "")).data_types,
            file_types=_of(known.get(id_ or "")).file_types,
        )
        for id_, part in zip(ids, of_parts, strict=False)
    )


def _concluded(holding: Holding, part: PartTerms, restrictions: Sequence[Notice], known: Licenses) -> str | None:
    """Return the license that is stated and no other, if its terms are known.

    There is none for data on the user's word that may be those of others, and none where a notice on the data excludes
    commercial use and the license does not: who takes the license alone would be told too much.
    """
    in_doubt = holding.registered_as or holding.named_like or holding.speaks_of
    if len(part.stated) != 1 or part.undescribed or in_doubt:
        return None
    license_ = known.get(part.stated[0].license)
    says_less = license_ is None or "commercial-use" not in license_.prohibits
    return None if restrictions and says_less else part.stated[0].license


def _restrictions(dataset: Dataset | None, part: str | None) -> tuple[Notice, ...]:
    """Return what is said against commercial use of a part, or of the whole dataset where no part is known."""
    if dataset is None:
        return ()
    return restrictions_on(dataset, [each.id for each in dataset.distributions] if part is None else [part])


def _claims(part: Distribution | None) -> tuple[LicenseClaim, ...]:
    return () if part is None else part.claims


def _of(part: Distribution | None) -> Distribution:
    return Distribution(id="", title="", claims=()) if part is None else part


def _outputs(items: Sequence[ItemOffer], assessment: Assessment) -> Iterator[OutputOffer]:
    """Yield the outputs; of several that are the same in everything, the first."""
    nothing = why_nothing_is_permitted(assessment)
    by_id = {item.id: item for item in items}
    distinct = {(_name(each.output), _lists(each.output)): each for each in reversed(assessment.clearance.outputs)}
    shared = Counter(name for name, _ in distinct)
    for (name, lists), clearance in reversed(distinct.items()):
        against = tuple(_against(each) for each in clearance.objections)
        yield OutputOffer(
            name=name if shared[name] == 1 else f"{name}+{lists}",
            clearance=clearance,
            is_cleared=clearance.cleared and nothing is None,
            duties=duties_of(clearance.sources, assessment.activities, assessment),
            limits=limits_of_all(
                (permitted.limits for id_ in clearance.sources for permitted in by_id[id_].permissions),
                assessment.project.use,
            ),
            reasons=tuple(dict.fromkeys(against if nothing is None else (*against, nothing))),
        )


def _name(output: Output) -> str:
    return output.kind.value + (f"={output.license}" if output.license else "")


def _lists(output: Output) -> str:
    """Return the lists of an output that are stated, `trained_on=lidc,nsclc+tested_on=luad`."""
    stated = {name: getattr(output, name) for name in SOURCE_LISTS}
    said = [f"{name}={','.join(sorted(entries))}" for name, entries in stated.items() if entries is not None]
    return "+".join(said) or "of-all-data"


def _against(objection: Objection) -> Reason:
    if objection.kind is ObjectionKind.NOT_JUDGED:
        return Reason(None, "No activity that the project states releases it, so that it was not judged.")
    return Reason(objection.rule, objection.text or "Something stands against the study.")
