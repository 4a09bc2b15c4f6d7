"""The files of a manuscript, in a folder or in a zip: nothing outside of it is ever opened."""

from pathlib import PurePosixPath
from typing import Protocol


class Tree(Protocol):
    """Files below one root. Paths are relative to it, POSIX, without `..`; sizes and counts are bounded."""

    def files(self) -> tuple[PurePosixPath, ...]:
        """All files, sorted."""
        ...

    def has(self, path: PurePosixPath) -> bool:
        """Whether it is a file of this tree."""
        ...

    def read(self, path: PurePosixPath) -> bytes:
        """Its content. Raises `InputError` where it cannot be read, is too large, or leads out of the tree."""
        ...

    def shown(self, path: PurePosixPath) -> str:
        """How messages spell it: as the user would, from where the user stands."""
        ...
