"""The annex on what is open: each question with its answers, and a letter to everyone who can answer."""

from collections.abc import Iterator, Sequence

from tcia_policy.model.question import Consequence
from tcia_policy.reports.answer.asked import AskedQuestion, ReadyAnswer
from tcia_policy.reports.labels import activity_names, contact
from tcia_policy.reports.memo.annex_items import finding_link
from tcia_policy.reports.memo.cross_references import CrossReferences
from tcia_policy.reports.memo.document import Line, Paragraph, Preformatted, Row, Section, Span, Style, Table, Tone
from tcia_policy.reports.memo.letters import Letter, addressee, letters
from tcia_policy.reports.memo.spans import between, broken, line, quiet, strong

TONES = {Consequence.CLEAR: Tone.GOOD, Consequence.OPEN: Tone.OPEN, Consequence.PROHIBITED: Tone.BAD}


def questions_annex(questions: Sequence[AskedQuestion], known: CrossReferences) -> Section:
    """Return the annex: a row for each question, then the letters."""
    title, anchor = "Annex E. Questions and letters", "annex-questions"
    if not questions:
        return Section(title, anchor, (Paragraph(line("No question is open.")),))
    written = letters(questions, known.assessment)
    rows = tuple(
        Row((line(f"Question {each.number}"), _question(each, written, known)), f"question-{each.number}")
        for each in questions
    )
    table = Table("Each question once, with the answers to it and what each leads to", ("No.", "Question"), rows)
    return Section(
        title, anchor, (table,), tuple(_letter(number, each) for number, each in enumerate(written, start=1))
    )


def answer_line(answer: ReadyAnswer) -> Line:
    """Return an answer, as it may be pasted or said, and what it leads to."""
    says = Span(answer.write, Style.MONO) if answer.pasted else Span(answer.write)
    return says, Span(" leads to: "), Span(answer.leads, tone=TONES[answer.consequence])


def letter_link(question: AskedQuestion, written: Sequence[Letter]) -> Line:
    """Return a link to the letter that asks the question."""
    for number, each in enumerate(written, start=1):
        if question.number in each.numbers:
            return (Span(f"letter {number}", to=f"letter-{number}"),)
    return ()


def _question(each: AskedQuestion, written: Sequence[Letter], known: CrossReferences) -> Line:
    question = each.question
    activities = tuple(dict.fromkeys(cell.activity for cell in question.cells))
    about = f" for {activity_names(activities)}"
    people = [line(contact(person), " (", known.source(person.source), ")") for person in question.contacts]
    rows = dict.fromkeys(row for holding in each.holdings if (row := known.verdict_row(holding)))
    back = between([Span(f"row {row}", to=f"verdicts-{row}") for row in rows])
    facts = [
        line("Decides ", *known.items_in_a_row(each.holdings), about, *_within(back)),
        line("Ask ", addressee(question), ": ", *letter_link(each, written), *_within(between(people, "; "))),
        line("Rules: ", *between([finding_link(rule, known) for rule in question.rules])),
    ]
    return broken(
        [
            line(strong(question.text), quiet(f" {each.place}" if each.place else "")),
            line(strong(f"{each.decided[:1].upper()}{each.decided[1:]}") if each.decided else ""),
            between(facts, ". "),
            between([answer_line(answer) for answer in each.answers], "; "),
            line(question.remedy or ""),
        ]
    )


def _within(inner: Line) -> Line:
    return (Span(" ("), *inner, Span(")")) if inner else ()


def _letter(number: int, letter: Letter) -> Section:
    title = f"Letter {number}, to {letter.to}"
    return Section(title, f"letter-{number}", tuple(_blocks(letter)), is_folded=True)


def _blocks(letter: Letter) -> Iterator[Paragraph | Preformatted]:
    questions = "question" if len(letter.numbers) == 1 else "questions"
    asked = ", ".join(str(number) for number in letter.numbers)
    yield Paragraph(line(quiet(f"A draft on {questions} {asked}. Fill in what stands in square brackets.")))
    yield Preformatted(letter.text)
