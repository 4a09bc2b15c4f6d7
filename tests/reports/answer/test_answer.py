from dataclasses import replace

from tcia_policy.model import Activity, Verdict
from tcia_policy.reports.answer.answer import answer
from tests.reports.assessments import CLEAR, SAMPLE


def test_the_answer_has_everything_that_stands_against_the_study() -> None:
    found = answer(SAMPLE)
    assert found.first_line.verdict is Verdict.PROHIBITED
    assert [item.names for item in found.blocked] == [("NSCLC-Radiomics",), ("TCGA-GBM",)]
    assert [item.names for item in found.undecided] == [("Phantom FDA",), ("Series that IDC's index does not have",)]
    assert [column.activity for column in found.matrix.columns] == list(SAMPLE.activities)


def test_the_footer_says_how_old_the_facts_are_and_how_to_ask_why() -> None:
    footer = answer(SAMPLE).footer
    assert footer.exit_code == SAMPLE.exit_code == 1
    assert footer.why == "NSCLC-Radiomics is blocked; TCGA-GBM is blocked for model and product"
    assert footer.explain == "tcia-policy explain NSCLC-Radiomics --purpose commercial --activity train-model"
    assert (footer.registry, footer.age) == ("2026-08-21", None)


def test_a_clear_study_has_nothing_against_it_and_explains_what_is_owed() -> None:
    found = answer(CLEAR)
    assert (found.blocked, found.owed, found.questions, found.undecided) == ((), (), (), ())
    assert found.footer.why == ""
    in_file = CLEAR.model_copy(update={"project_file": "tcia-policy.yaml"})
    assert answer(in_file).footer.explain == "tcia-policy explain LIDC-IDRI"


def test_a_name_that_a_shell_would_read_is_quoted() -> None:
    phantom = SAMPLE.model_copy(update={"findings": SAMPLE.findings[2:3], "project_file": "tcia-policy.yaml"})
    assert answer(phantom).footer.explain == "tcia-policy explain 'Phantom FDA'"


def test_the_same_assessment_gives_the_same_answer() -> None:
    assert answer(SAMPLE) == answer(SAMPLE)
    assert replace(answer(SAMPLE), notes=()) == answer(SAMPLE)
    assert Activity.TRAIN_MODEL in {column.activity for column in answer(SAMPLE).matrix.columns}
