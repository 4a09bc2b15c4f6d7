"""What one rule says about one holding and one activity, over all readings of the sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tcia_policy.engine.license_readings import PartReading
from tcia_policy.model import MissingFact, Reading, Verdict
from tcia_policy.rules.conditions import Test
from tcia_policy.rules.kleene import Truth, all_of
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.vocabulary import TRUE_FALSE, Facts, FactType, known, truth

MAX_READINGS_SHOWN = 12


class Outcome(StrEnum):
    """What a rule says given some facts. `lifted`: it would speak, but evidence is recorded that lifts it."""

    SPEAKS = "speaks"
    SILENT = "silent"
    UNKNOWN = "unknown"
    LIFTED = "lifted"


@dataclass(frozen=True)
class Judgment:
    """The outcome over all readings, with why it is not sure where it is `UNKNOWN`."""

    outcome: Outcome
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[Reading, ...] = ()


def outcome_of(rule: Rule, facts: Facts) -> Outcome:
    """What `rule` says given `facts` and nothing else."""
    holds = all_of((rule.applies_to.evaluate(facts), rule.when.evaluate(facts)))
    if holds is Truth.FALSE:
        return Outcome.SILENT
    if rule.unless is not None and rule.unless.evaluate(facts) is Truth.TRUE:
        return Outcome.LIFTED
    return Outcome.SPEAKS if holds is Truth.TRUE else Outcome.UNKNOWN


def can_speak(rule: Rule, facts: Facts) -> bool:
    """Whether it is not silent for certain, given `facts` and whatever else may come to be known."""
    return all_of((rule.applies_to.evaluate(facts), rule.when.evaluate(facts))) is not Truth.FALSE


def is_barred_together(rules: Iterable[Rule], readings: Sequence[tuple[PartReading, Facts]]) -> bool:
    """Whether some rule prohibits it under every reading, but no single rule under all of them."""
    barring = [
        [outcome_of(rule, facts) is Outcome.SPEAKS for _, facts in readings]
        for rule in rules
        if rule.verdict is Verdict.PROHIBITED
    ]
    together = bool(barring) and all(any(under) for under in zip(*barring, strict=True))
    return together and not any(all(under) for under in barring)


def is_granted_together(rules: Iterable[Rule], readings: Sequence[tuple[PartReading, Facts]]) -> bool:
    """Whether some rule permits it under every reading, though perhaps not the same one under each."""
    granting = [rule for rule in rules if rule.verdict is Verdict.PERMITTED]
    return all(any(outcome_of(rule, facts) is Outcome.SPEAKS for rule in granting) for _, facts in readings)


def heard_in(rule: Rule, readings: Sequence[tuple[PartReading, Facts]]) -> tuple[PartReading, ...]:
    """The readings under which the rule is not silent."""
    return tuple(reading for reading, facts in readings if outcome_of(rule, facts) is not Outcome.SILENT)


def judge(
    rule: Rule, readings: Sequence[tuple[PartReading, Facts]], *, barred: bool = False, granted: bool = False
) -> Judgment:
    """One outcome for all readings, each given with all facts that hold under it.

    The strictest reading governs what is owed: a duty or a note is spoken if it is under any reading. A verdict is
    spoken only if it is under every reading; if only under some, which part is held or which source is right decides,
    and the judgment is `UNKNOWN` and says so; but a prohibition is spoken if the readings are all `barred`, each by
    some rule. A grant that only some readings give is no grant: `SILENT`, unless all are `granted`, each by some rule.
    """
    outcomes = [(reading, facts, outcome_of(rule, facts)) for reading, facts in readings]
    distinct = {outcome for _, _, outcome in outcomes}
    if distinct == {Outcome.SILENT}:
        return Judgment(Outcome.SILENT)
    by_reading = [(reading, outcome) for reading, _, outcome in outcomes]
    settled = _settled(rule, distinct, barred=barred, granted=granted)
    if settled is not None:
        shows = settled is Outcome.SPEAKS and (
            _is_about_claims(rule) or (len(distinct) > 1 and rule.verdict is not None)
        )
        return Judgment(settled, readings=_show(rule, by_reading) if shows else ())
    unknown = [facts for _, facts, outcome in outcomes if outcome is Outcome.UNKNOWN]
    if distinct <= {Outcome.UNKNOWN, Outcome.SILENT} and all(_waits_for_license(rule, facts) for facts in unknown):
        return Judgment(Outcome.SILENT)
    missing = _missing_facts(rule, unknown)
    if len(distinct) == 1:
        return Judgment(Outcome.UNKNOWN, missing)
    return Judgment(Outcome.UNKNOWN, (*_undecided_between(rule, by_reading), *missing), _show(rule, by_reading))


def _settled(rule: Rule, distinct: set[Outcome], *, barred: bool, granted: bool) -> Outcome | None:
    """The outcome over all readings where their outcomes settle it, else `None`."""
    speaks = Outcome.SPEAKS in distinct
    by_some = (
        rule.verdict is None
        or (barred and rule.verdict is Verdict.PROHIBITED)
        or (granted and rule.verdict is Verdict.PERMITTED and distinct <= {Outcome.SPEAKS, Outcome.SILENT})
    )
    if speaks and (by_some or distinct == {Outcome.SPEAKS}):
        return Outcome.SPEAKS
    if Outcome.UNKNOWN in distinct or (speaks and rule.verdict is not Verdict.PERMITTED):
        return None
    return Outcome.LIFTED if Outcome.LIFTED in distinct else Outcome.SILENT


def _waits_for_license(rule: Rule, facts: Facts) -> bool:
    """Whether nothing but the terms of a license that nobody knows is missing.

    That the terms are unknown is a finding by itself, which leaves every activity undetermined; it is said once and not
    by each rule that asks for them.
    """
    if facts.get("license.known") != truth(False):
        return False
    return all(test.fact.name.startswith("license.") for test in _unanswered(rule, facts))


def _unanswered(rule: Rule, facts: Facts) -> list[Test]:
    """The tests that the facts leave open."""
    return [test for test in rule.tests if test.evaluate(facts) is Truth.UNKNOWN]


def _is_about_claims(rule: Rule) -> bool:
    return any(test.fact.name == "claims.disagree" for test in rule.tests)


def consequence(rule: Rule, outcome: Outcome) -> str:
    """The outcome in words: `prohibited`, `owed`, `nothing said`."""
    if outcome is Outcome.SPEAKS:
        if rule.verdict is not None:
            return rule.verdict.value
        return "owed" if rule.text.duty is not None else "noted"
    return {
        Outcome.SILENT: "not granted" if rule.verdict is Verdict.PERMITTED else "no objection from this rule",
        Outcome.UNKNOWN: "still undetermined",
        Outcome.LIFTED: "lifted by the evidence recorded",
    }[outcome]


def _show(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]]) -> tuple[Reading, ...]:
    merged: dict[tuple[str | None, str | None, str], tuple[str, ...]] = {}
    for reading, outcome in outcomes:
        key = (reading.part, reading.license, consequence(rule, outcome))
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *reading.sources)))
    return tuple(
        Reading(distribution=part, license=license_id, sources=sources, outcome=said)
        for (part, license_id, said), sources in list(merged.items())[:MAX_READINGS_SHOWN]
    )


def _undecided_between(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]]) -> tuple[MissingFact, ...]:
    by_part: dict[str | None, list[tuple[PartReading, Outcome]]] = {}
    for reading, outcome in outcomes:
        by_part.setdefault(reading.part, []).append((reading, outcome))
    missing = []
    if len({frozenset(outcome for _, outcome in group) for group in by_part.values()}) > 1:
        missing.append(MissingFact(fact="which parts of it were used", consequence=_by_part(rule, by_part)))
    if any(len({outcome for _, outcome in group}) > 1 for group in by_part.values()):
        missing.append(
            MissingFact(fact="which of the stated licenses is right", consequence=_by_license(rule, outcomes))
        )
    return tuple(missing)


def _by_part(rule: Rule, by_part: dict[str | None, list[tuple[PartReading, Outcome]]]) -> str:
    said: dict[str, list[str]] = {}
    for group in by_part.values():
        words = " or ".join(sorted({consequence(rule, outcome) for _, outcome in group}))
        distribution = group[0][0].distribution
        said.setdefault(words, []).append("?" if distribution is None else distribution.title)
    return "; ".join(f"{words} for {_either(titles)}" for words, titles in sorted(said.items()))


def _by_license(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]]) -> str:
    said: dict[str, list[str]] = {}
    for reading, outcome in outcomes:
        said.setdefault(consequence(rule, outcome), []).append(reading.license or "a license not known")
    return "; ".join(f"{words} under {', '.join(dict.fromkeys(ids))}" for words, ids in sorted(said.items()))


def _missing_facts(rule: Rule, unknown: Sequence[Facts]) -> tuple[MissingFact, ...]:
    """The facts of the rule that nobody stated, each with what would follow from its values."""
    found: dict[str, MissingFact] = {}
    for facts in unknown:
        for test in _unanswered(rule, facts):
            if test.fact.name not in found:
                consequences = _consequences(rule, facts, test.fact)
                found[test.fact.name] = MissingFact(fact=test.fact.label, consequence=consequences)
    return tuple(found.values())


def _consequences(rule: Rule, facts: Facts, fact: FactType) -> str:
    asked = sorted({value for test in rule.tests if test.fact.name == fact.name for value in test.values})
    values = sorted(fact.values) if fact.values is not None and len(fact.values) <= len(asked) + 2 else asked
    said: dict[str, list[str]] = {}
    for value in values:
        said.setdefault(consequence(rule, outcome_of(rule, {**facts, fact.name: known(value)})), []).append(value)
    if fact.values is None or len(values) < len(fact.values):
        otherwise = consequence(rule, outcome_of(rule, {**facts, fact.name: known()}))
        said.setdefault(otherwise, []).append("anything else")
    if len(said) == 1 and fact.values is not None and len(values) == len(fact.values):
        return f"{next(iter(said))} by this rule either way; it has to be stated, for other rules and duties hang on it"
    return "; ".join(f"{words} {_condition(fact, items)}" for words, items in said.items())


def _condition(fact: FactType, values: Sequence[str]) -> str:
    """`if the purpose is commercial`; a yes or no has a clause with `whether` for a label."""
    if fact.values != TRUE_FALSE:
        return f"if {fact.label} is {_either(values)}"
    clause = fact.label.removeprefix("whether ")
    return f"if {clause}" if values[0] == "true" else f"if it is not so that {clause}"


def _either(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"
