"""JSON that a source answered: bounded, and in words of ours where it is none."""

import json
import re
from pathlib import Path
from typing import NoReturn

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers.online.answers import Record

_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
_HALF = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|!--)", re.IGNORECASE)


class CutOff(InputError):  # noqa: N818 - what it says of the answer
    """The JSON ends in the middle."""


def parse(content: bytes, file: Path | str) -> object:
    """Return what the JSON says; `file` is the file or the address, for messages.

    Raise `InputError` for a web page, for what is no JSON, or is nested more than `limits.ANSWER_DEPTH` deep, and
    `CutOff` for what ends in the middle.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text, so it is no JSON", file=file) from None
    if _PAGE.match(text):
        raise InputError("is a web page, not JSON", file=file)
    _check_depth(text, file)
    try:
        data: object = json.loads(text, parse_constant=_refuse)
        if _HALF.search(text):  # half of a pair is no character, and cannot be written
            data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise CutOff("is cut off: the JSON ends in the middle", file=file) from None
        raise InputError(f"is not JSON: {error.msg}", file=file, line=error.lineno) from None
    except (RecursionError, ValueError):
        raise InputError("has a number that cannot be read", file=file) from None
    return data


def records(value: object, file: Path | str, field: str | None = None) -> tuple[Record, ...]:
    """Return a list of JSON objects. Raise `InputError` for anything else, and for too many of them."""
    if not isinstance(value, list):
        raise InputError("is not a list of records", file=file, field=field)
    if len(value) > limits.ANSWER_RECORDS:
        raise InputError(f"has more than {limits.ANSWER_RECORDS:,} records", file=file, field=field)
    for number, item in enumerate(value, start=1):
        if not isinstance(item, dict):
            raise InputError(f"record {number} is not an object, but {_shown(item)}", file=file, field=field)
    return tuple(value)


def _check_depth(text: str, file: Path | str) -> None:
    depth = 0
    for found in _BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > limits.ANSWER_DEPTH:
            raise InputError(f"is nested more than {limits.ANSWER_DEPTH} deep", file=file)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:80]
