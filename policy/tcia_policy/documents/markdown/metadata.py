"""The YAML of Markdown documents and of the projects they belong to: bibliographies, what is cited there, and prose.

Formats: https://pandoc.org/MANUAL.html#metadata-variables and #citations; https://quarto.org/docs/reference/metadata;
https://mystmd.org/guide/frontmatter; https://joss.readthedocs.io/en/latest/paper.html.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from tcia_policy.documents.csl import csl_entry
from tcia_policy.documents.model import CitationKeyUse, Entry, Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files.located_yaml import LocatedYaml, parse_text
from tcia_policy.lazy import dataclass

PROSE = frozenset(
    "title subtitle abstract thanks acknowledgement acknowledgements acknowledgment "
    "acknowledgments funding data_availability data-availability availability plain-language-summary "
    "plain_language_summary key-points key_points highlights parts".split()
)
# Printed by some templates. Keywords and tags are not prose: they stand in the file's properties.
_PERHAPS = {"description": "only where the template prints it", "summary": "only where the template prints it"}
# A bibliography is named at the top, or in one of these: `book` of Quarto, `project` of MyST, `sphinx` of Jupyter Book.
_PARTS_OF_PROJECTS = ("project", "book", "manuscript", "website", "sphinx", "config")
_NAMES_BIBLIOGRAPHY = ("bibliography", "bibtex_bibfiles")
_RUN_TAG = re.compile(r"(?<=:)([ \t]+)!(?:r|expr)(?=[ \t])")
_KEY_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?[\w-]+:(?:[ \t]+|$)")
_BLOCK_MARK = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*$")
_CITED = re.compile(r"@(\*|\{([^{}\n]{1,500})\}|\w(?:\w|[:.#$%&+?<>~/-](?=\w)|[:/](?=/))*+)")


@dataclass(frozen=True)
class Named:
    """A bibliography, as it is spelled, and the line on which it is named."""

    name: str
    line: int


@dataclass(frozen=True)
class ProseHere:
    """Text with its markup, and the line on which it begins. `doubt` is as in `TextBlock`."""

    text: str
    line: int
    doubt: str | None = None


@dataclass(frozen=True)
class MetadataRead:
    """What one block of YAML says."""

    bibliographies: tuple[Named, ...] = ()
    entries: tuple[Entry, ...] = ()
    uses: tuple[CitationKeyUse, ...] = ()
    prose: tuple[ProseHere, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_metadata(text: str, number: int, shown: str) -> MetadataRead:
    """Return what YAML says that begins on line `number` of the file `shown`. What is not understood is a problem."""
    text = _RUN_TAG.sub(r"\1", text)
    try:
        located = _shifted(parse_text(Path(shown), text), number - 1)
    except InputError as error:
        place = SourceLocation(shown, (error.line or 1) + number - 1)
        hint = "its bibliography, title and abstract are not known"
        return MetadataRead(problems=(Problem(place, f"the YAML {error.problem}", hint),))
    if not isinstance(located.data, Mapping):
        return MetadataRead()
    entries, problems = _entries(located, shown)
    return MetadataRead(
        bibliographies=tuple(_bibliographies(located, located.data, ())),
        entries=entries,
        uses=tuple(_nocite(_Lines(text.split("\n"), number), located, shown)),
        prose=tuple(_prose(_Lines(text.split("\n"), number), located)),
        problems=problems,
    )


@dataclass(frozen=True)
class _Lines:
    """The lines of the YAML, the first of which is line `first` of its file."""

    lines: Sequence[str]
    first: int

    def of(self, located: LocatedYaml, key: str) -> Iterator[tuple[int, str]]:
        """Yield the lines of a key at the top and of its value, with their numbers."""
        begin = located.lines.get((key,))
        if begin is None:
            return
        others = [line for place, line in located.lines.items() if len(place) == 1 and line > begin]
        for number in range(begin, min(others, default=self.first + len(self.lines))):
            yield number, self.lines[number - self.first]


def _shifted(located: LocatedYaml, by: int) -> LocatedYaml:
    return replace(located, lines={place: line + by for place, line in located.lines.items()})


def _bibliographies(located: LocatedYaml, data: Mapping[str, object], place: tuple[str, ...]) -> Iterator[Named]:
    for name in _NAMES_BIBLIOGRAPHY:
        value = data.get(name)
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, str) and item.strip():
                yield Named(item.strip(), located.line((*place, name, index)) or 1)
    for name in _PARTS_OF_PROJECTS:
        part = data.get(name)
        if isinstance(part, dict):
            yield from _bibliographies(located, part, (*place, name))


def _entries(located: LocatedYaml, shown: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    assert isinstance(located.data, Mapping)
    entries, problems = [], []
    listed = located.data.get("references")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        place = SourceLocation(shown, located.line(("references", index)))
        try:
            entries.append(csl_entry(item, place))
        except InputError as error:
            problems.append(Problem(place, error.problem))
    return tuple(entries), tuple(problems)


def _nocite(lines: _Lines, located: LocatedYaml, shown: str) -> Iterator[CitationKeyUse]:
    for number, line in lines.of(located, "nocite"):
        for match in _CITED.finditer(line):
            yield CitationKeyUse(match.group(2) or match.group(1), SourceLocation(shown, number), in_text=False)


def _prose(lines: _Lines, located: LocatedYaml) -> Iterator[ProseHere]:
    for key in located.data if isinstance(located.data, Mapping) else ():
        is_prose = key in PROSE or key in _PERHAPS
        numbered = [(number, _words(line)) for number, line in lines.of(located, key)] if is_prose else []
        for is_text, group in groupby(numbered, lambda row: bool(row[1])):
            rows = list(group)
            if is_text:
                yield ProseHere("\n".join(words for _, words in rows), rows[0][0], _PERHAPS.get(str(key)))


def _words(line: str) -> str:
    """Return the line without the marks of YAML."""
    words = _KEY_LINE.sub("", line, count=1).strip().removeprefix("- ").strip()
    return _BLOCK_MARK.sub("", words).strip("'\"") if not words.startswith("#") else ""
