"""The Markdown of a cell as a part of one document, in which what it leaves open goes on into no other cell."""

import re

_EMBEDDED = re.compile(r"(data:[\w/+.-]{1,60};base64,)[A-Za-z0-9+/=]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")
_RULE = "---"
_SAME_RULE = "***"


def part_of_document(source: str, may_begin_with_metadata: bool) -> str:
    """Return the source of a cell without its embedded pictures, its code block closed.

    A line of dashes is a rule. YAML stands at the beginning of the first cell alone.
    """
    lines = _EMBEDDED.sub(r"\1", source).rstrip("\n").split("\n")
    first = _behind_metadata(lines) if may_begin_with_metadata else 0
    is_open = ""
    for number, line in enumerate(lines[first:], first):
        is_open = _fence_after(line, is_open)
        follows_nothing = number == first or not lines[number - 1].strip()
        if not is_open and follows_nothing and line.strip() == _RULE:
            lines[number] = _SAME_RULE
    return "\n".join([*lines, is_open] if is_open else lines)


def _behind_metadata(lines: list[str]) -> int:
    """Return the number of the first line behind the YAML at the top, 0 where there is none."""
    if lines[0].strip() != _RULE:
        return 0
    return next((number + 1 for number, line in enumerate(lines[1:], 1) if line.strip() in (_RULE, "...")), 0)


def _fence_after(line: str, is_open: str) -> str:
    """Return the fence that is open after a line."""
    fence = _FENCE.match(line)
    if fence is None:
        return is_open
    if not is_open:
        return "" if fence[1][0] == "`" and "`" in fence[2] else fence[1]
    return "" if fence[1].startswith(is_open) and not fence[2].strip() else is_open
