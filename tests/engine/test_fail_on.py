"""Which results make a command fail."""

from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.fail_on import exit_code, gate_of, with_gate
from tcia_policy.engine.study import Study
from tcia_policy.model import Assessment
from tcia_policy.model.decision import DecisionRead, Reject, ReviewRead
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.gate import GateWord

CLEAR = "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{own: {name: CT of our hospital}}]\n"
PROHIBITED = "use: {purpose: commercial, activities: [use-in-product]}\ndata: [{dataset: NSCLC-Radiomics}]\n"
OPEN = (
    "use: {purpose: noncommercial, activities: [publish-results]}\n"
    "data: [{dataset: CPTAC-LUAD, obtained_from: pdc, distributions: [proteomics]}]\n"
    "cptac: {global_paper_published: true}\n"
)
UNDETERMINED = "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{other: {name: Hospital CT}}]\n"
WORDS = ("prohibited", "open", "undetermined", "unverified", "never")
UNVERIFIED = "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{dataset: LIDC-IDRI}]\n"


def judged(text: str) -> Assessment:
    return assess(Case.open(Study.parse(text, Path("study.yaml")), CaseOptions(as_of=date(2026, 11, 22))))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (CLEAR, [0, 0, 0, 0, 0]),
        (PROHIBITED, [1, 1, 1, 1, 0]),
        (OPEN, [0, 1, 1, 1, 0]),
        (UNDETERMINED, [0, 0, 3, 3, 0]),
        (UNVERIFIED, [0, 0, 0, 3, 0]),
    ],
    ids=["clear", "prohibited", "open", "undetermined", "unverified"],
)
def test_each_value_fails_on_its_result_and_on_every_worse_one(text: str, codes: list[int]) -> None:
    assessment = judged(text)
    assert [exit_code(assessment, (each,)) for each in WORDS] == codes
    assert exit_code(assessment) == assessment.exit_code


def with_decision(assessment: Assessment, status: DecisionStatus, expires_on: date | None = None) -> Assessment:
    """Return the assessment with one decision of this status; a rejection where it counts and has no end."""
    made = Reject.model_validate(
        {
            "kind": "reject",
            "name": "no",
            "decides": ({"id": "x", "digest": "0" * 64},),
            "by": "R. Lee",
            "role": "counsel",
            "on": "2026-11-01",
        }
    )
    read = DecisionRead(decision=made, status=status, text="x", field="decisions[0]", expires_on=expires_on)
    rejects = ("no",) if status is DecisionStatus.COUNTS and expires_on is None else ()
    review = ReviewRead(file="review.yaml", decisions=(read,), rejected_by=rejects)
    return assessment.model_copy(update={"review": review})


@pytest.mark.parametrize("text", [CLEAR, PROHIBITED, OPEN, UNDETERMINED, UNVERIFIED])
def test_a_list_never_fails_less_than_each_of_its_words(text: str) -> None:
    assessment = judged(text)
    for one in WORDS[:-1]:
        for other in WORDS[:-1]:
            each = {exit_code(assessment, (one,)), exit_code(assessment, (other,))} - {0}
            assert exit_code(assessment, (one, other)) == min(each, default=0)


def test_without_prohibited_in_the_list_a_prohibition_fails_all_the_same() -> None:
    assert exit_code(judged(PROHIBITED), ("stale",)) == 1
    assert exit_code(judged(PROHIBITED), ("expiring:1",)) == 1


def test_stale_and_expiring_come_on_top_of_what_check_stops_on_anyway() -> None:
    for word in ("stale", "expiring:30"):
        assert exit_code(judged(OPEN), (word,)) == 1
        assert exit_code(judged(UNDETERMINED), (word,)) == 3
        assert exit_code(judged(UNDETERMINED), ("prohibited", word)) == 0
        assert exit_code(judged(UNVERIFIED), (word,)) == 0


@pytest.mark.parametrize("status", list(DecisionStatus))
def test_stale_is_every_decision_that_counts_for_nothing_and_was_not_taken_back(status: DecisionStatus) -> None:
    assessment = with_decision(judged(CLEAR), status, date(2030, 1, 1))
    fine = (DecisionStatus.COUNTS, DecisionStatus.SUPERSEDED)
    assert exit_code(assessment, ("stale",)) == (0 if status in fine else 3)
    assert exit_code(assessment, ("unverified",)) == 0


def test_a_rejection_that_counts_fails_whatever_is_named() -> None:
    assessment = with_decision(judged(CLEAR), DecisionStatus.COUNTS)
    assert [exit_code(assessment, (word,)) for word in (*WORDS, "stale", "expiring:1")] == [1, 1, 1, 1, 0, 1, 1]


@pytest.mark.parametrize(("days", "code"), [(0, 0), (29, 0), (30, 3), (31, 3), (3650, 3)])
def test_a_decision_that_ends_soon_is_told_apart_by_the_days(days: int, code: int) -> None:
    assessment = with_decision(judged(CLEAR), DecisionStatus.COUNTS, date(2026, 12, 22))
    assert exit_code(assessment, (f"expiring:{days}",)) == code
    assert exit_code(assessment, ("expiring:0", f"expiring:{days}")) == code


@pytest.mark.parametrize(("end", "code"), [("2026-11-21", 0), ("2026-11-22", 3), ("2026-12-22", 3), ("2026-12-23", 0)])
def test_an_agreement_or_a_grant_that_ends_soon_is_expiring_and_one_that_ended_is_not(end: str, code: int) -> None:
    held = "evidence: {held_by: Contracts office}"
    agreement = f"agreements: [{{id: tcia-restricted-license, signed_on: 2026-01-01, expires_on: {end}, {held}}}]\n"
    grant = (
        "permissions: [{dataset: NSCLC-Radiomics, grants: commercial-use, from: MAASTRO, to: Us, territory: worldwide, "
        f"on: 2026-01-01, until: {end}, {held}}}]\n"
    )
    for evidence in (agreement, grant):
        assert ("expiring" in gate_of(judged(CLEAR + evidence), ("expiring:30",), "option").stopped_by) == (code == 3)


def test_the_gate_of_the_project_counts_until_an_option_takes_its_place() -> None:
    assessment = judged(UNVERIFIED + "gate: {fail_on: [unverified, stale]}\n")
    assert assessment.gate is not None
    assert (assessment.gate.by, assessment.gate.exit_code) == ("project", 3)
    assert assessment.gate.stopped_by == (GateWord.UNVERIFIED,)
    assert assessment.exit_code == 0
    instead = with_gate(assessment, ("never",)).gate
    assert instead is not None
    assert (instead.by, instead.exit_code) == ("option", 0)
    assert with_gate(with_gate(assessment, ("never",))) == assessment
    assert judged(UNVERIFIED).gate is None
