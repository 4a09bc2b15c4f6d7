"""A path that is not there, and the file or folder that was meant: misspelled, or in a folder beside."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tcia_policy.text.suggest import nearest

MOST_NAMES = 2_000  # of one folder


def nearest_file(base: Path, path: str) -> str | None:
    """Return another spelling of `path`, relative to `base`, by which something is there; `None` if nothing is like it.

    One of its parts may be misspelled, or the file may be in a folder within the one named (`paper/main.tex` for
    `main.tex`), or above it (`main.tex` for `paper/main.tex`). No folder is searched through.
    """
    parts = Path(path).parts
    there = next((number for number in range(len(parts), 0, -1) if _exists(base.joinpath(*parts[:number]))), 0)
    start, rest = Path(*parts[:there]), parts[there + 1 :]
    if there == len(parts):
        return None
    return next((found.as_posix() for found in _candidates(base, start, parts[there], rest)), None)


def _candidates(base: Path, start: Path, missing: str, rest: tuple[str, ...]) -> Iterator[Path]:
    """Yield the paths that are there, the likeliest first: `missing` is the first part of the path that is not."""
    names = _names(base / start)
    for name in nearest(missing, names, as_a_whole=True):
        if _exists((base / start / name).joinpath(*rest)):
            yield start.joinpath(name, *rest)
    wanted = Path(missing, *rest)
    for name in names:
        if not name.startswith(".") and _exists(base / start / name / wanted):
            yield start / name / wanted
    if rest and _exists((base / start).joinpath(*rest)):
        yield start.joinpath(*rest)


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in islice(entries, MOST_NAMES))
    except (OSError, ValueError):
        return []


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a NUL, a name that is too long, no right to look
        return False
