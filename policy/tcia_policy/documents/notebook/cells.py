"""The cells of a Jupyter notebook, of any version of the format.

Format: https://nbformat.readthedocs.io/en/latest/format_description.html, of which only `cell_type`, `source` and
`metadata` of the cells are read. nbformat itself is not used: it refuses notebooks for what does not matter here, has
no bounds, and brings five packages.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text, unix_lines
from tcia_policy.lazy import dataclass

_LEVELS = range(1, 7)
# Tags of Jupyter Book, MyST and nbconvert for cells that are not printed. Those that hide a cell's input hide code.
_NOT_PRINTED = frozenset("remove-cell remove_cell exclude exclude-cell".split())
_NOT_AS_SLIDES = "only where the notebook is not shown as slides"
_AS_EXPORTED = {
    "latex": "only where the notebook is exported as LaTeX",
    "rst": "only where the notebook is exported as reStructuredText",
}
# Of raw cells, by the type that they state. One without any is Markdown: Quarto's metadata.
_MARKUP = {
    **dict.fromkeys(("", "text/markdown", "markdown", "text/plain"), "markdown"),
    **dict.fromkeys(("text/latex", "latex"), "latex"),
    **dict.fromkeys(("text/restructuredtext", "text/x-rst", "rst"), "rst"),
}


@dataclass(frozen=True)
class Cell:
    """A cell, by its number from 1. `kind` is `markdown`, `raw` or `code`; `metadata` is its own."""

    number: int
    kind: str
    source: str
    metadata: Mapping[str, Any]

    @property
    def is_printed(self) -> bool:
        """Return whether its text may be printed: it is no code, and no tag removes it."""
        tags = {tag for tag in as_list(self.metadata.get("tags")) if isinstance(tag, str)}
        return self.kind != "code" and not tags & _NOT_PRINTED and self.metadata.get("nbsphinx") != "hidden"

    @property
    def doubt(self) -> str | None:
        """Return why nobody can tell whether its text is printed, `None` where it is."""
        shown_as = as_mapping(self.metadata.get("slideshow")).get("slide_type")
        if shown_as in ("notes", "skip"):
            return _NOT_AS_SLIDES
        return _AS_EXPORTED.get(self.markup)

    @property
    def markup(self) -> str:
        """Return what its text is written in: `markdown`, `latex`, `rst` or `other`."""
        if self.kind == "markdown":
            return "markdown"
        said = self.metadata.get("raw_mimetype") or self.metadata.get("format") or ""
        return _MARKUP.get(said.lower(), "other") if self.kind == "raw" and isinstance(said, str) else "other"


def notebook_of(content: bytes, shown: str) -> Mapping[str, Any]:
    """Return a notebook as the JSON that it is. Raise `InputError` for what is none."""
    text = decode_text(content, shown, limits.MANUSCRIPT_FILE).removeprefix("\ufeff")
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"is not a notebook that can be read: {error.msg}"
        raise InputError(problem, file=shown, line=error.lineno, hint="open it in Jupyter and save it again") from None
    except (RecursionError, ValueError):
        raise InputError("is nested too deep, or has a number too long, for a notebook", file=shown) from None
    found = as_mapping(notebook)
    if not isinstance(found.get("cells", found.get("worksheets")), list):
        hint = "open it in Jupyter and save it again"
        raise InputError("is not a notebook: it has no list of `cells`", file=shown, hint=hint)
    return found


def cells_of(notebook: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the cells; those of version 3 and before stand in worksheets, their code under `input`."""
    sheets = [notebook] if "cells" in notebook else notebook["worksheets"]
    listed = (cell for sheet in sheets for cell in as_list(as_mapping(sheet).get("cells")))
    for number, cell in enumerate(map(as_mapping, listed), 1):
        kind, source = cell.get("cell_type"), _text(cell.get("source", cell.get("input")))
        if kind == "heading":
            level = cell.get("level")
            kind, source = "markdown", f"{'#' * (level if isinstance(level, int) and level in _LEVELS else 1)} {source}"
        if isinstance(kind, str):
            yield Cell(number, kind, source, as_mapping(cell.get("metadata")))


def language_of(notebook: Mapping[str, Any]) -> str:
    """Return the name of the language of the code cells, Python where nothing says it."""
    metadata = as_mapping(notebook.get("metadata"))
    places = (("language_info", "name"), ("kernelspec", "language"), ("kernelspec", "name"))
    said = (as_mapping(metadata.get(part)).get(name) for part, name in places)
    return next((name for name in said if isinstance(name, str) and name), "python")


def as_mapping(value: object) -> Mapping[str, Any]:
    """Return what is a mapping, and an empty one instead of anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> Sequence[Any]:
    """Return what is a list, and an empty one instead of anything else."""
    return value if isinstance(value, list) else ()


def _text(value: object) -> str:
    parts = [value] if isinstance(value, str) else as_list(value)
    return unix_lines("".join(part for part in parts if isinstance(part, str))).replace("\0", "")
