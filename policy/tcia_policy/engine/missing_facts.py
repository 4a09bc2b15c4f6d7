"""The facts that are missing for a rule to decide, and what would follow from each value."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from tcia_policy.engine.license_readings import WHICH_PART, PartReading
from tcia_policy.engine.outcome import Outcome, Values, consequence, facts_named, outcome_of, unanswered, values_named
from tcia_policy.model import MissingFact
from tcia_policy.rules.fact_type import FactType
from tcia_policy.rules.fact_value import Facts, known
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule
from tcia_policy.text.english import one_of

# The names of what is missing where it is no fact of the vocabulary.
PARTS, LICENSE, EVIDENCE = "parts", "license", "evidence"
MOST_REMEMBERED = 10_000


def undecided_between(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]]) -> tuple[MissingFact, ...]:
    """Return what must be known where the readings differ: which parts were used, or which stated license is right.

    Of parts that surely were used only the licenses are in question.
    """
    by_part: dict[str | None, list[tuple[PartReading, Outcome]]] = {}
    for reading, outcome in outcomes:
        by_part.setdefault(reading.part, []).append((reading, outcome))
    missing = []
    in_question = {reading.part for reading, _ in outcomes if WHICH_PART in reading.choices}
    if len({frozenset(outcome for _, outcome in by_part[part]) for part in in_question}) > 1:
        missing.append(MissingFact(name=PARTS, fact="which parts of it were used", consequence=_by_part(rule, by_part)))
    disputed = [item for group in by_part.values() if len({outcome for _, outcome in group}) > 1 for item in group]
    if disputed:
        missing.append(
            MissingFact(
                name=LICENSE, fact="which of the stated licenses is right", consequence=_by_license(rule, disputed)
            )
        )
    return tuple(missing)


def _by_part(rule: Rule, by_part: dict[str | None, list[tuple[PartReading, Outcome]]]) -> str:
    by_outcome: dict[str, list[str]] = {}
    for group in by_part.values():
        words = " or ".join(sorted({consequence(rule, outcome) for _, outcome in group}))
        distribution = group[0][0].distribution
        by_outcome.setdefault(words, []).append("?" if distribution is None else distribution.title)
    return "; ".join(f"{words} for {one_of(titles)}" for words, titles in sorted(by_outcome.items()))


def _by_license(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]]) -> str:
    by_outcome: dict[str, list[str]] = {}
    for reading, outcome in outcomes:
        by_outcome.setdefault(consequence(rule, outcome), []).append(reading.license or "an unknown license")
    return "; ".join(f"{words} under {', '.join(dict.fromkeys(ids))}" for words, ids in sorted(by_outcome.items()))


def missing_facts(rule: Rule, unknown: Sequence[Facts]) -> tuple[MissingFact, ...]:
    """Return the facts that the rule needs and nobody stated, each with what would follow from its values."""
    found: dict[str, MissingFact] = {}
    for facts in unknown:
        for name, missing in _missing(rule, values_named(rule, facts)).items():
            found.setdefault(name, missing)
    return tuple(found.values())


@lru_cache(maxsize=MOST_REMEMBERED)
def _missing(rule: Rule, values: Values) -> Mapping[str, MissingFact]:
    """Return what is missing if the facts that the rule names have these values, by the name of the fact."""
    facts = facts_named(rule, values)
    found: dict[str, MissingFact] = {}
    for test in unanswered(rule, facts):
        if test.fact.name not in found:
            consequences = _consequences(rule, facts, test.fact)
            found[test.fact.name] = MissingFact(name=test.fact.name, fact=test.fact.label, consequence=consequences)
    for test in rule.unless_tests:
        if test.evaluate(facts) is Truth.UNKNOWN:
            found.setdefault(test.fact.name, _whether_it_counts(rule))
    return MappingProxyType(found)


def _whether_it_counts(rule: Rule) -> MissingFact:
    """Return what follows from whether evidence counts that is recorded and in doubt."""
    lifted, stands = (consequence(rule, outcome) for outcome in (Outcome.LIFTED, Outcome.SPEAKS))
    return MissingFact(
        name=EVIDENCE,
        fact="whether the grant that is recorded counts",
        consequence=f"{lifted} if it does; {stands} if it does not",
    )


def _consequences(rule: Rule, facts: Facts, fact: FactType) -> str:
    """Return what the rule would say for each value of a fact: `prohibited if the purpose is commercial; ...`."""
    asked = sorted({value for test in rule.tests if test.fact.name == fact.name for value in test.values})
    values = _values_shown(fact, asked)
    is_whole = fact.values is not None and len(values) == len(fact.values)
    by_outcome: dict[str, list[str]] = {}
    for value in values:
        by_outcome.setdefault(consequence(rule, outcome_of(rule, {**facts, fact.name: known(value)})), []).append(value)
    if not is_whole:
        otherwise = consequence(rule, outcome_of(rule, {**facts, fact.name: known()}))
        by_outcome.setdefault(otherwise, []).append("anything else")
    if len(by_outcome) == 1 and is_whole:
        return (
            f"{next(iter(by_outcome))} by this rule either way; state it, because other rules and duties depend on it"
        )
    return "; ".join(f"{words} {_condition(fact, items)}" for words, items in by_outcome.items())


def _values_shown(fact: FactType, asked: Sequence[str]) -> Sequence[str]:
    """Return all values of a fact if they are few, else the values that the rule asks for."""
    return sorted(fact.values) if fact.values is not None and len(fact.values) <= len(asked) + 2 else asked


def _condition(fact: FactType, values: Sequence[str]) -> str:
    """Return `if the purpose is commercial`. The label of a yes-or-no fact is a clause that begins with `whether`."""
    if not fact.is_yes_or_no:
        return f"if {fact.label} is {one_of(values)}"
    clause = fact.label.removeprefix("whether ")
    return f"if {clause}" if values[0] == "true" else f"unless {clause}"
