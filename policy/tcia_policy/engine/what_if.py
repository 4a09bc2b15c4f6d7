"""What would every activity come to, for either purpose?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.model import Activity, Assessment, Holding, Purpose, Verdict


@dataclass(frozen=True)
class Supposition:
    """The verdicts if the purpose were this one: of each activity on each data item (by its id), and on the study.

    An activity that releases outputs has none on data that these do not come from.
    """

    purpose: Purpose
    cells: Mapping[tuple[str, Activity], Verdict]
    whole: Mapping[Activity, Verdict]


@dataclass(frozen=True)
class WhatIf:
    """The data items of a case, and what each purpose would come to."""

    holdings: tuple[Holding, ...]
    suppositions: tuple[Supposition, ...]


def what_if(case: Case, purposes: Sequence[Purpose] = tuple(Purpose)) -> WhatIf:
    """Judge every activity for each of the purposes, each activity beside those that the project states."""
    return WhatIf(case.holdings, tuple(_suppose(case.supposing(purpose=purpose)) for purpose in purposes))


def _suppose(case: Case) -> Supposition:
    assert case.project.use.purpose is not None
    seen = _assessments(case)
    return Supposition(
        purpose=case.project.use.purpose,
        cells={
            (cell.holding, cell.activity): cell.verdict
            for activity, assessment in seen.items()
            for cell in assessment.verdicts
            if cell.activity is activity
        },
        whole={activity: _whole(assessment, activity) for activity, assessment in seen.items()},
    )


def _assessments(case: Case) -> Mapping[Activity, Assessment]:
    """Return an assessment for each activity. Which outputs stray depends on the activities stated beside it."""
    stated = case.project.use.activities
    if not stated or not case.project.use.outputs:
        return dict.fromkeys(Activity, assess(case.supposing(activities=tuple(Activity))))
    return {activity: assess(case.supposing(activities=(*stated, activity))) for activity in Activity}


def _whole(assessment: Assessment, activity: Activity) -> Verdict:
    """Return the worst of what is said of the activity, on any data item or on the study as a whole."""
    verdicts: Sequence[Verdict] = [
        *(cell.verdict for cell in assessment.verdicts if cell.activity is activity),
        *(
            finding.verdict
            for finding in assessment.findings
            if finding.holding is None
            and finding.verdict is not None
            and finding.lifted_by is None
            and activity in finding.activities
        ),
    ]
    return max(verdicts, key=lambda verdict: verdict.severity)
