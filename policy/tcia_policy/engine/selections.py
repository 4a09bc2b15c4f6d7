"""SELECTION arguments: each is recognized as a dataset, DOI, series, cohort file or project."""

import os
from collections.abc import Sequence
from pathlib import Path

from tcia_policy.cohorts.resolve import item_from_argument
from tcia_policy.engine.study import PROJECT_FILE, Study
from tcia_policy.errors import InputError
from tcia_policy.registry import Registry

YAML = (".yaml", ".yml")  # no cohort file is YAML


def study_of(selection: Sequence[str], registry: Registry) -> Study:
    """Return a study of which only the data are known. Raises `InputError` for text that matches no data."""
    here = Path()
    return Study.of([item_from_argument(text, here, registry) for text in selection], here)


def study_or_project_of(selection: Sequence[str], registry: Registry) -> Study | Path:
    """Return the project if one is named, else a study of the selected data.

    A project is named by its file or by a folder that has one. Raises `InputError` if something else is named beside
    it, because the project does not say how that is used; and as `study_of` does.
    """
    projects = [text for text in selection if _is_project(text, registry)]
    if not projects:
        return study_of(selection, registry)
    if len(selection) > 1:
        hint = "name the project alone, or list the other data in it"
        raise InputError("is a project, and other data are named beside it", file=projects[0], hint=hint)
    return Path(projects[0])


def names_project(text: str, registry: Registry) -> bool:
    """Return whether `text` is the path of a project, where it could be a data item as well.

    It is a folder or a YAML file, be it there or not. A name that the registry knows is a data item, unless it looks
    like a path.
    """
    if os.sep not in text and "." not in text and registry.knows(text):
        return False
    return text.lower().endswith(YAML) or os.path.isdir(text)  # noqa: PTH112 - unlike Path's, it raises for no text


def _is_project(text: str, registry: Registry) -> bool:
    """Return whether `text` is a project. A name that the registry knows is a dataset, unless it looks like a path."""
    if os.sep not in text and "." not in text and registry.knows(text):
        return False
    if os.path.isdir(text):  # noqa: PTH112 - unlike Path's, it raises for no text
        return os.path.lexists(Path(text) / PROJECT_FILE)
    return text.lower().endswith(YAML) and os.path.isfile(text)  # noqa: PTH113
