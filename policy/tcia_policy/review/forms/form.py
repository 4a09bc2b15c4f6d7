"""What a form asks, whatever it looks like: of one assessment alone."""

from collections.abc import Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, DutyStatus
from tcia_policy.model.matter import MatterKind
from tcia_policy.model.open_entry import OpenEntry
from tcia_policy.model.review_form import FORM, FormEntry, FormStated
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.labels import activity_names
from tcia_policy.review.fields import Field, fields_for
from tcia_policy.review.forms.stated import digest_of
from tcia_policy.review.open_entries import open_entries
from tcia_policy.text.sanitize import clean

TITLE = "Data use review"
HEADS = {
    MatterKind.QUESTION: "Question",
    MatterKind.PROHIBITION: "Prohibited",
    MatterKind.DUTY: "Duty that is not met",
}
HOW = (
    "Fill in who you are. The project lists who may decide, and in which role.",
    "For each question, tick one choice, and fill in what belongs to it. Leave open what you do not want to decide.",
    "Whoever decides on a license, takes a position, records an answer or waives needs a document: name a file in "
    "the project's folder, or say who keeps it.",
    "Send the file back to those who sent it. They read it with `tcia-policy review --import FILE`, see what was "
    "understood, and are asked before anything is recorded.",
    "A typed name is no signature. Whoever decides, and the second person of a waiver, sign what was recorded with "
    "`tcia-policy review sign`.",
)


NOTHING = "There is nothing to decide in this form. What the check found open or owed all the same is in the report."


@dataclass(frozen=True)
class Form:
    """A form: what it states of itself, the study in a few lines, and what it asks, in the order of `stated`.

    `roles` are those that the project lists for its reviewers.
    """

    stated: FormStated
    study: tuple[tuple[str, str], ...]
    entries: tuple[OpenEntry, ...]
    roles: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return the title of the study, fit to show."""
        return clean(self.stated.title or "") or "A study without a title"


def form_of(assessment: Assessment) -> Form:
    """Return the form for all that is open, prohibited or owed and shown to be missing, and not decided yet."""
    owed = {duty.id for duty in assessment.duties if duty.status is DutyStatus.OPEN}
    entries = tuple(
        each
        for each in open_entries(assessment)
        if each.choices and not each.decided_by and (each.kind is not MatterKind.DUTY or each.id in owed)
    )
    return Form(
        stated=_stated(assessment, entries),
        study=_study(assessment),
        entries=entries,
        roles=tuple(dict.fromkeys(each.role for each in assessment.project.reviewers)),
    )


def head_of(entry: OpenEntry) -> str:
    """Return the heading of an entry, with the number by which other entries name a question."""
    number = "" if entry.number is None else f" {entry.number}"
    return f"{HEADS[entry.kind]}{number}: {clean(entry.text)}"


def fields_asked(entry: OpenEntry) -> tuple[Field, ...]:
    """Return what is asked beside the choices."""
    return fields_for([choice.kind for choice in entry.choices])


def _stated(assessment: Assessment, entries: Sequence[OpenEntry]) -> FormStated:
    asked = [
        FormEntry(
            kind=each.kind, id=each.id, matters=each.matters, choices=tuple(choice.key for choice in each.choices)
        )
        for each in entries
    ]
    stated = {
        "form": FORM,
        "title": assessment.project.title,
        "project_file": assessment.project_file,
        "as_of": assessment.as_of.isoformat(),
        "entries": [each.model_dump(mode="json") for each in asked],
    }
    return FormStated.model_validate({**stated, "digest": digest_of(stated)})


def _study(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    use = assessment.project.use
    outputs = [f"{each.kind.value}{f' under {each.license}' if each.license else ''}" for each in use.outputs or ()]
    lines = (
        ("Result today", str(first_line(assessment))),
        ("Purpose", use.purpose.value if use.purpose is not None else "not stated"),
        ("What is done", activity_names(assessment.activities)),
        ("Country", use.country or "not stated"),
        ("What is released", ", ".join(outputs) or "not stated"),
        ("Data", ", ".join(names_apart(assessment.holdings).values())),
        ("As of", assessment.as_of.isoformat()),
    )
    return tuple((label, clean(text)) for label, text in lines)
