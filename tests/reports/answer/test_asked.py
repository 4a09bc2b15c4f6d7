from tcia_policy.model import Activity
from tcia_policy.model.question import Branch, Consequence, LeadsTo, Question
from tcia_policy.reports.answer.asked import asked
from tests.reports.assessments import SAMPLE
from tests.reports.questions import question


def leads(consequence: Consequence, *holdings: str, questions: tuple[str, ...] = ()) -> LeadsTo:
    return LeadsTo(consequence=consequence, holdings=holdings, activities=(Activity.TRAIN_MODEL,), questions=questions)


def branch(*leads_to: LeadsTo, **fields: str) -> Branch:
    return Branch.model_validate({"says": "the test set", "leads_to": leads_to} | fields)


def answers(*branches: Branch) -> list[tuple[str, str]]:
    one: Question = question("Phantom FDA").model_copy(update={"branches": branches})
    other = question("Phantom FDA").model_copy(update={"id": "other"})
    first = asked(SAMPLE.model_copy(update={"questions": (one, other)}))[0]
    return [(item.write, item.leads) for item in first.answers]


def test_a_question_has_a_number_and_the_items_that_it_decides() -> None:
    both = SAMPLE.model_copy(update={"questions": (question("Phantom FDA", "LIDC-IDRI"), question(None))})
    first, second = asked(both)
    assert (first.number, first.names) == (1, ("Phantom FDA", "LIDC-IDRI"))
    assert (second.number, second.names) == (2, ())


def test_an_answer_is_what_to_paste_and_where_it_leads() -> None:
    assert answers(
        branch(leads(Consequence.CLEAR, "Phantom FDA"), paste="distributions: [45719]"),
        branch(leads(Consequence.PROHIBITED, "Phantom FDA")),
        branch(leads(Consequence.OPEN, "Phantom FDA", questions=("other",))),
    ) == [
        ("distributions: [45719]", "no objection"),
        ("the test set", "prohibited"),
        ("the test set", "question 2 is left"),
    ]


def test_an_answer_that_leads_apart_says_where_for_what() -> None:
    assert answers(branch(leads(Consequence.CLEAR, "LIDC-IDRI"), leads(Consequence.PROHIBITED, "Phantom FDA"))) == [
        ("the test set", "no objection for LIDC-IDRI; prohibited for Phantom FDA")
    ]


def test_a_note_stands_for_what_is_clear_and_beside_what_is_not() -> None:
    note = "Apache-2.0 is fine"
    assert answers(
        branch(leads(Consequence.CLEAR, "LIDC-IDRI"), note=note),
        branch(leads(Consequence.PROHIBITED, "LIDC-IDRI"), note=note),
    ) == [("the test set", note), ("the test set", f"prohibited; {note}")]
