"""One file of a manuscript, as every reader is given it."""

from dataclasses import field
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree
from tcia_policy.documents.model import Manuscript
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class DocumentFile:
    """A file at `path` of `tree`; what it includes is read from the same tree.

    `bibliographies` are those of the tree that were read already: a reader uses them, and adds those that it reads.
    """

    tree: FileTree
    path: PurePosixPath
    bibliographies: dict[PurePosixPath, Manuscript] = field(default_factory=dict, compare=False)

    @property
    def shown(self) -> str:
        """Return the path as messages spell it."""
        return self.tree.shown(self.path)

    def content(self) -> bytes:
        """Return the bytes of the file. Raise `InputError` where it cannot be read or is too large."""
        return self.tree.read(self.path)
