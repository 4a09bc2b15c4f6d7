"""The files with signatures beside the project: who signs, how a file is called, written and read."""

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.digests import digest_of_text
from tcia_policy.files.misfits import misfits
from tcia_policy.files.text import read_text
from tcia_policy.model import Project
from tcia_policy.model.project import Reviewer
from tcia_policy.model.signature import Signature
from tcia_policy.text.english import joined, one_of, quoted
from tcia_policy.text.persons import may_be_one_person, name_key
from tcia_policy.text.sanitize import escaped

_PREFIX, _SUFFIX = "review.", ".sig.json"
SIGN_AGAIN = "sign again with `tcia-policy review sign`"


def signer_of(project: Project, name: str | None) -> tuple[Reviewer, ...]:
    """Return the entries of `reviewers` of who signs: the one of that name, or the only one there is.

    Raise `InputError` where nobody or somebody else is listed, and for an author of the project.
    """
    listed = project.reviewers
    if not listed:
        hint = "list who may decide: `reviewers: [{name: Jane Doe, role: counsel, email: jane@example.org}]`"
        raise InputError("the project lists nobody who may sign", field="reviewers", hint=hint)
    names = list(dict.fromkeys(each.name for each in listed))
    if name is None and len(names) > 1:
        raise InputError("several may sign", field="--as", hint=f"name yourself: {joined(quoted(names))}")
    signer = names[0] if name is None else name
    if is_author(project, signer):
        hint = "somebody else has to sign"
        raise InputError(f"{signer} wrote the project, and may not sign", field="authors", hint=hint)
    chosen = tuple(each for each in listed if is_same_name(each.name, signer))
    if not chosen:
        hint = f"use one of {one_of(quoted(names))}, or add yourself to `reviewers`"
        raise InputError(f"{signer!r} is not among the reviewers", field="--as", hint=hint)
    return chosen


def is_author(project: Project, name: str) -> bool:
    """Return whether somebody who wrote the project may be the one of this name."""
    return any(may_be_one_person(author, name) for author in project.authors)


def reviewers_named(project: Project, name: str) -> tuple[Reviewer, ...]:
    """Return the entries of `reviewers` with this name."""
    return tuple(each for each in project.reviewers if is_same_name(each.name, name))


def signature_file(signer: str) -> str:
    """Return `review.jane-doe.sig.json` for Jane Doe; two names never make one file."""
    ascii_only = unicodedata.normalize("NFKD", signer).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60]
    is_whole = slug.replace("-", " ") == signer.casefold()
    marked = slug if is_whole else f"{slug}-{digest_of_text(signer)[:6]}".strip("-")
    return f"{_PREFIX}{marked}{_SUFFIX}"


def signature_files(folder: Path) -> tuple[Path, ...]:
    """Return the files with signatures in a folder, by name. Raise `InputError` where there are too many."""
    found = tuple(sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}")))
    if len(found) > limits.SIGNATURES:
        raise InputError(f"has more than {limits.SIGNATURES} files {_PREFIX}*{_SUFFIX}", file=folder)
    return found


def render_signature(signature: Signature) -> str:
    """Return a signature as JSON, which ends in a newline."""
    text = json.dumps(signature.model_dump(mode="json"), ensure_ascii=False, indent=1, allow_nan=False)
    return escaped(text) + "\n"


def read_signature(path: Path) -> Signature:
    """Return the signature in a file. Raise `InputError` for anything else."""
    try:
        return parse_signature(read_text(path, limits.SIGNATURE))
    except InputError as error:
        raise error.at(file=path) from None


def parse_signature(text: str) -> Signature:
    """Return the signature that `render_signature` wrote. Raise `InputError` for anything else."""
    try:
        data = from_json(text)
        return Signature.model_validate_json(text)
    except ValidationError as error:
        first = misfits(error.errors(include_url=False), Signature, data)[0]
        raise InputError(first.problem, field=located_yaml.spell(first.place), hint=SIGN_AGAIN) from None
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", hint=SIGN_AGAIN) from None


def roles_of(reviewers: Sequence[Reviewer]) -> tuple[str, ...]:
    """Return the roles of somebody, each once."""
    return tuple(dict.fromkeys(each.role for each in reviewers))


def is_same_name(one: str, other: str) -> bool:
    """Return whether two spellings are one name, as decisions are matched with reviewers."""
    key = name_key(one)
    return key == name_key(other) if key else one == other
