"""What a study owes: references found by the rules that ask for them alone are those of the whole assessment."""

from pathlib import Path

import pytest

from tcia_policy.engine import scenarios
from tcia_policy.engine.assess import assess, references_owed
from tcia_policy.engine.case import Case
from tcia_policy.model import Assessment, Duty, DutyKind
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import load_rules

FOLDER = Path(__file__).parents[1] / "scenarios"


def to_cite(duties: tuple[Duty, ...]) -> list[tuple[object, ...]]:
    """Return what is printed of the duties to cite, in their order."""
    return [
        (duty.rule, duty.text, duty.doi, duty.required, duty.status, duty.holdings)
        for duty in duties
        if duty.kind is DutyKind.CITE
    ]


def test_references_are_those_of_the_whole_assessment(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[tuple[Case, Assessment]] = []

    def noted(case: Case, *, asking: bool) -> Assessment:
        assessment = assess(case, asking=asking)
        judged.append((case, assessment))
        return assessment

    monkeypatch.setattr(scenarios, "assess", noted)
    paths = [*sorted(FOLDER.glob("*.yaml"))[::4], FOLDER / "decisions.yaml"]
    assert all(result.passed for result in scenarios.run_scenarios(paths, Registry.load(), load_rules()))
    for case, assessment in judged:
        owed = references_owed(case)
        assert owed.citations == assessment.citations
        assert (owed.holdings, owed.datasets) == (assessment.holdings, assessment.datasets)
        assert to_cite(owed.duties) == to_cite(assessment.duties)
    assert any(assessment.citations and assessment.review for _, assessment in judged)
