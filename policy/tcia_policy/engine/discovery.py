"""Where the project file of a folder is: in it, or in a folder above it."""

import os
from pathlib import Path

from tcia_policy.errors import InputError

PROJECT_FILE = "tcia-policy.yaml"
PROJECT_FILES = (PROJECT_FILE, "tcia-policy.yml")
TOP = ".git"  # what the topmost folder of a repository has


def project_in(folder: Path) -> Path | None:
    """Return the project file of a folder; `None` where it has none. Raise `InputError` where it has two."""
    found = [folder / name for name in PROJECT_FILES if os.path.lexists(folder / name)]
    if len(found) > 1:
        hint = f"keep one of them; nobody can tell which {' or '.join(PROJECT_FILES)} is meant"
        raise InputError(f"has {' and '.join(PROJECT_FILES)}", file=folder, hint=hint)
    return found[0] if found else None


def project_above(folder: Path) -> Path | None:
    """Return the project file of a folder, else of the nearest folder above it; `None` where none has one.

    The search ends with the topmost folder of a repository, or of the file system. Raise as `project_in` does.
    """
    step = folder
    while True:
        found = project_in(step)
        if found is not None or os.path.lexists(step / TOP) or _is_root(step):
            return found
        step = step / os.pardir


def repository_of(folder: Path) -> Path | None:
    """Return the nearest folder at or above `folder` that is the topmost of a repository; `None` where none is."""
    step = folder
    while not os.path.lexists(step / TOP):
        if _is_root(step):
            return None
        step = step / os.pardir
    return step


def _is_root(folder: Path) -> bool:
    """Return whether nothing is above a folder, or whether nobody can tell: a folder that was removed meanwhile."""
    try:
        return folder.samefile(folder / os.pardir)
    except OSError:
        return True
