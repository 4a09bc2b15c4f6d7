"""The judgment of one rule on one holding and one activity, over all readings of the sources."""

from collections.abc import Sequence

from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.missing_facts import missing_facts, undecided_between
from tcia_policy.engine.outcome import Outcome, consequence, outcome_of, unanswered
from tcia_policy.lazy import dataclass
from tcia_policy.model import MissingFact, Reading, Verdict
from tcia_policy.rules.fact_value import Facts, truth
from tcia_policy.rules.rulebook import Rule

MAX_READINGS_SHOWN = 12


@dataclass(frozen=True)
class Judgment:
    """The outcome over all readings. If it is `UNKNOWN`, `missing` and `readings` say why."""

    outcome: Outcome
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[Reading, ...] = ()


_SILENT = Judgment(Outcome.SILENT)
_ALL_SILENT = frozenset((Outcome.SILENT,))
Outcomes = tuple[Outcome, ...]
"""What one rule says under each reading of a data item, in the order of the readings."""


def outcomes_of(rule: Rule, readings: Sequence[tuple[PartReading, Facts]]) -> Outcomes:
    """Return what a rule says under each reading."""
    return tuple(outcome_of(rule, facts) for _, facts in readings)


def barred_together(barring: Sequence[Outcomes], readings: Sequence[PartReading]) -> frozenset[str]:
    """Return the choices of which every reading is prohibited by some rule, but no single rule prohibits all.

    `barring` are the outcomes of the rules that prohibit.
    """
    if len(barring) <= 1:
        return frozenset()
    return frozenset(
        choice
        for choice in _choices(readings)
        if _is_barred_together([_within(choice, readings, outcomes) for outcomes in barring])
    )


def _is_barred_together(barring: Sequence[Sequence[Outcome]]) -> bool:
    spoken = [[outcome is Outcome.SPEAKS for outcome in outcomes] for outcomes in barring]
    return all(map(any, zip(*spoken, strict=True))) and not any(map(all, spoken))


def is_granted_together(granting: Sequence[Outcomes], number: int) -> bool:
    """Return whether every one of so many readings is permitted by some rule, which may be another one for each.

    `granting` are the outcomes of the rules that permit.
    """
    return all(any(outcomes[at] is Outcome.SPEAKS for outcomes in granting) for at in range(number))


def judge(
    rule: Rule,
    readings: Sequence[tuple[PartReading, Facts]],
    said: Outcomes | None = None,
    *,
    barred: frozenset[str] = frozenset(),
    granted: bool = False,
) -> Judgment:
    """Return one outcome of the rule for all readings. Each reading comes with all facts that hold under it.

    `said` is what it says under each of them, where that is known already.

    - A duty or a note applies if it applies under any reading: the strictest reading governs.
    - A prohibition applies if it applies under every reading of some choice (every reading of a part that was used, or
      of all parts that may have been), or under one of a choice that is `barred`, each reading by some rule. If it
      applies under only some, it depends on which part is held or which source is right: the judgment is `UNKNOWN`, and
      it says so.
    - A permission applies if it applies under every reading of every choice, or if all are `granted`, each by some
      rule. If it applies under only some, it does not count: `SILENT`.
    """
    said = outcomes_of(rule, readings) if said is None else said
    distinct = frozenset(said)
    if distinct == _ALL_SILENT:
        return _SILENT
    outcomes = [(reading, outcome) for (reading, _), outcome in zip(readings, said, strict=True)]
    settled = _settled(rule, outcomes, barred=barred, granted=granted)
    if settled is not None:
        shows = settled is Outcome.SPEAKS and (
            _is_about_claims(rule) or (len(distinct) > 1 and rule.verdict is not None)
        )
        return Judgment(settled, readings=_show(rule, outcomes) if shows else ())
    unknown = [facts for (_, facts), outcome in zip(readings, said, strict=True) if outcome is Outcome.UNKNOWN]
    return _left_open(rule, outcomes, unknown)


def _left_open(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]], unknown: Sequence[Facts]) -> Judgment:
    """Return the judgment if the outcomes do not settle it: what is missing, and what follows from each reading."""
    distinct = {outcome for _, outcome in outcomes}
    if distinct <= {Outcome.UNKNOWN, Outcome.SILENT} and all(_waits_for_license(rule, facts) for facts in unknown):
        return Judgment(Outcome.SILENT)
    missing = missing_facts(rule, unknown)
    if len(distinct) == 1:
        return Judgment(Outcome.UNKNOWN, missing)
    return Judgment(Outcome.UNKNOWN, (*undecided_between(rule, outcomes), *missing), _show(rule, outcomes))


def _settled(
    rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]], *, barred: frozenset[str], granted: bool
) -> Outcome | None:
    """Return the outcome over all readings if their outcomes settle it, else `None`."""
    distinct = {outcome for _, outcome in outcomes}
    if Outcome.SPEAKS in distinct and (distinct == {Outcome.SPEAKS} or _is_enough(rule, outcomes, barred, granted)):
        return Outcome.SPEAKS
    if Outcome.UNKNOWN in distinct or (Outcome.SPEAKS in distinct and rule.verdict is not Verdict.PERMITTED):
        return None
    return Outcome.LIFTED if Outcome.LIFTED in distinct else Outcome.SILENT


def _is_enough(
    rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]], barred: frozenset[str], granted: bool
) -> bool:
    """Return whether a rule applies as a whole, although it applies by itself only under some of the readings."""
    if rule.verdict is None:
        return True
    if rule.verdict is Verdict.PERMITTED:
        return granted and {outcome for _, outcome in outcomes} <= {Outcome.SPEAKS, Outcome.SILENT}
    readings, said = [reading for reading, _ in outcomes], [outcome for _, outcome in outcomes]
    if any(set(_within(choice, readings, said)) == {Outcome.SPEAKS} for choice in _choices(readings)):
        return True
    spoken = {choice for reading, outcome in outcomes if outcome is Outcome.SPEAKS for choice in reading.choices}
    return rule.verdict is Verdict.PROHIBITED and not barred.isdisjoint(spoken)


def _choices(readings: Sequence[PartReading]) -> list[str]:
    return list(dict.fromkeys(choice for reading in readings for choice in reading.choices))


def _within(choice: str, readings: Sequence[PartReading], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes under the readings of one choice."""
    return [outcome for reading, outcome in zip(readings, outcomes, strict=True) if choice in reading.choices]


def _waits_for_license(rule: Rule, facts: Facts) -> bool:
    """Return whether only the terms of a license are missing, and nobody knows these terms.

    Unknown terms have a finding of their own, which leaves every activity undetermined. So they are reported once, and
    not by each rule that asks for them.
    """
    if facts.get("license.known") != truth(False):
        return False
    return all(test.fact.name.startswith("license.") for test in unanswered(rule, facts))


def _is_about_claims(rule: Rule) -> bool:
    return any(test.fact.name in ("claims.disagree", "claims.of_earlier_copy") for test in rule.tests)


def _show(rule: Rule, outcomes: Sequence[tuple[PartReading, Outcome]]) -> tuple[Reading, ...]:
    merged: dict[tuple[str | None, str | None, str], tuple[str, ...]] = {}
    for reading, outcome in outcomes:
        key = (reading.part, reading.license, consequence(rule, outcome))
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *reading.sources)))
    return tuple(
        Reading(distribution=part, license=license_id, sources=sources, outcome=outcome)
        for (part, license_id, outcome), sources in list(merged.items())[:MAX_READINGS_SHOWN]
    )
