"""The answers to what a project does not state."""

from tcia_policy.model import Activity
from tcia_policy.model.question import Consequence
from tests.engine.asking import asked, leads


def test_the_purpose_has_two_answers_and_goes_into_the_section_that_is_there() -> None:
    question = asked("""
use: {activities: [analyze]}
data: [{dataset: NSCLC-Radiomics}]
""")["use.purpose"]
    assert [branch.paste for branch in question.branches] == ["purpose: noncommercial", "purpose: commercial"]
    assert leads(question.branches[1])["NSCLC-Radiomics", Activity.ANALYZE] is Consequence.PROHIBITED


def test_a_section_that_is_not_there_is_pasted_as_a_whole() -> None:
    question = asked("data: [{dataset: NSCLC-Radiomics}]")["use.purpose"]
    assert question.branches[0].paste == "use: {purpose: noncommercial}"


def test_days_that_waiting_times_need_are_told_by_their_lengths() -> None:
    question = asked("""
use: {activities: [publish-results], purpose: noncommercial}
data: [{dataset: CPTAC-LUAD, obtained_from: gdc, distributions: [genomics]}]
agreements: [{id: cptac-data-use, signed_on: 2024-02-11, evidence: {held_by: Contracts office}}]
""")["cptac.raw_data_public_since"]
    assert question.branches[-1].says == "for less than 15 months"
    assert "cptac: {raw_data_public_since: 2025-08-22}" in {branch.paste for branch in question.branches}


def test_a_country_is_one_of_concern_or_another() -> None:
    question = asked("""
use: {activities: [analyze], purpose: noncommercial}
data: [{dataset: TCGA-GBM, distributions: [images]}]
agreements:
  - {id: dbgap, accession: phs004225, approved_on: 2026-01-02, expires_on: 2027-01-01, evidence: {held_by: Office}}
""")["use.country"]
    assert question.text == "In which country is the work done?"
    assert [branch.paste for branch in question.branches] == ["country: US", "country: CN"]
    assert leads(question.branches[1])["TCGA-GBM", Activity.ANALYZE] is Consequence.PROHIBITED


def test_what_was_done_to_copies_is_asked_once_for_all_that_are_alike() -> None:
    question = asked("""
use: {activities: [analyze], purpose: noncommercial}
data: [{dataset: LIDC-IDRI, obtained_from: kaggle}, {dataset: QIN-HEADNECK, obtained_from: kaggle}]
""")["data.altered"]
    assert {cell.holding for cell in question.cells} == {"LIDC-IDRI@kaggle", "QIN-HEADNECK@kaggle"}
    assert [branch.paste for branch in question.branches] == ["altered: false", "altered: true"]
