from tcia_policy.model import Activity, Verdict
from tcia_policy.reports.answer.blockers import agreements_owed, prohibitions, undecided
from tests.reports.assessments import SAMPLE, assessed_again
from tests.reports.questions import question

PROHIBITED = next(item for item in SAMPLE.findings if item.verdict is Verdict.PROHIBITED)


def test_a_prohibition_says_of_what_by_which_rule_and_what_to_do() -> None:
    first, second = prohibitions(SAMPLE)
    assert (first.names, first.rules) == (("NSCLC-Radiomics",), ("cc-noncommercial",))
    assert first.remedies == (PROHIBITED.remedy,)
    assert first.activities == ()
    assert second.activities == (Activity.RELEASE_MODEL, Activity.USE_IN_PRODUCT)


def test_what_evidence_lifted_blocks_nothing() -> None:
    lifted = tuple(item.model_copy(update={"lifted_by": "a grant"}) for item in SAMPLE.findings)
    assert prohibitions(SAMPLE.model_copy(update={"findings": lifted})) == ()


def test_alike_prohibitions_are_told_once_with_a_remedy_for_all() -> None:
    other = PROHIBITED.model_copy(update={"holding": "TCGA-GBM", "remedy": "Leave TCGA-GBM out."})
    one = PROHIBITED.model_copy(update={"remedy": "Leave NSCLC-Radiomics out."})
    (found,) = prohibitions(SAMPLE.model_copy(update={"findings": (one, other)}))
    assert found.names == ("NSCLC-Radiomics", "TCGA-GBM")
    assert found.remedies == ("Leave these data out.",)


def test_remedies_that_differ_are_each_told_with_their_item() -> None:
    other = PROHIBITED.model_copy(update={"holding": "TCGA-GBM", "remedy": "Ask the committee."})
    one = PROHIBITED.model_copy(update={"remedy": "Ask Hugo Aerts."})
    (found,) = prohibitions(SAMPLE.model_copy(update={"findings": (one, other)}))
    assert found.remedies == ("NSCLC-Radiomics: Ask Hugo Aerts.", "TCGA-GBM: Ask the committee.")


def test_an_agreement_for_what_is_prohibited_anyway_is_not_told_twice() -> None:
    (owed,) = agreements_owed(SAMPLE)
    assert owed.text == "Have an approved data access request for TCGA-GBM"
    no = tuple(cell.model_copy(update={"verdict": Verdict.PROHIBITED}) for cell in SAMPLE.verdicts)
    assert agreements_owed(assessed_again(SAMPLE, verdicts=no)) == ()


def test_what_no_question_asks_is_still_told() -> None:
    assert [item.names[0] for item in undecided(SAMPLE)] == ["Phantom FDA", "Series that IDC's index does not have"]
    asked = SAMPLE.model_copy(update={"questions": (question("Phantom FDA"),)})
    assert Activity.TRAIN_MODEL not in undecided(asked)[0].activities
