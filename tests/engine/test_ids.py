"""Ids are on one line, bounded, and told apart by what things are."""

from itertools import permutations

from tcia_policy.engine.evidence_names import name_of_evidence
from tcia_policy.engine.ids import LONGEST_ID, as_id, told_apart
from tcia_policy.model import EvidenceSeen

THINGS = (("rule/a", "teach"), ("rule/b", "teach"), ("rule/b", "train"), ("rule/c", "x", "one"), ("rule/c", "x", "two"))


def test_only_what_is_alike_is_told_apart() -> None:
    first, second, third, *last = told_apart(THINGS)
    assert [first, second, third] == ["rule/a", "rule/b/teach", "rule/b/train"]
    assert all(each.startswith("rule/c/x/") for each in last)
    assert len(set(last)) == 2


def test_the_order_of_things_changes_no_id() -> None:
    ids = dict(zip(THINGS, told_apart(THINGS), strict=True))
    for order in permutations(THINGS):
        assert dict(zip(order, told_apart(order), strict=True)) == ids


def test_an_id_is_one_line_and_what_is_too_long_differs_still() -> None:
    assert as_id(("rule", "a\n\u202eb")) == "rule/a b"
    long, other = as_id(("x" * 1000, "a")), as_id(("x" * 1000, "b"))
    assert long != other
    assert len(long) < LONGEST_ID + 20


def test_evidence_that_reads_alike_is_named_by_its_document() -> None:
    one = EvidenceSeen(field="permissions[0]", text="a grant", held_by="Office, 1")
    two = EvidenceSeen(field="permissions[1]", text="a grant", held_by="Office, 2")
    assert name_of_evidence("permissions[0]", [one]) == "a grant"
    assert name_of_evidence("permissions[0]", [one, two]) == "a grant, Office, 1"
    assert name_of_evidence("permissions[1]", [two, one]) == "a grant, Office, 2"
