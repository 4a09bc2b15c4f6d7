"""What open rules ask for. All rules, data items and activities that wait for the same thing ask one question."""

from collections.abc import Iterator

from tcia_policy.engine.case import Case
from tcia_policy.engine.grants import covers
from tcia_policy.engine.missing_facts import EVIDENCE, LICENSE, PARTS
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.lazy import dataclass
from tcia_policy.model import Holding, Permission, Verdict
from tcia_policy.model.question_kinds import QuestionKind
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.vocabulary import VOCABULARY

OF_ITEM = "data."


@dataclass(frozen=True)
class Asked:
    """One thing that is asked for.

    `about` is, for `parts` and `license`, the id of the data item; for a `fact` its path in the project file
    (`use.purpose`), or `data.` and a key of data items (`data.altered`); for `evidence` its place (`permissions[0]`);
    for `reply` and `mend` the id of the rule.
    """

    kind: QuestionKind
    about: str


def is_open(hit: RuleHit) -> bool:
    """Return whether the rule leaves its data item and activity undetermined."""
    if hit.judgment.outcome is Outcome.UNKNOWN:
        return True
    return hit.judgment.outcome is Outcome.SPEAKS and hit.rule.verdict is Verdict.UNDETERMINED


def asked_by(hit: RuleHit, case: Case) -> tuple[Asked, ...]:
    """Return what an open rule asks for, at least one thing."""
    missing = dict.fromkeys(_missing(hit, case)) if hit.judgment.outcome is Outcome.UNKNOWN else {}
    return tuple(missing) or (_of_rule(hit),)


def _missing(hit: RuleHit, case: Case) -> Iterator[Asked]:
    """Yield what the rule is missing, as far as it is more than the terms of a license that nobody knows."""
    for fact in hit.judgment.missing:
        if fact.name in (PARTS, LICENSE) and hit.holding is not None:
            yield Asked(QuestionKind(fact.name), hit.holding.id)
        elif fact.name == EVIDENCE and hit.holding is not None:
            yield from (Asked(QuestionKind.EVIDENCE, field) for field in _grants_in_doubt(hit, hit.holding, case))
        elif fact.name in VOCABULARY:
            declared = VOCABULARY[fact.name]
            if declared.stated_at is not None:
                yield Asked(QuestionKind.FACT, declared.stated_at)
            elif declared.of_item is not None:
                yield Asked(QuestionKind.FACT, f"{OF_ITEM}{declared.of_item}")


def _grants_in_doubt(hit: RuleHit, holding: Holding, case: Case) -> Iterator[str]:
    """Yield the places of the grants of which it is not known whether they cover what the rule is about."""
    wanted = {value for test in hit.rule.unless_tests for value in test.values}
    for index, permission in enumerate(case.project.permissions):
        is_repeated = permission in case.project.permissions[:index]
        if permission.grants in wanted and not is_repeated and _may_cover(permission, holding, hit, case):
            yield f"permissions[{index}]"


def _may_cover(permission: Permission, holding: Holding, hit: RuleHit, case: Case) -> bool:
    dataset = case.known.datasets.get(holding.dataset or "")
    parts = (None, *(() if dataset is None else dataset.distributions))
    if not any(permission in case.evidence.permissions_for(holding, part) for part in parts):
        return False
    covered = covers(permission, hit.activity, case.use_of(holding))
    return covered is Truth.UNKNOWN or (covered is Truth.TRUE and permission in case.evidence.doubtful)


def _of_rule(hit: RuleHit) -> Asked:
    rule = hit.rule
    if "evidence.field" in hit.values:
        return Asked(QuestionKind.EVIDENCE, hit.values["evidence.field"])
    if rule.text.stated_at == f"{OF_ITEM}license" and hit.holding is not None:
        return Asked(QuestionKind.LICENSE, hit.holding.id)
    if rule.text.stated_at is not None:
        return Asked(QuestionKind.FACT, rule.text.stated_at)
    return Asked(QuestionKind.REPLY if rule.text.answered_by else QuestionKind.MEND, rule.id)
