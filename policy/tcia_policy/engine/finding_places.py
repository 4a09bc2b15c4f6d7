"""The places in a manuscript or a release that findings are about, as files and lines."""

import re
from collections.abc import Collection, Sequence

from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.lazy import pattern
from tcia_policy.model import Finding

KEYS = ("manuscript.place", "release.place", "output.file")
_FILE_AND_LINE = pattern(r"(?P<file>.+?)(?::(?P<line>\d{1,9}))?(?:, .*)?", re.DOTALL)


def told_places(hits: Sequence[RuleHit]) -> tuple[str, ...]:
    """Return what the texts of these hits say of places, each once: `paper/main.tex:8, under “Related work”`."""
    told = (hit.values.get(key, "") for hit in hits for key in KEYS)
    return tuple(dict.fromkeys(filter(None, told)))


def with_places(findings: Sequence[Finding], files: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings with places alone in `at`. `files` are those that were read, as they are shown."""
    return tuple(
        finding.model_copy(update={"at": places_in(finding.at, files)}) if finding.at else finding
        for finding in findings
    )


def places_in(told: Sequence[str], files: Collection[str]) -> tuple[str, ...]:
    """Return each place (`paper/main.tex:8`) that is told, in the order in which it is; what names none is left out."""
    found = [place for text in told for place in _known(text, files) or _first(text)]
    return tuple(dict.fromkeys(found))


def _known(text: str, files: Collection[str]) -> list[str]:
    """Return the places of files that were read; a file whose name is a part of another's is not meant."""
    named = sorted((name for name in files if name in text), key=len, reverse=True)
    if not named:
        return []
    any_of = "|".join(map(re.escape, named))
    return [match.group() for match in re.finditer(rf"(?<!\S)(?:{any_of})(?::\d{{1,9}})?(?![^\s,;)])", text)]


def _first(text: str) -> list[str]:
    match = _FILE_AND_LINE.fullmatch(text.strip())
    if match is None:
        return []
    return [match["file"] if match["line"] is None else f"{match['file']}:{match['line']}"]
