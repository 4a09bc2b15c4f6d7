"""Conditions of rules: how they are written, and what they say of what is known."""

import pytest

from tcia_policy.rules import conditions
from tcia_policy.rules.conditions import conjuncts, parse_condition
from tcia_policy.rules.fact_value import FactValue, known, truth
from tcia_policy.rules.kleene import Truth

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
COMMERCIAL = {"use.purpose": known("commercial")}


def test_a_fact_with_the_wanted_value_holds() -> None:
    assert parse_condition({"use.purpose": "commercial"}).evaluate(COMMERCIAL) is TRUE


def test_a_fact_with_another_value_does_not_hold() -> None:
    assert parse_condition({"use.purpose": "noncommercial"}).evaluate(COMMERCIAL) is FALSE


def test_a_fact_that_nobody_stated_is_unknown_and_so_is_its_opposite() -> None:
    assert parse_condition({"use.purpose": "commercial"}).evaluate({}) is UNKNOWN
    assert parse_condition({"not": {"use.purpose": "commercial"}}).evaluate({}) is UNKNOWN


def test_one_of_several_values_is_enough() -> None:
    condition = parse_condition({"use.country": ["CN", "RU"]})
    assert condition.evaluate({"use.country": known("RU")}) is TRUE
    assert condition.evaluate({"use.country": known("DE")}) is FALSE


def test_several_facts_in_one_mapping_must_all_hold() -> None:
    condition = parse_condition({"use.purpose": "commercial", "dataset.program": "CPTAC"})
    assert condition.evaluate({**COMMERCIAL, "dataset.program": known("CPTAC")}) is TRUE
    assert condition.evaluate({**COMMERCIAL, "dataset.program": known("TCGA")}) is FALSE
    assert condition.evaluate(COMMERCIAL) is UNKNOWN


def test_any_all_and_not_nest() -> None:
    condition = parse_condition(
        {"any": [{"all": [{"use.purpose": "commercial"}, {"not": {"dataset.program": "TCGA"}}]}, {"use.country": "CN"}]}
    )
    assert condition.evaluate({**COMMERCIAL, "dataset.program": known("CMB"), "use.country": known("DE")}) is TRUE
    assert condition.evaluate({**COMMERCIAL, "dataset.program": known("TCGA"), "use.country": known("DE")}) is FALSE
    assert condition.evaluate({"use.country": known("CN")}) is TRUE
    assert condition.evaluate({"use.country": known("DE")}) is UNKNOWN


def test_an_empty_condition_always_holds() -> None:
    assert parse_condition({}).evaluate({}) is TRUE


def test_what_is_known_to_be_nothing_is_not_unknown() -> None:
    assert parse_condition({"dataset.program": "CPTAC"}).evaluate({"dataset.program": known()}) is FALSE


def test_a_list_that_may_be_longer_can_confirm_but_not_deny() -> None:
    facts = {"license.prohibits": FactValue(frozenset({"commercial-use"}), complete=False)}
    assert parse_condition({"license.prohibits": "commercial-use"}).evaluate(facts) is TRUE
    assert parse_condition({"license.prohibits": "derivative-works"}).evaluate(facts) is UNKNOWN


def test_a_yes_or_no_is_written_as_true_or_false() -> None:
    facts = {"license.known": truth(False)}
    assert parse_condition({"license.known": False}).evaluate(facts) is TRUE
    assert parse_condition({"license.known": "true"}).evaluate(facts) is FALSE


def test_every_test_inside_is_found_in_the_order_it_is_written() -> None:
    condition = parse_condition(
        {"use.purpose": "commercial", "any": [{"use.country": "CN"}, {"not": {"dataset.program": "CMB"}}]}
    )
    assert [test.fact.name for test in conditions.tests(condition)] == ["use.purpose", "use.country", "dataset.program"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"use.purpos": "commercial"}, "unknown fact 'use.purpos': did you mean 'use.purpose'?"),
        ({"license.prohibit": "commercial-use"}, "did you mean 'license.prohibits'?"),
        ({"not": {"any": [{"use.porpose": "commercial"}]}}, "unknown fact 'use.porpose'"),
        (
            {"use.purpose": "profit"},
            "'use.purpose' cannot be 'profit'; use one of commercial, noncommercial",
        ),
        ({"use.activity": ["analyze", "analyse"]}, "'use.activity' cannot be 'analyse'; use one of analyze, "),
        ({"license.known": "yes"}, "'license.known' cannot be 'yes'; use one of false, true"),
        ({"use.purpose": []}, "'use.purpose' needs at least one value"),
        ({"use.country": 7}, "a value is non-empty text, true or false, not 7"),
        ({"use.country": ""}, "a value is non-empty text, true or false, not ''"),
        ({"use.country": None}, "a value is non-empty text, true or false, not None"),
        ({"use.country": {"is": "DE"}}, "a value is non-empty text, true or false, not {'is': 'DE'}"),
        ({"any": {"use.country": "DE"}}, "'any' takes a list of conditions"),
        ({"all": []}, "'all' takes a list of conditions"),
        ({"not": "commercial"}, "a condition is a mapping of facts to values, not 'commercial'"),
        ("use.purpose", "a condition is a mapping of facts to values, not 'use.purpose'"),
    ],
)
def test_a_condition_that_is_written_wrongly_is_told_what_would_be_right(written: object, problem: str) -> None:
    with pytest.raises(ValueError, match=r".+") as raised:
        parse_condition(written)
    assert problem in str(raised.value)


def test_what_must_hold_together_is_taken_apart_and_what_may_hold_instead_is_not() -> None:
    condition = parse_condition(
        {"use.purpose": "commercial", "all": [{"use.country": "US"}, {"not": {"use.activity": "teach"}}], "any": [{}]}
    )
    names = [[test.fact.name for test in conditions.tests(each)] for each in conjuncts(condition)]
    assert names == [["use.purpose"], ["use.country"], ["use.activity"], []]
