from tcia_policy.model import DutyStatus, Verdict
from tcia_policy.reports.answer.first_line import first_line
from tests.reports.assessments import CLEAR, SAMPLE, assessed_again
from tests.reports.questions import question


def test_it_names_what_blocks_and_what_is_open() -> None:
    assert str(first_line(SAMPLE)) == (
        "PROHIBITED  Malignancy of lung nodules from deep ensembles: NSCLC-Radiomics is blocked; TCGA-GBM is blocked "
        "for model and product; Phantom FDA cannot be judged; 1 agreement is owed; 5 references to cite."
    )


def test_questions_are_counted_once() -> None:
    undetermined = assessed_again(CLEAR, verdict=Verdict.UNDETERMINED)
    one = undetermined.model_copy(update={"questions": (question("LIDC-IDRI"),)})
    assert first_line(one).reasons == ("one question open", "1 reference to cite")
    assert first_line(one).why_exit == "one question open"
    two = undetermined.model_copy(update={"questions": (question("LIDC-IDRI"),) * 2})
    assert first_line(two).why_exit == "2 questions open"


def test_a_study_that_is_clear_once_something_is_done_says_so() -> None:
    line = first_line(CLEAR)
    assert line.word == "CONDITIONAL"
    assert line.reasons == ("the dataset may be used as planned once its conditions are met", "1 reference to cite")
    assert line.why_exit == ""


def test_references_that_are_all_cited_are_not_told() -> None:
    met = tuple(duty.model_copy(update={"status": DutyStatus.MET}) for duty in CLEAR.duties)
    assert "cite" not in str(first_line(CLEAR.model_copy(update={"duties": met})))


def test_an_exit_1_without_a_prohibition_says_which_duty_is_open() -> None:
    is_open = tuple(duty.model_copy(update={"status": DutyStatus.OPEN}) for duty in CLEAR.duties)
    line = first_line(CLEAR.model_copy(update={"duties": is_open}))
    assert line.word == "CONDITIONAL"
    assert line.why_exit == "1 attribution to give; 1 reference to cite"


def test_activities_that_nobody_stated_are_the_reason() -> None:
    unstated = SAMPLE.model_copy(update={"activities_stated": False, "verdict": Verdict.UNDETERMINED})
    assert "what is planned is not stated (use: {activities: [...]})" in first_line(unstated).reasons


def test_nothing_hidden_in_a_title_reaches_the_line() -> None:
    evil = SAMPLE.project.model_copy(update={"title": "A\u202e \x1b[31mstudy\n"})
    assert str(first_line(assessed_again(SAMPLE, project=evil))).startswith("PROHIBITED  A \ufffd[31mstudy: ")
    blank = SAMPLE.project.model_copy(update={"title": "\u200b"})
    assert str(first_line(assessed_again(SAMPLE, project=blank))).startswith("PROHIBITED  NSCLC-Radiomics is blocked")
