"""Reports on disk: all of them or none."""

import os
from collections.abc import Mapping
from pathlib import Path

from tcia_policy.errors import InputError, unwritable
from tcia_policy.model import Assessment
from tcia_policy.reports.html import render_html
from tcia_policy.reports.json_report import render_json
from tcia_policy.reports.markdown import render_markdown


def write_report(assessment: Assessment, folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
    """Write `report.html`, `report.md` and `report.json` into `folder`, which is made if it is not there.

    Each file appears whole or not at all. Returns their paths. Raises `InputError`, with nothing written, where one of
    them exists and `overwrite` is false, where one is a directory, or where the folder cannot be written to.
    """
    texts = {
        folder / "report.html": render_html(assessment),
        folder / "report.md": render_markdown(assessment),
        folder / "report.json": render_json(assessment),
    }
    try:
        for path in texts:
            if path.is_dir():
                raise InputError("is a directory, and a report would be written there", file=path)
            if path.exists() and not overwrite:
                raise InputError("exists already", file=path, hint="name another folder, or pass --overwrite")
        folder.mkdir(parents=True, exist_ok=True)
        write_all(texts)
    except OSError as error:
        raise unwritable(error, folder) from None
    return tuple(texts)


def write_all(texts: Mapping[Path, str]) -> None:
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
