"""Which LaTeX files of a folder are documents, and which are parts that documents include."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree, inside
from tcia_policy.errors import InputError
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import dataclass

_COMMENT = re.compile(r"(?<!\\)%.*")
_DOCUMENT_CLASS = re.compile(r"\\document(?:class|style)\b")
_INCLUDES = re.compile(
    r"\\(?:input|include|subfile|subfileinclude|includestandalone|InputIfFileExists|@input|verbatiminput)"
    r"\s*(?:\[[^\[\]]{0,200}\])?\s*(?:\{([^{}\n]{1,300})\}|([^\s{}\\]{1,300}))"
    r"|\\(?:sub)?(?:import|includefrom|inputfrom)\*?\s*\{([^{}\n]{0,300})\}\s*\{([^{}\n]{1,300})\}"
)
_GRAPHICS = re.compile(r"\\includegraphics\*?\s*(?:\[[^\[\]]{0,500}\]\s*)?\{([^{}\n]{1,300})\}")


@dataclass(frozen=True)
class LatexRoots:
    """The LaTeX files of a tree: `documents` to read, and the `fragments` that they may include.

    `graphics` are the names of the files that they show, those of PDFs without their suffix. `have_class` says that a
    document was recognized by its `\\documentclass`.
    """

    documents: tuple[PurePosixPath, ...]
    fragments: tuple[PurePosixPath, ...]
    graphics: frozenset[str]
    have_class: bool


def find_roots(tree: FileTree, paths: Sequence[PurePosixPath]) -> LatexRoots:
    """Return which of the LaTeX files at `paths` are documents: those with a class that no other includes.

    Where none has a class, all that no other includes are. A file that cannot be read is one, and its reader says so.
    """
    texts = {path: text for path in paths if (text := _uncommented(tree, path)) is not None}
    included = {target for path, text in texts.items() for target in _included(path, text, texts)}
    roots = _with_class(texts, included)
    if not roots:
        alone = [path for path in paths if path not in included] or list(paths[:1])
        return LatexRoots(tuple(alone), (), _graphics(texts), have_class=not paths)
    fragments = tuple(path for path in paths if path not in roots)
    return LatexRoots(tuple(roots), fragments, _graphics(texts), have_class=True)


def _with_class(texts: Mapping[PurePosixPath, str], included: Collection[PurePosixPath]) -> list[PurePosixPath]:
    whole = [path for path, text in texts.items() if _DOCUMENT_CLASS.search(text)]
    return [path for path in whole if path not in included] or whole[:1]


def _graphics(texts: Mapping[PurePosixPath, str]) -> frozenset[str]:
    paths = (PurePosixPath(match.group(1)) for text in texts.values() for match in _GRAPHICS.finditer(text))
    return frozenset(path.stem if path.suffix.lower() == ".pdf" else path.name for path in paths)


def _uncommented(tree: FileTree, path: PurePosixPath) -> str | None:
    """Return the text without comments, or `None` where it cannot be read."""
    try:
        return _COMMENT.sub("", decode_text(tree.read(path), ""))
    except InputError:
        return None


def _included(path: PurePosixPath, text: str, texts: Mapping[PurePosixPath, str]) -> Iterator[PurePosixPath]:
    """Return the files among `texts` that one includes, seen from its folder or from one around it."""
    for match in _INCLUDES.finditer(text):
        name = (match.group(1) or match.group(2) or f"{match.group(3)}/{match.group(4)}").strip()
        for folder in (path.parent, *path.parent.parents):
            target = inside(folder, name)
            found = next((item for item in _spellings(target) if item in texts and item != path), None)
            if found is not None:
                yield found
                break


def _spellings(target: PurePosixPath | None) -> Iterator[PurePosixPath]:
    if target is not None and target.name:
        yield target
        yield target.with_name(target.name + ".tex")
