"""The examples that every rule carries, run as tests."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tcia_policy.engine.license_readings import license_facts
from tcia_policy.engine.outcome import Outcome, outcome_of
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import License
from tcia_policy.registry import load_licenses
from tcia_policy.rules.conditions import parse_test
from tcia_policy.rules.fact_value import FactValue, known
from tcia_policy.rules.rule_text import Example, Expectation
from tcia_policy.rules.rulebook import Rule, RuleBook, load_rules
from tcia_policy.rules.vocabulary import NO_EVIDENCE

_STANDS_AGAINST_IT = ("prohibited", "undetermined", "owed")


@dataclass(frozen=True)
class ExampleResult:
    """One example of one rule, and what the rule says for it."""

    rule: Rule
    number: int
    example: Example
    said: Expectation

    @property
    def passed(self) -> bool:
        """Whether the rule says what the example expects."""
        return self.said == self.example.expect

    @property
    def is_milder(self) -> bool:
        """Whether nothing stands against a use that the example says is not clear."""
        return self.example.expect in _STANDS_AGAINST_IT and self.said not in _STANDS_AGAINST_IT


def run_examples(rules: Iterable[Rule], licenses: Mapping[str, License]) -> Iterator[ExampleResult]:
    """Run every example of every rule.

    Raises `ValueError` for a fact that is not in the vocabulary, and for a rule that was loaded without its examples.
    """
    for rule in rules:
        if not rule.text.examples:
            raise ValueError(f"{rule.id} was loaded without its examples")
        for number, example in enumerate(rule.text.examples, start=1):
            yield ExampleResult(rule, number, example, said_given(rule, example.given, licenses))


def load_tested_rules(house: Path | None = None) -> RuleBook:
    """Return the shipped rules without their examples, and those of an institution in the folder `house`.

    Raises `InputError` as `load_rules` does, and for a rule of the institution that is silent or permits where one of
    its own examples says that it prohibits, leaves undetermined or asks for something: such a rule has a mistake.
    """
    book = load_rules(house=house, examples=False)
    if house is not None:
        own = (rule for rule in book.rules if rule.path.is_relative_to(house))
        for result in run_examples(own, load_licenses()):
            _refuse_milder(result)
    return book


def _refuse_milder(result: ExampleResult) -> None:
    if result.is_milder:
        rule, example = result.rule, result.example
        problem = f"expects {example.expect!r}, but the rule {rule.id!r} says {result.said!r}"
        hint = "correct the conditions of the rule, or the example; `tcia-policy rules test --rules DIR` runs them all"
        raise InputError(problem, file=rule.path, line=rule.line, field=f"examples[{result.number - 1}]", hint=hint)


def said_given(rule: Rule, given: Mapping[str, Any], licenses: Mapping[str, License]) -> Expectation:
    """Return what the rule says given these facts. `license` stands for all its facts; evidence left out is absent."""
    facts: dict[str, FactValue] = dict(NO_EVIDENCE)
    for name, value in given.items():
        if name == "license":
            facts |= license_facts(str(value), licenses)
        else:
            facts[name] = FactValue(parse_test(name, value).values) if value != [] else known()
    outcome = outcome_of(rule, facts)
    if outcome is Outcome.SPEAKS:
        if rule.text.verdict is not None:
            return rule.text.verdict
        return "owed" if rule.text.duty is not None else "note"
    if outcome is Outcome.UNKNOWN:
        return "undetermined"
    return "silent" if outcome is Outcome.SILENT else "lifted"
