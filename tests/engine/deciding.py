"""What can be decided of a study that is written out as its file, before and after something changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.rules.rulebook import Rule, RuleBook
from tests.engine.asking import DAY, REGISTRY, RULES


def case_of(text: str, day: date = DAY, folder: Path = Path()) -> Case:
    """Return the case of the text of a project file in a folder."""
    study = Study.parse(text, folder / "tcia-policy.yaml")
    return Case.open(study, CaseOptions(as_of=day), Library(REGISTRY, RULES))


def digests(case: Case) -> dict[str, str]:
    """Return the digest of everything that can be decided of a case, by its id."""
    return {matter.id: matter.digest for matter in assess(case).matters}


@dataclass(frozen=True)
class Change:
    """The ids of what has another digest, of what is there no more, and of what was not there before."""

    stale: frozenset[str]
    gone: frozenset[str]
    new: frozenset[str]


NOTHING = Change(frozenset(), frozenset(), frozenset())


def change(before: Mapping[str, str], after: Mapping[str, str]) -> Change:
    """Return what differs between two states of what can be decided."""
    both = before.keys() & after.keys()
    return Change(
        frozenset(id_ for id_ in both if before[id_] != after[id_]),
        frozenset(before.keys() - after.keys()),
        frozenset(after.keys() - before.keys()),
    )


def with_rule(case: Case, id_: str, **text: Any) -> Case:
    """Return the case with other text in a rule of its book; `applies_to` and `when` are as `Rule` has them."""

    def changed(rule: Rule) -> Rule:
        if rule.id != id_:
            return rule
        conditions = {name: text[name] for name in ("when", "unless") if name in text}
        words = {name: value for name, value in text.items() if name not in conditions}
        return replace(rule, text=rule.text.model_copy(update=words), **conditions)

    return with_rules(case, *map(changed, case.rules.rules))


def with_rules(case: Case, *rules: Rule) -> Case:
    """Return the case with these rules."""
    return replace(case, rules=RuleBook(tuple(rules), "another version"))


def with_claims(case: Case, dataset: str, **fields: Any) -> Case:
    """Return the case with other `fields` in every license claim on a dataset."""
    known = case.known.datasets[dataset]
    parts = tuple(
        part.model_copy(update={"claims": tuple(claim.model_copy(update=fields) for claim in part.claims)})
        for part in known.distributions
    )
    changed = known.model_copy(update={"distributions": parts})
    return replace(case, known=replace(case.known, datasets={**case.known.datasets, dataset: changed}))
