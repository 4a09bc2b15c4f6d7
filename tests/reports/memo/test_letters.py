"""Draft letters: what is asked of whom, and what each answer would lead to."""

from tcia_policy.model import Activity, Contact
from tcia_policy.model.question import Branch, Consequence, LeadsTo, Question, QuestionCell, QuestionKind
from tcia_policy.reports.answer.asked import asked
from tcia_policy.reports.memo.letters import MOST_IN_FULL, Letter, letters
from tests.reports.assessments import SAMPLE

DESK = Contact(name="Help Desk", email="help@example.org", source="tcia-page")


def question(kind: QuestionKind, id_: str = "rule/LIDC-IDRI", **fields: object) -> Question:
    leads = LeadsTo(consequence=Consequence.PROHIBITED, holdings=("LIDC-IDRI",), activities=(Activity.TRAIN_MODEL,))
    values = {
        "id": id_,
        "kind": kind,
        "text": "May it be done?",
        "because": "Nobody has said so.",
        "cells": (QuestionCell(holding="LIDC-IDRI", activity=Activity.TRAIN_MODEL),),
        "rules": ("cc-noncommercial",),
        "branches": (Branch(says="no", leads_to=(leads,)),),
    }
    return Question.model_validate(values | fields)


def written(*questions: Question) -> tuple[Letter, ...]:
    study = SAMPLE.model_copy(update={"questions": questions})
    return letters(asked(study), study)


def test_a_letter_names_data_use_question_reason_and_what_each_answer_leads_to() -> None:
    (letter,) = written(question(QuestionKind.REPLY, ask="the owner of LIDC-IDRI", contacts=(DESK,)))
    assert letter.to == "the owner of LIDC-IDRI"
    for said in (
        "To: [name], the owner of LIDC-IDRI (Help Desk, help@example.org)",
        "Subject: use of LIDC-IDRI in “Malignancy of lung nodules from deep ensembles”",
        "a commercial use of the data, we plan to train a model, publish results",
        "This is about LIDC-IDRI (https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx, obtained from TCIA",
        "Question 1. May it be done?",
        "Why we ask: Nobody has said so.",
        "- If the answer is “no”: we may not train a model.",
        "[signature]",
    ):
        assert said in letter.text


def test_questions_to_the_same_people_are_in_one_letter() -> None:
    parts = [question(QuestionKind.PARTS, f"parts/{number}") for number in range(2)]
    position = question(QuestionKind.FACT, "positions.model-is-adaptation")
    to_study, to_counsel = written(*parts, position)
    assert (to_study.numbers, to_counsel.numbers) == ((1, 2), (3,))
    assert to_counsel.to == "your counsel"


def test_a_letter_with_many_questions_refers_to_their_table() -> None:
    (letter,) = written(*(question(QuestionKind.PARTS, f"parts/{number}") for number in range(MOST_IN_FULL + 1)))
    assert letter.text.count("May it be done?") == MOST_IN_FULL + 1
    assert "If the answer" not in letter.text
    assert "The table of questions" in letter.text


def test_a_rule_that_calls_the_user_you_speaks_of_us_to_others_and_of_you_within_the_study() -> None:
    says = {"text": "May you keep your copy?"}
    reply = question(QuestionKind.REPLY, **says)
    parts = question(QuestionKind.PARTS, "parts/LIDC-IDRI", **says)
    to_owner, to_study = written(reply, parts)
    assert "Question 1. May we keep our copy?" in to_owner.text
    assert "Question 2. May you keep your copy?" in to_study.text


def test_an_answer_that_leaves_a_further_question_says_which() -> None:
    leads = LeadsTo(
        consequence=Consequence.OPEN,
        holdings=("LIDC-IDRI",),
        activities=(Activity.TRAIN_MODEL,),
        questions=("nothing-grants-it",),
    )
    (letter,) = written(question(QuestionKind.REPLY, branches=(Branch(says="yes", leads_to=(leads,)),)))
    assert (
        "whether we may train a model is still open, and a further question comes up (nothing-grants-it)" in letter.text
    )


def test_counsel_is_told_why_it_is_asked() -> None:
    (letter,) = written(question(QuestionKind.FACT, "positions.model-is-adaptation", ask="counsel"))
    assert "Why we ask: Nobody has said so." in letter.text


def test_a_letter_to_an_owner_whom_no_source_names_says_who_can_name_them() -> None:
    (to_owner,) = written(question(QuestionKind.LICENSE))
    assert "To: [name], the owner of the data, or the archive (the archive's help desk, help@" in to_owner.text
    (to_study,) = written(question(QuestionKind.PARTS))
    assert "help desk" not in to_study.text
