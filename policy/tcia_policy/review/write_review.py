"""Decisions added to `review.yaml`: what stands there stays, byte by byte, and what is written is read back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.atomic import read_file
from tcia_policy.model import Assessment
from tcia_policy.model.decision import Decision, DecisionRead, Review

# The file is committed, signed and passed on: no path of the machine that wrote it.
BEGINNING = "# What reviewers decided on this project: `tcia-policy review` adds to it.\n"
_ORDER = (
    "name",
    "kind",
    "supersedes",
    "license",
    "parts",
    "value",
    "outputs",
    "jurisdiction",
    "says",
    "from",
    "grantor",
)
_BOM = "\ufeff"
HINT = "write one key on each line, and each decision below the last one"


def reviewed_in(path: Path) -> tuple[bytes | None, Review]:
    """Return what the review file has, and its decisions; `None` and none where there is no file.

    Raise `InputError` where it cannot be read, with all that is wrong.
    """
    content = read_file(path, limits.YAML)
    if content is None:
        return None, Review()
    return content, _parsed(_decoded(content, path), path)


def bases_of(decisions: Sequence[Decision], assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Return the lines on which these decisions were made, by digest, as far as they are those of today."""
    today = {matter.digest: matter.basis for matter in assessment.matters}
    wanted = [each.digest for decision in decisions for each in getattr(decision, "decides", ())]
    return {digest: today[digest] for digest in sorted(set(wanted)) if digest in today}


def with_decisions(
    before: bytes | None, decisions: Sequence[Decision], bases: Mapping[str, tuple[str, ...]], path: Path
) -> bytes:
    """Return the review file with more decisions and the lines that they rest on. `before` is what it has.

    Raise `InputError` where it is written so that nothing can be added, or a name is taken.
    """
    from tcia_policy.review.yaml_entries import with_entries  # noqa: PLC0415 - only where something is written

    text = BEGINNING if before is None else _decoded(before, path)
    there = Review() if before is None else _parsed(text, path)
    taken = {each.name for each in there.decisions} & {each.name for each in decisions}
    if taken:
        raise InputError(f"has a decision {sorted(taken)[0]!r} already", file=path, hint="choose another name")
    new = {digest: list(lines) for digest, lines in bases.items() if digest not in there.bases}
    text = with_entries(text, "decisions", [written(each) for each in decisions], path)
    text = with_entries(text, "bases", new, path)
    wanted = Review(
        decisions=(*there.decisions, *decisions), bases={**there.bases, **{key: tuple(new[key]) for key in new}}
    )
    if _parsed(text, path) != wanted:
        raise InputError("cannot be added to as it is written", file=path, hint=HINT)
    return text.encode("utf-8")


def would_be_read(content: bytes, path: Path, case: Case) -> dict[str, DecisionRead]:
    """Return every decision of a review file by its name, judged as if `content` stood at `path`. Nothing is written.

    Raise `InputError` for content that does not fit.
    """
    file = ReviewFile.parse(_decoded(content, path).removeprefix(_BOM), path)
    review = assess(replace(case, review=file, decided=None)).review
    return {} if review is None else {each.decision.name: each for each in review.decisions}


def written(decision: Decision) -> dict[str, Any]:
    """Return a decision as the review file has it: its name and kind first, then what it says, then who and why."""
    data = decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    last = [key for key in ("decides", "by", "role", "on", "evidence", "reason") if key in data]
    first = [key for key in _ORDER if key in data]
    between = [key for key in data if key not in first and key not in last]
    return {key: data[key] for key in (*first, *between, *last)}


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", file=path, hint="save it as UTF-8") from None


def _parsed(text: str, path: Path) -> Review:
    return ReviewFile.parse(text.removeprefix(_BOM), path).review
