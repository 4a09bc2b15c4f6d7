"""The rules that may speak of a data item, found once for all of which the same is known.

Most rules are silent on most data, and most of the others on most activities. What is known of the data rules out some,
what is known of the study others, and so does what an activity adds. A rule that is ruled out by one of these cannot
speak whatever is known besides: more knowledge makes nothing true that is known to be false.
"""

from collections.abc import Iterable
from functools import lru_cache

from tcia_policy.engine.evidence_in_activity import Situations
from tcia_policy.engine.outcome import Values
from tcia_policy.lazy import dataclass
from tcia_policy.model import Verdict
from tcia_policy.rules.conditions import Condition, Test
from tcia_policy.rules.fact_type import Origin
from tcia_policy.rules.fact_value import Facts
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule, RulesInForce
from tcia_policy.rules.vocabulary import VOCABULARY

Names = tuple[str, ...]
Places = int
"""Some of the rules on data: bit n stands for the one at place n. So they are joined and intersected at once."""
# What is known of a data item only once an activity is judged. Each group rules out rules by itself.
ACTIVITY: Names = ("use.activity",)
RELEASED: Names = ("release.ruling", "release.fine_tuned", "release_folder.permits_commerce")
REPLIES: Names = ("permission.grants", "answer.permitted", "answer.leave_from")
DURING = (ACTIVITY, RELEASED, REPLIES)
_ADDED = frozenset(name for names in DURING for name in names)
MOST_REMEMBERED = 10_000


@dataclass(frozen=True)
class MaySpeak:
    """The rules that may speak of a data item, by their places in `rules.on_data`."""

    rules: RulesInForce
    places: Places

    @classmethod
    def of(cls, rules: RulesInForce, situations: Situations) -> "MaySpeak":
        """Return the rules that may speak under one of the readings, before an activity is known."""
        return cls(rules, _not_ruled_out(rules, _known_before(rules), situations))

    def during(self, doing: Situations) -> tuple[Rule, ...]:
        """Return those of them that may speak when an activity is judged, in the order of the book."""
        return _at(self.rules, self.places & _not_ruled_out(self.rules, DURING, doing))


def answers_during(rule: Rule, doing: Situations) -> tuple[object, ...]:
    """Return how each test of the rule comes out that an activity decides; if they are the same, so is what it says."""
    tests = _tests_during(rule)
    replied = (facts.get("answer.permitted") for _, facts in doing) if rule.verdict is Verdict.UNDETERMINED else ()
    return (*(test.evaluate(facts) for _, facts in doing for test in tests), *replied)


@lru_cache(maxsize=MOST_REMEMBERED)
def _tests_during(rule: Rule) -> tuple[Test, ...]:
    return tuple(test for test in (*rule.tests, *rule.unless_tests) if test.fact.name in _ADDED)


def _not_ruled_out(rules: RulesInForce, groups: Iterable[Names], situations: Situations) -> Places:
    """Return the rules that no group of facts rules out, under one of the readings at least."""
    found = 0
    for _, facts in situations:
        ruled_out = 0
        for names in groups:
            ruled_out |= _ruled_out(rules, names, tuple(map(facts.get, names)))
        found |= ~ruled_out
    return found & ((1 << len(rules.on_data)) - 1)


@lru_cache(maxsize=MOST_REMEMBERED)
def _ruled_out(rules: RulesInForce, names: Names, values: Values) -> Places:
    """Return which rules cannot speak if these facts have these values."""
    facts: Facts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    found = 0
    for place, condition in _conditions_on(rules, names):
        if condition.evaluate(facts) is Truth.FALSE:
            found |= place
    return found


@lru_cache(maxsize=100)
def _conditions_on(rules: RulesInForce, names: Names) -> tuple[tuple[Places, Condition], ...]:
    """Return the conditions on these facts of which each must hold for the rule at its place."""
    return tuple(
        (1 << place, condition)
        for place, rule in enumerate(rules.on_data)
        for named, condition in rule.conditions
        if not named.isdisjoint(names)
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def _at(rules: RulesInForce, places: Places) -> tuple[Rule, ...]:
    return tuple(rule for place, rule in enumerate(rules.on_data) if places >> place & 1)


@lru_cache(maxsize=100)
def _known_before(rules: RulesInForce) -> tuple[Names, ...]:
    """Return the facts that the rules ask for and that are known before an activity is, by where they come from.

    Those of the selection and of the registry are one group: rules often ask for both.
    """
    groups: dict[Origin | None, dict[str, None]] = {}
    for name in dict.fromkeys(name for rule in rules.on_data for name in rule.facts_named if name not in _ADDED):
        origin = VOCABULARY[name].origin
        groups.setdefault(None if origin in (Origin.SELECTION, Origin.REGISTRY) else origin, {})[name] = None
    return tuple(map(tuple, groups.values()))
