"""What somebody filled in, made into a decision; everything that is wrong with it at once."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tcia_policy.engine.decisions.standing import role_key, why_may_not_decide
from tcia_policy.engine.decisions.subjects import what_counts_of
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.evidence.evidence_documents import look_at
from tcia_policy.files.misfits import misfits
from tcia_policy.files.zip import is_relative
from tcia_policy.lazy import dataclass
from tcia_policy.model import EvidenceDocument, Project
from tcia_policy.model.decision import Decided, Decision, Review
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.open_entry import Choice
from tcia_policy.model.project import Reviewer
from tcia_policy.model.use import OutputKind
from tcia_policy.review.fields import A_DAY, FIELDS, NO, TAKING_BACK, YES, Field, fields_of, rests_on_evidence
from tcia_policy.text.persons import name_key
from tcia_policy.text.sanitize import clean, neutral


@dataclass(frozen=True)
class Who:
    """Who decides, in which role, and on which day, as they wrote it."""

    by: str
    role: str
    on: str


@dataclass(frozen=True)
class Filled:
    """One choice and what was told with it, by the names of `FIELDS`; what was left empty may be missing."""

    choice: Choice
    fields: Mapping[str, str]


@dataclass(frozen=True)
class About:
    """What is decided: the name that the decision gets, and its matters. `project` has who may decide.

    `folder` is that of the project file, in which documents are looked for, `file` the project file.
    """

    name: str
    decides: tuple[Decided, ...]
    project: Project
    folder: Path
    file: Path | None = None


@dataclass(frozen=True)
class Made:
    """A decision, and its reason where that is not to be shared."""

    decision: Decision
    private_reason: str | None = None


def made(filled: Filled, who: Who, about: About) -> Made:
    """Return the decision. Raise `InputError` with everything that is missing or wrong, each with its field."""
    mistakes = Mistakes()
    kind = filled.choice.kind
    told = {field: _told(filled, field) for field in fields_of(kind)}
    data: dict[str, Any] = {"name": about.name, "kind": kind.value, "decides": [_plain(each) for each in about.decides]}
    with mistakes.noted():
        data |= reviewer_of(who, about.project)
    for field, text in told.items():
        with mistakes.noted():
            _check(field, text, kind)
    with mistakes.noted():
        data |= _evidence(told, kind, about)
    mistakes.tell()
    values = {field.name: text for field, text in told.items() if text}
    data |= _own(filled.choice, values, about.project)
    reason, is_private = values.get("reason"), values.get("private", NO) == YES
    if reason is not None and not is_private:
        data["reason"] = reason
    try:
        decision = Review.model_validate({"decisions": [data]}).decisions[0]
    except ValidationError as error:
        first = misfits(error.errors(include_url=False), Review, {"decisions": [data]})
        raise InputError(first[0].problem, field=str(first[0].place[-1]), hint=first[0].hint) from None
    own = decision.model_copy(update={"decides": what_counts_of(decision)})
    return Made(own, reason if is_private else None)


def taking_back(supersedes: Sequence[str], told: Mapping[str, str], who: Who, about: About) -> Made:
    """Return the decision that takes earlier ones back. Raise `InputError` as `made` does.

    `told` has a reason and a document where there are any, by the names of `FIELDS`.
    """
    mistakes = Mistakes()
    texts = {field: clean(told.get(field.name, "")) for field in FIELDS if field.name in TAKING_BACK}
    data: dict[str, Any] = {"name": about.name, "kind": DecisionKind.SUPERSEDE.value, "supersedes": list(supersedes)}
    with mistakes.noted():
        data |= reviewer_of(who, about.project)
    with mistakes.noted():
        data |= _evidence(texts, DecisionKind.SUPERSEDE, about)
    mistakes.tell()
    reason = next((text for field, text in texts.items() if field.name == "reason" and text), None)
    is_private = any(field.name == "private" and text == YES for field, text in texts.items())
    if reason is not None and not is_private:
        data["reason"] = reason
    return Made(Review.model_validate({"decisions": [data]}).decisions[0], reason if is_private else None)


def reviewer_of(who: Who, project: Project) -> dict[str, str]:
    """Return who decides, as the project spells them. Raise `InputError` for who may not, and for a day that is none.

    Who may is decided by the engine, as for a decision that stands in the file.
    """
    mistakes = Mistakes()
    by, role, on = clean(who.by), clean(who.role), clean(who.on)
    for text, field in ((by, "by"), (role, "role"), (on, "on")):
        if not text:
            mistakes.note(InputError("is missing", field=field, hint="state name, role and day of who decides"))
    if on and _day(on) is None:
        mistakes.note(InputError(f"{on!r} is not a day", field="on", hint=f"write {A_DAY}"))
    if by and role:
        why, right = why_may_not_decide(by, role, project)
        if why:
            mistakes.note(InputError(neutral(why), field="by", hint=neutral(right)))
    mistakes.tell()
    listed = next((each for each in project.reviewers if _is(each, by, role)), None)
    return {"by": by, "role": role, "on": on} if listed is None else {"by": listed.name, "role": listed.role, "on": on}


def _is(reviewer: Reviewer, by: str, role: str) -> bool:
    return name_key(reviewer.name) == name_key(by) and role_key(reviewer.role) == role_key(role)


def _told(filled: Filled, field: Field) -> str:
    return clean(filled.fields.get(field.name, ""))


def _check(field: Field, text: str, kind: DecisionKind) -> None:
    if not text:
        if kind in field.needed_by:
            hint = f"one of {', '.join(field.options)}" if field.options else field.example or None
            raise InputError("is missing", field=field.label, hint=hint)
    elif field.is_day and _day(text) is None:
        raise InputError(f"{text!r} is not a day", field=field.label, hint=f"write {A_DAY}")
    elif field.options and text not in field.options:
        raise InputError(f"unknown word {text!r}", field=field.label, hint=f"use one of {', '.join(field.options)}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-22") else None
    except ValueError:
        return None


def _evidence(told: Mapping[Field, str], kind: DecisionKind, about: About) -> dict[str, Any]:
    """Return the document with the SHA-256 that it has; nothing where none is named and none is needed."""
    values = {field.name: text for field, text in told.items() if text}
    path, held_by, sha256 = (values.get(name) for name in ("evidence", "held_by", "sha256"))
    if path and held_by:
        hint = "name the file, or who keeps the document, not both"
        raise InputError("is named in two ways", field="evidence", hint=hint)
    if not path and not held_by:
        if rests_on_evidence(kind):
            hint = "name a file in the project's folder, or who keeps the document"
            raise InputError("is missing: this decision rests on a document", field="evidence", hint=hint)
        return {}
    if path and not _is_within(path, about.folder):
        hint = "put the document into the project's folder, and name it from there"
        raise InputError("leads out of the project's folder", field="evidence", hint=hint)
    stated = {"path": path, "held_by": held_by, "sha256": sha256}
    try:
        document = EvidenceDocument.model_validate({key: text for key, text in stated.items() if text})
    except ValidationError:
        raise InputError("is no SHA-256", field="sha256", hint="it has 64 characters, 0 to 9 and a to f") from None
    seen = look_at(document, about.folder, about.file)
    if seen.problem is not None:
        raise InputError(neutral(seen.problem), field="evidence", hint=seen.right and neutral(seen.right))
    found = document.model_copy(update={"sha256": seen.sha256})
    return {"evidence": found.model_dump(exclude_none=True)}


def _is_within(path: str, folder: Path) -> bool:
    """Return whether a path leads into the folder, links included. What is no possible path is told elsewhere."""
    if "\0" in path or not is_relative(path):
        return False
    return Path(os.path.realpath(folder / path)).is_relative_to(os.path.realpath(folder))


def _own(choice: Choice, values: Mapping[str, str], project: Project) -> dict[str, Any]:
    """Return what decisions of this kind have and others do not. A position says for what and where it was taken."""
    kind = choice.kind
    if kind is DecisionKind.CONCLUDE:
        return {"license": choice.value}
    if kind is DecisionKind.POSITION:
        country = project.use.country
        where = {} if country is None else {"jurisdiction": [country]}
        return {"value": choice.value == "true", "outputs": [OutputKind.MODEL.value], **where}
    if kind is DecisionKind.ANSWER:
        return {"says": choice.value, "from": values["from"]}
    if kind is DecisionKind.APPROVE_WITH_CONDITIONS:
        condition = {"text": values["condition"], "owner": values["owner"], "due": values["due"]}
        return {"conditions": [condition], **_given(values, "until")}
    if kind is DecisionKind.WAIVE:
        return _given(values, "because_of", "until", "second_by", "second_role")
    return _given(values, "until") if kind is DecisionKind.ACCEPT else _given(values, "to", "asked_on")


def _given(values: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: values[name] for name in names if name in values}


def _plain(decided: Decided) -> dict[str, str]:
    return {"id": decided.id, "digest": decided.digest}
