"""What would every activity come to, for either purpose, and what stands against it?"""

from collections.abc import Iterable, Mapping, Sequence

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.model import (
    Activity,
    Assessment,
    CellVerdict,
    Finding,
    Holding,
    Purpose,
    Verdict,
)
from tcia_policy.model.base import Contract
from tcia_policy.model.question import Question
from tcia_policy.model.result import Judged

HELD_BACK = (Verdict.PROHIBITED, Verdict.UNDETERMINED)


class WholeVerdict(Contract):
    """The verdict of an activity on the study as a whole: the worst on any data item, or on the study itself."""

    activity: Activity
    verdict: Verdict


class Obstacle(Contract):
    """A rule that makes activities prohibited or undetermined, on a data item, or on the study (`holding` is `None`).

    `remedy` says what would change that.
    """

    rule: str
    title: str
    verdict: Verdict
    holding: str | None
    activities: tuple[Activity, ...]
    because: str
    remedy: str | None = None


class Supposition(Contract):
    """The verdicts if the purpose were this one: of each activity on each data item, and on the study.

    An activity that releases outputs has none on data that these do not come from. `is_stated`: it is the project's
    own purpose. `questions` are what is open, as `check` asks it of a project with this purpose.
    """

    purpose: Purpose
    is_stated: bool
    cells: tuple[CellVerdict, ...]
    whole: tuple[WholeVerdict, ...]
    obstacles: tuple[Obstacle, ...]
    questions: tuple[Question, ...] = ()

    def on(self, holding: str, activity: Activity) -> Verdict | None:
        """Return the verdict on a data item, by its id; `None` where the activity is not done with it."""
        found = (cell.verdict for cell in self.cells if (cell.holding, cell.activity) == (holding, activity))
        return next(found, None)

    def of(self, activity: Activity) -> Verdict:
        """Return the verdict of an activity on the study as a whole."""
        return next(each.verdict for each in self.whole if each.activity is activity)


class WhatIf(Judged):
    """The data items of a case, and what each purpose would come to.

    `without` are the names of data items that are supposed not to be used; `before` is then what each purpose comes to
    with them. `has_manuscript`: a manuscript was read, which is supposed to say no more that they were used.
    """

    title: str | None
    holdings: tuple[Holding, ...]
    suppositions: tuple[Supposition, ...]
    without: tuple[str, ...] = ()
    before: tuple[Supposition, ...] = ()
    has_manuscript: bool = False


def what_if(case: Case, purposes: Sequence[Purpose] = tuple(Purpose), *, asking: bool = True) -> WhatIf:
    """Judge every activity for each of the purposes, each activity beside those that the project states.

    Without `asking` there are no questions: for those who look at the verdicts of many cases alone. Raises `InputError`
    for a study without data.
    """
    case.require_data()
    suppositions = _suppositions(case, purposes, asking=asking)
    return WhatIf(
        summary="; ".join(map(_in_short, suppositions)),
        as_of=case.as_of,
        versions=case.versions,
        title=case.project.title,
        holdings=case.holdings,
        suppositions=suppositions,
        has_manuscript=case.manuscript is not None,
    )


def what_if_without(case: Case, smaller: Case) -> WhatIf:
    """Judge `smaller`, the case without some of its data items, as `what_if` does, and the case itself before it."""
    case.require_data()
    left = {holding.id for holding in smaller.holdings}
    gone = tuple(holding.name for holding in case.holdings if holding.id not in left)
    before = _suppositions(case, tuple(Purpose), asking=False)
    return what_if(smaller).model_copy(update={"without": gone, "before": before})


def _suppositions(case: Case, purposes: Sequence[Purpose], *, asking: bool) -> tuple[Supposition, ...]:
    stated = case.project.use.purpose
    suppositions = (_suppose(case.supposing(purpose=purpose), is_stated=purpose is stated) for purpose in purposes)
    if not asking:
        return tuple(suppositions)
    return tuple(
        each.model_copy(update={"questions": _asked(case.supposing(purpose=each.purpose))}) for each in suppositions
    )


def _in_short(supposed: Supposition) -> str:
    """Return `commercial: 3 of 15 activities have nothing against them, 12 are prohibited`."""
    counts = {verdict: sum(each.verdict is verdict for each in supposed.whole) for verdict in Verdict}
    clear = counts[Verdict.PERMITTED] + counts[Verdict.CONDITIONAL]
    parts = [f"{clear} of {len(supposed.whole)} activities may be done"]
    parts += [f"{counts[verdict]} {verdict.value}" for verdict in reversed(HELD_BACK) if counts[verdict]]
    return f"{supposed.purpose.value}: {', '.join(parts)}"


def _suppose(case: Case, *, is_stated: bool) -> Supposition:
    assert case.project.use.purpose is not None
    seen = _assessments(case)
    return Supposition(
        purpose=case.project.use.purpose,
        is_stated=is_stated,
        cells=tuple(
            cell for activity, assessment in seen.items() for cell in assessment.verdicts if cell.activity is activity
        ),
        whole=tuple(
            WholeVerdict(activity=activity, verdict=_whole(assessment, activity))
            for activity, assessment in seen.items()
        ),
        obstacles=_merged(
            obstacle for activity, assessment in seen.items() for obstacle in _obstacles(assessment, activity)
        ),
    )


def _asked(case: Case) -> tuple[Question, ...]:
    """Return what is open if every activity is stated."""
    return assess(case.supposing(activities=tuple(Activity))).questions


def _assessments(case: Case) -> Mapping[Activity, Assessment]:
    """Return an assessment for each activity. Which outputs stray depends on the activities stated beside it."""
    stated = case.project.use.activities
    if not stated or not case.project.use.outputs:
        return dict.fromkeys(Activity, assess(case.supposing(activities=tuple(Activity)), asking=False))
    return {activity: assess(case.supposing(activities=(*stated, activity)), asking=False) for activity in Activity}


def _whole(assessment: Assessment, activity: Activity) -> Verdict:
    """Return the worst of what is said of the activity, on any data item or on the study as a whole."""
    verdicts: list[Verdict] = [cell.verdict for cell in assessment.verdicts if cell.activity is activity]
    verdicts += [
        finding.verdict
        for finding in assessment.findings
        if finding.holding is None and finding.verdict is not None and _counts(finding, activity)
    ]
    return max(verdicts, key=lambda verdict: verdict.severity)


def _counts(finding: Finding, activity: Activity) -> bool:
    return finding.lifted_by is None and activity in finding.activities


def _obstacles(assessment: Assessment, activity: Activity) -> Iterable[Obstacle]:
    """Yield what decides that the activity is prohibited or undetermined, on each data item and on the study."""
    decided = {
        (cell.holding, rule): cell.verdict
        for cell in assessment.verdicts
        if cell.activity is activity
        for rule in cell.rules
    }
    for finding in assessment.findings:
        if finding.verdict not in HELD_BACK or not _counts(finding, activity):
            continue
        if finding.holding is None or decided.get((finding.holding, finding.rule)) is finding.verdict:
            yield Obstacle(
                rule=finding.rule,
                title=finding.title,
                verdict=finding.verdict,
                holding=finding.holding,
                activities=(activity,),
                because=finding.because,
                remedy=finding.remedy,
            )


def _merged(obstacles: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """Return the obstacles, those that differ only in the activity as one, the worst first."""
    merged: dict[Obstacle, list[Activity]] = {}
    for obstacle in obstacles:
        merged.setdefault(obstacle.model_copy(update={"activities": ()}), []).extend(obstacle.activities)
    found = [obstacle.model_copy(update={"activities": tuple(found)}) for obstacle, found in merged.items()]
    return tuple(sorted(found, key=lambda each: -each.verdict.severity))
