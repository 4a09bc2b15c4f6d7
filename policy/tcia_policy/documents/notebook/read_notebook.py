"""What a Jupyter notebook prints and cites, and the strings of its code. Outputs are left out.

Its Markdown cells are read as one document, as Quarto and Jupyter Book print them: a list of references may begin in
one cell and go on in the next. The unit of a place is the cell.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any

from tcia_policy.documents.archives import FileTree
from tcia_policy.documents.csl import csl_entry
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.formats import Reader
from tcia_policy.documents.markdown.read_markdown import read_document as read_markdown
from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.documents.notebook.cell_text import part_of_document
from tcia_policy.documents.notebook.cells import Cell, as_list, as_mapping, cells_of, language_of, notebook_of
from tcia_policy.documents.read_latex import read_document as read_latex
from tcia_policy.documents.rst.read_rst import read_document as read_rst
from tcia_policy.documents.source_code import code_block, strings
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_LANGUAGES_OF_MAGICS = {
    **dict.fromkeys("bash sh script system".split(), "bash"),
    **dict.fromkeys("sql bigquery".split(), "sql"),
    "R": "r",
    "julia": "julia",
    **dict.fromkeys("html HTML markdown latex javascript js svg perl ruby".split(), "none"),
}
# How nbconvert and cite2c cite: https://nbconvert.readthedocs.io/en/latest/latex_citations.html
_CITE = re.compile(r"<cite\s[^<>]{0,200}?data-cite\s*=\s*[\"']([^\"'<>]{1,300})[\"']", re.IGNORECASE)

_MANAGER = "citation-manager"  # https://github.com/krassowski/jupyterlab-citation-manager
_READERS: dict[str, Reader] = {"markdown": read_markdown, "latex": read_latex, "rst": read_rst}


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a notebook prints, cites and names in its code. Raise `InputError` for what is no notebook."""
    notebook = notebook_of(document.content(), document.shown)
    cells = tuple(cells_of(notebook))
    printed = [cell for cell in cells if cell.is_printed]
    certain = [cell for cell in printed if cell.doubt is None and cell.markup == "markdown"]
    code = [cell for cell in cells if cell.kind == "code"]
    return Manuscript.joined(
        [
            Manuscript(files=(document.shown,)),
            _as_one(document, certain, read_markdown),
            *_doubtful(document, printed),
            _code(document.shown, code, language_of(notebook)),
            _cited_by_extensions(document.shown, notebook, certain),
        ]
    )


@dataclass(frozen=True)
class _TextInstead:
    """The tree of a notebook, in which the notebook itself is the text of some of its cells."""

    tree: FileTree
    path: PurePosixPath
    text: str

    def files(self) -> tuple[PurePosixPath, ...]:
        return self.tree.files()

    def has(self, path: PurePosixPath) -> bool:
        return self.tree.has(path)

    def size(self, path: PurePosixPath) -> int:
        return self.tree.size(path)

    def read(self, path: PurePosixPath) -> bytes:
        return self.text.encode("utf-8", "replace") if path == self.path else self.tree.read(path)

    def shown(self, path: PurePosixPath) -> str:
        return self.tree.shown(path)


def _as_one(document: DocumentFile, cells: Sequence[Cell], reader: Reader) -> Manuscript:
    """Read the text of cells as one document of another format."""
    sources = [part_of_document(cell.source, number == 0) for number, cell in enumerate(cells)]
    cell_of_line = [cell.number for cell, text in zip(cells, sources, strict=True) for _ in range(text.count("\n") + 2)]
    tree = _TextInstead(document.tree, document.path, "\n\n".join(sources))
    read = reader(replace(document, tree=tree))
    return _Renumbering(document.shown, cell_of_line).manuscript(read)


def _doubtful(document: DocumentFile, cells: Sequence[Cell]) -> Iterator[Manuscript]:
    """Yield what only some forms of the notebook print, by what decides it. Raw HTML and the like are not read."""
    by_doubt: dict[tuple[str, Reader], list[Cell]] = {}
    for cell in cells:
        reader = _READERS.get(cell.markup)
        if cell.doubt is not None and reader is not None:
            by_doubt.setdefault((cell.doubt, reader), []).append(cell)
    for (doubt, reader), those in by_doubt.items():
        yield _in_doubt(_as_one(document, those, reader), doubt)


@dataclass(frozen=True)
class _Renumbering:
    """Puts the number of the cell in place of the line in a text made of cells. `cells` has it by line."""

    shown: str
    cells: Sequence[int]

    def manuscript(self, read: Manuscript) -> Manuscript:
        return replace(
            read,
            prose=tuple(self._block(block) for block in read.prose),
            entries=tuple(replace(entry, place=self._place(entry.place)) for entry in read.entries),
            citations=tuple(replace(use, place=self._place(use.place)) for use in read.citations),
            problems=tuple(replace(problem, place=self._place(problem.place)) for problem in read.problems),
        )

    def _block(self, block: TextBlock) -> TextBlock:
        if block.file != self.shown:
            return block
        return replace(block, numbers=tuple(map(self._cell, block.numbers)), unit="cell")

    def _place(self, place: SourceLocation) -> SourceLocation:
        if place.file != self.shown or place.number is None:
            return place
        return replace(place, number=self._cell(place.number), unit="cell")

    def _cell(self, line: int) -> int:
        return self.cells[min(line, len(self.cells)) - 1] if self.cells else 1


def _in_doubt(read: Manuscript, doubt: str) -> Manuscript:
    """Return the same as what is printed only if `doubt` says so."""
    return replace(
        read,
        prose=tuple(replace(block, doubt=doubt) for block in read.prose),
        entries=tuple(replace(entry, doubt=doubt) if entry.printed else entry for entry in read.entries),
        citations=tuple(replace(use, doubt=doubt) for use in read.citations),
    )


def _code(shown: str, cells: Sequence[Cell], language: str) -> Manuscript:
    """Return the strings of code cells, as far as they are not too many."""
    ends = list(accumulate(len(cell.source) for cell in cells))
    read = cells[: bisect_right(ends, limits.CODE)]
    pieces = [(text, cell.number) for cell in read for text, _ in strings(*_program(cell.source, language))]
    problem = f"has more than {limits.CODE:,} characters of code, which were not read from here on"
    return Manuscript(
        prose=(code_block(shown, pieces, "cell"),) if pieces else (),
        problems=tuple(Problem(SourceLocation(shown, cell.number, "cell"), problem) for cell in cells[len(read) :][:1]),
    )


def _program(source: str, language: str) -> tuple[str, str]:
    """Return the code of a cell and its language, which a magic command on the first line may change (`%%bash`)."""
    magic = _CELL_MAGIC.match(source)
    return (source[magic.end() :], _LANGUAGES_OF_MAGICS.get(magic[1], language)) if magic else (source, language)


def _cited_by_extensions(shown: str, notebook: Mapping[str, Any], cells: Sequence[Cell]) -> Manuscript:
    """Return what extensions of Jupyter cite: their references stand in the metadata, as CSL items by their keys."""
    uses = (
        CitationKeyUse(key, SourceLocation(shown, cell.number, "cell"))
        for cell in cells
        for key in (*_CITE.findall(cell.source), *_cited_by_manager(cell))
    )
    return Manuscript(citations=tuple(dict.fromkeys(uses)), entries=tuple(_entries(shown, notebook)))


def _cited_by_manager(cell: Cell) -> Iterator[str]:
    """Yield what jupyterlab-citation-manager cites: `<cite id="x">`, whose keys the cell's metadata have under `x`."""
    cited = as_mapping(as_mapping(cell.metadata.get(_MANAGER)).get("citations"))
    for name, items in cited.items() if "<cite" in cell.source else ():
        keys = (as_mapping(item).get("itemID") for item in as_list(items))
        yield from (key for key in keys if isinstance(key, str) and f'id="{name}"' in cell.source)


def _entries(shown: str, notebook: Mapping[str, Any]) -> Iterator[Entry]:
    metadata = as_mapping(notebook.get("metadata"))
    sources = as_mapping(as_mapping(metadata.get(_MANAGER)).get("items"))
    for items in (as_mapping(metadata.get("cite2c")).get("citations"), *sources.values()):
        for key, item in as_mapping(items).items():
            try:
                yield replace(csl_entry(item, SourceLocation(shown)), key=key)
            except InputError:
                continue
