"""The YAML header of a model or data card: where it is in the file, and what it says.

Format: https://huggingface.co/docs/hub/model-cards#model-card-metadata. The Hub reads a header that begins the file and
stands between two lines of `---`; blank lines may come first.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tcia_policy.documents.model import Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files.located_yaml import LocatedYaml, parse_text
from tcia_policy.lazy import dataclass, pattern

FENCE = "---"
_TOML_FENCE = "+++"
_FIELD = pattern(r"[A-Za-z_][\w-]*[ \t]*:")
_LICENSE_FIELD = pattern(r"[ \t]*[\"']?licen[cs]e(?:_name|_link)?[\"']?[ \t]*[:=]", re.IGNORECASE)
_LOOKED_AT = 200  # lines in which a header may stand that is none
_BETWEEN_FENCES = "write the header between two lines of `---` at the very beginning of the file"


@dataclass(frozen=True)
class CardHeader:
    """A header. `located` is `None` where the file has none that can be read; `problem` says why.

    `end` is the number of the line that closes it, 0 where there is none.
    """

    located: LocatedYaml | None = None
    end: int = 0
    problem: Problem | None = None


def card_header(text: str, shown: str) -> CardHeader:
    """Return the header of a card, with the lines of its fields in the file. Nothing is raised."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or lines[first].rstrip() != FENCE:
        return CardHeader(problem=_misplaced(lines, shown))
    close = next((at for at in range(first + 1, len(lines)) if lines[at].rstrip() == FENCE), None)
    if close is None:
        return CardHeader(problem=_unclosed(lines, first, shown))
    try:
        located = parse_text(Path(shown), "\n" * (first + 1) + "\n".join(lines[first + 1 : close]) + "\n")
    except InputError as error:
        place = SourceLocation(shown, error.line or first + 2)
        return CardHeader(end=close + 1, problem=Problem(place, f"the header {error.problem}", error.hint))
    if located.data is not None and not isinstance(located.data, dict):
        problem = Problem(SourceLocation(shown, first + 2), "the header has no fields", "write `license: SPDX-ID`")
        return CardHeader(end=close + 1, problem=problem)
    return CardHeader(located, close + 1)


def _unclosed(lines: list[str], first: int, shown: str) -> Problem | None:
    """Return the problem of a header that is never closed; `None` for a mere rule above the text."""
    if not any(map(_FIELD.match, lines[first + 1 : first + 2])):
        return None
    problem = "the header is opened by `---` and never closed, so that nothing in it is read"
    return Problem(SourceLocation(shown, first + 1), problem, "close it by a line of `---`")


def _misplaced(lines: list[str], shown: str) -> Problem | None:
    """Return the problem of a license that stands where the Hub reads no header; `None` where none does."""
    for number, fence in _fenced(lines[:_LOOKED_AT]):
        kind = "is TOML between lines of `+++`" if fence == _TOML_FENCE else "does not begin the file"
        problem = f"the header {kind}, so that the license in it is not read"
        return Problem(SourceLocation(shown, number), problem, _BETWEEN_FENCES)
    return None


def _fenced(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that states a license between two fences, and the fence."""
    opened: str | None = None
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if stripped in (FENCE, _TOML_FENCE):
            opened = stripped if opened is None else None
        elif opened is not None and _LICENSE_FIELD.match(line) is not None:
            yield number, opened
        elif opened == FENCE and stripped and not _FIELD.match(stripped) and stripped[0] not in "-#\"'[]{}":
            opened = None  # a rule between paragraphs
