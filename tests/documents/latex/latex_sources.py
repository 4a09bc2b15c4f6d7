"""LaTeX sources in memory, and what the reader makes of them."""

from pathlib import PurePosixPath

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.documents.read_latex import read_latex
from tcia_policy.errors import InputError

MAIN = "main.tex"


class MemoryTree:
    """Files by their paths. One whose content is an `InputError` cannot be read."""

    def __init__(self, files: dict[str, str | bytes | InputError]) -> None:
        self._files = {PurePosixPath(name): content for name, content in files.items()}

    def files(self) -> tuple[PurePosixPath, ...]:
        return tuple(sorted(self._files))

    def has(self, path: PurePosixPath) -> bool:
        return path in self._files

    def size(self, path: PurePosixPath) -> int:
        content = self._files.get(path, "")
        return 0 if isinstance(content, InputError) else len(content)

    def read(self, path: PurePosixPath) -> bytes:
        content = self._files[path]
        if isinstance(content, InputError):
            raise content
        return content if isinstance(content, bytes) else content.encode()

    def shown(self, path: PurePosixPath) -> str:
        return f"paper/{path}"


def read(main: str | bytes, files: dict[str, str | bytes | InputError] | None = None, name: str = MAIN) -> Manuscript:
    """Return the manuscript whose root file is `main`, with other files beside it."""
    return read_latex(MemoryTree({name: main, **(files or {})}), PurePosixPath(name))


def body(text: str, preamble: str = "") -> str:
    """Return a document; its text begins on line 2, or later where `preamble` has lines."""
    return f"\\documentclass{{article}}{preamble}\\begin{{document}}\n{text}\n\\end{{document}}\n"


def keys(manuscript: Manuscript) -> list[str]:
    """Return what the text cites, in order."""
    return [use.key for use in manuscript.citations]


def cited(text: str, preamble: str = "") -> list[str]:
    """Return what a document with this text cites."""
    return keys(read(body(text, preamble)))


def printed(text: str, preamble: str = "") -> str:
    """Return what a document with this text prints, outside of its list of references."""
    return "\n\n".join(prose.text for prose in read(body(text, preamble)).prose if not prose.is_references)


def line_of(prose: TextBlock, words: str) -> int | None:
    """Return the line on which words stand in the source."""
    return prose.place(prose.text.index(words)).number


def problems(manuscript: Manuscript) -> list[str]:
    """Return the problems as they are printed."""
    return [str(problem) for problem in manuscript.problems]


def check(preamble: str, text: str, document_class: str = "article") -> None:
    """Compare what becomes of each word with what it says: `seen` is printed, `dead` is not, `maybe` is in doubt."""
    manuscript = read(body(text, preamble).replace("article", document_class, 1))
    certain = " ".join(block.text for block in manuscript.prose if block.doubt is None)
    doubtful = " ".join(block.text for block in manuscript.prose if block.doubt is not None)
    assert "dead" not in certain + doubtful
    assert "maybe" not in certain
    assert "seen" not in doubtful
    assert certain.count("seen") == max(text.count("seen"), preamble.count("seen"), 0 if doubtful else 1)
    assert bool(doubtful) == ("maybe" in text)
