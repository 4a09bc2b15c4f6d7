"""Decisions that contradict each other."""

import pytest
from pydantic import TypeAdapter

from tcia_policy.engine.decisions.agreeing import contradicted
from tcia_policy.model.decision import Decision

ADAPTER: TypeAdapter[Decision] = TypeAdapter(Decision)
HELD = {"held_by": "Office, no. 3"}


def decision(name: str, kind: str, **more: object) -> Decision:
    decides = [{"id": "x", "digest": "a" * 64}]
    stated = {"kind": kind, "name": name, "decides": decides, "by": "J", "role": "counsel", "on": "2026-11-01", **more}
    return ADAPTER.validate_python(stated)


def conclude(name: str, license_: str, parts: list[str] | None = None) -> Decision:
    return decision(name, "conclude", license=license_, parts=parts, evidence=HELD)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        (conclude("a", "CC-BY-4.0"), conclude("b", "CC-BY-NC-4.0"), True),
        (conclude("a", "CC-BY-4.0"), conclude("b", "CC-BY-4.0"), False),
        (conclude("a", "CC-BY-4.0", ["1"]), conclude("b", "CC-BY-NC-4.0", ["2"]), False),
        (conclude("a", "CC-BY-4.0", ["1"]), conclude("b", "CC-BY-NC-4.0", ["1", "2"]), True),
        (conclude("a", "CC-BY-4.0", ["1"]), conclude("b", "CC-BY-NC-4.0"), True),
        (decision("a", "accept"), decision("b", "reject"), True),
        (decision("a", "accept"), decision("b", "accept", until="2027-01-01"), False),
        (decision("a", "accept"), decision("b", "refer", to="TCIA", asked_on="2026-11-01"), False),
        (
            decision("a", "answer", says="permitted", **{"from": "X"}, evidence=HELD),
            decision("b", "answer", says="prohibited", **{"from": "Y"}, evidence=HELD),
            True,
        ),
        (
            decision("a", "position", value=True, evidence=HELD),
            decision("b", "position", value=False, evidence=HELD),
            True,
        ),
    ],
)
def test_two_outcomes_of_one_matter_contradict_each_other(one: Decision, other: Decision, contradict: bool) -> None:
    assert dict(contradicted([one, other])) == ({"a": "b", "b": "a"} if contradict else {})
    assert set(contradicted([other, one])) == ({"a", "b"} if contradict else set())
