"""The walk through what is open, one thing at a time, in a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import field

import typer

from tcia_policy.cli.review_write import ReviewFiles, Writing, prompted
from tcia_policy.cli.reviewed import Reviewed
from tcia_policy.cli.terminal import remark
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.decisions.standing import WHO_MAY
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Project
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.open_entry import Choice, OpenEntry
from tcia_policy.reports.review_list import head_of
from tcia_policy.review.choices import notes_on
from tcia_policy.review.decision_name import decision_name
from tcia_policy.review.fields import FIELDS, NO, TAKING_BACK, Field, fields_of, rests_on_evidence
from tcia_policy.review.filled import About, Filled, Made, Who, made, reviewer_of, taking_back
from tcia_policy.review.open_entries import open_entries
from tcia_policy.text.english import joined
from tcia_policy.text.suggest import did_you_mean, similar

SKIP, QUIT = "s", "q"


class Quit(Exception):  # noqa: N818 - it is no error
    """The user wants to stop here."""


@dataclass
class Walk:
    """A walk: what was asked already, who decides, and how many decisions were written."""

    reviewed: Reviewed
    files: ReviewFiles
    seen: set[tuple[str, str]] = field(default_factory=set)
    written: int = 0

    def run(self, case: Case, assessment: Assessment) -> None:
        """Ask about each open thing. What is written stays, wherever the user stops."""
        try:
            who = _who(case.project, assessment.as_of.isoformat())
            while (entry := self._next(assessment)) is not None:
                self.seen.add((entry.kind, entry.id))
                if self._decide(entry, who, case, assessment):
                    case = self.reviewed.open()
                    assessment = assess(case)
        except (typer.Abort, KeyboardInterrupt, Quit):
            pass
        self._say_written()

    def _say_written(self) -> None:
        many = "decision" if self.written == 1 else "decisions"
        remark(f"{self.written} {many} written to {self.files.review}" if self.written else "nothing is written")

    def take_back(self, names: Sequence[str], case: Case, assessment: Assessment) -> None:
        """Ask who takes these decisions back and why, and write it. Raise `InputError` for a name that is none."""
        there = self.files.names()
        unknown = [each for each in names if each not in there]
        if unknown:
            hint = did_you_mean(similar(unknown[0], there, most=1)) or "`tcia-policy review --list` has the names"
            raise InputError(f"there is no decision {unknown[0][:80]!r}", field="--supersede", hint=hint)
        try:
            who = _who(case.project, assessment.as_of.isoformat())
            told: dict[str, str] = {}
            for each in FIELDS:
                if each.name in TAKING_BACK and not _is_settled(each, told):
                    told[each.name] = prompted(f"  {each.label}, may be empty")
            name = decision_name(f"taken-back/{names[0]}", DecisionKind.SUPERSEDE, case.as_of, there)
            file = None if case.project_file is None else case.folder / case.project_file
            found = taking_back(names, told, who, About(name, (), case.project, case.folder, file))
            writing = Writing(self.files, case, assessment)
            for line in writing.those_that_count([found])[1]:
                remark(line)
            self.written += writing.write([found], yes=False)
        except (typer.Abort, KeyboardInterrupt, Quit):
            pass
        self._say_written()

    def _next(self, assessment: Assessment) -> OpenEntry | None:
        return next(
            (
                each
                for each in open_entries(assessment)
                if each.choices and not each.decided_by and (each.kind, each.id) not in self.seen
            ),
            None,
        )

    def _decide(self, entry: OpenEntry, who: Who, case: Case, assessment: Assessment) -> bool:
        """Ask about one thing until it is decided or left. Return whether a decision was written."""
        for line in _shown(entry):
            remark(line)
        while (choice := _choice(entry)) is not None:
            try:
                found = self._made(entry, choice, who, case)
            except InputError as error:
                for mistake in error.mistakes:
                    remark(f"{mistake}".replace("\n  ", "; "))
                continue
            writing = Writing(self.files, case, assessment)
            _, idle = writing.those_that_count([found])
            for line in idle:
                remark(line)
            done = writing.write([found], yes=False)
            self.written += done
            return done
        return False

    def _made(self, entry: OpenEntry, choice: Choice, who: Who, case: Case) -> Made:
        told = {each.name: text for each, text in _asked(choice, case.project, who)}
        name = decision_name(entry.id, choice.kind, case.as_of, self.files.names())
        file = None if case.project_file is None else case.folder / case.project_file
        about = About(name, entry.matters, case.project, case.folder, file)
        return made(Filled(choice, told), who, about)


def _who(project: Project, today: str) -> Who:
    """Ask who decides, and on which day; the names that the project lists are numbered."""
    lacking = [key for key in ("authors", "reviewers") if not getattr(project, key)]
    if lacking:
        raise InputError("nobody may decide without it", field=joined(lacking), hint=WHO_MAY)
    for number, each in enumerate(project.reviewers, start=1):
        remark(f"  {number}  {each.name}, {each.role}")
    while True:
        answer = prompted("Who decides? A number", "1" if len(project.reviewers) == 1 else "")
        listed = project.reviewers[int(answer) - 1 : int(answer)] if answer.isdecimal() and int(answer) > 0 else ()
        if answer.casefold() == QUIT:
            raise Quit
        if not listed:
            remark(f"type a number from 1 to {len(project.reviewers)}, or {QUIT} to quit")
            continue
        who = Who(listed[0].name, listed[0].role, prompted("On which day?", today))
        try:
            reviewer_of(who, project)
        except InputError as error:
            remark(str(error))
            continue
        return who


def _shown(entry: OpenEntry) -> Iterator[str]:
    """Yield what is decided, why it is open, and the choices with what each leads to."""
    yield ""
    yield f"{head_of(entry)}  {entry.id}{'' if entry.place is None else f'  {entry.place}'}"
    for asked in entry.referred:
        yield f"  asked already: {asked}"
    why = (("about: ", entry.about), ("because: ", entry.because), ("ask: ", entry.ask))
    for label, text in (("", entry.text), *why, ("", entry.remedy)):
        if text:
            yield f"  {label}{text}"
    for number, choice in enumerate(entry.choices, start=1):
        yield f"  {number}  {choice.says}"
        for note in notes_on(choice):
            yield f"     {note}"
    yield f"  {SKIP}  skip    {QUIT}  quit"


def _choice(entry: OpenEntry) -> Choice | None:
    """Return what the user chooses by its number or its key; `None` to skip. Raise `Quit` to quit."""
    keys = {choice.key: choice for choice in entry.choices}
    while True:
        answer = prompted("Your choice").casefold()
        if answer == QUIT:
            raise Quit
        if answer in (SKIP, ""):
            return None
        if answer.isdecimal() and 0 < int(answer) <= len(entry.choices):
            return entry.choices[int(answer) - 1]
        found = next((choice for key, choice in keys.items() if key.casefold() == answer), None)
        if found is not None:
            return found
        hint = did_you_mean(similar(answer, keys, most=1)) or f"type a number from 1 to {len(entry.choices)}"
        remark(f"{answer[:40]!r} is no choice; {hint}")


def _asked(choice: Choice, project: Project, who: Who) -> Iterator[tuple[Field, str]]:
    told: dict[str, str] = {}
    for each in fields_of(choice.kind):
        if _is_settled(each, told):
            continue
        needed = "" if choice.kind in each.needed_by else _if_empty(each, choice)
        words = f" ({', '.join(each.options)})" if each.options else f" ({each.example})" if each.example else ""
        told[each.name] = _answered(each, f"  {each.label}{words}{needed}", _usual(each, project, who, told))
        yield each, told[each.name]


def _answered(each: Field, text: str, usual: str) -> str:
    """Return the answer to a prompt; of a few words the one that was begun, asked again while it is none of them."""
    while True:
        answer = prompted(text, usual)
        if not each.options or not answer or answer in each.options:
            return answer
        meant = [word for word in each.options if word.startswith(answer.casefold())]
        if len(meant) == 1:
            return meant[0]
        remark(f"  {answer[:40]!r} is none of the words; type one of {', '.join(each.options)}")


def _if_empty(each: Field, choice: Choice) -> str:
    if not rests_on_evidence(choice.kind) or each.name not in ("evidence", "held_by"):
        return ", may be empty"
    return ", empty if it is kept elsewhere" if each.name == "evidence" else ""


def _is_settled(each: Field, told: dict[str, str]) -> bool:
    """Return whether what was told makes the question idle."""
    if each.name == "private":
        return not told.get("reason")
    if each.name == "sha256":
        return True  # it is taken from the file
    return each.name == "held_by" and bool(told.get("evidence"))


def _usual(each: Field, project: Project, who: Who, told: dict[str, str]) -> str:
    """Return what is taken for an empty answer."""
    others = [other for other in project.reviewers if (other.name, other.role) != (who.by, who.role)]
    if each.name == "second_by":
        return others[0].name if len(others) == 1 else ""
    if each.name == "second_role":
        return next((other.role for other in others if other.name == told.get("second_by")), "")
    return {"asked_on": who.on, "private": NO}.get(each.name, "")
