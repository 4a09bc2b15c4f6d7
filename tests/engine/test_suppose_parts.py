"""The answers to which parts were used, and which license is right."""

from tcia_policy.model import Activity
from tcia_policy.model.question import Consequence, QuestionKind
from tests.engine.asking import asked, leads


def test_parts_that_lead_to_the_same_are_one_answer_and_the_worst_is_last() -> None:
    found = asked("""
use: {purpose: commercial, activities: [analyze]}
data: [{dataset: PROSTATE-DIAGNOSIS}, {dataset: CPTAC-GBM}]
""")
    question = found["parts/CPTAC-GBM"]
    consequences = [leads(branch)["CPTAC-GBM", Activity.ANALYZE] for branch in question.branches]
    assert consequences == [Consequence.CLEAR, Consequence.PROHIBITED]


def test_the_same_dataset_twice_is_asked_about_by_the_ids_of_its_items() -> None:
    found = asked("""
use: {activities: [analyze], purpose: noncommercial}
data: [{id: first, dataset: FDG-PET-CT-Lesions}, {id: second, dataset: FDG-PET-CT-Lesions}]
""")
    assert list(found) == ["parts/first", "parts/second"]
    assert found["parts/second"].field == "data[1]"


def test_a_license_in_dispute_has_an_answer_for_each_and_nothing_to_paste() -> None:
    question = asked("""
use: {purpose: commercial, activities: [analyze]}
data: [{dataset: Pediatric-CT-SEG}]
""")["license/Pediatric-CT-SEG"]
    assert question.kind is QuestionKind.LICENSE
    assert question.ask == "the owner of the data, or the archive"
    consequences = [leads(branch)["Pediatric-CT-SEG", Activity.ANALYZE] for branch in question.branches]
    assert consequences == [Consequence.CLEAR, Consequence.PROHIBITED]
    assert {branch.paste for branch in question.branches} == {None}


def test_a_license_that_is_to_be_chosen_can_be_pasted() -> None:
    question = asked("""
use: {activities: [train-model], purpose: commercial}
data: [{other: {name: Our set, license: MIT OR CC-BY-NC-4.0}}]
""")["license/Our set"]
    assert question.text == "Which of its licenses do you rely on for Our set?"
    assert [branch.paste for branch in question.branches] == [
        "other: {license: MIT}",
        "other: {license: CC-BY-NC-4.0}",
    ]
    assert leads(question.branches[-1])["Our set", Activity.TRAIN_MODEL] is Consequence.PROHIBITED
