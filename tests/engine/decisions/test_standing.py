"""What is wrong with a decision by itself: who made it, when, on what."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tcia_policy.engine.decisions.standing import Circumstances, fault_of, last_day, months_after
from tcia_policy.evidence.observations import DocumentSeen
from tcia_policy.model import DataItem, Project
from tcia_policy.model.decision import Decision
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.project import Reviewer

TODAY = date(2026, 11, 22)
PROJECT = Project(
    data=(DataItem(dataset="LIDC-IDRI"),),
    authors=("Ann Author",),
    reviewers=(Reviewer(name="Jane Doe", role="counsel"), Reviewer(name="Max Roe", role="data-steward")),
)
ADAPTER: TypeAdapter[Decision] = TypeAdapter(Decision)


def decision(kind: str = "accept", **stated: object) -> Decision:
    usual = {"name": "d", "decides": [{"id": "x", "digest": "a" * 64}], "by": "Jane Doe", "role": "counsel"}
    return ADAPTER.validate_python({**usual, "kind": kind, "on": "2026-11-10", **stated})


def waiver(**stated: object) -> Decision:
    usual = {"because_of": "granted", "second_by": "Max Roe", "second_role": "data-steward", "until": "2027-11-10"}
    return decision("waive", **{**usual, "evidence": {"held_by": "Contracts office, no. 3"}, **stated})


def fault(found: Decision, project: Project = PROJECT, seen: DocumentSeen | None = None) -> tuple[str, str]:
    """Return the status and the reason; nothing where nothing is wrong."""
    around = Circumstances(project, TODAY, lambda _: seen or DocumentSeen(sha256="b" * 64))
    wrong = fault_of(found, around)
    return ("", "") if wrong is None else (wrong.status.value, wrong.why)


def test_a_reviewer_in_the_role_listed_may_decide() -> None:
    assert fault(decision()) == ("", "")
    assert fault(decision(by="Dr. Jane DOE", role="Counsel")) == ("", "")
    assert fault(waiver()) == ("", "")


@pytest.mark.parametrize(
    "stated",
    [
        {"by": "Ann Author"},
        {"by": "A. Author"},
        {"by": "Author, Ann"},
        {"by": "J. Doe"},
        {"by": "Liv Poe"},
        {"by": "TBD"},
        {"role": "data-steward"},
        {"role": "counsel and data-steward"},
    ],
)
def test_nobody_else_may(stated: dict[str, str]) -> None:
    assert fault(decision(**stated))[0] == DecisionStatus.NOT_ENTITLED


@pytest.mark.parametrize("lacking", ["authors", "reviewers"])
def test_without_authors_or_reviewers_nobody_may(lacking: str) -> None:
    status, why = fault(decision(), PROJECT.model_copy(update={lacking: ()}))
    assert status == DecisionStatus.NOT_ENTITLED
    assert f"`{lacking}`" in why


def test_while_an_author_is_not_named_nobody_may() -> None:
    someone = PROJECT.model_copy(update={"authors": ("Ann Author", "TBD")})
    assert fault(decision(), someone)[0] == DecisionStatus.NOT_ENTITLED


def test_who_is_both_an_author_and_a_reviewer_may_not() -> None:
    both = PROJECT.model_copy(update={"authors": ("Doe, J.",)})
    assert fault(decision(), both)[0] == DecisionStatus.NOT_ENTITLED


@pytest.mark.parametrize(
    "stated",
    [
        {"second_by": "Jane Doe", "second_role": "counsel"},
        {"second_by": "Max Roe", "second_role": "counsel"},
        {"second_by": "Ann Author"},
        {"second_by": "J. Doe"},
    ],
)
def test_a_waiver_needs_two_persons_in_two_roles(stated: dict[str, str]) -> None:
    assert fault(waiver(**stated))[0] == DecisionStatus.NOT_ENTITLED


def test_one_person_with_two_roles_is_one_person() -> None:
    reviewers = (Reviewer(name="Jane Doe", role="counsel"), Reviewer(name="Jane Doe", role="data-steward"))
    alone = PROJECT.model_copy(update={"reviewers": reviewers})
    assert fault(waiver(second_by="Jane Doe"), alone)[0] == DecisionStatus.NOT_ENTITLED


@pytest.mark.parametrize("author", ["the authors", "us", "N.N.", "et al.", "https://orcid.org/0000-0002-1825-0097"])
def test_an_author_without_a_name_may_be_anybody(author: str) -> None:
    assert fault(decision(), PROJECT.model_copy(update={"authors": ("Ann Author", author)}))[0] == "not-entitled"


def reviewers(*named: Reviewer) -> Project:
    return PROJECT.model_copy(update={"reviewers": named})


def test_two_names_with_one_address_may_be_one_person() -> None:
    jane = Reviewer(name="Jane Doe", role="counsel", email="j@example.org")
    assert fault(waiver(), reviewers(jane, Reviewer(name="Max Roe", role="data-steward", email="J@Example.org"))) == (
        "not-entitled",
        "Jane Doe and Max Roe may be one person",
    )
    wrote = reviewers(jane).model_copy(update={"authors": ("j@example.org",)})
    assert fault(decision(), wrote)[0] == "not-entitled"


@pytest.mark.parametrize("role", ["Counsel.", "coun\u200bsel", "COUNSEL "])
def test_one_role_in_two_spellings_is_one_role(role: str) -> None:
    both = reviewers(Reviewer(name="Jane Doe", role="counsel"), Reviewer(name="Max Roe", role=role))
    assert fault(waiver(second_role=role), both) == ("not-entitled", "both are in the role counsel")


def test_a_role_that_is_still_to_be_named_is_none() -> None:
    assert fault(decision(role="TBD"), reviewers(Reviewer(name="Jane Doe", role="TBD")))[0] == "not-entitled"


def test_a_condition_has_somebody_who_sees_to_it() -> None:
    condition = {"text": "ask the archive", "owner": "TBD", "due": "2027-01-01"}
    assert fault(decision("approve-with-conditions", conditions=[condition]))[0] == "unfounded"
    for blank in ({"owner": " "}, {"text": " "}):
        with pytest.raises(ValueError, match="is empty"):
            decision("approve-with-conditions", conditions=[{**condition, **blank}])


def test_a_waiver_in_the_last_year_of_the_calendar() -> None:
    assert months_after(date(9999, 6, 1), 12) == date.max
    assert fault(waiver(on="9999-06-01", until="9999-12-31"))[0] == "unfounded"


def test_a_waiver_lasts_for_twelve_months_of_the_calendar() -> None:
    assert fault(waiver(until="2027-11-10"))[0] == ""
    assert fault(waiver(until="2027-11-11"))[0] == DecisionStatus.UNFOUNDED
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_a_decision_of_the_future_does_not_count_yet() -> None:
    assert fault(decision(on="2026-11-22"))[0] == ""
    assert fault(decision(on="2026-11-23"))[0] == DecisionStatus.UNFOUNDED


def test_a_decision_counts_on_its_last_day_and_not_after_it() -> None:
    assert fault(decision(until="2026-11-22"))[0] == ""
    assert fault(decision(until="2026-11-21"))[0] == DecisionStatus.EXPIRED
    assert fault(decision(on="2026-11-10", until="2026-11-09"))[0] == DecisionStatus.UNFOUNDED


@pytest.mark.parametrize(
    ("due", "done_on", "status"),
    [
        ("2026-11-22", None, ""),
        ("2026-11-21", None, "expired"),
        ("2026-11-21", "2026-11-20", ""),
        ("2026-11-21", "2026-11-23", "expired"),
    ],
)
def test_a_condition_that_is_overdue_ends_an_approval(due: str, done_on: str | None, status: str) -> None:
    condition = {"text": "Ask", "owner": "Max Roe", "due": due, "done_on": done_on}
    approval = decision("approve-with-conditions", conditions=[condition])
    assert fault(approval)[0] == status


def test_the_last_day_is_the_first_end() -> None:
    conditions = [
        {"text": "Ask", "owner": "X", "due": "2026-12-01"},
        {"text": "Write", "owner": "X", "due": "2027-01-01"},
    ]
    approval = decision("approve-with-conditions", conditions=conditions, until="2027-06-01")
    assert last_day(approval, TODAY) == date(2026, 12, 1)
    assert last_day(decision(), TODAY) is None


def test_evidence_is_opened_and_states_its_sha256() -> None:
    stated = decision(evidence={"path": "a.pdf", "sha256": "b" * 64})
    assert fault(stated)[0] == ""
    assert fault(decision(evidence="a.pdf"))[0] == DecisionStatus.UNFOUNDED
    assert fault(decision(evidence={"held_by": "Contracts office"}))[0] == ""
    status, why = fault(stated, seen=DocumentSeen(problem="a.pdf is empty"))
    assert (status, why) == ("unfounded", "a.pdf is empty")


@pytest.mark.parametrize("path", ["./review.yaml", "review.private.yaml"])
def test_what_was_decided_is_no_evidence_for_itself(tmp_path: Path, path: str) -> None:
    found = decision(evidence={"path": path, "sha256": "b" * 64})
    seen = DocumentSeen(sha256="b" * 64)
    around = Circumstances(PROJECT, TODAY, lambda _: seen, tmp_path, tmp_path / "review.yaml")
    wrong = fault_of(found, around)
    assert wrong is not None
    assert wrong.status is DecisionStatus.UNFOUNDED
