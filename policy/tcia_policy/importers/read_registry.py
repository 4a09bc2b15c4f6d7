"""A folder of the registry, read whole: written again by `write_registry`, it has the same bytes."""

from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from tcia_policy.errors import InputError, Mistakes, as_one
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import is_folder, read_content
from tcia_policy.importers.content import Content
from tcia_policy.importers.write_registry import DATASETS, INDEX, RELEASES, SOURCES
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, IdcRelease, Source
from tcia_policy.registry import series_layout
from tcia_policy.registry.generations import SEAL
from tcia_policy.registry.index import Index, IndexEntry, read_index

MADE = frozenset({INDEX, SOURCES, RELEASES, series_layout.FILE, SEAL})

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Read:
    """What of a folder could be read, and what is wrong with the rest, each with its file, line and field.

    `listed` are the ids of all datasets of its index.
    """

    content: Content
    listed: frozenset[str]
    mistakes: tuple[InputError, ...]


def read(folder: Path) -> Content:
    """Return all that a folder such as `data/` has, but for its index of series.

    Raise `InputError` with file, line and field for all that is missing, damaged, too large or of another form.
    """
    found = read_what_is_sound(folder)
    if found.mistakes:
        raise as_one(found.mistakes)
    return found.content


def read_what_is_sound(folder: Path) -> Read:
    """Return what `read` does of the files that can be read, and what is wrong with the others.

    Raise `InputError` where the index cannot be read, without which there is no registry.
    """
    mistakes = Mistakes()
    index = read_index(folder / INDEX)
    if len(index.entries) > limits.SNAPSHOT_RECORDS:
        raise InputError(f"has more than {limits.SNAPSHOT_RECORDS:,} datasets", file=folder / INDEX)
    content = Content(
        version=_version(index, folder / INDEX),
        idc_index_data=index.idc_index_data,
        datasets=_datasets(index, folder / DATASETS, mistakes),
        idc_collections=index.idc_collections,
        sources=_entries(folder / SOURCES, Source, mistakes),
        asked_about=index.names,
        idc_releases=_entries(folder / RELEASES, IdcRelease, mistakes),
        carried=_carried(folder),
    )
    return Read(content, frozenset(entry.id for entry in index.entries), mistakes.found)


def _version(index: Index, path: Path) -> date:
    try:
        return date.fromisoformat(index.version)
    except ValueError:
        raise InputError(f"has the version {index.version[:40]!r}, which is no day", file=path) from None


def _datasets(index: Index, folder: Path, mistakes: Mistakes) -> tuple[Dataset, ...]:
    found = []
    for entry in index.entries:
        with mistakes.noted():
            found.append(_dataset(entry, folder))
    return tuple(found)


def _dataset(entry: IndexEntry, folder: Path) -> Dataset:
    if Path(entry.file).name != entry.file:
        raise InputError(f"leads to another folder: {entry.file!r}", file=folder.parent / INDEX, field=entry.id)
    dataset = located_yaml.read(folder / entry.file).parse(Dataset)
    if dataset.id != entry.id:
        listed = f"the index lists it as {entry.id!r}, the file says {dataset.id!r}"
        raise InputError(listed, file=folder / entry.file, field="id")
    return dataset


def _entries(path: Path, model: type[ModelT], mistakes: Mistakes) -> tuple[ModelT, ...]:
    found: list[ModelT] = []
    with mistakes.noted():
        content = located_yaml.read(path)
        for position in range(len(content.data) if isinstance(content.data, list) else 0):
            with mistakes.noted():
                found.append(content.parse(model, (position,)))
    return tuple(found)


def _carried(folder: Path) -> dict[str, bytes]:
    """Return the other files of the folder, and of the folders in it, by their paths."""
    if not is_folder(folder):
        return {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    others = {name: path for name, path in names.items() if name not in MADE and not name.startswith(f"{DATASETS}/")}
    if len(others) > limits.CARRIED_FILES:
        raise InputError(f"has more than {limits.CARRIED_FILES} other files; this is no registry", file=folder)
    return {name: read_content(path, limits.YAML, "a file of the registry") for name, path in others.items()}
