"""SELECTION arguments: each is recognized as a dataset, DOI, series, cohort file or project."""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from tcia_policy.cohorts.detect import read_cohort
from tcia_policy.cohorts.resolve import item_from_argument
from tcia_policy.engine.discovery import project_above, project_in
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files import limits
from tcia_policy.files.content import read_start
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tcia_policy.text.suggest import did_you_mean, similar

YAML = (".yaml", ".yml")  # of projects, and of few cohort files
HERE_OR_ABOVE = (os.curdir, os.pardir)  # a project is meant, not all that is below
# What people call their cohort files, and nothing else.
LISTS = frozenset(
    ("", ".csv", ".dvc", ".gz", ".jsonl", ".lst", ".manifest", ".ndjson", ".parquet", ".s5cmd", ".tcia", ".tsv", ".txt")
) | {".xlsx", ".xml", ".zst"}
ALIKE = 70  # of 100: a file is not meant by every name that has a part of its own


@dataclass(frozen=True)
class Chosen:
    """What the arguments of a command that judges name: a project file or folder, or a study of data.

    `study` is `None` where nothing is named and nothing is there. `remark` says what the user may not have meant.
    """

    study: Study | Path | None
    remark: str | None = None


def study_of(selection: Sequence[str], registry: Registry, obtained_from: str | None = None) -> Study:
    """Return a study of which only the data are known, and perhaps from where they are.

    Raises `InputError` for text that matches no data, and for a place that is not known.
    """
    items = []
    mistakes = Mistakes()
    for text in selection:
        with mistakes.noted():
            items.append(_item(text, registry))
    mistakes.tell()
    return Study.of(items if obtained_from is None else [from_place(item, obtained_from) for item in items], Path())


def study_or_project_of(selection: Sequence[str], registry: Registry, obtained_from: str | None = None) -> Study | Path:
    """Return the project if one is named, else a study of the selected data.

    A project is named by its file or by a folder that has one; a name that the registry knows is a dataset, unless it
    looks like a path. Raises `InputError` if something else is named beside a project, because the project does not say
    how that is used; and as `study_of` does.
    """
    projects = [text for text in selection if _is_project(text) and not _is_name(text, registry)]
    if not projects:
        return study_of(selection, registry, obtained_from)
    if len(selection) > 1:
        hint = "name the project alone, or list the other data in it"
        raise InputError("is a project, and other data are named beside it", file=projects[0], hint=hint)
    return Path(projects[0])


def chosen(selection: Sequence[str], registry: Registry, obtained_from: str | None = None) -> Chosen:
    """Return the project or the data that are named; if nothing is, the project of this folder or one above it.

    A folder with a project file is the project, also where a dataset has that name. A file or folder that is neither is
    taken for a project, which then says what is wrong with it. Raises as `study_or_project_of` and `project_above` do,
    and where `obtained_from` is said of a project.
    """
    if not selection:
        found = project_above(Path())
        is_here = found is None or found.parent == Path()
        result = Chosen(found, None if is_here else f"the project is {found}")
    elif len(selection) == 1 and (_is_project(selection[0]) or _is_neither(selection[0], registry)):
        result = Chosen(Path(selection[0]), _two_meanings(selection, registry))
    else:
        study = study_or_project_of(selection, registry, obtained_from)
        result = Chosen(study, _two_meanings(selection, registry) or _beside_a_project(study))
    if obtained_from is not None and not isinstance(result.study, Study):
        hint = "write `obtained_from:` at its data items, or name data instead of a project"
        raise InputError("is for data that are named in the command", field="--obtained-from", hint=hint)
    return result


def names_project(text: str, registry: Registry) -> bool:
    """Return whether `text` is the path of a project, where it could be a data item as well.

    It is a folder or a YAML file, be it there or not. A name that the registry knows is a data item, unless it looks
    like a path.
    """
    if _is_name(text, registry):
        return False
    return text.lower().endswith(YAML) or os.path.isdir(text)  # noqa: PTH112 - unlike Path's, it raises for no text


def _is_project(text: str) -> bool:
    """Return whether `text` is the path of a project: of a folder with a project file, or of a YAML file."""
    if os.path.isdir(text):  # noqa: PTH112
        return project_in(Path(text)) is not None
    return text.lower().endswith(YAML) and os.path.isfile(text) and not _is_yaml_of_series(Path(text))  # noqa: PTH113


def _is_yaml_of_series(path: Path) -> bool:
    return not _has_keys_of_project(path) and _can(lambda: read_cohort(path).lists_entries)


def _is_neither(text: str, registry: Registry) -> bool:
    """Return whether `text` is the path of what is neither a project nor data, or of what the system does not show."""
    if _is_project(text) or _is_name(text, registry):
        return False
    if not registry.knows(text) and _is_out_of_reach(text):
        return True
    if os.path.isdir(text):  # noqa: PTH112
        is_here_or_above = os.path.basename(os.path.normpath(text)) in HERE_OR_ABOVE  # noqa: PTH119
        return is_here_or_above or not _has_data(Path(text), registry)
    if not os.path.isfile(text):  # noqa: PTH113
        return False
    may_be_list = Path(text).suffix.lower() in LISTS and not _has_keys_of_project(Path(text))
    return not may_be_list and not _can(lambda: _lists_data(Path(text), registry))


def _is_out_of_reach(text: str) -> bool:
    """Return whether the system refuses to look at a path, for another reason than that nothing is there."""
    try:
        os.stat(text)  # noqa: PTH116 - Path's treats no text as this folder
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return False


def _has_keys_of_project(path: Path) -> bool:
    return _can(lambda: re.search(rb"^(?:data|use)\s*:", read_start(path, limits.BLOCK), re.MULTILINE) is not None)


def _lists_data(path: Path, registry: Registry) -> bool:
    cohort = read_cohort(path)
    return cohort.lists_entries or any(registry.knows(name.text) for name in cohort.names)


def _has_data(folder: Path, registry: Registry) -> bool:
    """Return whether a folder has data, or cannot be looked at, which is told once it is read."""
    from tcia_policy.cohorts.folders.folder import has_data  # noqa: PLC0415 - 5 ms, for folders only

    try:
        return has_data(folder, registry.knows)
    except InputError:
        return True


def _can(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except InputError:
        return False


def _two_meanings(selection: Sequence[str], registry: Registry) -> str | None:
    """Return which of its two meanings was taken for a name that is a dataset's, and of something in this folder."""
    for text in selection:
        if not os.path.lexists(text) or not _is_name(text, registry):
            continue
        if len(selection) == 1 and _is_project(text):
            return f"{text!r} is taken as the project in that folder; for the dataset, name it by its DOI"
        return f"{text!r} is taken as the dataset; for the file or folder of that name, write ./{text}"
    return None


def _beside_a_project(study: Study | Path) -> str | None:
    there = None if isinstance(study, Path) else project_in(Path())
    return None if there is None else f"the data that are named are judged by themselves, without {there}"


def _is_name(text: str, registry: Registry) -> bool:
    return not _looks_like_path(text) and registry.knows(text)


def _looks_like_path(text: str) -> bool:
    return os.sep in text or "." in text


def _item(text: str, registry: Registry) -> DataItem:
    try:
        return item_from_argument(text, Path(), registry)
    except InputError as error:
        near = _alike_there(text)
        if not near:
            raise
        said = did_you_mean(near) if _looks_like_path(text) else f"{near[0]!r} is there;"
        raise error.at(hint=f"{said} {error.hint or ''}".strip()) from None


def _alike_there(text: str) -> list[str]:
    """Return the paths that are there and most like `text`, which is not; none where its folder cannot be read."""
    folder, name = os.path.split(text.rstrip("/"))
    try:
        there = os.listdir(folder or ".")  # noqa: PTH208 - a folder that is not there is no error here
    except (OSError, ValueError):
        return []
    near = similar(name, there, at_least=ALIKE, most=1, as_a_whole=True) if name else []
    return [os.path.join(folder, each) for each in near]  # noqa: PTH118


def from_place(item: DataItem, place: str) -> DataItem:
    """Return the item with the place that it was obtained from. Raise `InputError` for a place that is not known."""
    try:
        return DataItem.model_validate({**item.model_dump(exclude_none=True), "obtained_from": place})
    except ValidationError as error:
        problem = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(f"{place!r} {problem}", field="--obtained-from") from None
