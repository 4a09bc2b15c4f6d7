"""The content of every report, in the order in which it is shown: looked up, grouped and sorted, never judged."""

from collections.abc import Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Assessment,
    CellVerdict,
    CitationOwed,
    Dataset,
    Distribution,
    Duty,
    DutyKind,
    Finding,
    Holding,
    LicenseClaim,
    OutputClearance,
    Verdict,
)
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import render_text, short_reference
from tcia_policy.reports.fact_days import line_on_days
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import DUTY_ORDER, words_read


@dataclass(frozen=True)
class PartView:
    """A part that may have been used, and what each source says of its license.

    `distribution` is `None` for an id that the dataset does not have.
    """

    id: str
    distribution: Distribution | None
    claims: tuple[LicenseClaim, ...]


@dataclass(frozen=True)
class HoldingView:
    """A data item. `licenses` are all that any source states for its parts. `verdicts` are sorted worst first.

    `words` say as which parts each word of the project was read.
    `cells` are in the order of the assessment's activities, `None` where one was not judged.
    """

    holding: Holding
    dataset: Dataset | None
    licenses: tuple[str, ...]
    parts: tuple[PartView, ...]
    words: tuple[str, ...]
    verdicts: tuple[tuple[Verdict, tuple[Activity, ...]], ...]
    cells: tuple[CellVerdict | None, ...]


@dataclass(frozen=True)
class FindingView:
    """A finding that is word for word the same for all `holdings`; with none, it is on the study as a whole."""

    finding: Finding
    holdings: tuple[str, ...]


@dataclass(frozen=True)
class DutyView:
    """A line of the checklist. `label` is what to do, in few words; `citation` what to cite."""

    duty: Duty
    label: str
    holdings: tuple[str, ...]
    citation: CitationOwed | None


@dataclass(frozen=True)
class DutyGroup:
    """All duties of one kind."""

    kind: DutyKind
    duties: tuple[DutyView, ...]


@dataclass(frozen=True)
class CitationView:
    """A reference in full, and for what it is owed."""

    text: str
    owed: CitationOwed
    holdings: tuple[str, ...]


@dataclass(frozen=True)
class OutputView:
    """An output, the names of the data items that it comes from, and of those that it was only tested on."""

    clearance: OutputClearance
    sources: tuple[str, ...]
    tested_on: tuple[str, ...]


@dataclass(frozen=True)
class ReportView:
    """The whole of a report. `outputs` are those of a project that says of one what it comes from, else none.

    `days` is a line on facts that are old, or of a later day than the assessment.
    `findings` decide and are sorted worst first; `lifted` do so no longer; `grants` permit; `notices` decide nothing.
    """

    assessment: Assessment
    names: Names
    days: str | None
    holdings: tuple[HoldingView, ...]
    findings: tuple[FindingView, ...]
    lifted: tuple[FindingView, ...]
    grants: tuple[FindingView, ...]
    notices: tuple[FindingView, ...]
    required: tuple[DutyGroup, ...]
    requested: tuple[DutyGroup, ...]
    citations: tuple[CitationView, ...]
    outputs: tuple[OutputView, ...]


def report_view(assessment: Assessment) -> ReportView:
    """Return everything that a report of `assessment` shows."""
    names = Names.of(assessment)
    findings = {kind: _merged(items, names) for kind, items in by_what_they_do(assessment.findings).items()}
    return ReportView(
        assessment=assessment,
        names=names,
        days=line_on_days(assessment.fact_days, assessment.as_of),
        holdings=tuple(_holding(holding, assessment, names) for holding in assessment.holdings),
        findings=findings["against"],
        lifted=findings["lifted"],
        grants=findings["grants"],
        notices=findings["notices"],
        required=_groups([duty for duty in assessment.duties if duty.required], assessment, names),
        requested=_groups([duty for duty in assessment.duties if not duty.required], assessment, names),
        citations=tuple(_citation(owed, names) for owed in assessment.citations),
        outputs=_outputs(assessment, names),
    )


def _outputs(assessment: Assessment, names: Names) -> tuple[OutputView, ...]:
    stated = assessment.clearance.outputs
    if not any(item.output.has_lists for item in stated):
        return ()
    return tuple(OutputView(item, names.holdings_of(item.sources), item.output.tested_on or ()) for item in stated)


def by_what_they_do(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Return those that stand against something (worst first), are lifted, permit, and decide nothing."""
    groups: dict[str, list[Finding]] = {"against": [], "lifted": [], "grants": [], "notices": []}
    for finding in findings:
        if finding.lifted_by is not None:
            groups["lifted"].append(finding)
        elif finding.verdict is None:
            groups["notices"].append(finding)
        else:
            groups["grants" if finding.verdict is Verdict.PERMITTED else "against"].append(finding)
    groups["against"].sort(key=_worst_first)
    return groups


def _citation(owed: CitationOwed, names: Names) -> CitationView:
    return CitationView(render_text(owed.citation), owed, names.holdings_of(owed.holdings))


def _worst_first(finding: Finding) -> int:
    return 0 if finding.verdict is None else -finding.verdict.severity


def _merged(findings: Sequence[Finding], names: Names) -> tuple[FindingView, ...]:
    """Make findings that differ only in the data item into one, at the place of the first."""
    groups: dict[Finding, list[str]] = {}
    for finding in findings:
        holdings = groups.setdefault(finding.model_copy(update={"holding": None}), [])
        holdings += [] if finding.holding is None else [finding.holding]
    return tuple(FindingView(finding, names.holdings_of(ids)) for finding, ids in groups.items())


def _holding(holding: Holding, assessment: Assessment, names: Names) -> HoldingView:
    dataset = names.datasets.get(holding.dataset or "")
    parts = tuple(_part(part_id, dataset) for part_id in holding.distributions)
    stated = [claim.license for part in parts for claim in part.claims]
    stated += [*holding.claimed_licenses, *([holding.license] if holding.license else [])]
    stated += [claim.license for claim in holding.copy_claims]
    cells = {cell.activity: cell for cell in assessment.verdicts if cell.holding == holding.id}
    return HoldingView(
        holding=holding,
        dataset=dataset,
        licenses=tuple(dict.fromkeys(names.license(license_id) for license_id in stated)),
        parts=parts,
        words=words_read(holding, dataset),
        verdicts=_by_verdict(list(cells.values())),
        cells=tuple(cells.get(activity) for activity in assessment.activities),
    )


def _part(part_id: str, dataset: Dataset | None) -> PartView:
    found = [part for part in dataset.distributions if part.id == part_id] if dataset is not None else []
    return PartView(part_id, found[0], found[0].claims) if found else PartView(part_id, None, ())


def _by_verdict(cells: Sequence[CellVerdict]) -> tuple[tuple[Verdict, tuple[Activity, ...]], ...]:
    groups = {
        verdict: tuple(cell.activity for cell in cells if cell.verdict is verdict) for verdict in reversed(Verdict)
    }
    return tuple((verdict, activities) for verdict, activities in groups.items() if activities)


def _groups(duties: Sequence[Duty], assessment: Assessment, names: Names) -> tuple[DutyGroup, ...]:
    citations = {owed.citation.doi: owed for owed in assessment.citations}
    by_kind: dict[DutyKind, list[DutyView]] = {kind: [] for kind in DUTY_ORDER}
    for duty in duties:
        owed = citations.get(duty.doi or "")
        by_kind[duty.kind].append(DutyView(duty, _label(duty, owed), names.holdings_of(duty.holdings), owed))
    return tuple(DutyGroup(kind, tuple(group)) for kind, group in by_kind.items() if group)


def _label(duty: Duty, owed: CitationOwed | None) -> str:
    if duty.kind is not DutyKind.CITE or owed is None:
        return duty.text
    return f"{short_reference(owed.citation)}, {doi_url(owed.citation.doi)}"
