"""The help of rules: what is the same for all data items is told once, without their names."""

from tcia_policy.model.gate import GateWord
from tcia_policy.reports.gate.places import GatePlace
from tcia_policy.reports.gate.results import About, GateResult, Level
from tcia_policy.reports.gate.rule_help import rules_of


def result(item: str, because: str, word: GateWord = GateWord.PROHIBITED) -> GateResult:
    about = About("no-sale", "Not for sale", because, (), item, f"Ask the owner, or leave {item} out.")
    return GateResult(f"no-sale/{item}", word, about, "m", (GatePlace("x.yaml"),))


def test_a_reason_that_is_the_same_for_all_items_is_told_without_their_names() -> None:
    (rule,) = rules_of([result("A", "A is not sold."), result("B", "B is not sold.")])
    assert rule.because == "these data is not sold."
    assert rule.remedy == "Ask the owner, or leave these data out."
    assert "Ask the owner, or leave these data out." in rule.text


def test_where_reasons_differ_the_title_stands_in_their_place() -> None:
    (rule,) = rules_of([result("A", "A costs 1 dollar."), result("B", "B costs 2 dollars.")])
    assert rule.because == "Not for sale"


def test_the_level_is_that_of_the_worst_result() -> None:
    (rule,) = rules_of([result("A", "x", GateWord.UNVERIFIED), result("B", "x", GateWord.OPEN)])
    assert (rule.level, rule.words) == (Level.ERROR, ("unverified", "open"))
