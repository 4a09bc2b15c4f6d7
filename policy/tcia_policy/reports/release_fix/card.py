"""A card with what is missing in it: keys of its YAML header, and a list of references. Every other byte stays.

Only keys that are not there are added: a license that its authors wrote is theirs. The references stand between two
marks, and what is between them is renewed.
"""

from collections.abc import Mapping, Sequence

import yaml

from tcia_policy.errors import InputError
from tcia_policy.releases.card_header import CardHeader, card_header

BEGIN = "<!-- tcia-policy: references to the data; `check --release --fix` renews them -->"
END = "<!-- tcia-policy: end of the references -->"
HEADING = "## Data citations"
_BOM = "\ufeff"
Keys = Mapping[str, str | Sequence[str]]


def with_keys(text: str, wanted: Keys, shown: str) -> str:
    """Return the card with those keys of `wanted` that its header lacks, below its other keys.

    A card without a header stays as it is. Raise `InputError` where the header cannot be read.
    """
    header = _read(text, shown)
    if header is None:
        return text
    data = None if header.located is None else header.located.data
    there = dict(data) if isinstance(data, dict) else {}
    named = {str(key).strip().lower() for key in there}
    missing = {key: value for key, value in wanted.items() if key not in named}
    if not missing:
        return text
    lines = text.split("\n")
    line_end = "\r" if lines[header.end - 1].endswith("\r") else ""
    added = yaml.safe_dump(
        {key: value if isinstance(value, str) else list(value) for key, value in missing.items()},
        sort_keys=False,
        allow_unicode=True,
        width=1000,
    )
    lines[header.end - 1 : header.end - 1] = [f"{line}{line_end}" for line in added.splitlines()]
    fixed = "\n".join(lines)
    read = _read(fixed, shown)
    expected = {**there, **{key: value if isinstance(value, str) else list(value) for key, value in missing.items()}}
    if read is None or read.located is None or read.located.data != expected:
        raise InputError("its header cannot be added to", file=shown, hint="write one key on each line")
    return fixed


def has_header(text: str, shown: str) -> bool:
    """Return whether a card has a header that can be read."""
    try:
        return _read(text, shown) is not None
    except InputError:
        return False


def with_references(text: str, references: Sequence[str], shown: str) -> str:
    """Return the card with the references in a section of its own at the end, or in the place of those of before.

    Nothing is done without references. Raise `InputError` where one of the marks is missing or there twice.
    """
    marks = text.count(BEGIN), text.count(END)
    if marks not in ((0, 0), (1, 1)) or (marks == (1, 1) and text.index(BEGIN) > text.index(END)):
        hint = "delete both marks with what is between them; they are written again"
        raise InputError("the marks around its references are broken", file=shown, hint=hint)
    if not references:
        return text
    line_end = "\r\n" if "\r\n" in text else "\n"
    block = line_end.join((BEGIN, HEADING, "", *(f"- {each}" for each in references), END))
    if marks == (1, 1):
        start, end = text.index(BEGIN), text.index(END) + len(END)
        return text[:start] + block + text[end:]
    return f"{text}{_blank_line(text, line_end)}{block}{line_end}"


def _blank_line(text: str, line_end: str) -> str:
    """Return the ends of lines that a text lacks before a new section."""
    ending = text.replace("\r\n", "\n")
    return "" if not text or ending.endswith("\n\n") else line_end if ending.endswith("\n") else line_end * 2


def _read(text: str, shown: str) -> CardHeader | None:
    """Return the header; `None` for a card that has none."""
    header = card_header(text.removeprefix(_BOM), shown)
    if header.problem is not None:
        raise InputError(header.problem.problem, file=shown, line=header.problem.place.number, hint=header.problem.hint)
    return header if header.end else None
