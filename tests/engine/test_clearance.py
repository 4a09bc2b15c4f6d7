"""What stands against a release: nothing may look like a clearance that is none."""

from tcia_policy.engine.clearance import Judged, clearance_of
from tcia_policy.model import (
    Activity,
    CellVerdict,
    Duty,
    DutyKind,
    DutyStatus,
    Finding,
    Objection,
    ObjectionKind,
    Output,
    OutputKind,
    Verdict,
)
from tests.engine.small import other

DATA = (other("LIDC-IDRI", None), other("Another", None))
MODEL = Output(kind=OutputKind.MODEL, license="Apache-2.0")
ACTIVITIES = (Activity.TRAIN_MODEL, Activity.RELEASE_MODEL)


def finding(verdict: Verdict | None, activity: Activity, lifted_by: str | None = None) -> Finding:
    return Finding(
        rule="a-rule",
        title="A title",
        verdict=verdict,
        holding="LIDC-IDRI",
        activities=(activity,),
        because="",
        references=(),
        lifted_by=lifted_by,
    )


def duty(kind: DutyKind, status: DutyStatus = DutyStatus.OPEN, *, required: bool = True) -> Duty:
    return Duty(
        id="a-duty",
        kind=kind,
        text="Do it",
        rule="a-rule",
        holdings=("LIDC-IDRI",),
        activities=(Activity.RELEASE_MODEL,),
        required=required,
        status=status,
        references=(),
    )


def judged(
    *findings: Finding,
    duties: tuple[Duty, ...] = (),
    verdict: Verdict = Verdict.CONDITIONAL,
    activities: tuple[Activity, ...] = ACTIVITIES,
    stated: bool = True,
) -> Judged:
    cells = [
        CellVerdict(holding="LIDC-IDRI", activity=activity, verdict=Verdict.CONDITIONAL, rules=("a-rule",))
        for activity in activities
    ]
    return Judged(activities, stated, verdict, cells, findings, duties)


def test_an_output_is_cleared_where_only_duties_remain_that_are_done_with_the_release() -> None:
    found = clearance_of(judged(duties=(duty(DutyKind.CITE, DutyStatus.UNVERIFIED),)), [MODEL], DATA)
    assert found.objections == ()
    assert [(item.output, item.verdict, item.cleared) for item in found.outputs] == [(MODEL, Verdict.CONDITIONAL, True)]


def test_a_finding_on_what_leads_to_an_output_stands_against_it() -> None:
    for verdict in (Verdict.PROHIBITED, Verdict.UNDETERMINED):
        (item,) = clearance_of(judged(finding(verdict, Activity.TRAIN_MODEL)), [MODEL], DATA).outputs
        assert (item.verdict, item.cleared) == (verdict, False)
        assert item.objections == (
            Objection(kind=ObjectionKind.FINDING, text="A title", holding="LIDC-IDRI", verdict=verdict, rule="a-rule"),
        )


def test_a_finding_that_is_lifted_permits_or_only_informs_stands_against_nothing() -> None:
    harmless = (
        finding(Verdict.PROHIBITED, Activity.RELEASE_MODEL, lifted_by="a grant"),
        finding(Verdict.PERMITTED, Activity.RELEASE_MODEL),
        finding(None, Activity.RELEASE_MODEL),
    )
    found = clearance_of(judged(*harmless), [MODEL], DATA)
    assert found.findings == ()
    assert found.outputs[0].cleared


def test_a_finding_on_another_activity_stands_against_the_study_and_not_against_the_output() -> None:
    found = clearance_of(
        judged(finding(Verdict.PROHIBITED, Activity.HOST_ACCESS), verdict=Verdict.PROHIBITED), [MODEL], DATA
    )
    assert found.outputs[0].cleared
    assert [item.kind for item in found.objections] == [ObjectionKind.WHOLE]
    assert len(found.findings) == 1


def test_an_agreement_that_is_owed_bars_the_output_and_any_open_duty_bars_the_whole() -> None:
    owed = (duty(DutyKind.CITE), duty(DutyKind.AGREE), duty(DutyKind.NOTIFY, required=False))
    found = clearance_of(judged(duties=owed), [MODEL], DATA)
    assert [item.kind for item in found.objections] == [ObjectionKind.AGREEMENT, ObjectionKind.DUTY]
    assert [item.kind for item in found.outputs[0].objections] == [ObjectionKind.AGREEMENT]
    assert not found.outputs[0].cleared


def test_an_output_that_no_stated_activity_releases_was_not_judged() -> None:
    for unjudged in (judged(activities=(Activity.TRAIN_MODEL,)), judged(stated=False)):
        found = clearance_of(unjudged, [MODEL], DATA)
        (item,) = found.outputs
        assert (item.verdict, item.cleared) == (Verdict.UNDETERMINED, False)
        assert item.objections[-1].kind is ObjectionKind.NOT_JUDGED
        assert (
            Objection(kind=ObjectionKind.OUTPUT, text="model under Apache-2.0", verdict=Verdict.UNDETERMINED)
            in found.objections
        )


def test_activities_that_nobody_stated_stand_against_the_whole() -> None:
    found = clearance_of(judged(stated=False), [], DATA)
    assert [item.kind for item in found.objections] == [ObjectionKind.ACTIVITIES_NOT_STATED]
