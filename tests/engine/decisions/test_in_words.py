"""What a decision decides, in a sentence."""

import pytest

from tcia_policy.engine.decisions.in_words import in_words
from tcia_policy.model.decision import Review

MADE = {
    "name": "made",
    "decides": [{"id": "positions.model-is-adaptation", "digest": "0" * 64}],
    "by": "Jane Doe",
    "role": "counsel",
    "on": "2026-11-02",
    "evidence": {"held_by": "Office of Counsel"},
}


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ({}, "position that a model is not an adaptation of its training data, taken by counsel on 2026-11-02"),
        (
            {"outputs": ["model"], "jurisdiction": ["US", "CA"]},
            "position that a model is not an adaptation of its training data (outputs: model; where: US, CA), taken by "
            "counsel on 2026-11-02",
        ),
    ],
)
def test_a_position_says_for_what_and_where_it_was_taken(kind: dict[str, object], says: str) -> None:
    position = {**MADE, "kind": "position", "value": False, **kind}
    assert in_words(Review.model_validate({"decisions": [position]}).decisions[0]) == says
