"""Answers: which rules take them, from whom, and what they do."""

import pytest

from tcia_policy.engine.answers import (
    as_answered,
    check_answers,
    gives,
    leave_from,
    names_accepted,
    snippet,
    who_answered,
    who_may_answer,
)
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, Answer, Verdict
from tests.engine.small import dataset, project, rules

COMMITTEE = rules().get("nih-models-ask-the-committee")
ANY_USE = rules().get("nih-commercial-purpose")


def answer(**changes: object) -> Answer:
    stated = {"rule": COMMITTEE.id, "data": "Set", "says": "permitted", "from": "DAC", "on": "2026-03-01"}
    return Answer.model_validate({**stated, "evidence": "x", **changes})


@pytest.mark.parametrize(("rule", "said"), [("cc-noncommercial", "takes no answer"), ("no-such-rule", "unknown rule")])
def test_an_answer_to_a_rule_that_takes_none_or_does_not_exist_is_an_error(rule: str, said: str) -> None:
    text = f"answers: [{{rule: {rule}, data: Set, says: permitted, from: X, on: 2026-01-01, evidence: x}}]"
    with pytest.raises(InputError, match=said) as raised:
        check_answers(project(text), rules())
    assert raised.value.field == "answers[0].rule"
    assert raised.value.hint


def test_only_rules_that_leave_a_use_open_take_answers() -> None:
    answerable = [rule for rule in rules().rules if rule.text.answered_by]
    assert len(answerable) >= 13
    assert {rule.verdict for rule in answerable} == {Verdict.UNDETERMINED}


@pytest.mark.parametrize(
    ("rule", "who", "may"),
    [
        ("release-perhaps-remix", "Office of Counsel", True),
        ("release-perhaps-remix", "A study group", True),
        ("release-perhaps-remix", "NCI Data Access Committee", False),
        ("legacy-embargo", "help@cancerimagingarchive.net", True),
        ("legacy-embargo", "TCIA Help Desk", True),
        ("legacy-embargo", "Office of Counsel", False),
        ("license-terms-unknown", "somebody", False),
        ("nih-commercial-purpose", "our ethics committee", False),
    ],
)
def test_each_rule_says_whose_reply_it_takes(rule: str, who: str, may: bool) -> None:
    found = who_answered(answer(**{"from": who}), rules().get(rule), [dataset("Set")])
    assert (found is None) is may


def test_a_refusal_counts_also_where_leave_would_not() -> None:
    refused = answer(**{"from": "Smith Law Firm", "says": "prohibited"})
    assert who_answered(refused, rules().get("release-perhaps-remix"), []) is None
    assert who_answered(answer(**{"from": "Smith Law Firm"}), rules().get("release-perhaps-remix"), [])


def test_the_names_that_are_accepted_are_listed() -> None:
    assert "`NCI`" in names_accepted(COMMITTEE)
    assert names_accepted(rules().get("license-terms-unknown")) == ""


def test_a_reply_gives_leave_only_for_activities_that_it_or_the_rule_names() -> None:
    assert gives(answer(), COMMITTEE, Activity.TRAIN_MODEL)
    assert not gives(answer(activities=["release-model"]), COMMITTEE, Activity.TRAIN_MODEL)
    assert not gives(answer(), ANY_USE, Activity.ANALYZE)
    assert gives(answer(activities=["analyze"]), ANY_USE, Activity.ANALYZE)


@pytest.mark.parametrize(
    ("rule", "who", "leave"),
    [
        ("nih-models-ask-the-committee", "NCI Data Access Committee", {"access-committee"}),
        ("nih-models-ask-the-committee", "Legal department of NIH", set()),
        ("nothing-grants-it", "TCIA help desk at NIH", set()),
        ("nothing-grants-it", "Legal department", set()),
        ("nothing-grants-it", "A study group", {"data-owner"}),
        ("release-perhaps-no-derivatives", "Office of Counsel", set()),
        ("legacy-embargo", "TCIA Help Desk", set()),
    ],
)
def test_only_the_owner_and_the_committee_give_leave(rule: str, who: str, leave: set[str]) -> None:
    assert leave_from(answer(**{"from": who}), rules().get(rule), [dataset("Set")]) == leave


def test_a_rule_that_was_answered_with_prohibited_is_a_prohibition_that_says_so() -> None:
    barred = as_answered(COMMITTEE, [(answer(says="prohibited"), "the letter of the DAC")])
    assert barred.verdict is Verdict.PROHIBITED
    assert barred.text.because.endswith("they said that it is prohibited: the letter of the DAC.")
    assert as_answered(COMMITTEE, [(answer(), "the letter")]) is COMMITTEE


def test_the_snippet_names_the_rule_the_data_and_what_has_to_be_named() -> None:
    assert "`answers: [{rule: nih-models-ask-the-committee, data: TCGA-GBM, says: permitted, from:" in snippet(
        COMMITTEE, "TCGA-GBM", [Activity.TRAIN_MODEL]
    )
    assert "activities: [analyze]" in snippet(ANY_USE, "TCGA-GBM", [Activity.ANALYZE])
    assert who_may_answer(rules().get("release-perhaps-remix")) == "counsel or the owner of the data"
