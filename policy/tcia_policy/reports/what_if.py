"""Every activity for both purposes, side by side."""

from collections.abc import Mapping, Sequence

from tcia_policy.model import Activity, Assessment, Purpose, Verdict
from tcia_policy.text.sanitize import clean


def render_what_if(assessments: Mapping[Purpose, Assessment]) -> str:
    """For each holding, and last for the whole study, a line an activity with its verdict for each purpose."""
    purposes = list(assessments)
    first = assessments[purposes[0]]
    width = max(len(activity.value) for activity in Activity)
    lines: list[str] = []
    for holding in first.holdings:
        lines += ["", clean(holding.name), f"  {'':<{width}}  " + "  ".join(f"{item.value:<13}" for item in purposes)]
        for activity in first.activities:
            verdicts = [_verdict(assessments[purpose], holding.id, activity) for purpose in purposes]
            lines.append(
                f"  {activity.value:<{width}}  " + "  ".join(f"{item.value:<13}" for item in verdicts).rstrip()
            )
    lines += ["", "Whole study", f"  {'':<{width}}  " + "  ".join(f"{item.value:<13}" for item in purposes)]
    for activity in first.activities:
        worst = [_worst(assessments[purpose], activity) for purpose in purposes]
        lines.append(f"  {activity.value:<{width}}  " + "  ".join(f"{item.value:<13}" for item in worst).rstrip())
    return "\n".join(lines[1:]) + "\n"


def _verdict(assessment: Assessment, holding: str, activity: Activity) -> Verdict:
    return next(cell.verdict for cell in assessment.verdicts if (cell.holding, cell.activity) == (holding, activity))


def _worst(assessment: Assessment, activity: Activity) -> Verdict:
    cells: Sequence[Verdict] = [cell.verdict for cell in assessment.verdicts if cell.activity is activity]
    return max(cells, key=lambda verdict: verdict.severity)
