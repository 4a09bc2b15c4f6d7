"""Saved assessments, as commands read them: from a file, or from stdin."""

import sys
from pathlib import Path

from tcia_policy.cli.terminal import STDOUT
from tcia_policy.engine.contradictions import refuse_changed
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.model import Assessment
from tcia_policy.reports.json_report import read_assessment, read_json

STDIN = STDOUT  # both are written `-`


def read_saved(path: Path) -> Assessment:
    """Return the assessment that is saved in a file; `-` is stdin.

    Raise `InputError` for what is none, for another form of it, and where a verdict was changed by hand.
    """
    found = _from_stdin() if path == STDIN else read_assessment(path)
    try:
        refuse_changed(found)
    except InputError as error:
        raise error.at(file="stdin" if path == STDIN else path) from None
    return found


def _from_stdin() -> Assessment:
    content = sys.stdin.buffer.read(limits.ASSESSMENT + 1)
    if len(content) > limits.ASSESSMENT:
        raise InputError(f"larger than {limits.ASSESSMENT:,} bytes; this is no assessment", file="stdin")
    try:
        return read_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", file="stdin", hint="write it with `check --format json`") from None
    except InputError as error:
        raise error.at(file="stdin") from None
