"""A rule in substance: what decides is in it, and nothing that only tells it."""

from dataclasses import replace

from tcia_policy.rules.conditions import parse_condition
from tcia_policy.rules.rulebook import load_rules
from tcia_policy.rules.substance import in_words, substance_of


def test_a_rule_in_substance_has_its_conditions_its_verdict_and_what_lifts_it() -> None:
    assert substance_of(load_rules().get("cc-noncommercial")) == (
        "rule cc-noncommercial: prohibited if license.family = creative-commons and license.prohibits = "
        "commercial-use and use.purpose = commercial, unless permission.grants = commercial-use"
    )


def test_the_order_of_conditions_and_values_changes_nothing() -> None:
    one = {"use.activity": ["teach", "analyze"], "any": [{"use.purpose": "commercial"}, {"dataset.derived": True}]}
    other = {"any": [{"dataset.derived": True}, {"use.purpose": "commercial"}], "use.activity": ["analyze", "teach"]}
    assert in_words(parse_condition(one)) == in_words(parse_condition(other))


def test_conditions_that_differ_read_differently() -> None:
    conditions = [
        {"use.purpose": "commercial", "dataset.derived": True},
        {"any": [{"use.purpose": "commercial"}, {"dataset.derived": True}]},
        {"use.purpose": "commercial", "not": {"dataset.derived": True}},
        {"not": {"use.purpose": "commercial", "dataset.derived": True}},
        {"not": {"any": [{"use.purpose": "commercial"}, {"dataset.derived": True}]}},
        {"any": [{"use.purpose": "commercial", "dataset.derived": True}, {"use.country": "US"}]},
        {"use.purpose": "commercial", "any": [{"dataset.derived": True}, {"use.country": "US"}]},
    ]
    told = [in_words(parse_condition(each)) for each in conditions]
    assert len(set(told)) == len(told)


def test_every_rule_of_the_book_reads_on_one_line_and_as_no_other() -> None:
    lines = [substance_of(rule).partition(": ")[2] for rule in load_rules().rules]
    assert all(line and "\n" not in line for line in lines)


def test_wording_is_no_substance() -> None:
    rule = load_rules().get("cc-noncommercial")
    changes = {"title": "x", "because": "y", "remedy": "z", "question": "w?", "see_also": ()}
    assert substance_of(replace(rule, text=rule.text.model_copy(update=changes))) == substance_of(rule)
