"""JSON that remembers its lines, bounded.

`json` decides what is valid and what it says. The lines come from YAML's parser, of which JSON is nearly a part: of the
libraries that keep positions none is maintained, and where YAML does not read the same text (a key of a kilobyte, a
control character), the lines are unknown and nothing else is lost.
"""

import json
import re
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.located_yaml import LocatedYaml, parse_text

_ESCAPED = re.compile(r"\\u[0-9A-Fa-f]{4}")  # YAML refuses halves of a pair; a line has as many characters without
_HALF = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
_TWICE = "is given twice"
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]')


def parse_json(path: Path, text: str) -> LocatedYaml:
    """Parse JSON text; `path` is for messages only.

    Raise `InputError` for what is no JSON, is nested more than `limits.YAML_DEPTH` deep, or gives a key twice.
    """
    _check_depth(path, text)
    try:
        data = json.loads(text)
        if _HALF.search(text):  # half of a pair is no character, and cannot be printed
            data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        hint = "JSON has no comments, and no comma before a closing bracket"
        raise InputError(f"is not valid JSON: {error.msg}", file=path, line=error.lineno, hint=hint) from None
    except (RecursionError, ValueError):
        raise InputError("has a number that is too long to be read", file=path) from None
    return LocatedYaml(path, data, _lines(path, text))


def _lines(path: Path, text: str) -> dict[tuple[str | int, ...], int]:
    try:
        return parse_text(path, _ESCAPED.sub("------", text)).lines
    except InputError as error:
        if _TWICE in error.problem:
            raise
        return {}


def _check_depth(path: Path, text: str) -> None:
    depth = 0
    for match in _BRACKET.finditer(text):
        sign = match.group()
        depth += sign in "[{"
        depth -= sign in "]}"
        if depth > limits.YAML_DEPTH:
            line = text.count("\n", 0, match.start()) + 1
            raise InputError(f"nested more than {limits.YAML_DEPTH} levels deep", file=path, line=line)
