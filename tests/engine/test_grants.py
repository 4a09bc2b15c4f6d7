"""What a grant covers, field by field: what it leaves out, it does not give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.engine.grants import covers, uncovered
from tcia_policy.model import Activity, Output, OutputKind, Permission, Use
from tcia_policy.rules.kleene import Truth
from tests.engine.small import FULL_GRANT

MODEL = Use(outputs=(Output(kind=OutputKind.MODEL),), country="US")
HERE = Use(country="US")


def grant(**changes: object) -> Permission:
    stated = {**FULL_GRANT, "dataset": "Set", "grants": "commercial-use", "on": "2026-01-01", **changes}
    return Permission.model_validate({key: value for key, value in stated.items() if value is not None})


@pytest.mark.parametrize(
    ("changes", "activity", "use", "covered"),
    [
        ({}, "analyze", HERE, "true"),
        ({"activities": None}, "analyze", HERE, "false"),
        ({"activities": ["train-model"]}, "analyze", HERE, "false"),
        ({"outputs": None}, "train-model", HERE, "true"),
        ({"outputs": None}, "release-model", MODEL, "false"),
        ({"outputs": ["segmentations"]}, "release-model", MODEL, "false"),
        ({"outputs": None}, "publish-results", HERE, "true"),
        ({"outputs": ["segmentations"]}, "share-derived-data", HERE, "unknown"),
        ({"sublicensable": False}, "release-model", MODEL, "false"),
        ({"sublicensable": False}, "redistribute-data", HERE, "false"),
        ({"sublicensable": False}, "use-in-product", HERE, "true"),
        ({"territory": None}, "analyze", HERE, "unknown"),
        ({"territory": ["DE", "US"]}, "analyze", HERE, "true"),
        ({"territory": ["DE"]}, "analyze", HERE, "false"),
        ({"territory": ["DE"]}, "analyze", Use(), "unknown"),
        ({"territory": "worldwide"}, "analyze", Use(), "true"),
        ({"to": None}, "analyze", HERE, "unknown"),
    ],
)
def test_a_grant_covers_what_it_names(changes: dict[str, object], activity: str, use: Use, covered: str) -> None:
    assert covers(grant(**changes), Activity(activity), use) is Truth(covered)


@given(
    st.sampled_from(["to", "activities", "outputs", "territory", "sublicensable"]),
    st.sampled_from(Activity),
    st.sampled_from([MODEL, HERE, Use()]),
)
def test_to_leave_something_out_never_covers_more(left_out: str, activity: Activity, use: Use) -> None:
    order = [Truth.FALSE, Truth.UNKNOWN, Truth.TRUE]
    less = covers(grant(**{left_out: None}), activity, use)
    assert order.index(less) <= order.index(covers(grant(), activity, use))


def test_what_is_not_covered_is_said_once_with_its_activities() -> None:
    said = uncovered(grant(activities=["analyze"], to=None), [Activity.ANALYZE, Activity.TRAIN_MODEL], HERE)
    assert said == (
        "its `activities` leave out what is planned (train-model); it does not say to whom it was given (`to`)"
    )
    some = grant(outputs=["segmentations"])
    assert uncovered(some, [Activity.SHARE_DERIVED_DATA], HERE).startswith("the project does not say")
    assert uncovered(grant(), list(Activity), HERE) == ""
