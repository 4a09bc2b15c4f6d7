"""Folders of an updated registry, to try on: each generation is a small registry, put into force as an update does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force
from tcia_policy.model import Dataset
from tcia_policy.registry.generations import Generation
from tests.registry.small_registry import dataset, write_registry

LATER = date(2099, 1, 2)  # than the registry that ships


def files_of(*datasets: Dataset) -> dict[str, bytes]:
    """Return the files of a registry by their paths; it has one dataset where none are given."""
    with TemporaryDirectory() as name:
        folder = write_registry(Path(name) / "data", datasets or [dataset("One", "10.1234/1")])
        found = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def made(*datasets: Dataset, day: date = LATER) -> Made:
    """Return what is to be put into force."""
    return Made(files_of(*datasets), day, day)


def put(
    root: Path, *datasets: Dataset, day: date = LATER, check: Callable[[Path], None] = lambda _folder: None
) -> Generation:
    """Put a registry of these datasets into force in a folder."""
    with alone_in(root):
        return put_in_force(made(*datasets, day=day), root, check)
