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
from tcia_policy.rules.conditions import Condition
from tcia_policy.rules.fact_type import Origin
from tcia_policy.rules.fact_value import Facts
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule, RulesInForce
from tcia_policy.rules.vocabulary import VOCABULARY

Names = tuple[str, ...]
Places = frozenset[int]
# What is known of a data item only once an activity is judged. Each group rules out rules by itself.
ACTIVITY: Names = ("use.activity",)
RELEASED: Names = ("release.ruling", "release.fine_tuned", "release_folder.permits_commerce")
REPLIES: Names = ("permission.grants", "answer.permitted", "answer.leave_from")
DURING = (ACTIVITY, RELEASED, REPLIES)
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

    def during(self, doing: Situations) -> list[Rule]:
        """Return those of them that may speak when an activity is judged, in the order of the book."""
        places = self.places & _not_ruled_out(self.rules, DURING, doing)
        return [self.rules.on_data[place] for place in sorted(places)]


def _not_ruled_out(rules: RulesInForce, groups: Iterable[Names], situations: Situations) -> Places:
    """Return the rules that no group of facts rules out, under one of the readings at least."""
    found: Places = frozenset()
    for _, facts in situations:
        found |= frozenset.intersection(*(_places(rules, names, tuple(map(facts.get, names))) for names in groups))
    return found


@lru_cache(maxsize=MOST_REMEMBERED)
def _places(rules: RulesInForce, names: Names, values: Values) -> Places:
    """Return which rules may speak if these facts have these values."""
    facts: Facts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    return frozenset(
        at
        for at, conditions in enumerate(_conditions_on(rules, names))
        if all(each.evaluate(facts) is not Truth.FALSE for each in conditions)
    )


@lru_cache(maxsize=100)
def _conditions_on(rules: RulesInForce, names: Names) -> tuple[tuple[Condition, ...], ...]:
    """Return, for each of the rules on data, the conditions on these facts of which each must hold."""
    return tuple(
        tuple(condition for named, condition in rule.conditions if not named.isdisjoint(names))
        for rule in rules.on_data
    )


@lru_cache(maxsize=100)
def _known_before(rules: RulesInForce) -> tuple[Names, ...]:
    """Return the facts that the rules ask for and that are known before an activity is, by where they come from.

    Those of the selection and of the registry are one group: rules often ask for both.
    """
    added = {name for names in DURING for name in names}
    groups: dict[Origin | None, dict[str, None]] = {}
    for name in (name for rule in rules.on_data for name in rule.facts_named if name not in added):
        origin = VOCABULARY[name].origin
        groups.setdefault(None if origin in (Origin.SELECTION, Origin.REGISTRY) else origin, {})[name] = None
    return tuple(map(tuple, groups.values()))
