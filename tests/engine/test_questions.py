"""What is open is asked once, and nothing that is open goes unasked."""

from dataclasses import replace
from pathlib import Path

import pytest

from tcia_policy.engine.scenarios import UNREADABLE, LocatedScenario, assess_scenario, load_scenarios
from tcia_policy.model import Activity, Assessment, Project, Verdict
from tcia_policy.model.question import Consequence, LeadsTo, Question, QuestionKind
from tests.engine.asking import REGISTRY, RULES, assessed
from tests.engine.pasting import disagreements, with_answer

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def unasked(assessment: Assessment) -> list[str]:
    """Return the verdicts that are undetermined without a question."""
    asked = {(cell.holding, cell.activity) for question in assessment.questions for cell in question.cells}
    open_cells = [cell for cell in assessment.verdicts if cell.verdict is Verdict.UNDETERMINED]
    found = [f"{cell.holding}, {cell.activity}" for cell in open_cells if (cell.holding, cell.activity) not in asked]
    is_open = assessment.verdict is Verdict.UNDETERMINED
    return [*found, *(["the study"] if is_open and not assessment.questions else [])]


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_nothing_undetermined_goes_unasked_and_every_answer_that_is_pasted_leads_to_what_it_says(path: Path) -> None:
    tried: set[object] = set()
    for located in load_scenarios(path, RULES):
        if located.project is None or located.scenario.expect.exit == UNREADABLE:
            continue
        assessment = assess_scenario(located, REGISTRY, RULES)
        assert unasked(assessment) == [], located.scenario.name
        ids = [question.id for question in assessment.questions]
        assert len(ids) == len(set(ids)), located.scenario.name
        assert all(question.text.endswith("?") for question in assessment.questions)
        for question in assessment.questions:
            if (question.kind, question.rules) not in tried:
                tried.add((question.kind, question.rules))
                assert disagreeing(located, question, assessment) == [], located.scenario.name


def disagreeing(located: LocatedScenario, question: Question, before: Assessment) -> list[str]:
    """Return where the verdicts differ from what a question says, each of its answers pasted into the project."""
    found = []
    for branch in question.branches:
        if branch.paste is not None:
            project = Project.model_validate(with_answer(located, question, branch, before, RULES))
            after = assess_scenario(replace(located, project=project), REGISTRY, RULES)
            found += disagreements(question, branch, after)
    return found


def test_many_findings_that_wait_for_one_fact_are_one_question() -> None:
    text = """
use:
  activities: [release-model]
data:
  - dataset: LIDC-IDRI
  - dataset: NSCLC-Radiomics
  - dataset: NSCLC-Radiogenomics
"""
    found = {question.id: question for question in assessed(text).questions}
    assert found["positions.model-is-adaptation"].kind is QuestionKind.FACT
    assert found["positions.model-is-adaptation"].text == "Is your model an adaptation of its training data?"
    assert [cell.holding for cell in found["use.purpose"].cells] == ["NSCLC-Radiomics"]
    assert found["use.purpose"].line == 2


def test_the_parts_of_a_data_item_are_asked_for_once_at_its_line() -> None:
    text = """
use: {purpose: noncommercial, activities: [analyze, publish-results]}
data:
  - dataset: LIDC-IDRI
  - dataset: FDG-PET-CT-Lesions
"""
    assessment = assessed(text)
    (parts,) = assessment.questions
    assert (parts.id, parts.kind) == ("parts/FDG-PET-CT-Lesions", QuestionKind.PARTS)
    assert (parts.field, parts.line) == ("data[1]", 5)
    assert assessment.project_file == "tcia-policy.yaml"
    assert {finding.line for finding in assessment.findings if finding.holding == "LIDC-IDRI"} == {4}


def test_each_answer_says_what_it_leads_to_and_what_to_paste() -> None:
    text = """
use: {purpose: commercial, activities: [analyze]}
data: [{dataset: FDG-PET-CT-Lesions}]
"""
    (parts,) = assessed(text).questions
    clear, barred = parts.branches
    assert clear.paste == "distributions: [55754, 41511]"
    assert clear.leads_to == (
        LeadsTo(consequence=Consequence.CLEAR, holdings=("FDG-PET-CT-Lesions",), activities=(Activity.ANALYZE,)),
    )
    assert [each.consequence for each in barred.leads_to] == [Consequence.PROHIBITED]


def test_an_answer_that_leaves_another_question_open_names_it() -> None:
    text = """
use: {activities: [release-model], outputs: [{kind: model, license: Apache-2.0}]}
data: [{dataset: NSCLC-Radiomics}]
"""
    found = {question.id: question for question in assessed(text).questions}
    not_commercial = next(each for each in found["use.purpose"].branches if each.says == "noncommercial")
    assert not_commercial.paste == "purpose: noncommercial"
    assert not_commercial.leads_to[0].questions[0] in found


def test_a_grant_whose_document_is_missing_is_asked_about_with_what_it_would_lift() -> None:
    text = """
use:
  purpose: commercial
  activities: [use-in-product]
data: [{dataset: NSCLC-Radiomics}]
permissions:
  - dataset: NSCLC-Radiomics
    grants: commercial-use
    from: Hugo Aerts
    to: Us
    activities: [use-in-product]
    territory: worldwide
    on: 2026-01-15
    evidence: not-there.pdf
"""
    assessment = assessed(text)
    assert assessment.verdict is Verdict.PROHIBITED
    (question,) = assessment.questions
    assert (question.kind, question.field, question.line) == (QuestionKind.EVIDENCE, "permissions[0]", 7)
    counts, not_at_all = question.branches
    assert counts.leads_to[0].consequence is Consequence.CLEAR
    assert not_at_all.leads_to[0].consequence is Consequence.PROHIBITED


def test_what_is_prohibited_anyway_is_not_asked() -> None:
    text = "data: [{dataset: TCGA-GBM, distributions: [images]}]\nuse: {activities: [analyze]}"
    assessment = assessed(text)
    assert assessment.verdict is Verdict.PROHIBITED
    assert assessment.questions == ()
