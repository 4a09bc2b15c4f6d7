from tcia_policy.model import Activity, Verdict
from tcia_policy.reports.answer.matrix import COLUMN_WORDS, STUDY, Cell, matrix, names_apart
from tests.reports.assessments import SAMPLE, assessed_again, holding
from tests.reports.questions import question


def test_every_activity_has_a_word_of_its_own() -> None:
    assert set(COLUMN_WORDS) == set(Activity)
    assert len(set(COLUMN_WORDS.values())) == len(Activity)


def test_cells_say_in_words_what_may_be_done() -> None:
    words = {row.names[0]: [cell.word for cell in row.cells] for row in matrix(SAMPLE, ()).rows}
    assert words["NSCLC-Radiomics"] == ["no", "no", "no", "no"]
    assert words["LIDC-IDRI"] == ["ok", "to do", "to do", "to do"]
    assert words["Phantom FDA"] == ["?", "?", "?", "?"]


def test_the_worst_rows_come_first() -> None:
    severities = [row.severity for row in matrix(SAMPLE, ()).rows]
    assert severities == sorted(severities, reverse=True)


def test_an_open_cell_names_the_questions_that_are_open_there() -> None:
    first, second = question("Phantom FDA"), question("Phantom FDA", "not-in-idc-index")
    rows = {row.names[0]: row for row in matrix(SAMPLE, (first, second)).rows}
    assert [cell.word for cell in rows["Phantom FDA"].cells] == ["?1 ?2", "?", "?", "?"]
    assert [cell.word for cell in rows["Series that IDC's index does not have"].cells] == ["?2", "?", "?", "?"]


def test_a_question_on_a_cell_that_is_prohibited_changes_nothing_there() -> None:
    rows = {row.names[0]: row for row in matrix(SAMPLE, (question("NSCLC-Radiomics"),)).rows}
    assert rows["NSCLC-Radiomics"].cells[0] == Cell(Verdict.PROHIBITED)


def test_a_question_on_the_whole_study_has_a_row_at_the_top() -> None:
    row = matrix(SAMPLE, (question(None),)).rows[0]
    assert row.names == (STUDY,)
    assert [cell.word for cell in row.cells] == ["?1", "-", "-", "-"]


def test_alike_items_are_one_row_and_differ_at_most_in_the_version_of_their_license() -> None:
    alike = tuple(cell.model_copy(update={"verdict": Verdict.PERMITTED}) for cell in SAMPLE.verdicts)
    rows = matrix(assessed_again(SAMPLE, verdicts=alike), ()).rows
    assert [(row.names, row.license) for row in rows if "LIDC-IDRI" in row.names] == [(("LIDC-IDRI",), "CC BY 3.0")]
    assert sum(len(row.holdings) for row in rows) == len(SAMPLE.holdings)


def test_an_activity_that_is_not_done_with_an_item_is_not_judged() -> None:
    verdicts = tuple(cell for cell in SAMPLE.verdicts if cell.activity is not Activity.TRAIN_MODEL)
    rows = matrix(assessed_again(SAMPLE, verdicts=verdicts), ()).rows
    assert {row.cells[0].word for row in rows} == {"-"}


def test_items_of_one_name_are_told_apart_by_their_place() -> None:
    twice = (
        holding("a", "CPTAC-LUAD", "LIDC-IDRI", obtained_from="idc"),
        holding("b", "CPTAC-LUAD", "LIDC-IDRI", obtained_from="pdc", parts_named=("proteomics",)),
        holding("c", "NLST", "LIDC-IDRI"),
    )
    assert names_apart(twice) == {"a": "CPTAC-LUAD (IDC)", "b": "CPTAC-LUAD (PDC, proteomics)", "c": "NLST"}
