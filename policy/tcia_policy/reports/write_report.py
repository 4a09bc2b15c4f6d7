"""Reports on disk: all of them or none."""

import os
from collections.abc import Mapping
from pathlib import Path

from tcia_policy.errors import InputError, unwritable
from tcia_policy.model import Assessment
from tcia_policy.reports.formats import DOCUMENTS


def write_report(assessment: Assessment, folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
    """Write `report.html` and the other documents of the register into `folder`, which is made if it is not there.

    Return their paths. Raise `InputError` as `write_all` does.
    """
    texts = {folder / f"report{each.suffix}": each.render(assessment) for each in DOCUMENTS}
    return write_all(texts, folder, "a report", overwrite=overwrite)


def write_all(texts: Mapping[Path, str], folder: Path, what: str, *, overwrite: bool) -> tuple[Path, ...]:
    """Write each text to its path in `folder`, which is made if it is not there. Each file appears whole or not at all.

    Return the paths. Raise `InputError`, with nothing written, where one of them exists and `overwrite` is false, where
    one is a directory (`what` is what would be written there), or where the folder cannot be written to.
    """
    try:
        _check_places(texts, what, overwrite=overwrite)
        folder.mkdir(parents=True, exist_ok=True)
        _write(texts)
    except OSError as error:
        raise unwritable(error, folder) from None
    return tuple(texts)


def _check_places(paths: Mapping[Path, str], what: str, *, overwrite: bool) -> None:
    for path in paths:
        if path.is_dir():
            raise InputError(f"is a directory, and {what} would be written there", file=path)
        if path.exists() and not overwrite:
            raise InputError("exists already", file=path, hint="name another folder, or pass --overwrite")


def _write(texts: Mapping[Path, str]) -> None:
    """Write beside each path first, so that the renaming at the end is all that can be seen."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in texts}
    try:
        for path, text in texts.items():
            beside[path].write_text(text, encoding="utf-8", newline="\n")
        for path, temporary in beside.items():
            temporary.replace(path)
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)
