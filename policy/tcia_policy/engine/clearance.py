"""The clearance of a study and its outputs: everything that stands against releasing them."""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from tcia_policy.engine.output_sources import lineage_of, sources_of
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    CellVerdict,
    Clearance,
    Duty,
    DutyKind,
    DutyStatus,
    Finding,
    Holding,
    Objection,
    ObjectionKind,
    Output,
    OutputClearance,
    Verdict,
)
from tcia_policy.rules.compatibility import outputs_of

BARRING = (Verdict.UNDETERMINED, Verdict.PROHIBITED)
# Activities that come before any release: if one of them is not permitted, the output is not cleared.
LEADING_UP = (
    Activity.ANALYZE,
    Activity.ANNOTATE,
    Activity.TRAIN_MODEL,
    Activity.FINE_TUNE,
    Activity.EVALUATE,
    Activity.USE_HOSTED_SERVICE,
)


@dataclass(frozen=True)
class Judged:
    """The activities judged, whether the project states them, and the results."""

    activities: Sequence[Activity]
    activities_stated: bool
    verdict: Verdict
    verdicts: Sequence[CellVerdict]
    findings: tuple[Finding, ...]
    duties: Sequence[Duty]

    @cached_property
    def worst_on(self) -> Mapping[str, Verdict]:
        """Return the worst verdict on each data item that has one, by its id."""
        worst: dict[str, Verdict] = {}
        for cell in self.verdicts:
            worst[cell.holding] = max(
                worst.get(cell.holding, cell.verdict), cell.verdict, key=lambda item: item.severity
            )
        return worst


def clearance_of(judged: Judged, outputs: Sequence[Output], holdings: Sequence[Holding]) -> Clearance:
    """Return what stands against the study as a whole, and against each of `outputs`.

    Against an output stands what is said of the study and of the `holdings` that it comes from. If no stated activity
    releases an output, the output was not judged, and is undetermined.
    """
    cleared = tuple(_output(output, judged, holdings) for output in outputs)
    return Clearance(
        objections=tuple(_against_the_whole(judged, cleared)),
        findings=tuple(map(_finding, _barring(judged.findings))),
        outputs=cleared,
    )


def _against_the_whole(judged: Judged, outputs: Sequence[OutputClearance]) -> Iterator[Objection]:
    if judged.verdict in BARRING:
        yield Objection(kind=ObjectionKind.WHOLE, verdict=judged.verdict)
    if not judged.activities_stated:
        yield Objection(kind=ObjectionKind.ACTIVITIES_NOT_STATED)
    for item in outputs:
        if item.verdict in BARRING:
            yield Objection(kind=ObjectionKind.OUTPUT, text=item.output.name, verdict=item.verdict)
    for duty in sorted(_open(judged.duties), key=lambda duty: duty.kind is not DutyKind.AGREE):
        yield _duty(duty)


def _output(output: Output, judged: Judged, holdings: Sequence[Holding]) -> OutputClearance:
    sources = sources_of(output, holdings).all
    releasing = [activity for activity in judged.activities if output.kind in outputs_of(activity)]
    leading = {*releasing, *LEADING_UP}
    objections = _against(leading, sources, judged)
    verdicts = [cell.verdict for cell in judged.verdicts if cell.activity in leading and cell.holding in sources]
    verdicts += [item.verdict for item in objections if item.verdict is not None]
    if not releasing or not judged.activities_stated:
        verdicts.append(Verdict.UNDETERMINED)
        objections.append(Objection(kind=ObjectionKind.NOT_JUDGED))
    verdict = max(verdicts, key=lambda item: item.severity, default=Verdict.UNDETERMINED)
    return OutputClearance(
        output=output,
        verdict=verdict,
        cleared=verdict not in BARRING and not objections,
        objections=tuple(dict.fromkeys(objections)),
        sources=tuple(holding.id for holding in holdings if holding.id in sources),
        lineage=lineage_of(output, holdings),
    )


def _against(activities: Set[Activity], sources: Set[str], judged: Judged) -> list[Objection]:
    """Return the findings that stand against any of these activities, and the agreements owed for them.

    Those on data items count for the items among `sources`.
    """
    findings = [item for item in _barring(judged.findings) if item.holding is None or item.holding in sources]
    owed = [duty for duty in _open(judged.duties) if not duty.holdings or not sources.isdisjoint(duty.holdings)]
    agreements = [duty for duty in owed if duty.kind is DutyKind.AGREE]
    return [
        *(_finding(item) for item in findings if not activities.isdisjoint(item.activities)),
        *(_duty(item) for item in agreements if not activities.isdisjoint(item.activities)),
    ]


def _open(duties: Sequence[Duty]) -> list[Duty]:
    return [duty for duty in duties if duty.required and duty.status is DutyStatus.OPEN]


def _barring(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with a verdict that stands against something, in their order."""
    return [item for item in findings if item.lifted_by is None and item.verdict in BARRING]


def _finding(finding: Finding) -> Objection:
    return Objection(
        kind=ObjectionKind.FINDING,
        text=finding.title,
        holding=finding.holding,
        verdict=finding.verdict,
        rule=finding.rule,
    )


def _duty(duty: Duty) -> Objection:
    kind = ObjectionKind.AGREEMENT if duty.kind is DutyKind.AGREE else ObjectionKind.DUTY
    return Objection(kind=kind, text=duty.text, rule=duty.rule)
