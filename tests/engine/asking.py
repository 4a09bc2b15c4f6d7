"""The questions of a study that is written out as its file."""

from datetime import date
from pathlib import Path

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.model import Activity, Assessment
from tcia_policy.model.question import Branch, Consequence, Question
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import load_rules

DAY = date(2026, 11, 22)
REGISTRY = Registry.load()
RULES = load_rules()


def assessed(text: str) -> Assessment:
    """Return the assessment of the text of a project file."""
    study = Study.parse(text, Path("tcia-policy.yaml"))
    return assess(Case.open(study, CaseOptions(as_of=DAY), Library(REGISTRY, RULES)))


def asked(text: str) -> dict[str, Question]:
    """Return the questions of a project file by their ids."""
    return {question.id: question for question in assessed(text).questions}


def leads(branch: Branch) -> dict[tuple[str, Activity], Consequence]:
    """Return what a branch leads to, by data item and activity."""
    return {
        (holding, activity): each.consequence
        for each in branch.leads_to
        for holding in each.holdings
        for activity in each.activities
    }
