"""What is wrong with a text that is not valid YAML, in words for people: the parser's own words are for programmers."""

import re
from typing import NamedTuple

import yaml

NOT_YAML = "is not valid YAML"
CANNOT_READ = "put the text in quotation marks if it has special signs, and indent the line like those beside it"
LONGEST = 60  # characters of a line that a hint shows
_CLOSES = {"sequence": ("[", "]"), "mapping": ("{", "}")}
_IN_FLOW = re.compile(r"flow (sequence|mapping)")
_BRACKETS = re.compile(r"[\[\]{}]")
_QUOTED = re.compile(r""" "[^"]*"|'[^']*'|(?:^|\s)#.* """.strip())
_PAIR = re.compile(r"^(?P<start>\s*(?:- +)?(?P<key>[\w.-]+): +)(?P<value>\S.*?)\s*$")
_WITHOUT_BLANK = re.compile(r"^\s*(?:- +)?(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s:/\\][^:]*)$")


class YamlMistake(NamedTuple):
    """What is wrong, on which line (1-based), and what would be right."""

    problem: str
    line: int | None
    hint: str | None = None


def mistake_of(error: yaml.YAMLError, text: str) -> YamlMistake:
    """Return what is wrong with `text`, of which the parser raised `error`."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _not_printable(error, text)
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    if mark is None or start is None:
        return YamlMistake(NOT_YAML, None)
    lines = text.splitlines() or [""]
    row = min(mark.line, len(lines) - 1)
    here = _Place(lines, row, mark.column if row == mark.line else len(lines[row]), start.line)
    looks = (_of_quotes, _of_brackets, _of_signs, _of_colons, _of_indentation)
    found = next(filter(None, (look(error, here) for look in looks)), None)
    found = found or YamlMistake("this line cannot be read", here.number, CANNOT_READ)
    return found._replace(problem=f"{NOT_YAML}: {found.problem}")


class _Place(NamedTuple):
    """Where the parser stopped, and where the thing began that it was reading; both 0-based."""

    lines: list[str]
    row: int
    column: int
    first_row: int

    @property
    def number(self) -> int:
        """Return the line where the parser stopped, 1-based."""
        return self.row + 1

    @property
    def text(self) -> str:
        """Return that line."""
        return self.lines[self.row]

    @property
    def above(self) -> int | None:
        """Return the row of the nearest line above that is neither blank nor a comment."""
        rows = range(self.row - 1, -1, -1)
        return next((row for row in rows if self.lines[row].split("#")[0].strip()), None)


def _not_printable(error: yaml.YAMLError, text: str) -> YamlMistake:
    position = getattr(error, "position", None)
    line = None if position is None else text[:position].count("\n") + 1
    problem = f"{NOT_YAML}: it has a character that cannot be printed"
    return YamlMistake(problem, line, "delete it, or write the line anew")


def _of_quotes(error: yaml.MarkedYAMLError, here: _Place) -> YamlMistake | None:
    """Return what is wrong with quotation marks and with the backslashes between them."""
    problem, context = error.problem or "", error.context or ""
    if "escape character" in problem:
        hint = "there a backslash is special; write a path with `/`, or between single quotation marks"
        return YamlMistake("a backslash stands between double quotation marks", here.number, hint)
    if "quoted scalar" in context:
        hint = "close it on the same line; within '...' an apostrophe is written twice: 'it''s'"
        return YamlMistake("a quotation mark is opened and not closed", here.first_row + 1, hint)
    before = here.text[: here.column].rstrip()
    if "did not find expected" in problem and before.endswith(("'", '"')) and here.row == here.first_row:
        return _text_after_quotes(here)
    pair = _PAIR.match(here.text)
    if (
        pair is not None
        and "did not find expected" in problem
        and pair["value"][0] in "'\""
        and here.column > len(pair["start"])
    ):
        return _text_after_quotes(here)
    return None


def _text_after_quotes(here: _Place) -> YamlMistake:
    hint = "put the whole text between quotation marks; within '...' an apostrophe is written twice: 'it''s'"
    return YamlMistake("something follows a closing quotation mark", here.number, hint)


def _of_brackets(error: yaml.MarkedYAMLError, here: _Place) -> YamlMistake | None:
    """Return what is wrong with brackets: not closed, closed and not opened, or with a comma missing."""
    kind = _IN_FLOW.search(error.context or "")
    left_open = _last_open(here.lines) if kind is None and "flow" in (error.context or "") else None
    if left_open is not None:
        return _not_closed(*left_open)
    if kind is None:
        sign = here.text[here.column : here.column + 1]
        if sign in ("]", "}"):
            hint = "delete it, or open one before it"
            return YamlMistake(f"`{sign}` closes a bracket that is not open", here.number, hint)
        return None
    opening, closing = _CLOSES[kind.group(1)]
    is_left_open = here.row > here.first_row or closing not in here.text[here.column :]
    if is_left_open:
        return _not_closed(here.first_row + 1, opening)
    hint = 'write a comma between entries; a text that has `: ` or a comma in it stands in quotation marks, "..."'
    return YamlMistake(f"between `{opening}` and `{closing}` two entries are not apart", here.number, hint)


def _not_closed(line: int, opening: str) -> YamlMistake:
    closing = dict(_CLOSES.values())[opening]
    hint = f"write `{closing}` after the last entry, and a comma between entries"
    return YamlMistake(f"the bracket `{opening}` is opened and not closed", line, hint)


def _last_open(lines: list[str]) -> tuple[int, str] | None:
    """Return the line (1-based) and the sign of the last bracket that is not closed; texts in quotes are skipped."""
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        for sign in _BRACKETS.findall(_QUOTED.sub("", line)):
            if sign in "[{":
                opened.append((number, sign))
            elif opened:
                opened.pop()
    return opened[-1] if opened else None


def _of_signs(error: yaml.MarkedYAMLError, here: _Place) -> YamlMistake | None:
    """Return what is wrong with a sign that nothing can begin with."""
    if re.search("alias|anchor|tag", error.context or ""):
        hint = "put a text that begins with &, * or ! in quotation marks"
        return YamlMistake("anchors and aliases (& and *) and tags (!) are not used here", here.number, hint)
    sign = here.text[here.column : here.column + 1]
    if sign == "\t" or "\t" in here.text[: len(here.text) - len(here.text.lstrip())]:
        return YamlMistake("the line begins with a tab", here.number, "indent with spaces alone")
    if sign in ("@", "`", "%"):
        hint = f"put the text in quotation marks: {_in_quotes(here.text[here.column :])}"
        return YamlMistake(f"a text cannot begin with {sign!r}", here.number, hint)
    if here.text.startswith(("---", "...")) and here.row > 0:
        hint = "a file has one part: delete this line, and what is after it if need be"
        return YamlMistake(f"a second part begins with `{here.text[:3]}`", here.number, hint)
    return None


def _of_colons(error: yaml.MarkedYAMLError, here: _Place) -> YamlMistake | None:
    """Return what is wrong where a colon stands that should not, or where one is missing."""
    if "mapping values are not allowed" not in (error.problem or "") and "expected ':'" not in (error.problem or ""):
        return None
    pair = _PAIR.match(here.text)
    if pair is not None and here.column >= len(pair["start"]):
        hint = f"put the text in quotation marks: `{pair['key']}: {_in_quotes(pair['value'])}`"
        return YamlMistake("there is a second `: ` in the line", here.number, hint)
    above = here.above
    if above is None:
        return None
    without_blank = _WITHOUT_BLANK.match(here.lines[above])
    if without_blank is not None:
        hint = f"write a blank after the colon: `{without_blank['key']}: {without_blank['value'][:LONGEST]}`"
        return YamlMistake("a colon without a blank after it", above + 1, hint)
    if ": " not in here.lines[above] and not here.lines[above].rstrip().endswith(":"):
        return YamlMistake("a key without a colon", above + 1, "write `key: value`, with a colon and a blank")
    return None


def _of_indentation(error: yaml.MarkedYAMLError, here: _Place) -> YamlMistake | None:
    """Return what is wrong with how far a line is indented."""
    problem = error.problem or ""
    if "block sequence entries are not allowed" in problem:
        hint = "begin each entry with `- ` on a line of its own, or write the list as `[a, b]`"
        return YamlMistake("a list begins within a line", here.number, hint)
    if "expected '-' indicator" in problem:
        hint = "keys and entries that begin with `- ` cannot stand side by side; indent what belongs to an entry"
        return YamlMistake("a key stands where an entry of the list is expected", here.number, hint)
    if "mapping values are not allowed" in problem:
        hint = "indent it like the keys beside it; only what belongs to a key is indented further"
        return YamlMistake("the line is indented too far: the one above has a value", here.number, hint)
    if "did not find expected key" in problem:
        hint = "indent it like the lines that it belongs with: keys under keys, `- ` under `- `"
        return YamlMistake("the line is indented like none of the lines above", here.number, hint)
    return None


def _in_quotes(text: str) -> str:
    text = text.split(" #", maxsplit=1)[0].strip()[:LONGEST]
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
