"""The JSON form of an assessment, from which any other report can be rendered."""

import json
import re

import pydantic_core
from pydantic import ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.model import Assessment
from tcia_policy.model.assessment import SCHEMA_VERSION
from tcia_policy.text.sanitize import escaped

_NUMBER = re.compile(r"[0-9]{1,4}")
OUR_MAJOR, _, OUR_MINOR = SCHEMA_VERSION.partition(".")


def render_json(assessment: Assessment) -> str:
    """Return `assessment` as JSON in UTF-8, fields in the order in which they are declared, ending in a newline.

    Nothing is lost: `read_json(render_json(x)) == x`.
    """
    data = assessment.model_dump(mode="json", by_alias=True)
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(text) + "\n"


def read_json(text: str) -> Assessment:
    """Return the assessment that `render_json` wrote.

    Raise `InputError` for anything else, and for an older form, from which not every report could be printed.
    """
    try:
        data = pydantic_core.from_json(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}") from None
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise InputError("is not an assessment", field="schema_version", hint="write one with `check --format json`")
    major, _, minor = version.partition(".")
    if major != OUR_MAJOR or not _NUMBER.fullmatch(minor) or int(minor) < int(OUR_MINOR):
        raise InputError(
            f"has the form {version[:20]!r}, which this program does not read",
            field="schema_version",
            hint=f"this program reads {SCHEMA_VERSION}; write it again with `check --format json`",
        )
    try:
        return Assessment.model_validate_json(text)
    except ValidationError as error:
        complaint = error.errors()[0]
        raise InputError(complaint["msg"], field=located_yaml.spell(complaint["loc"])) from None
