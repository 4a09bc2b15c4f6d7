"""Small trees of files in memory, for the readers that take a `Tree`."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from tcia_policy.documents.markdown.read_markdown import read_markdown
from tcia_policy.documents.model import Manuscript
from tcia_policy.errors import InputError


class Files:
    """Files by their path, spelled in messages as they are."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            PurePosixPath(path): content if isinstance(content, bytes) else content.encode()
            for path, content in files.items()
        }

    def files(self) -> tuple[PurePosixPath, ...]:
        return tuple(sorted(self._files))

    def has(self, path: PurePosixPath) -> bool:
        return path in self._files

    def size(self, path: PurePosixPath) -> int:
        return len(self._files.get(path, b""))

    def read(self, path: PurePosixPath) -> bytes:
        if path not in self._files:
            raise InputError("no such file", file=str(path))
        return self._files[path]

    def shown(self, path: PurePosixPath) -> str:
        return str(path)


def markdown(text: str | bytes, files: Mapping[str, str | bytes] | None = None, name: str = "paper.md") -> Manuscript:
    """Return the manuscript of one Markdown document, with other files around it."""
    return read_markdown(Files({name: text, **(files or {})}), PurePosixPath(name))


def printed(manuscript: Manuscript) -> str:
    """All prose, on one line."""
    return " ".join(" ".join(prose.text for prose in manuscript.prose).split())


def keys(manuscript: Manuscript) -> list[str]:
    """Return the keys that the text cites, in order."""
    return [use.key for use in manuscript.citations if use.in_text]


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root
