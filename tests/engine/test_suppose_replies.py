"""The answers of those who are asked, and whether evidence counts."""

from tcia_policy.model import Activity
from tcia_policy.model.question import Consequence, QuestionKind
from tests.engine.asking import asked, leads

APPROVED = """
agreements:
  - {id: dbgap, accession: phs004225, approved_on: 2026-01-02, expires_on: 2027-01-01, evidence: {held_by: Office}}
"""


def test_a_committee_is_asked_once_for_all_data_and_activities_with_an_entry_to_paste() -> None:
    question = asked(
        """
use: {activities: [train-model, release-model], purpose: noncommercial, country: US}
data: [{dataset: TCGA-GBM, distributions: [images]}, {dataset: TCGA-LGG, distributions: [images]}]
"""
        + APPROVED
    )["nih-models-ask-the-committee"]
    assert question.kind is QuestionKind.REPLY
    assert question.text == "May a model that was trained on these data be released?"
    assert question.ask == "the Data Access Committee"
    assert len(question.cells) == 4
    permitted, prohibited = question.branches
    assert permitted.paste is not None
    assert permitted.paste.count("rule: nih-models-ask-the-committee") == 2
    assert leads(permitted)["TCGA-GBM", Activity.TRAIN_MODEL] is Consequence.CLEAR
    assert set(leads(prohibited).values()) == {Consequence.PROHIBITED}


def test_leave_counts_from_whoever_can_give_it_for_these_data() -> None:
    question = asked(
        """
use: {activities: [clinical-use, teach], purpose: noncommercial, country: US}
data: [{dataset: TCGA-GBM, distributions: [images]}]
"""
        + APPROVED
    )
    said = [branch.says for each in question.values() for branch in each.branches]
    assert "permitted by the owner of the data" not in said


def test_a_grant_in_doubt_is_one_question_with_the_reply_of_counsel_to_paste() -> None:
    found = asked("""
use: {purpose: commercial, activities: [use-in-product]}
data: [{dataset: NSCLC-Radiomics}]
permissions:
  - dataset: NSCLC-Radiomics
    grants: commercial-use
    from: A Cousin
    to: Us
    activities: [use-in-product]
    territory: worldwide
    on: 2026-01-15
    evidence: {held_by: Contracts office}
""")
    (question,) = found.values()
    assert question.id.startswith("evidence/grant-of-commercial-use-for-nsclc-radiomics")
    assert question.rules[0] == "grant-from-somebody-else"
    confirmed, taken_out = question.branches
    assert confirmed.paste is not None
    assert 'grantor: "A Cousin"' in confirmed.paste
    assert leads(confirmed)["NSCLC-Radiomics", Activity.USE_IN_PRODUCT] is Consequence.CLEAR
    assert leads(taken_out)["NSCLC-Radiomics", Activity.USE_IN_PRODUCT] is Consequence.PROHIBITED


def test_a_grant_that_leaves_something_unsaid_is_asked_about_too() -> None:
    (question,) = asked("""
use: {purpose: commercial, activities: [use-in-product]}
data: [{dataset: NSCLC-Radiomics}]
permissions:
  - dataset: NSCLC-Radiomics
    grants: commercial-use
    from: Hugo Aerts
    to: Us
    activities: [use-in-product]
    on: 2026-01-15
    evidence: {held_by: Contracts office}
""").values()
    assert question.kind is QuestionKind.EVIDENCE
    assert question.text.startswith("Does this cover what you plan: grant of commercial-use")
    assert question.branches[0].says == "it counts"
    assert leads(question.branches[0])["NSCLC-Radiomics", Activity.USE_IN_PRODUCT] is Consequence.CLEAR
