"""The vocabulary: what follows from the one declaration of a fact."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.explain import explain
from tcia_policy.engine.study import Study
from tcia_policy.engine.use_facts import use_facts, value_at
from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.model import Activity, Project, Verdict
from tcia_policy.model.project import Use
from tcia_policy.reports.explanation import render_explanation
from tcia_policy.reports.fact_sentences import sentence
from tcia_policy.rules import vocabulary
from tcia_policy.rules.fact_type import FactType
from tcia_policy.rules.fact_value import truth
from tcia_policy.rules.periods import load_periods
from tcia_policy.rules.rulebook import load_rules
from tcia_policy.rules.vocabulary import VOCABULARY, may_be_supposed, supposable_sections
from tests.engine.small import TODAY

ETHICS = FactType(
    "use.ethics_approved",
    "whether an ethics committee has approved it",
    stated_at="use.ethics_approved",
    may_change=True,
    of_study=True,
)
HOUSE = """policy: {id: house, title: House rules, url: https://example.org/rules, as_of: 2026-11-22}
rules:
  - id: house-ethics
    title: Nothing without the ethics committee
    applies_to: {dataset.archive: tcia}
    when: {use.ethics_approved: false}
    verdict: prohibited
    because: The board decided so.
    remedy: Ask the committee.
    reference: {title: Minutes, url: https://example.org/minutes, authority: instrument, reading: full}
    examples:
      - {given: {dataset.archive: tcia, use.ethics_approved: false}, expect: prohibited}
      - {given: {dataset.archive: tcia, use.ethics_approved: true}, expect: silent}
"""
STUDY = """title: Lungs
use: {purpose: noncommercial, activities: [analyze], country: US%s}
data: [{dataset: LIDC-IDRI}]
"""


class UseWithEthics(Use):
    """The one field that the fact needs in the project file."""

    ethics_approved: bool | None = None


class ProjectWithEthics(Project):
    """A project file with that field."""

    use: UseWithEthics = UseWithEthics()


@pytest.fixture
def made_up_fact(monkeypatch: pytest.MonkeyPatch) -> FactType:
    monkeypatch.setitem(vocabulary._BY_NAME, ETHICS.name, ETHICS)
    monkeypatch.setattr("tcia_policy.engine.study.Project", ProjectWithEthics)
    return ETHICS


def opened(folder: Path, stated: str, *settings: str) -> Case:
    """Return the study of a folder, judged by the house rule on ethics, too."""
    house = folder / "house"
    house.mkdir(exist_ok=True)
    (house / "house.yaml").write_text(HOUSE, encoding="utf-8")
    project = folder / "tcia-policy.yaml"
    project.write_text(STUDY % stated, encoding="utf-8")
    return Case.open(project, CaseOptions(settings=settings, as_of=TODAY), Library(rules=load_rules(house=house)))


def analyzed(case: Case) -> Verdict:
    return explain(case, case.holdings[0], Activity.ANALYZE).cell.verdict


def test_a_fact_is_added_by_one_declaration_and_a_field_of_the_project(tmp_path: Path, made_up_fact: FactType) -> None:
    assert made_up_fact is VOCABULARY["use.ethics_approved"]
    assert analyzed(opened(tmp_path, ", ethics_approved: false")) is Verdict.PROHIBITED
    assert analyzed(opened(tmp_path, ", ethics_approved: true")) is not Verdict.PROHIBITED
    assert analyzed(opened(tmp_path, "")) is Verdict.UNDETERMINED


def test_an_added_fact_can_be_supposed_and_is_explained(tmp_path: Path, made_up_fact: FactType) -> None:
    case = opened(tmp_path, ", ethics_approved: true", f"{made_up_fact.stated_at}=false")
    shown = render_explanation(explain(case, case.holdings[0], Activity.ANALYZE), verbose=True)
    assert "[x] use.ethics_approved is false  (false; from the project)" in shown
    without = opened(tmp_path, ", ethics_approved: true")
    shown = render_explanation(explain(without, without.holdings[0], Activity.ANALYZE), verbose=True)
    assert "house-ethics: use.ethics_approved were false" in shown


def test_an_added_fact_is_said_in_a_sentence(made_up_fact: FactType) -> None:
    assert sentence(made_up_fact.name, True) == "an ethics committee has approved it"
    assert sentence(made_up_fact.name, False) == "an ethics committee has not approved it"


def test_an_added_fact_has_checked_values(tmp_path: Path, made_up_fact: FactType) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE.replace("approved: false}\n    v", "approved: no}\n    v"), "utf-8")
    with pytest.raises(InputError, match=r"'use\.ethics_approved' cannot be 'no'; use one of false, true"):
        load_rules(tmp_path)


def test_a_fact_may_be_declared_that_cannot_be_supposed(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = FactType("use.audited", "whether it was audited", stated_at="use.audited", may_be_supposed=False)
    assert may_be_supposed("use.audited")
    monkeypatch.setitem(vocabulary._BY_NAME, fact.name, fact)
    assert not may_be_supposed("use.audited")
    assert may_be_supposed("use.activities")


def test_data_and_evidence_cannot_be_supposed() -> None:
    assert supposable_sections() == ("use", "positions", "cptac")
    for path in ("agreements.id", "permissions.grants", "data.dataset", "title"):
        assert not may_be_supposed(path)


@pytest.mark.parametrize("fact", [fact for fact in VOCABULARY.values() if fact.stated_at is not None])
def test_a_fact_is_stated_at_a_place_that_a_project_file_has(fact: FactType) -> None:
    assert fact.stated_at is not None
    assert value_at(_with_sections(), fact.stated_at) is None


def _with_sections() -> BaseModel:
    return Project.model_validate({"data": [{"dataset": "LIDC-IDRI"}]})


def test_a_place_that_no_project_file_has_is_refused() -> None:
    for path in ("use.purposes", "purpose", "title.language"):
        with pytest.raises(LookupError, match=path):
            value_at(Project.model_validate({"title": "x", "data": [{"dataset": "x"}]}), path)


def test_what_is_left_out_of_a_project_is_unknown_and_what_is_stated_is_read(tmp_path: Path) -> None:
    text = """use: {purpose: commercial, country: DE}
positions: {model-is-adaptation: false}
cptac: {global_paper_published: true}
data: [{dataset: LIDC-IDRI}]
"""
    project = Study.parse(text, tmp_path / "tcia-policy.yaml").project
    facts = use_facts(project, TODAY)
    assert facts["use.purpose"].words == {"commercial"}
    assert facts["use.country"].words == {"DE"}
    assert facts["position.model-is-adaptation"] == truth(False)
    assert facts["cptac.global_paper_published"] == truth(True)
    assert "cptac.steering_committee_approval" not in facts
    assert "use.purpose" not in use_facts(
        located_yaml.parse_text(tmp_path, "data: [{dataset: x}]").parse(Project), TODAY
    )


def test_every_fact_that_is_stated_by_a_day_has_a_waiting_time() -> None:
    assert set(load_periods().by_fact) == {"cptac.raw_data_public_15_months", "cptac.raw_data_public_22_months"}


def test_only_grants_and_agreements_lift() -> None:
    lifting = {fact.name for fact in VOCABULARY.values() if fact.lifts}
    assert lifting == {"permission.grants", "agreement.recorded", "agreement.accessions"}


def test_the_label_of_a_yes_or_no_begins_with_whether() -> None:
    assert [
        fact.name for fact in VOCABULARY.values() if fact.is_yes_or_no is not fact.label.startswith("whether ")
    ] == []


def test_every_fact_that_a_project_states_has_its_question() -> None:
    stated = [fact for fact in VOCABULARY.values() if fact.stated_at is not None or fact.of_item is not None]
    assert [fact.name for fact in stated if not (fact.question or "").endswith("?")] == []


def test_a_fact_without_a_question_of_its_own_is_asked_for_by_its_label(tmp_path: Path, made_up_fact: FactType) -> None:
    (question,) = assess(opened(tmp_path, "")).questions
    assert question.id == made_up_fact.stated_at
    assert question.text == "Do you know whether an ethics committee has approved it?"
    assert [branch.paste for branch in question.branches] == ["ethics_approved: true", "ethics_approved: false"]
