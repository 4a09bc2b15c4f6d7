"""The form that reviewers fill in, and what they filled in: `review-answers.json`."""

from typing import Literal

from pydantic import Field

from tcia_policy.model.base import Contract, Day
from tcia_policy.model.decision import Decided
from tcia_policy.model.evidence import Sha256
from tcia_policy.model.matter import MatterKind

FORM: Literal["tcia-policy review form 1"] = "tcia-policy review form 1"
MOST_ENTRIES = 10_000


class FormEntry(Contract):
    """One thing that a form asks about: the question, prohibition or duty `id`, the matters that are decided with it,
    each with its digest of the day, and the keys of the choices in their order."""

    kind: MatterKind
    id: str = Field(min_length=1, max_length=500)
    matters: tuple[Decided, ...] = Field(min_length=1, max_length=MOST_ENTRIES)
    choices: tuple[str, ...] = Field(min_length=1, max_length=200)


class FormStated(Contract):
    """What a form is about, as the form itself has it: the study, the day, and all that it asks about.

    `digest` is the SHA-256 of the rest, so that a form whose own data were changed is not read.
    """

    form: Literal["tcia-policy review form 1"] = FORM
    title: str | None = None
    project_file: str | None = None
    as_of: Day
    entries: tuple[FormEntry, ...] = Field(default=(), max_length=MOST_ENTRIES)
    digest: Sha256


class FormReviewer(Contract):
    """Who filled the form in, in which role, and on which day, as they wrote it."""

    by: str = Field(default="", max_length=4000)
    role: str = Field(default="", max_length=4000)
    on: str = Field(default="", max_length=4000)


class FormAnswer(Contract):
    """What was filled in about one entry: the choices that are ticked, and the fields by name."""

    kind: MatterKind
    id: str = Field(max_length=500)
    choices: tuple[str, ...] = Field(default=(), max_length=200)
    fields: dict[str, str] = Field(default_factory=dict, max_length=100)


class ReviewAnswers(Contract):
    """A form that was filled in: what it is about, who filled it in, and the answers.

    `unclear` is what stands in the form and cannot be read as an answer, in sentences.
    """

    form: FormStated
    reviewer: FormReviewer = FormReviewer()
    answers: tuple[FormAnswer, ...] = Field(default=(), max_length=MOST_ENTRIES)
    unclear: tuple[str, ...] = Field(default=(), max_length=MOST_ENTRIES)
