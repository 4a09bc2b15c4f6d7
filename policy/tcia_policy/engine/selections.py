"""SELECTION arguments: what each one is, found from what it says."""

import os
from collections.abc import Sequence
from pathlib import Path

from tcia_policy.cohorts.resolve import item_from_argument
from tcia_policy.engine.study import PROJECT_FILE, Study
from tcia_policy.errors import InputError
from tcia_policy.registry import Registry

YAML = (".yaml", ".yml")  # no cohort file is YAML


def study_of(selection: Sequence[str], registry: Registry) -> Study:
    """Return a study of which only the data are known. Raises `InputError` for what names nothing."""
    here = Path()
    return Study.of([item_from_argument(text, here, registry) for text in selection], here)


def study_or_project_of(selection: Sequence[str], registry: Registry) -> Study | Path:
    """Return the project that is named, or else the study of what is selected.

    A project is named by its file or by a folder that has one. Raises `InputError` where it is named beside other
    things, since what of its use holds for those is not known, and as `study_of` does.
    """
    projects = [text for text in selection if _is_project(text, registry)]
    if not projects:
        return study_of(selection, registry)
    if len(selection) > 1:
        raise InputError("is a project, and not all that is named", file=projects[0], hint="name it alone")
    return Path(projects[0])


def _is_project(text: str, registry: Registry) -> bool:
    """Return whether it is a project. A name that the registry knows is that dataset, unless it looks like a path."""
    if os.sep not in text and "." not in text and registry.knows(text):
        return False
    if os.path.isdir(text):  # noqa: PTH112 - unlike Path's, it raises for no text
        return os.path.lexists(Path(text) / PROJECT_FILE)
    return text.lower().endswith(YAML) and os.path.isfile(text)  # noqa: PTH113
