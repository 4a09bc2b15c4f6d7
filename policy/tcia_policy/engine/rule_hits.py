"""Every rule that applies to a study: to each data item and activity, and to the study as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tcia_policy.engine.agreements import Evidence, approved_study, format_agreement, format_permission
from tcia_policy.engine.case import Case
from tcia_policy.engine.evaluate import Judgment, barred_together, is_granted_together, judge, readings_concerned
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.manuscript_evidence import observed_facts, observed_values
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.output_licenses import Releases, in_activity
from tcia_policy.engine.placeholders import placeholders
from tcia_policy.engine.use_facts import activity_facts, use_facts
from tcia_policy.evidence.observations import NOTHING_OBSERVED, Observations
from tcia_policy.model import Activity, Agreement, Holding
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.vocabulary import Facts


@dataclass(frozen=True)
class RuleHit:
    """A rule that applies, or could not be decided, on one holding and one activity.

    `values` fill the placeholders of its text. `lifted_by` names the evidence that lifts it, `agreements` are those
    among it. `about` names the outputs because of whose license it speaks.
    """

    rule: Rule
    holding: Holding | None
    activity: Activity
    judgment: Judgment
    values: Mapping[str, str]
    lifted_by: str | None = None
    agreements: tuple[Agreement, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class _HeldCase:
    """One holding of a case: its readings with the facts of each, and the rules that may apply to it."""

    case: Case
    holding: Holding
    facts: Sequence[tuple[PartReading, Facts]]
    rules: Sequence[Rule]
    releases: Releases


def rule_hits(case: Case, activities: Sequence[Activity]) -> list[RuleHit]:
    """Return what every rule in force says of the study, and of each data item for the activities done with it."""
    rules = case.rules.in_force(case.as_of)
    readings = case.readings()
    releases = case.releases(readings)
    hits = list(_hits_on_project(case, rules, activities))
    done = case.activities_on(activities)
    for holding, facts in readings:
        applicable = [rule for rule in rules if not rule.concerns_project and not _never_applies(rule, facts)]
        held = _HeldCase(case, holding, facts, applicable, releases)
        hits += [hit for activity in done[holding.id] for hit in _hits_on_holding(held, activity)]
    return hits


def _hits_on_project(case: Case, rules: Sequence[Rule], activities: Sequence[Activity]) -> Iterator[RuleHit]:
    """Yield the hits on the study as a whole; a rule on what a manuscript shows has one hit for each thing shown."""
    seen = _observed(case)
    facts = {**use_facts(case.project, case.as_of), **observed_facts(seen)}
    nowhere = PartReading(None, None, (), {})
    for rule in rules:
        if not rule.concerns_project:
            continue
        for activity in activities:
            judgment = judge(rule, [(nowhere, {**facts, **activity_facts(activity)})])
            if judgment.outcome is not Outcome.SILENT:
                things = [values for test in rule.tests for values in observed_values(seen, test.fact.name)]
                yield from (RuleHit(rule, None, activity, judgment, values) for values in things or [{}])


def _observed(case: Case) -> Observations:
    """Return what the manuscript shows; of license files only what those of the outputs in question say."""
    if case.manuscript is None:
        return NOTHING_OBSERVED
    seen = case.manuscript.observe(case.holdings, case.known.datasets)
    files = {output.license_file for output in case.project.use.outputs or ()}
    return replace(seen, license_files=tuple(item for item in seen.license_files if item.file in files))


def _hits_on_holding(held: _HeldCase, activity: Activity) -> Iterator[RuleHit]:
    known = held.case.known
    doing = in_activity(activity, held.holding, held.facts, held.releases)
    barred = barred_together(held.rules, doing)
    granted = is_granted_together(held.rules, doing)
    for rule in held.rules:
        judgment = judge(rule, doing, barred=barred, granted=granted)
        if judgment.outcome is Outcome.SILENT:
            continue
        concerned = readings_concerned(rule, doing)
        lifting = _lifting_evidence(rule, held) if judgment.outcome is Outcome.LIFTED else NOTHING_LIFTS
        yield RuleHit(
            rule=rule,
            holding=held.holding,
            activity=activity,
            judgment=judgment,
            values=placeholders(
                held.holding, known.datasets.get(held.holding.dataset or ""), concerned, known.licenses
            ),
            lifted_by=lifting.text,
            agreements=lifting.agreements,
            about=_outputs_meant(rule, held, concerned, activity),
        )


def _outputs_meant(rule: Rule, held: _HeldCase, readings: Sequence[PartReading], activity: Activity) -> str:
    """Return the outputs because of whose license a rule applies."""
    words = {word for test in rule.tests if test.fact.name == "release.ruling" for word in test.values}
    if not words:
        return ""
    ruled = [item for reading in readings for item in held.releases.ruled(held.holding, reading, activity)]
    return "; ".join(dict.fromkeys(str(item) for item in ruled if item.ruling.value in words))


def _never_applies(rule: Rule, facts: Sequence[tuple[PartReading, Facts]]) -> bool:
    """Return whether the rule's `applies_to` is false for any activity, as for most rules."""
    return all(rule.applies_to.evaluate(known).value == "false" for _, known in facts)


@dataclass(frozen=True)
class _Lifting:
    """The evidence that lifts a rule, in one line, and the agreements among it."""

    text: str | None = None
    agreements: tuple[Agreement, ...] = ()


NOTHING_LIFTS = _Lifting()


def _lifting_evidence(rule: Rule, held: _HeldCase) -> _Lifting:
    """Return the grants or agreements that lift the rule."""
    asks_permission = any(test.fact.name == "permission.grants" for test in rule.unless_tests)
    asked = frozenset(value for test in rule.unless_tests for value in test.values)
    evidence = held.case.evidence
    agreements = () if asks_permission else _agreements(held, evidence, asked)
    lines = _grants(held, evidence, asked) if asks_permission else map(format_agreement, agreements)
    return _Lifting("; ".join(dict.fromkeys(lines)) or None, tuple(agreements))


def _grants(held: _HeldCase, evidence: Evidence, asked: frozenset[str]) -> list[str]:
    return [
        format_permission(item)
        for reading, _ in held.facts
        for item in evidence.permissions_for(held.holding, reading.distribution)
        if item.grants in asked
    ]


def _agreements(held: _HeldCase, evidence: Evidence, asked: frozenset[str]) -> list[Agreement]:
    return [
        item
        for item, _ in evidence.agreements_for(held.holding)
        if item.id in asked or not asked.isdisjoint(approved_study(item))
    ]
