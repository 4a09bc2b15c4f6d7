"""Whether the assessment clears what is to be released: no text may look like a clearance that is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tcia_policy.model import Activity, Assessment, Duty, DutyKind, DutyStatus, Finding, Output, Verdict
from tcia_policy.reports.item_names import Names
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.text.english import count

UNCLEAR = (Verdict.UNDETERMINED, Verdict.PROHIBITED)
# What comes before any release: an output of a use that is not permitted is not cleared either.
LEADING_UP = (Activity.ANALYZE, Activity.TRAIN_MODEL)


@dataclass(frozen=True)
class Release:
    """An output, the worst verdict on what leads to it and on releasing it, and what stands against it."""

    output: Output
    verdict: Verdict
    objections: tuple[str, ...]

    @property
    def is_cleared(self) -> bool:
        """Whether nothing stands against releasing it but duties to be done with the release."""
        return self.verdict not in UNCLEAR and not self.objections

    @property
    def name(self) -> str:
        """`model under Apache-2.0`."""
        return self.output.kind.value + (f" under {self.output.license}" if self.output.license else "")


def releases(assessment: Assessment, names: Names) -> tuple[Release, ...]:
    """Every output that the project states, with what the assessment says of it.

    An output that no stated activity releases was not judged, and is undetermined.
    """
    return tuple(_release(output, assessment, names) for output in assessment.project.use.outputs or ())


def objections(assessment: Assessment, stated: Sequence[Release]) -> tuple[str, ...]:
    """Why nothing here may be taken for a clearance, the whole first; nothing where `check` would be clear."""
    lines = [f"the use as a whole: {assessment.verdict.value}"] if assessment.verdict in UNCLEAR else []
    if not assessment.activities_stated:
        lines.append("the project states no activities, so that nothing of what is planned was judged as such")
    lines += [f"{item.name}: {item.verdict.value}" for item in stated if item.verdict in UNCLEAR]
    lines += [f"owed and not recorded: {duty.text}" for duty in _open(assessment) if duty.kind is DutyKind.AGREE]
    others = sum(duty.kind is not DutyKind.AGREE for duty in _open(assessment))
    return (*lines, *([f"{count(others, 'required duty', 'required duties')} not met"] if others else []))


def reasons(assessment: Assessment, names: Names) -> tuple[str, ...]:
    """Every finding that stands against anything planned, in one line each."""
    return tuple(dict.fromkeys(_spoken(finding, names) for finding in _against(assessment)))


def _open(assessment: Assessment) -> list[Duty]:
    return [duty for duty in assessment.duties if duty.required and duty.status is DutyStatus.OPEN]


def _release(output: Output, assessment: Assessment, names: Names) -> Release:
    by = [activity for activity in assessment.activities if output.kind in outputs_of(activity)]
    judged = {*by, *LEADING_UP}
    against = [each for each in _against(assessment) if not judged.isdisjoint(each.activities)]
    verdicts = [cell.verdict for cell in assessment.verdicts if cell.activity in judged]
    verdicts += [finding.verdict for finding in against if finding.verdict is not None]
    said = [_spoken(finding, names) for finding in against]
    said += [
        f"owed and not recorded: {duty.text}"
        for duty in _open(assessment)
        if duty.kind is DutyKind.AGREE and not judged.isdisjoint(duty.activities)
    ]
    if not by or not assessment.activities_stated:
        verdicts.append(Verdict.UNDETERMINED)
        said.append("the project states no activity that releases it, so that its release was not judged")
    return Release(output, _worst(verdicts), tuple(dict.fromkeys(said)))


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return max(verdicts, key=lambda each: each.severity, default=Verdict.UNDETERMINED)


def _against(assessment: Assessment) -> Iterator[Finding]:
    """The findings that stand against anything, worst first as the assessment has them."""
    for finding in assessment.findings:
        if finding.lifted_by is None and finding.verdict in UNCLEAR:
            yield finding


def _spoken(finding: Finding, names: Names) -> str:
    holding = names.holdings.get(finding.holding or "")
    data = f"{holding.name}: " if holding is not None else ""
    verdict = "" if finding.verdict is None else f"{finding.verdict.value}, "
    return f"{data}{verdict}{finding.title} [{finding.rule}]"
