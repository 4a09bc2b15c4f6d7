"""Draft letters: one to everyone who can answer open questions, with blanks in square brackets for names."""

from collections.abc import Iterator, Sequence

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Activity, Assessment, Holding
from tcia_policy.model.holding import DESK_CAN_NAME
from tcia_policy.model.question import Branch, Consequence, LeadsTo, Question, QuestionKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.answer.asked import AskedQuestion
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.labels import contact, outputs, place
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import first_of, joined
from tcia_policy.text.sanitize import clean

MOST_IN_FULL = 6  # questions; a letter with more refers to the table of questions
MOST_DATA, MOST_IN_SUBJECT = 12, 3  # names of data items
POSITIONS = "positions."
OWNER = "the owner of the data"
WHO_KNOWS = {
    QuestionKind.PARTS: "those who prepared the data for the study",
    QuestionKind.LICENSE: "the owner of the data, or the archive",
    QuestionKind.FACT: "those who prepared the data for the study",
    QuestionKind.REPLY: OWNER,
    QuestionKind.EVIDENCE: "those who keep the evidence",
    QuestionKind.MEND: "those who lead the study",
}
COUNSEL = "your counsel"
_OURS = {"you": "we", "You": "We", "your": "our", "Your": "Our"}
_YOU = pattern(rf"\b({'|'.join(_OURS)})\b")
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


def reach(each: AskedQuestion, assessment: Assessment) -> str:
    """Return how to reach who can answer; of the owner of a dataset that no source names, who can name them."""
    question = each.question
    if question.contacts:
        return "; ".join(clean(contact(person)) for person in question.contacts)
    datasets = {held.id for held in assessment.holdings if held.dataset is not None}
    is_theirs = question.kind in FROM_OUTSIDE and OWNER in addressee(question)
    return DESK_CAN_NAME if is_theirs and each.holdings and datasets.issuperset(each.holdings) else ""


def letters(questions: Sequence[AskedQuestion], assessment: Assessment) -> tuple[Letter, ...]:
    """Return a letter to everyone who can answer, in the order of the questions."""
    groups: dict[tuple[object, ...], list[AskedQuestion]] = {}
    for each in questions:
        groups.setdefault((addressee(each.question), each.question.contacts), []).append(each)
    return tuple(_letter(group, assessment) for group in groups.values())


def _letter(group: Sequence[AskedQuestion], assessment: Assessment) -> Letter:
    to = addressee(group[0].question)
    return Letter(to, tuple(each.number for each in group), "\n".join(map(clean, _lines(group, to, assessment))))


def _lines(group: Sequence[AskedQuestion], to: str, assessment: Assessment) -> Iterator[str]:
    title = clean(assessment.project.title or "our study")
    people = reach(group[0], assessment)
    names = list(dict.fromkeys(name for each in group for name in each.names))
    yield f"To: [name], {to}{f' ({people})' if people else ''}"
    yield "From: [your name, role and institution]"
    yield f"Subject: use of {joined(first_of(names, MOST_IN_SUBJECT)) or 'data'} in “{title}”"
    yield ""
    yield "Dear [name],"
    yield ""
    yield " ".join((_plan(assessment, title), *_data(group, assessment), "Before we go on, we ask you:"))
    yield ""
    if len(group) > MOST_IN_FULL:
        yield from (f"Question {each.number}. {_to_the_reader(each.question, each.question.text)}" for each in group)
        yield ""
        yield "The table of questions that comes with this letter says what each answer leads to."
    else:
        for each in group:
            yield from _asked(each, assessment)
    yield ""
    yield "Please reply in writing, and say your role and the day: we record your reply with the study."
    yield ""
    yield "[signature]"


def _plan(assessment: Assessment, title: str) -> str:
    use = assessment.project.use
    purpose = f", a {use.purpose.value} use of the data" if use.purpose else ""
    plan = "we plan to" if assessment.activities_stated else "we have not settled yet which of these we do:"
    releases = f" We mean to release: {outputs(assessment.project)}." if use.outputs else ""
    return f"In “{title}”{purpose}, {plan} {joined(_in_words(assessment.activities))}.{releases}"


def _data(group: Sequence[AskedQuestion], assessment: Assessment) -> Iterator[str]:
    """Yield which data the questions are about: each item's address, and where and when it was obtained."""
    ids = {id_ for each in group for id_ in each.holdings}
    held = [each for each in assessment.holdings if each.id in ids]
    if 0 < len(held) <= MOST_DATA:
        names = names_apart(assessment.holdings)
        yield f"This is about {joined([_item(each, names[each.id]) for each in held])}."


def _item(held: Holding, name: str) -> str:
    day = f" on {held.obtained_on.isoformat()}" if held.obtained_on else ""
    address = f"{doi_url(held.doi)}, " if held.doi else ""
    return f"{clean(name)} ({address}obtained from {place(held.obtained_from)}{day})"


def _asked(each: AskedQuestion, assessment: Assessment) -> Iterator[str]:
    yield f"Question {each.number}. {_to_the_reader(each.question, each.question.text)}"
    if _is_to_others(each.question):
        yield f"Why we ask: {_to_the_reader(each.question, each.question.because)}"
    for branch in each.question.branches:
        leads = "; ".join(_leads(branch, assessment)) or "what follows is not foreseen"
        yield f"- If the answer is “{clean(branch.says)}”: {clean(leads).rstrip('.')}."


def _is_to_others(question: Question) -> bool:
    return question.ask is not None or question.kind in FROM_OUTSIDE


def _to_the_reader(question: Question, text: str) -> str:
    """Return a text of a rule, which calls the user `you`, as the user says it to somebody outside the study."""
    if not _is_to_others(question):
        return clean(text)
    return _YOU.sub(lambda found: _OURS[found[0]], clean(text))


def _leads(branch: Branch, assessment: Assessment) -> Iterator[str]:
    """Yield what an answer leads to, in the words of somebody who does not know the names of activities."""
    names = names_apart(assessment.holdings)
    differ = len({frozenset(item.holdings) for item in branch.leads_to}) > 1
    for item in branch.leads_to:
        about = joined(first_of([clean(names.get(id_, id_)) for id_ in item.holdings], MOST_IN_SUBJECT))
        yield (f"with {about}, " if differ and about else "") + _consequence(item, assessment)
    if branch.note is not None:
        yield branch.note


def _consequence(item: LeadsTo, assessment: Assessment) -> str:
    acts = _in_words(item.activities)
    is_all = set(item.activities) == set(assessment.activities) and len(acts) > 1
    if item.consequence is Consequence.CLEAR:
        return f"as far as we see we may {'do all of this' if is_all else joined(acts)}, if we do what the terms ask"
    if item.consequence is Consequence.PROHIBITED:
        return "we may " + ("do none of this" if is_all else f"not {joined(acts, 'or')}")
    numbers = {question.id: number for number, question in enumerate(assessment.questions, start=1)}
    left = [str(numbers[id_]) for id_ in item.questions if id_ in numbers]
    further = f", and a further question comes up ({', '.join(item.questions)})" if item.questions else ""
    of = f" (see question {joined(left)})" if left else further
    return f"whether we may {'do any of this' if is_all else joined(acts, 'or')} is still open{of}"


def _in_words(activities: Sequence[Activity]) -> list[str]:
    """Return `train a model`, in the words of the vocabulary."""
    of_activity = VOCABULARY["use.activity"]
    return [of_activity.word(activity.value) for activity in activities]
