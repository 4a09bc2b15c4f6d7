"""Draft letters: one to everyone who can answer open questions, with blanks in square brackets for names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tcia_policy.model import Assessment
from tcia_policy.model.question import Question, QuestionKind
from tcia_policy.reports.asked import AskedQuestion
from tcia_policy.reports.labels import activity_names, contact, outputs
from tcia_policy.text.english import joined
from tcia_policy.text.sanitize import clean

MOST_IN_FULL = 6  # questions; a letter with more refers to the table of questions
POSITIONS = "positions."
WHO_KNOWS = {
    QuestionKind.PARTS: "those who prepared the data for the study",
    QuestionKind.LICENSE: "the owner of the data, or the archive",
    QuestionKind.FACT: "those who prepared the data for the study",
    QuestionKind.REPLY: "the owner of the data",
    QuestionKind.EVIDENCE: "those who keep the evidence",
    QuestionKind.MEND: "those who lead the study",
}
COUNSEL = "your counsel"
FROM_OUTSIDE = (QuestionKind.LICENSE, QuestionKind.REPLY)


@dataclass(frozen=True)
class Letter:
    """A letter `to` somebody on the questions with these `numbers`."""

    to: str
    numbers: tuple[int, ...]
    text: str


def addressee(question: Question) -> str:
    """Return who can answer, in words."""
    if question.ask:
        return question.ask
    return COUNSEL if question.id.startswith(POSITIONS) else WHO_KNOWS[question.kind]


def letters(questions: Sequence[AskedQuestion], assessment: Assessment) -> tuple[Letter, ...]:
    """Return a letter to everyone who can answer, in the order of the questions."""
    groups: dict[tuple[object, ...], list[AskedQuestion]] = {}
    for each in questions:
        groups.setdefault((addressee(each.question), each.question.contacts), []).append(each)
    return tuple(_letter(group, assessment) for group in groups.values())


def _letter(group: Sequence[AskedQuestion], assessment: Assessment) -> Letter:
    to = addressee(group[0].question)
    return Letter(to, tuple(each.number for each in group), "\n".join(_lines(group, to, assessment)))


def _lines(group: Sequence[AskedQuestion], to: str, assessment: Assessment) -> Iterator[str]:
    use = assessment.project.use
    title = clean(assessment.project.title or "our study")
    people = "; ".join(clean(contact(person)) for person in group[0].question.contacts)
    data = joined(list(dict.fromkeys(name for each in group for name in each.names)))
    yield f"To: [name], {to}{f' ({people})' if people else ''}"
    yield "From: [your name, role and institution]"
    yield f"Subject: use of {data or 'data'} in “{title}”"
    yield ""
    yield "Dear [name],"
    yield ""
    purpose = f", a {use.purpose.value} use" if use.purpose else ""
    yield (
        f"In “{title}”{purpose}, we plan: {activity_names(assessment.activities)}. "
        f"What we release: {outputs(assessment.project)}. Before we do, we ask you:"
    )
    yield ""
    if len(group) > MOST_IN_FULL:
        yield from (f"Question {each.number}. {clean(each.question.text)}" for each in group)
        yield ""
        yield "The table of questions that comes with this letter says what each answer leads to."
    else:
        for each in group:
            yield from _asked(each)
    yield ""
    yield "Please reply in writing, and say your role and the day: we record your reply with the study."
    yield ""
    yield "[signature]"


def _asked(each: AskedQuestion) -> Iterator[str]:
    yield f"Question {each.number}. {clean(each.question.text)}"
    if each.question.kind in FROM_OUTSIDE:
        yield f"Why we ask: {clean(each.question.because)}"
    for answer in each.answers:
        says = each.question.branches[each.answers.index(answer)].says
        yield f"- If the answer is “{clean(says)}”: {clean(answer.leads).rstrip('.')}."
