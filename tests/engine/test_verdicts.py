"""The verdict of a cell: the worst that counts, and nothing is permitted that no rule grants."""

import pytest

from tcia_policy.engine.verdicts import cells
from tcia_policy.model import (
    Activity,
    CellVerdict,
    Duty,
    DutyKind,
    DutyStatus,
    Finding,
    Verdict,
)
from tests.engine.small import other

DATA = (other("a", "MIT"), other("b", "MIT"))
ANALYZE, PUBLISH = Activity.ANALYZE, Activity.PUBLISH_RESULTS


def finding(rule: str, verdict: Verdict | None, holding: str | None = "a") -> Finding:
    return Finding(
        rule=rule, title="", verdict=verdict, holding=holding, activities=(ANALYZE,), because="", references=()
    )


def duty(status: DutyStatus, *, required: bool = True, kind: DutyKind = DutyKind.CITE) -> Duty:
    return Duty(
        id="d", kind=kind, text="", rule="owed", holdings=("a",), activities=(ANALYZE,),
        required=required, status=status, references=(),
    )  # fmt: skip


def cell(findings: list[Finding], *duties: Duty) -> tuple[Verdict, tuple[str, ...]]:
    first: CellVerdict = cells(DATA, (ANALYZE, PUBLISH), findings, duties, "nothing-grants-it")[0]
    return first.verdict, first.rules


def test_every_holding_has_every_activity_once_in_their_order() -> None:
    made = cells(DATA, (ANALYZE, PUBLISH), (), (), "nothing-grants-it")
    assert [(each.holding, each.activity) for each in made] == [
        ("a", ANALYZE), ("a", PUBLISH), ("b", ANALYZE), ("b", PUBLISH),
    ]  # fmt: skip
    assert {(each.verdict, each.rules) for each in made} == {(Verdict.UNDETERMINED, ("nothing-grants-it",))}


def test_the_worst_verdict_wins_and_names_the_rules_that_gave_it() -> None:
    said = [finding("yes", Verdict.PERMITTED), finding("no", Verdict.PROHIBITED), finding("never", Verdict.PROHIBITED)]
    assert cell(said) == (Verdict.PROHIBITED, ("no", "never"))


def test_a_finding_of_no_holding_counts_for_every_holding() -> None:
    made = cells(DATA, (ANALYZE,), [finding("no", Verdict.PROHIBITED, None)], (), "nothing-grants-it")
    assert {each.verdict for each in made} == {Verdict.PROHIBITED}


def test_a_note_grants_nothing() -> None:
    assert cell([finding("note", None)]) == (Verdict.UNDETERMINED, ("nothing-grants-it",))


@pytest.mark.parametrize("status", [DutyStatus.OPEN, DutyStatus.UNVERIFIED])
def test_what_is_owed_makes_a_permission_conditional_until_it_is_met(status: DutyStatus) -> None:
    granted = [finding("yes", Verdict.PERMITTED)]
    assert cell(granted, duty(status)) == (Verdict.CONDITIONAL, ("owed",))
    assert cell(granted, duty(DutyStatus.MET)) == (Verdict.PERMITTED, ("yes",))
    assert cell(granted, duty(status, required=False)) == (Verdict.PERMITTED, ("yes",))
    assert cell(granted, duty(status, kind=DutyKind.REFRAIN)) == (Verdict.PERMITTED, ("yes",))


def test_what_is_owed_makes_no_verdict_milder() -> None:
    assert cell([finding("no", Verdict.PROHIBITED)], duty(DutyStatus.OPEN))[0] is Verdict.PROHIBITED
    assert cell([], duty(DutyStatus.OPEN))[0] is Verdict.UNDETERMINED
