"""What is made of the files of a registry, kept for the next start: of the one that shipped, and of the user's own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tcia_policy.files.compiled import compiled
from tcia_policy.registry import series_layout

MadeT = TypeVar("MadeT")


def made_of(path: Path, make: Callable[[Path], MadeT], kept_as: str | None) -> MadeT:
    """Return what is made of a file or folder; it is kept under a name, or made anew each time where that is `None`."""
    if kept_as is None:
        return make(path)
    sources = [each for each in path.iterdir() if each.name != series_layout.FILE] if path.is_dir() else [path]
    return compiled(kept_as, sorted(sources), lambda: make(path))
