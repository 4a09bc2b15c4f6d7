"""What the recorded evidence says once an activity is known: which grants cover it, and which replies are about it."""

from collections.abc import Sequence

from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.answers import as_answered, gives, speaks_of
from tcia_policy.engine.grants import covers
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.outcome import Outcome, outcome_of
from tcia_policy.model import Activity, Answer, Holding, Permission, Use, Verdict
from tcia_policy.rules.fact_value import Facts, FactValue, known
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule, RuleBook

Situations = Sequence[tuple[PartReading, Facts]]


def with_evidence(
    situations: Situations, holding: Holding, activity: Activity, evidence: Evidence, use: Use, rules: RuleBook
) -> list[tuple[PartReading, Facts]]:
    """Return the readings of a holding with the facts on grants and answers for one activity."""
    answers = [item for item in evidence.answers_for(holding) if speaks_of(item, activity)]
    settled = known(*(item.rule for item in answers if item.says == Verdict.PERMITTED.value))
    found: list[tuple[PartReading, Facts]] = []
    for reading, facts in situations:
        granted = _granted(evidence.permissions_for(holding, reading.distribution), activity, evidence, use)
        more = {**facts, "permission.grants": granted, "answer.permitted": settled}
        leave = [evidence.leave_of(item) for item in answers if _gives_leave(item, rules, activity, more)]
        more["answer.leave_from"] = known(*frozenset[str]().union(*leave))
        found.append((reading, more))
    return found


def _granted(permissions: Sequence[Permission], activity: Activity, evidence: Evidence, use: Use) -> FactValue:
    if not permissions:
        return known()
    sure, possible = set(), set()
    for item in permissions:
        covered = covers(item, activity, use)
        if covered is Truth.TRUE and item not in evidence.doubtful:
            sure.add(item.grants)
        elif covered is not Truth.FALSE:
            possible.add(item.grants)
    return FactValue(frozenset(sure), possible=frozenset(possible - sure))


def _gives_leave(answer: Answer, rules: RuleBook, activity: Activity, facts: Facts) -> bool:
    """Return whether the reply gives leave for the activity: because of it, a rule that speaks here is lifted."""
    rule = rules.get(answer.rule)
    if answer.says != Verdict.PERMITTED.value or not gives(answer, rule, activity):
        return False
    return rule.text.fallback or outcome_of(rule, facts) is Outcome.LIFTED


def rules_as_answered(
    rules: Sequence[Rule], fallback: Rule, holding: Holding, activity: Activity, evidence: Evidence
) -> list[Rule]:
    """Return the rules with those as prohibitions of which a reply says so; the fallback is among them only then."""
    told = [
        (item, f"{evidence.line(item)}")
        for item in evidence.answers_for(holding)
        if speaks_of(item, activity) and item.says == Verdict.PROHIBITED.value
    ]
    if not told:
        return list(rules)
    found = [as_answered(rule, [each for each in told if each[0].rule == rule.id]) for rule in rules]
    barred = as_answered(fallback, [each for each in told if each[0].rule == fallback.id])
    return found if barred is fallback else [*found, barred]
