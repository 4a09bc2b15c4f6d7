"""What must hold of every assessment, whatever was judged."""

from tcia_policy.model import Activity, Assessment, CellVerdict, DutyStatus, Finding, Verdict
from tcia_policy.rules.compatibility import outputs_of


def broken_in(assessment: Assessment) -> list[str]:
    """Every invariant that does not hold, in words; none where all is well."""
    by_cell = _findings_by_cell(assessment)
    planned = assessment.project.use.activities or assessment.activities
    judged = [(cell.holding, cell.activity) for cell in assessment.verdicts if cell.activity in planned]
    expected = [
        (held.id, activity)
        for held in assessment.holdings
        for activity in assessment.activities
        if activity in planned and not _comes_from_nothing_of(held.id, activity, assessment)
    ]
    broken = [] if judged == expected else ["not every holding and activity has exactly one verdict"]
    broken += [
        f"nothing is judged on {held.id}"
        for held in assessment.holdings
        if held.id not in {cell.holding for cell in assessment.verdicts}
    ]
    for cell in assessment.verdicts:
        said = by_cell.get((cell.holding, cell.activity), [])
        broken += [f"{cell.holding}, {cell.activity}: {problem}" for problem in _wrong_with(cell, said)]
    if assessment.exit_code != _expected_exit_code(assessment):
        broken.append(f"exit code {assessment.exit_code} for {assessment.verdict}")
    return broken


def _comes_from_nothing_of(holding: str, activity: Activity, assessment: Assessment) -> bool:
    """Whether the activity releases outputs, and none that is stated comes from the holding."""
    kinds = outputs_of(activity)
    released = [item for item in assessment.clearance.outputs if item.output.kind in kinds]
    return bool(released) and all(holding not in item.sources for item in released)


def _findings_by_cell(assessment: Assessment) -> dict[tuple[str, str], list[Finding]]:
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in assessment.findings:
        for activity in finding.activities:
            if finding.holding is not None and finding.lifted_by is None and finding.verdict is not None:
                by_cell.setdefault((finding.holding, activity), []).append(finding)
    return by_cell


def _wrong_with(cell: CellVerdict, said: list[Finding]) -> list[str]:
    """Return what does not hold: a finding behind each verdict, a source behind each permission, no finding lost."""
    verdicts = {finding.verdict for finding in said}
    wrong = []
    if not cell.rules:
        wrong.append("no rule decided it")
    if cell.verdict in (Verdict.UNDETERMINED, Verdict.PROHIBITED):
        why = [finding for finding in said if finding.verdict is cell.verdict and finding.because.strip()]
        if not why:
            wrong.append(f"{cell.verdict} without a finding that says why")
    else:
        grants = [finding for finding in said if finding.verdict is Verdict.PERMITTED]
        if not any(ref.supports("permitted") for finding in grants for ref in finding.references):
            wrong.append(f"{cell.verdict} without a grant whose source was read")
    if Verdict.PROHIBITED in verdicts and cell.verdict is not Verdict.PROHIBITED:
        wrong.append(f"{cell.verdict} though a finding prohibits it")
    if Verdict.UNDETERMINED in verdicts and cell.verdict in (Verdict.PERMITTED, Verdict.CONDITIONAL):
        wrong.append(f"{cell.verdict} though a finding leaves it open")
    return wrong


def _expected_exit_code(assessment: Assessment) -> int:
    owed = [duty for duty in assessment.duties if duty.required and duty.status is DutyStatus.OPEN]
    if assessment.verdict is Verdict.PROHIBITED or owed:
        return 1
    return 3 if assessment.verdict is Verdict.UNDETERMINED else 0


def strictness(verdict: Verdict) -> int:
    """0 where it may be done, perhaps with duties; 1 where that is open; 2 where it may not."""
    return max(0, verdict.severity - 1)
