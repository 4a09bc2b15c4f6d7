"""A folder of the registry, read whole: written again by `write_registry`, it has the same bytes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import is_folder, read_content
from tcia_policy.importers.content import Content
from tcia_policy.importers.write_registry import DATASETS, INDEX, RELEASES, SOURCES
from tcia_policy.model import Dataset, IdcRelease, Source
from tcia_policy.registry import series_layout
from tcia_policy.registry.generations import SEAL
from tcia_policy.registry.index import Index, read_index

MADE = frozenset({INDEX, SOURCES, RELEASES, series_layout.FILE, SEAL})

ModelT = TypeVar("ModelT", bound=BaseModel)


def read(folder: Path) -> Content:
    """Return all that a folder such as `data/` has, but for its index of series.

    Raise `InputError` with file, line and field for what is missing, damaged, too large or of another form.
    """
    index = read_index(folder / INDEX)
    if len(index.entries) > limits.SNAPSHOT_RECORDS:
        raise InputError(f"has more than {limits.SNAPSHOT_RECORDS:,} datasets", file=folder / INDEX)
    return Content(
        version=_version(index, folder / INDEX),
        idc_index_data=index.idc_index_data,
        datasets=tuple(_datasets(index, folder / DATASETS)),
        idc_collections=index.idc_collections,
        sources=_entries(folder / SOURCES, Source),
        asked_about=index.names,
        idc_releases=_entries(folder / RELEASES, IdcRelease),
        carried=_carried(folder),
    )


def _version(index: Index, path: Path) -> date:
    try:
        return date.fromisoformat(index.version)
    except ValueError:
        raise InputError(f"has the version {index.version[:40]!r}, which is no day", file=path) from None


def _datasets(index: Index, folder: Path) -> Iterator[Dataset]:
    for entry in index.entries:
        if Path(entry.file).name != entry.file:
            raise InputError(f"leads to another folder: {entry.file!r}", file=folder.parent / INDEX, field=entry.id)
        dataset = located_yaml.read(folder / entry.file).parse(Dataset)
        if dataset.id != entry.id:
            listed = f"the index lists it as {entry.id!r}, the file says {dataset.id!r}"
            raise InputError(listed, file=folder / entry.file, field="id")
        yield dataset


def _entries(path: Path, model: type[ModelT]) -> tuple[ModelT, ...]:
    content = located_yaml.read(path)
    count = len(content.data) if isinstance(content.data, list) else 0
    return tuple(content.parse(model, (position,)) for position in range(count))


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
