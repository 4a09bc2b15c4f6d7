"""How one verdict came about: every rule under every reading, its conditions, and what would make it apply."""

from collections.abc import Mapping
from dataclasses import dataclass

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_in_activity import rules_as_answered
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.outcome import Outcome, consequence, outcome_of
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, CellVerdict, Duty, Holding
from tcia_policy.rules.conditions import All, AnyOf, Condition, Not, Test
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.vocabulary import VOCABULARY, Facts, FactValue, known


@dataclass(frozen=True)
class Step:
    """One condition of a rule: its text, whether it held, what was known (for a test), and its parts."""

    text: str
    truth: Truth
    stated: str | None = None
    parts: tuple["Step", ...] = ()


@dataclass(frozen=True)
class RuleTrace:
    """What one rule said under one reading. `wakes` are single facts that would make a rule apply that did not."""

    rule: Rule
    outcome: Outcome
    says: str
    steps: tuple[Step, ...]
    wakes: tuple[str, ...]


@dataclass(frozen=True)
class ReadingTrace:
    """One reading of the sources, and what all rules said under it."""

    reading: PartReading
    rules: tuple[RuleTrace, ...]


@dataclass(frozen=True)
class Explanation:
    """One verdict of an assessment, with what every rule said under each reading of the data item."""

    holding: Holding
    cell: CellVerdict
    duties: tuple[Duty, ...]
    readings: tuple[ReadingTrace, ...]


def explain(case: Case, holding: Holding, activity: Activity) -> Explanation:
    """Return how `assess` comes to its verdict on one data item and activity of this case.

    If the project does not state the activity, it is judged together with those that the project states. Raises
    `InputError` where the activity releases outputs, and none of them comes from the data item.
    """
    stated = case.project.use.activities
    assessment = assess(case if stated is None else case.supposing(activities=(*stated, activity)))
    cell = next((item for item in assessment.verdicts if (item.holding, item.activity) == (holding.id, activity)), None)
    if cell is None:
        hint = "the lists of the project's outputs, such as `trained_on`, say what they come from"
        problem = f"nothing that {activity.value} releases comes from {holding.name}"
        raise InputError(problem, field="--activity", hint=hint)
    duties = [duty for duty in assessment.duties if holding.id in duty.holdings and activity in duty.activities]
    in_force = case.rules.in_force(case.as_of)
    rules = rules_as_answered(in_force, case.rules.fallback, holding, activity, case.evidence)
    readings = [
        ReadingTrace(reading, tuple(trace(rule, facts) for rule in rules))
        for reading, facts in case.situations(holding, activity)
    ]
    return Explanation(holding, cell, tuple(duties), tuple(readings))


def trace(rule: Rule, facts: Facts) -> RuleTrace:
    """Return what one rule says for these facts, and why."""
    outcome = outcome_of(rule, facts)
    return RuleTrace(
        rule=rule,
        outcome=outcome,
        says=consequence(rule, outcome),
        steps=(*_steps(rule.applies_to, facts), *_steps(rule.when, facts)),
        wakes=_wakes(rule, facts) if outcome is Outcome.SILENT else (),
    )


def _steps(condition: Condition, facts: Facts) -> tuple[Step, ...]:
    """Return each condition of a mapping as a step; `any` and `not` have their parts as steps."""
    if isinstance(condition, All):
        return tuple(step for part in condition.parts for step in _steps(part, facts))
    if isinstance(condition, Test):
        text = f"{condition.fact.name} is {' or '.join(sorted(condition.values))}"
        return (Step(text, condition.evaluate(facts), _stated(facts.get(condition.fact.name))),)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    inner = tuple(step for part in parts for step in _steps(part, facts))
    return (Step("any of" if isinstance(condition, AnyOf) else "not", condition.evaluate(facts), parts=inner),)


def _stated(value: FactValue | None) -> str:
    if value is None:
        return "not known"
    words = ", ".join(sorted(value.words)) or "none"
    return words if value.complete else f"{words}; there may be more"


def _wakes(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Return each fact that can change and alone would make the rule apply, with its value. The activity is fixed."""
    found: dict[str, None] = {}
    for test in rule.tests:
        name = test.fact.name
        if name == "use.activity" or not test.fact.may_change:
            continue
        for value in sorted(test.values | (VOCABULARY[name].values or frozenset())):
            changed: Mapping[str, FactValue] = {**facts, name: known(value)}
            if outcome_of(rule, changed) is Outcome.SPEAKS:
                found[f"{name} were {value}"] = None
    return tuple(found)
