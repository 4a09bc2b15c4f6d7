"""Decisions that take others back, and those that cannot."""

from pydantic import TypeAdapter

from tcia_policy.engine.decisions.standing import Fault
from tcia_policy.engine.decisions.superseding import faults_in_superseding
from tcia_policy.model.decision import Decision
from tcia_policy.model.decision_kinds import DecisionStatus

ADAPTER: TypeAdapter[Decision] = TypeAdapter(Decision)


def accept(name: str, on: str = "2026-11-01", kind: str = "accept", **more: object) -> Decision:
    decides = [{"id": "x", "digest": "a" * 64}]
    stated = {"kind": kind, "name": name, "decides": decides, "by": "J", "role": "counsel", "on": on, **more}
    return ADAPTER.validate_python(stated)


def supersede(name: str, *targets: str, on: str = "2026-11-10", **more: object) -> Decision:
    stated = {"kind": "supersede", "name": name, "supersedes": targets, "by": "J", "role": "counsel", "on": on, **more}
    return ADAPTER.validate_python(stated)


def statuses(*decisions: Decision, faults: dict[str, Fault] | None = None) -> dict[str, str]:
    found = faults_in_superseding(decisions, faults or {})
    return {name: fault.status.value for name, fault in found.items()}


def test_an_earlier_decision_is_taken_back() -> None:
    assert statuses(accept("a"), supersede("s", "a")) == {"a": "superseded"}


def test_what_takes_back_can_be_taken_back() -> None:
    assert statuses(accept("a"), supersede("s", "a"), supersede("t", "s")) == {"s": "superseded"}


def test_a_long_chain_is_no_trouble() -> None:
    chain = [accept("n0"), *(supersede(f"n{number}", f"n{number - 1}") for number in range(1, 4001))]
    found = statuses(*chain)
    assert found["n3999"] == "superseded"
    assert "n0" not in found  # an even number of links takes nothing back


def test_a_name_that_is_not_there_is_told_with_what_is_meant() -> None:
    found = faults_in_superseding([accept("lidc-license"), supersede("s", "lidc-licence")], {})
    assert found["s"].status is DecisionStatus.UNKNOWN
    assert "lidc-license" in found["s"].right


def test_none_takes_itself_back_or_a_later_one_or_each_other() -> None:
    assert statuses(supersede("s", "s")) == {"s": "unfounded"}
    assert statuses(accept("a", on="2026-11-11"), supersede("s", "a")) == {"s": "unfounded"}
    assert statuses(supersede("s", "t"), supersede("t", "s")) == {"s": "contradicted", "t": "contradicted"}
    circle = statuses(accept("a"), supersede("s", "t", "a"), supersede("t", "u"), supersede("u", "s"))
    assert circle == {"s": "contradicted", "t": "contradicted", "u": "contradicted"}


def test_who_may_not_decide_takes_nothing_back() -> None:
    fault = Fault(DecisionStatus.NOT_ENTITLED, "", "")
    assert statuses(accept("a"), supersede("s", "a"), faults={"s": fault}) == {}


def test_what_a_document_settled_is_taken_back_by_a_document() -> None:
    settled = accept("a", kind="conclude", license="CC-BY-4.0", evidence={"held_by": "Office, no. 3"})
    assert statuses(settled, supersede("s", "a")) == {"s": "unfounded"}
    assert statuses(settled, supersede("s", "a", evidence={"held_by": "Office, no. 4"})) == {"a": "superseded"}


def test_a_rejection_is_taken_back_in_its_role_or_by_a_document() -> None:
    letter = {"path": "legal/letter.txt", "sha256": "a" * 64}
    assert statuses(accept("a", kind="reject"), supersede("s", "a")) == {"a": "superseded"}
    assert statuses(accept("a", kind="reject"), supersede("s", "a", role="data-steward")) == {"s": "unfounded"}
    by_letter = supersede("s", "a", role="data-steward", evidence=letter)
    assert statuses(accept("a", kind="reject"), by_letter) == {"a": "superseded"}
