"""What one rule says given a set of facts."""

from enum import StrEnum
from functools import lru_cache

from tcia_policy.model import Verdict
from tcia_policy.rules.conditions import Test
from tcia_policy.rules.fact_value import Facts, FactValue
from tcia_policy.rules.kleene import Truth, all_of
from tcia_policy.rules.rulebook import Rule

# What rules say is remembered for so many combinations of a rule and facts; a study of 300 datasets has some 5,000.
MOST_REMEMBERED = 100_000
Values = tuple[FactValue | None, ...]
"""The values of some facts, `None` for what is unknown."""


class Outcome(StrEnum):
    """What a rule says for a set of facts. `lifted`: the rule would apply, but recorded evidence lifts it."""

    SPEAKS = "speaks"
    SILENT = "silent"
    UNKNOWN = "unknown"
    LIFTED = "lifted"


def outcome_of(rule: Rule, facts: Facts) -> Outcome:
    """Return what `rule` says if `facts` is all that is known."""
    return _said(rule, values_named(rule, facts))


def values_named(rule: Rule, facts: Facts) -> Values:
    """Return the values of the facts that the rule names, in their order: whatever else is known, it says the same."""
    return tuple(map(facts.get, rule.facts_named))


def facts_named(rule: Rule, values: Values) -> Facts:
    """Return the facts that the rule names, with these values."""
    return {name: value for name, value in zip(rule.facts_named, values, strict=True) if value is not None}


@lru_cache(maxsize=MOST_REMEMBERED)
def _said(rule: Rule, values: Values) -> Outcome:
    """Return what a rule says if the facts that it names have these values."""
    facts = facts_named(rule, values)
    holds = all_of((rule.applies_to.evaluate(facts), rule.when.evaluate(facts)))
    if holds is Truth.FALSE:
        return Outcome.SILENT
    lifted = Truth.FALSE if rule.unless is None else rule.unless.evaluate(facts)
    if lifted is Truth.TRUE or (holds is Truth.TRUE and is_answered(rule, facts)):
        return Outcome.LIFTED
    if lifted is Truth.UNKNOWN:
        return Outcome.UNKNOWN
    return Outcome.SPEAKS if holds is Truth.TRUE else Outcome.UNKNOWN


def is_answered(rule: Rule, facts: Facts) -> bool:
    """Return whether a reply that the project records says that what the rule leaves undetermined is permitted."""
    answered = facts.get("answer.permitted")
    return rule.verdict is Verdict.UNDETERMINED and answered is not None and rule.id in answered.words


def can_speak(rule: Rule, facts: Facts) -> bool:
    """Return whether the rule applies, or may apply once more than `facts` is known."""
    return rule.applies_to.evaluate(facts) is not Truth.FALSE and rule.when.evaluate(facts) is not Truth.FALSE


def consequence(rule: Rule, outcome: Outcome) -> str:
    """Return the outcome in words, such as `prohibited`, `owed` or `no objection from this rule`."""
    if outcome is Outcome.SPEAKS:
        if rule.verdict is not None:
            return rule.verdict.value
        return "owed" if rule.text.duty is not None else "noted"
    return {
        Outcome.SILENT: "not granted" if rule.verdict is Verdict.PERMITTED else "no objection from this rule",
        Outcome.UNKNOWN: "still undetermined",
        Outcome.LIFTED: "lifted by the evidence recorded",
    }[outcome]


def unanswered(rule: Rule, facts: Facts) -> list[Test]:
    """Return the tests that the facts leave open."""
    return [test for test in rule.tests if test.evaluate(facts) is Truth.UNKNOWN]
