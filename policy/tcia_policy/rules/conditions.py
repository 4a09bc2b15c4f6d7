"""Conditions of rules: data, not a programming language.

`{fact: value}` and `{fact: [value, ...]}` hold if the fact has one of the values; several in one mapping must all hold;
`any: [...]`, `all: [...]` and `not: {...}` combine conditions.
"""

from collections.abc import Mapping

from tcia_policy.lazy import dataclass
from tcia_policy.rules.fact_type import FactType
from tcia_policy.rules.fact_value import Facts
from tcia_policy.rules.kleene import Truth, any_of, negation
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.suggest import did_you_mean, similar


@dataclass(frozen=True)
class Test:
    """A fact has one of these values."""

    fact: FactType
    values: frozenset[str]

    def evaluate(self, facts: Facts) -> Truth:
        """Return whether the fact has one of the values; unknown if the facts do not say."""
        value = facts.get(self.fact.name)
        if value is None:
            return Truth.UNKNOWN
        if not value.words.isdisjoint(self.values):
            return Truth.TRUE
        is_open = not value.complete or not value.possible.isdisjoint(self.values)
        return Truth.UNKNOWN if is_open else Truth.FALSE


@dataclass(frozen=True)
class All:
    """Every part holds; with no parts it always does."""

    parts: tuple["Condition", ...]

    def evaluate(self, facts: Facts) -> Truth:
        """Return the Kleene conjunction of the parts."""
        found = Truth.TRUE
        for part in self.parts:
            value = part.evaluate(facts)
            if value is Truth.FALSE:
                return value
            if value is Truth.UNKNOWN:
                found = value
        return found


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def evaluate(self, facts: Facts) -> Truth:
        """Return the Kleene disjunction of the parts."""
        return any_of(part.evaluate(facts) for part in self.parts)


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"

    def evaluate(self, facts: Facts) -> Truth:
        """Return the Kleene negation of the part."""
        return negation(self.part.evaluate(facts))


Condition = Test | All | AnyOf | Not
ALWAYS = All(())


def parse_condition(data: object) -> Condition:
    """Return a condition from its YAML form.

    Raises `ValueError` naming the fact or value that is not in the vocabulary.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"a condition is a mapping of facts to values, not {data!r}")
    return All(tuple(_parse_entry(str(key), value) for key, value in data.items()))


def _parse_entry(key: str, value: object) -> Condition:
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"{key!r} takes a list of conditions")
        parts = tuple(parse_condition(item) for item in value)
        return AnyOf(parts) if key == "any" else All(parts)
    if key == "not":
        return Not(parse_condition(value))
    return parse_test(key, value)


def parse_test(name: str, value: object) -> Test:
    """Return the test of a fact for its wanted value or values. Raises `ValueError` as `parse_condition` does."""
    fact = VOCABULARY.get(name)
    if fact is None:
        meant = did_you_mean(similar(name, VOCABULARY, most=1))
        raise ValueError(f"unknown fact {name!r}" + (f": {meant}" if meant else ""))
    words = [_word(item) for item in (value if isinstance(value, list) else [value])]
    if not words:
        raise ValueError(f"{name!r} needs at least one value")
    for word in words:
        if fact.values is not None and word not in fact.values:
            raise ValueError(f"{name!r} cannot be {word!r}; use one of {', '.join(sorted(fact.values))}")
    return Test(fact, frozenset(words))


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"a value is non-empty text, true or false, not {value!r}")


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts of a condition of which each must hold, in the order they are written."""
    if isinstance(condition, All):
        return tuple(each for part in condition.parts for each in conjuncts(part))
    return (condition,)


def tests(condition: Condition) -> tuple[Test, ...]:
    """Return every test inside a condition, in the order they are written."""
    if isinstance(condition, Test):
        return (condition,)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return tuple(test for part in parts for test in tests(part))
