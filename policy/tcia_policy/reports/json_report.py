"""The JSON form of an assessment, from which any other report can be rendered."""

import json
from pathlib import Path

import pydantic_core
from pydantic import ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.misfits import misfits
from tcia_policy.files.text import read_text
from tcia_policy.lazy import pattern
from tcia_policy.model import Assessment
from tcia_policy.model.assessment import SCHEMA_VERSION
from tcia_policy.model.project import NO_DATA_ALLOWED
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.text.sanitize import escaped

ANSWER = ("summary", "exit_code")  # what follows from the rest
WRITE_AGAIN = "write it again with `check --format json`"
_VERSION = pattern(r"([0-9]{1,4})\.([0-9]{1,4})")
OURS = tuple(int(part) for part in SCHEMA_VERSION.split("."))


def render_json(assessment: Assessment) -> str:
    """Return `assessment` as JSON in UTF-8, fields in the order in which they are declared, ending in a newline.

    After them are `summary`, the first line of the answer, and `exit_code`, as `AssessmentPrinted` has them. Nothing
    is lost: `read_json(render_json(x)) == x`.
    """
    answer = {"summary": str(first_line(assessment)), "exit_code": assessment.exit_code}
    data = {**assessment.model_dump(mode="json", by_alias=True), **answer}
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(text) + "\n"


def read_assessment(path: Path) -> Assessment:
    """Return the assessment that is saved in a file. Raise `InputError` as `read_content` and `read_json` do."""
    text = read_text(path, limits.ASSESSMENT)
    try:
        return read_json(text)
    except InputError as error:
        raise error.at(file=path) from None


def read_json(text: str) -> Assessment:
    """Return the assessment that `render_json` wrote.

    Raise `InputError` for anything else, for an older form, from which not every report could be printed, and for a
    newer one, which may say what this program does not know.
    """
    try:
        data = pydantic_core.from_json(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}") from None
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise InputError("is not an assessment", field="schema_version", hint="write one with `check --format json`")
    if version != SCHEMA_VERSION:
        raise _of_another_form(version)
    try:
        judged = json.dumps({key: data[key] for key in data if key not in ANSWER})
        found = Assessment.model_validate_json(judged, context={NO_DATA_ALLOWED: True})
    except ValidationError as error:
        first = misfits(error.errors(include_url=False), Assessment, data)[0]
        raise InputError(first.problem, field=located_yaml.spell(first.place), hint=WRITE_AGAIN) from None
    if data.get("exit_code", found.exit_code) != found.exit_code:
        raise InputError("does not follow from the rest", field="exit_code", hint=WRITE_AGAIN)
    return found


def _of_another_form(version: str) -> InputError:
    parts = _VERSION.fullmatch(version)
    if parts is not None and (int(parts[1]), int(parts[2])) > OURS:
        problem = f"has the form {version}, which is newer than this program"
        return InputError(problem, field="schema_version", hint=f"this program reads {SCHEMA_VERSION}; update it")
    problem = f"has the form {version[:20]!r}, which this program does not read"
    return InputError(problem, field="schema_version", hint=f"this program reads {SCHEMA_VERSION}; {WRITE_AGAIN}")
