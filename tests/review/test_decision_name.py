"""The name of a decision says what it is about and never counts."""

from datetime import date

import pytest

from tcia_policy.model.decision import Review
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.review.decision_name import decision_name

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("about", "kind", "name"),
    [
        ("license/lidc", DecisionKind.CONCLUDE, "lidc-license"),
        ("license/lidc", DecisionKind.ACCEPT, "lidc-license-accepted"),
        ("positions.model-is-adaptation", DecisionKind.POSITION, "positions-model-is-adaptation"),
        ("cc-noncommercial/LIDC-IDRI@tcia,v4", DecisionKind.REJECT, "lidc-idri-tcia-v4-cc-noncommercial-rejected"),
        ("—/—", DecisionKind.REFER, "unnamed-referred"),
    ],
)
def test_it_is_made_of_what_is_decided(about: str, kind: DecisionKind, name: str) -> None:
    assert decision_name(about, kind, DAY, ()) == name


def test_a_name_that_is_taken_gets_the_day_and_then_a_digest() -> None:
    first = decision_name("license/lidc", DecisionKind.CONCLUDE, DAY, {"lidc-license"})
    assert first == "lidc-license-2026-11-22"
    second = decision_name("license/lidc", DecisionKind.CONCLUDE, DAY, {"lidc-license", first})
    assert second.startswith("lidc-license-")
    assert len(second) == len("lidc-license-") + 8


def test_a_long_id_makes_a_name_that_can_be_read() -> None:
    name = decision_name("rule/" + "x" * 400, DecisionKind.APPROVE_WITH_CONDITIONS, DAY, ())
    about = {"kind": "accept", "by": "R", "role": "r", "on": "2026-11-22", "decides": [{"id": "x", "digest": "0" * 64}]}
    assert Review.model_validate({"decisions": [{**about, "name": name}]}).decisions[0].name == name
