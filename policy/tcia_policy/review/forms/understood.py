"""What a form that was filled in decides, and what of it is not clear: that stays open, and nothing is guessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision import Decided
from tcia_policy.model.open_entry import OpenEntry
from tcia_policy.model.review_form import FormAnswer, FormEntry, ReviewAnswers
from tcia_policy.review.decision_name import decision_name
from tcia_policy.review.fields import NO, YES
from tcia_policy.review.filled import About, Filled, Made, Who, made
from tcia_policy.review.open_entries import open_entries
from tcia_policy.text.sanitize import clean, shortened

LONGEST = 80
MAKE_ANOTHER = "make a new form"


@dataclass(frozen=True)
class Understood:
    """The decisions of a form, each with what it says in a line, and what was not understood, in sentences."""

    made: tuple[Made, ...] = ()
    lines: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What was understood so far of a form; `names` are those of decisions that are taken."""

    answers: ReviewAnswers
    assessment: Assessment
    folder: Path
    names: set[str]
    made: list[Made] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def read(self) -> Understood:
        self.unclear += self.answers.unclear
        today = {(entry.kind, entry.id): entry for entry in open_entries(self.assessment)}
        asked = {(entry.kind, entry.id): entry for entry in self.answers.form.entries}
        for answer in self.answers.answers:
            if not answer.choices and not any(map(clean, _told(answer).values())):
                continue
            try:
                self._answer(answer, asked.get((answer.kind, answer.id)), today.get((answer.kind, answer.id)))
            except InputError as error:
                said = "; ".join(_said(each) for each in error.mistakes)
                self.unclear.append(f"{shortened(answer.id, LONGEST)}: {said}")
        return Understood(tuple(self.made), tuple(self.lines), tuple(self.unclear))

    def _answer(self, answer: FormAnswer, asked: FormEntry | None, today: OpenEntry | None) -> None:
        """Take one answer. Raise `InputError` where it is not clear."""
        if asked is None:
            raise InputError("the form does not ask about this")
        key = _only_choice(answer)
        if today is None:
            raise InputError(f"it is not open any more, or has another id now; {MAKE_ANOTHER} for what is open")
        choice = next((each for each in today.choices if each.key == key and key in asked.choices), None)
        if choice is None:
            raise InputError(f"{shortened(key, LONGEST)!r} is not a choice on it today; {MAKE_ANOTHER}")
        same = _still_the_same(asked, today)
        if not same:
            made_on = self.answers.form.as_of.isoformat()
            raise InputError(f"what it is about has changed since the form was made on {made_on}; {MAKE_ANOTHER}")
        found = self._decision(Filled(choice, _told(answer)), today, same)
        self.made.append(found)
        self.names.add(found.decision.name)
        self.lines.append(_line(found, today, choice.says))
        left = len(asked.matters) - len(same)
        if left:
            raise InputError(f"{left} of the {len(asked.matters)} things that it decides changed, and stay open")

    def _decision(self, filled: Filled, entry: OpenEntry, decides: Sequence[Decided]) -> Made:
        name = decision_name(entry.id, filled.choice.kind, self.assessment.as_of, self.names)
        file = self.assessment.project_file
        about = About(
            name, tuple(decides), self.assessment.project, self.folder, None if file is None else self.folder / file
        )
        who = self.answers.reviewer
        return made(filled, Who(who.by, who.role, who.on), about)


def understood(answers: ReviewAnswers, assessment: Assessment, folder: Path, names: set[str]) -> Understood:
    """Return the decisions that a form records on the study as it is today. `names` are those of decisions there are.

    Raise `InputError` for a form of another project.
    """
    if answers.form.title != assessment.project.title:
        problem = f"is a form of another project: {shortened(answers.form.title or 'one without a title', LONGEST)!r}"
        hint = f"this project is {shortened(assessment.project.title or 'one without a title', LONGEST)!r}"
        raise InputError(problem, hint=hint)
    return _Reading(answers, assessment, folder, set(names)).read()


def _only_choice(answer: FormAnswer) -> str:
    if len(answer.choices) > 1:
        chosen = ", ".join(shortened(each, LONGEST) for each in answer.choices)
        raise InputError(f"more than one choice is ticked: {chosen}")
    if not answer.choices:
        raise InputError("something is filled in, and no choice is ticked")
    return answer.choices[0]


def _said(mistake: InputError) -> str:
    return ": ".join(filter(None, (mistake.field, mistake.problem))) + (f" ({mistake.hint})" if mistake.hint else "")


def _told(answer: FormAnswer) -> Mapping[str, str]:
    """Return the fields; what is not said of `private` is no."""
    fields = dict(answer.fields)
    if clean(fields.get("private", "")).casefold() in ("", NO):
        fields.pop("private", None)
    elif clean(fields["private"]).casefold() == YES:
        fields["private"] = YES
    return fields


def _still_the_same(asked: FormEntry, today: OpenEntry) -> tuple[Decided, ...]:
    """Return the matters of the form that are what they were when it was made."""
    now = {each.id: each.digest for each in today.matters}
    return tuple(each for each in asked.matters if now.get(each.id) == each.digest)


def _line(found: Made, entry: OpenEntry, says: str) -> str:
    decision = found.decision
    parts = [f"{clean(entry.id)}: {says} ({decision.by}, {decision.role}, {decision.on.isoformat()})", *_rest(found)]
    return "; ".join(parts)


def _rest(found: Made) -> Iterator[str]:
    document = found.decision.evidence
    if document is not None:
        yield f"document: {document.path or f'kept by {document.held_by}'}"
    if found.decision.reason is not None:
        yield f"reason: {found.decision.reason}"
    if found.private_reason is not None:
        yield "with a private reason"
