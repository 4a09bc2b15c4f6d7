"""The shape of a review file: every kind of decision has a type by which it is read."""

from tcia_policy.engine.review_shape import BY_KIND
from tcia_policy.model.decision_kinds import DecisionKind


def test_every_kind_of_decision_has_its_type() -> None:
    assert set(BY_KIND) == set(DecisionKind)
