from tcia_policy.model import EvidenceSeen, ManuscriptRead, WordOf
from tcia_policy.reports.answer.notes import notes
from tests.reports.assessments import SAMPLE, finding


def test_a_study_without_anything_of_note_has_no_notes() -> None:
    assert notes(SAMPLE) == ()


def test_what_was_not_read_is_said() -> None:
    read = ManuscriptRead(files=("a.tex",), problems=("a.tex:3: b.tex is missing", "a.tex:4: c.tex is missing"))
    (note,) = notes(SAMPLE.model_copy(update={"manuscript": read}))
    assert note == "Of the manuscript, not read or not understood: a.tex:3: b.tex is missing (and 1 more: -v)"


def test_evidence_that_counts_for_nothing_is_said_at_its_place() -> None:
    seen = EvidenceSeen(field="permissions[0]", text="a grant", problem="the document is not there")
    assert notes(SAMPLE.model_copy(update={"evidence": (seen,)})) == (
        "permissions[0]: a grant counts for nothing: the document is not there",
    )


def test_notices_on_the_whole_study_are_told_once_for_each_kind() -> None:
    one = finding("undeclared", "The paper names other data", None, None, "It names NLST.")
    other = one.model_copy(update={"because": "It names ACRIN."})
    assert notes(SAMPLE.model_copy(update={"findings": (one, other)})) == (
        "The paper names other data: It names NLST. (and 1 more)",
    )


def test_by_whose_word_data_count_that_no_index_has_is_said_once_for_all() -> None:
    first, second = (holding.model_copy(update={"on_word_of": WordOf.FILE_NAME}) for holding in SAMPLE.holdings[:2])
    assert notes(SAMPLE.model_copy(update={"holdings": (first, second)})) == (
        "IDC's index does not have all that is listed. By the name of the file, the rest counts as "
        f"{first.name} and {second.name}.",
    )
