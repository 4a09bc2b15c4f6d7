"""Reasons that are not shared: `review.private.yaml` beside the review file. No check reads it, no output has it."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.atomic import read_file
from tcia_policy.model.base import Contract
from tcia_policy.model.decision import DecisionName
from tcia_policy.model.decision_kinds import PRIVATE_FILE
from tcia_policy.review.yaml_entries import with_entries

HEADER = f"# Reasons that are not shared. Keep this file out of version control: {PRIVATE_FILE} in .gitignore\n"
OWNER_ONLY = 0o600


class PrivateReasons(Contract):
    """Reasons of decisions that are not shared, by the decision's name."""

    reasons: dict[DecisionName, str] = Field(default_factory=dict, max_length=10_000)


def private_reasons_in(path: Path) -> tuple[bytes | None, Mapping[str, str]]:
    """Return what the file has, and its reasons; `None` and none where there is no file. Raise where it cannot be read.

    The error is an `InputError` with all that is wrong.
    """
    content = read_file(path, limits.YAML)
    return content, {} if content is None else _parsed(_decoded(content, path), path).reasons


def with_private_reasons(before: bytes | None, reasons: Mapping[str, str], path: Path) -> bytes:
    """Return the file with more reasons. Raise `InputError` where it is written so that nothing can be added."""
    text = HEADER if before is None else _decoded(before, path)
    there = {} if before is None else _parsed(text, path).reasons
    text = with_entries(text, "reasons", dict(reasons), path)
    if _parsed(text, path).reasons != {**there, **reasons}:
        raise InputError("cannot be added to as it is written", file=path, hint="write one reason on each line")
    return text.encode("utf-8")


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", file=path, hint="save it as UTF-8") from None


def _parsed(text: str, path: Path) -> PrivateReasons:
    located = located_yaml.parse_text(path, text.removeprefix("\ufeff"))
    return PrivateReasons() if located.data is None else located.parse(PrivateReasons)
