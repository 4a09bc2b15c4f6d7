"""A folder of cohort files: every file in it that is one, and how many are not."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tcia_policy.cohorts.cohort import Cohort
from tcia_policy.cohorts.detect import read_cohort
from tcia_policy.errors import InputError, unreadable
from tcia_policy.files import limits


@dataclass(frozen=True)
class Folder:
    """The cohort files of a folder, and the paths within it of all other files."""

    cohorts: tuple[Cohort, ...]
    others: tuple[str, ...]


def read_folder(folder: Path, is_dataset: Callable[[str], bool]) -> Folder:
    """Return the cohort files of a folder and of all folders in it, in the order of their names.

    Symbolic links are not followed and count as not read; names that begin with a dot are passed over. A list is a
    cohort file only where one of its names `is_dataset`. Raise `InputError` where it is no folder, cannot be read, has
    no file, or more than 10,000.
    """
    if not folder.exists():
        raise InputError("no such folder", file=folder)
    if not folder.is_dir():
        raise InputError("is a file, not a folder", file=folder, hint="a cohort file is `manifest:`")
    cohorts: list[Cohort] = []
    others: list[str] = []
    for path in _few_files(folder):
        cohort = _cohort(path, is_dataset)
        if cohort is None:
            others.append(path.relative_to(folder).as_posix())
        else:
            cohorts.append(cohort)
    if not cohorts and not others:
        raise InputError("has no files in it", file=folder)
    return Folder(tuple(cohorts), tuple(others))


def _few_files(folder: Path) -> list[Path]:
    """Return the files of a folder, counted before any of them is read. Raise `InputError` for too many."""
    files = list(islice(_files(folder), limits.COHORT_FILES + 1))
    if len(files) > limits.COHORT_FILES:
        raise InputError(
            f"has more than {limits.COHORT_FILES:,} files",
            file=folder,
            hint="name the manifests in it one by one; DICOM files are not read by this version",
        )
    return files


def _cohort(path: Path, is_dataset: Callable[[str], bool]) -> Cohort | None:
    if path.is_symlink():
        return None
    try:
        cohort = read_cohort(path)
    except InputError:
        return None
    return cohort if cohort.lists_entries or any(is_dataset(name.text) for name in cohort.names) else None


def _files(folder: Path) -> Iterator[Path]:
    """Yield everything in the folder that is not itself a folder; a link to one counts as a file."""

    def refuse(error: OSError) -> None:
        raise unreadable(error, error.filename or folder) from None

    for parent, folders, files in os.walk(folder, onerror=refuse):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted((*files, *links)) if not name.startswith("."))
