"""What every rendering shows, in the order in which it is shown. Nothing here judges; it looks up, groups and sorts."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    Verdict,
)
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import render_text, short_reference
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import DUTY_ORDER
from tcia_policy.reports.summary import summary_line


@dataclass(frozen=True)
class PartOutline:
    """One part that may be held, and what each source says of its license. `distribution` is `None` for an id that the
    dataset does not have."""

    id: str
    distribution: Distribution | None
    claims: tuple[LicenseClaim, ...]


@dataclass(frozen=True)
class HoldingOutline:
    """One holding: `licenses` as any source states them for the parts held, `verdicts` worst first, `cells` in the
    order of the assessment's activities (`None` where the assessment has none)."""

    holding: Holding
    dataset: Dataset | None
    licenses: tuple[str, ...]
    parts: tuple[PartOutline, ...]
    verdicts: tuple[tuple[Verdict, tuple[Activity, ...]], ...]
    cells: tuple[CellVerdict | None, ...]


@dataclass(frozen=True)
class FindingOutline:
    """What a rule says, word for word the same, of one or more holdings (of none: of the study as a whole)."""

    finding: Finding
    holdings: tuple[str, ...]


@dataclass(frozen=True)
class DutyOutline:
    """One line of the checklist. `label` is what to do in as few words as there are; `citation` what to cite."""

    duty: Duty
    label: str
    holdings: tuple[str, ...]
    citation: CitationOwed | None


@dataclass(frozen=True)
class DutyGroup:
    """All duties of one kind."""

    kind: DutyKind
    duties: tuple[DutyOutline, ...]


@dataclass(frozen=True)
class CitationOutline:
    """A reference in full text, and for what it is owed."""

    text: str
    owed: CitationOwed
    holdings: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """The whole of a report. `findings` decide and are sorted worst first; `lifted` no longer do; `grants` permit;
    `notices` decide nothing."""

    assessment: Assessment
    names: Names
    summary: str
    holdings: tuple[HoldingOutline, ...]
    findings: tuple[FindingOutline, ...]
    lifted: tuple[FindingOutline, ...]
    grants: tuple[FindingOutline, ...]
    notices: tuple[FindingOutline, ...]
    required: tuple[DutyGroup, ...]
    requested: tuple[DutyGroup, ...]
    citations: tuple[CitationOutline, ...]


def outline(assessment: Assessment) -> Outline:
    """Everything that a report of `assessment` shows."""
    names = Names.of(assessment)
    deciding = [each for each in assessment.findings if each.verdict is not None and each.lifted_by is None]
    against = [each for each in deciding if each.verdict is not Verdict.PERMITTED]
    return Outline(
        assessment=assessment,
        names=names,
        summary=summary_line(assessment),
        holdings=tuple(_holding(holding, assessment, names) for holding in assessment.holdings),
        findings=_merged(sorted(against, key=_worst_first), names),
        lifted=_merged([each for each in assessment.findings if each.lifted_by is not None], names),
        grants=_merged([each for each in deciding if each.verdict is Verdict.PERMITTED], names),
        notices=_merged([each for each in assessment.findings if each.verdict is None and not each.lifted_by], names),
        required=_groups([duty for duty in assessment.duties if duty.required], assessment, names),
        requested=_groups([duty for duty in assessment.duties if not duty.required], assessment, names),
        citations=tuple(
            CitationOutline(render_text(owed.citation), owed, names.holdings_of(owed.holdings))
            for owed in assessment.citations
        ),
    )


def _worst_first(finding: Finding) -> int:
    return 0 if finding.verdict is None else -finding.verdict.severity


def _merged(findings: Sequence[Finding], names: Names) -> tuple[FindingOutline, ...]:
    """Findings that differ in nothing but the holding become one, at the place of the first."""
    groups: dict[Finding, list[str]] = {}
    for finding in findings:
        holdings = groups.setdefault(finding.model_copy(update={"holding": None}), [])
        holdings += [] if finding.holding is None else [finding.holding]
    return tuple(FindingOutline(finding, names.holdings_of(ids)) for finding, ids in groups.items())


def _holding(holding: Holding, assessment: Assessment, names: Names) -> HoldingOutline:
    dataset = names.datasets.get(holding.dataset or "")
    parts = tuple(_part(part_id, dataset) for part_id in holding.distributions)
    stated = [claim.license for part in parts for claim in part.claims]
    stated += [*holding.claimed_licenses, *([holding.license] if holding.license else [])]
    cells = {cell.activity: cell for cell in assessment.verdicts if cell.holding == holding.id}
    return HoldingOutline(
        holding=holding,
        dataset=dataset,
        licenses=tuple(dict.fromkeys(names.license(license_id) for license_id in stated)),
        parts=parts,
        verdicts=_by_verdict(list(cells.values())),
        cells=tuple(cells.get(activity) for activity in assessment.activities),
    )


def _part(part_id: str, dataset: Dataset | None) -> PartOutline:
    found = [part for part in dataset.distributions if part.id == part_id] if dataset is not None else []
    return PartOutline(part_id, found[0], found[0].claims) if found else PartOutline(part_id, None, ())


def _by_verdict(cells: Sequence[CellVerdict]) -> tuple[tuple[Verdict, tuple[Activity, ...]], ...]:
    groups = {
        verdict: tuple(cell.activity for cell in cells if cell.verdict is verdict) for verdict in reversed(Verdict)
    }
    return tuple((verdict, activities) for verdict, activities in groups.items() if activities)


def _groups(duties: Sequence[Duty], assessment: Assessment, names: Names) -> tuple[DutyGroup, ...]:
    citations = {owed.citation.doi: owed for owed in assessment.citations}
    by_kind: dict[DutyKind, list[DutyOutline]] = {kind: [] for kind in DUTY_ORDER}
    for duty in duties:
        owed = citations.get(duty.doi or "")
        by_kind[duty.kind].append(DutyOutline(duty, _label(duty, owed), names.holdings_of(duty.holdings), owed))
    return tuple(DutyGroup(kind, tuple(group)) for kind, group in by_kind.items() if group)


def _label(duty: Duty, owed: CitationOwed | None) -> str:
    if duty.kind is not DutyKind.CITE or owed is None:
        return duty.text
    return f"{short_reference(owed.citation)}, {doi_url(owed.citation.doi)}"
