"""How one verdict came about: what decides it, and every rule under every reading, with its conditions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_in_activity import rules_as_answered
from tcia_policy.engine.outcome import Outcome, Values, consequence, facts_named, outcome_of, values_named
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Assessment,
    CellVerdict,
    Duty,
    Finding,
    Holding,
    MissingFact,
    Reading,
    Reference,
    Verdict,
)
from tcia_policy.model.base import Contract
from tcia_policy.model.question import Question
from tcia_policy.model.result import Judged
from tcia_policy.rules.conditions import All, AnyOf, Condition, Not, Test
from tcia_policy.rules.fact_value import Facts, FactValue, known
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.vocabulary import VOCABULARY


class Step(Contract):
    """One condition of a rule: its text, whether it held, what was known of its `fact` (for a test), and its parts."""

    text: str
    truth: Truth
    fact: str | None = None
    stated: str | None = None
    parts: tuple["Step", ...] = ()


class RuleTrace(Contract):
    """What one rule said under one reading. `wakes` are single facts that would make a rule apply that did not."""

    rule: str
    outcome: Outcome
    says: str
    steps: tuple[Step, ...]
    wakes: tuple[str, ...]


class ReadingTrace(Contract):
    """One reading of the sources (a part under a license), and what all rules said under it."""

    part: str | None
    license: str | None
    sources: tuple[str, ...]
    rules: tuple[RuleTrace, ...]


class Decider(Contract):
    """A rule that decides the verdict, and what it rests on.

    `steps` are its conditions as they hold, or are not known, under a reading under which it applies, or may;
    `sources` say who states the license of that reading. `verdict` is `None` for a duty that is still to be met.
    """

    rule: str
    title: str
    verdict: Verdict | None
    because: str
    remedy: str | None = None
    steps: tuple[Step, ...] = ()
    sources: tuple[str, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[Reading, ...] = ()
    references: tuple[Reference, ...]


class Explanation(Judged):
    """One verdict of an assessment, with what every rule said under each reading of the data item.

    `deciders` are the rules that decide it, as the cell has them. `others` are the other verdicts that were asked
    about: on other activities or other data items, whose names are in `names`, by id. `questions` are those on whose
    answers the verdict depends.
    """

    holding: Holding
    cell: CellVerdict
    deciders: tuple[Decider, ...]
    questions: tuple[Question, ...] = ()
    duties: tuple[Duty, ...]
    readings: tuple[ReadingTrace, ...]
    others: tuple[CellVerdict, ...] = ()
    names: Mapping[str, str]


@dataclass(frozen=True)
class _Judgment:
    """The assessment that says it, and the verdict to explain."""

    assessment: Assessment
    holding: Holding
    cell: CellVerdict
    others: tuple[CellVerdict, ...]


def explain(case: Case, holding: Holding, activity: Activity) -> Explanation:
    """Return how `assess` comes to its verdict on one data item and activity of this case.

    If the project does not state the activity, it is judged together with those that the project states. Raises
    `InputError` where the activity releases outputs, and none of them comes from the data item.
    """
    return explain_worst(case, (holding,), activity)


def explain_worst(case: Case, holdings: Sequence[Holding], activity: Activity | None = None) -> Explanation:
    """Return how the worst verdict on these data items came about; of one activity, or of all that are judged.

    Raises `InputError` as `explain` does, and for a study without data.
    """
    case.require_data()
    judged = _worst(case, holdings, activity)
    rules = _rules_on(case, judged)
    situations = case.situations(judged.holding, judged.cell.activity)
    readings = [
        ReadingTrace(
            part=reading.part,
            license=reading.license,
            sources=reading.sources,
            rules=tuple(trace(rule, facts) for rule in rules),
        )
        for reading, facts in situations
    ]
    cell = judged.cell
    deciders = tuple(_decider(id_, case, judged, readings) for id_ in cell.rules)
    return Explanation(
        summary=f"{judged.holding.name}, {cell.activity.value}: {cell.verdict.value} ({deciders[0].title})",
        as_of=case.as_of,
        versions=case.versions,
        holding=judged.holding,
        cell=cell,
        deciders=deciders,
        questions=_questions_on(cell, judged.assessment),
        duties=_duties_on(cell, judged.assessment),
        readings=tuple(readings),
        others=judged.others,
        names=_names(case.holdings),
    )


def _names(holdings: Sequence[Holding]) -> Mapping[str, str]:
    """Return the name of each data item by its id; the id itself where several have one name."""
    names = Counter(item.name for item in holdings)
    return {item.id: item.name if names[item.name] == 1 else item.id for item in holdings}


def trace(rule: Rule, facts: Facts) -> RuleTrace:
    """Return what one rule says for these facts, and why."""
    return _traced(rule, values_named(rule, facts))


@lru_cache(maxsize=10_000)
def _traced(rule: Rule, values: Values) -> RuleTrace:
    """Return what a rule says, and why, if the facts that it names have these values."""
    facts = facts_named(rule, values)
    outcome = outcome_of(rule, facts)
    return RuleTrace(
        rule=rule.id,
        outcome=outcome,
        says=consequence(rule, outcome),
        steps=(*_steps(rule.applies_to, facts), *_steps(rule.when, facts)),
        wakes=_wakes(rule, facts) if outcome is Outcome.SILENT else (),
    )


def _worst(case: Case, holdings: Sequence[Holding], activity: Activity | None) -> _Judgment:
    """Return the worst verdict asked about, the first of several that are as bad."""
    stated = case.project.use.activities
    is_added = stated is not None and activity is not None
    assessment = assess(case.supposing(activities=(*(stated or ()), activity)) if is_added and activity else case)
    ids = [holding.id for holding in holdings]
    asked = [cell for cell in assessment.verdicts if cell.holding in ids and activity in (None, cell.activity)]
    if not asked:
        assert activity is not None
        hint = "the lists of the project's outputs, such as `trained_on`, say what they come from"
        problem = f"nothing that {activity.value} releases comes from {holdings[0].name}"
        raise InputError(problem, field="--activity", hint=hint)
    worst = max(asked, key=lambda cell: cell.verdict.severity)
    holding = next(item for item in holdings if item.id == worst.holding)
    return _Judgment(assessment, holding, worst, tuple(cell for cell in asked if cell is not worst))


def _rules_on(case: Case, judged: _Judgment) -> tuple[Rule, ...]:
    in_force = case.rules.in_force(case.as_of)
    fallback = case.rules.fallback
    return tuple(rules_as_answered(in_force, fallback, judged.holding, judged.cell.activity, case.evidence))


def _duties_on(cell: CellVerdict, assessment: Assessment) -> tuple[Duty, ...]:
    return tuple(
        duty for duty in assessment.duties if cell.holding in duty.holdings and cell.activity in duty.activities
    )


def _questions_on(cell: CellVerdict, assessment: Assessment) -> tuple[Question, ...]:
    return tuple(
        question
        for question in assessment.questions
        if any(each.activity is cell.activity and each.holding in (cell.holding, None) for each in question.cells)
    )


def _decider(rule_id: str, case: Case, judged: _Judgment, readings: Sequence[ReadingTrace]) -> Decider:
    """Return what a rule that decides says: its finding on the data item, else on the study, or its duty."""
    shown = _applying(rule_id, readings)
    rests_on = {} if shown is None else {"steps": shown[1].steps, "sources": shown[0].sources}
    finding = next(_findings(rule_id, judged), None)
    if finding is not None:
        return Decider(
            rule=rule_id,
            title=finding.title,
            verdict=finding.verdict,
            because=finding.because,
            remedy=finding.remedy,
            missing=finding.missing,
            readings=finding.readings,
            references=finding.references,
            **rests_on,
        )
    rule = case.rules.get(rule_id)
    duty = next((duty for duty in _duties_on(judged.cell, judged.assessment) if duty.rule == rule_id), None)
    return Decider(
        rule=rule_id,
        title=rule.text.title,
        verdict=rule.verdict if duty is None else None,
        because=rule.text.because if duty is None else duty.text,
        references=rule.references if duty is None else duty.references,
        **rests_on,
    )


def _findings(rule_id: str, judged: _Judgment) -> Iterator[Finding]:
    """Yield the findings of a rule on the data item and activity, then those on the study as a whole."""
    for holding in (judged.cell.holding, None):
        for finding in judged.assessment.findings:
            is_of_cell = finding.holding == holding and judged.cell.activity in finding.activities
            if finding.rule == rule_id and is_of_cell and finding.verdict is judged.cell.verdict:
                yield finding


def _applying(rule_id: str, readings: Iterable[ReadingTrace]) -> tuple[ReadingTrace, RuleTrace] | None:
    """Return the first reading under which the rule applies, else under which it may; `None` if under none."""
    found = [(reading, rule) for reading in readings for rule in reading.rules if rule.rule == rule_id]
    for outcome in (Outcome.SPEAKS, Outcome.UNKNOWN):
        for reading, rule in found:
            if rule.outcome is outcome:
                return reading, rule
    return None


def _steps(condition: Condition, facts: Facts) -> tuple[Step, ...]:
    """Return each condition of a mapping as a step; `any` and `not` have their parts as steps."""
    if isinstance(condition, All):
        return tuple(step for part in condition.parts for step in _steps(part, facts))
    if isinstance(condition, Test):
        name = condition.fact.name
        text = f"{name} is {' or '.join(sorted(condition.values))}"
        return (Step(text=text, truth=condition.evaluate(facts), fact=name, stated=_stated(facts.get(name))),)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    inner = tuple(step for part in parts for step in _steps(part, facts))
    text = "any of" if isinstance(condition, AnyOf) else "not"
    return (Step(text=text, truth=condition.evaluate(facts), parts=inner),)


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
