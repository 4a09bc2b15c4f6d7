"""Pandoc's Markdown, Quarto, R Markdown, bookdown, MyST and JOSS papers: with what they include and list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree, inside
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.formats import format_by_suffix
from tcia_policy.documents.markdown.blocks import (
    BibliographyHere,
    Block,
    Inclusion,
    MarkdownFile,
    Metadata,
    Paragraph,
)
from tcia_policy.documents.markdown.metadata import MetadataRead, Named, read_metadata
from tcia_policy.documents.markdown.printed import CROSS_REFERENCE, Piece
from tcia_policy.documents.model import ALL_KEYS, CitationKeyUse, Entry, Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.documents.reference_sections import Line, reference_lists
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text

# Where the projects that a document may belong to name bibliographies: Quarto, bookdown, MyST, Jupyter Book.
PROJECT_FILES = ("_quarto.yml", "_quarto.yaml", "_metadata.yml", "_bookdown.yml", "myst.yml", "_config.yml")
_SAID_BY_PROJECTS = ("bibliography", "bibtex_bibfiles", "nocite", "references")
_BOOKDOWN = ("_bookdown.yml", "index.Rmd")

BibliographiesRead = dict[PurePosixPath, Manuscript]


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a Markdown document holds, as `read_markdown` does."""
    return read_markdown(document.tree, document.path, document.bibliographies)


def read_markdown(tree: FileTree, path: PurePosixPath, known: BibliographiesRead | None = None) -> Manuscript:
    """Return the document at `path` of `tree`, what it includes, and the bibliographies that it or its project names.

    `known` are the bibliographies that were read before, and takes those that are read now. Raise `InputError` where
    the document itself cannot be read; whatever else is wrong is a problem of the manuscript.
    """
    document = _Document(tree, {} if known is None else known)
    document.add(path, ())
    document.add_project(path.parent)
    return document.manuscript()


@dataclass(frozen=True)
class _Part:
    """A printed paragraph, and the file it stands in."""

    file: str
    pieces: tuple[Piece, ...]
    level: int | None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass
class _Document:
    """Collects one document from all of its files."""

    tree: FileTree
    known: BibliographiesRead
    files: dict[str, None] = field(default_factory=dict)
    parts: list[_Part] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    uses: dict[CitationKeyUse, None] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    bibliographies: dict[PurePosixPath, None] = field(default_factory=dict)

    def add(self, path: PurePosixPath, within: Sequence[PurePosixPath]) -> None:
        """Read one file and what it includes. `within` are the files that include it, outermost first."""
        shown = self.tree.shown(path)
        text = decode_text(self.tree.read(path), shown, limits.MARKDOWN_TEXT)
        self.files[shown] = None
        file = MarkdownFile(text, shown)
        for number, what in file.unclosed:
            problem = f"{what} is never closed, so that nothing after it was read"
            self.problems[Problem(SourceLocation(shown, number), problem, "close it")] = None
        self.entries += file.tags()
        for block in file.blocks():
            self._add_block(block, path, within, file)
        self.entries += file.citations.entries
        self.uses |= file.citations.uses

    def _add_block(
        self, block: Block, path: PurePosixPath, within: Sequence[PurePosixPath], file: MarkdownFile
    ) -> None:
        shown = self.tree.shown(path)
        match block:
            case Paragraph():
                self._print(block, shown)
            case Metadata():
                metadata = read_metadata(block.text, block.number, shown)
                for prose in metadata.prose:
                    self._print(file.paragraph(prose.text, prose.line), shown)
                self._add_metadata(metadata, path)
            case Inclusion():
                self._include(block, path, within)
            case BibliographyHere():
                for name in block.names:
                    self._add_bibliography(Named(name, block.number), path)
                if block.prints_all:
                    self.uses[CitationKeyUse(ALL_KEYS, SourceLocation(shown, block.number), in_text=False)] = None

    def _print(self, paragraph: Paragraph, shown: str) -> None:
        if paragraph.pieces:
            self.parts.append(_Part(shown, paragraph.pieces, paragraph.level))

    def _include(self, inclusion: Inclusion, path: PurePosixPath, within: Sequence[PurePosixPath]) -> None:
        chain = (*within, path)
        place = SourceLocation(self.tree.shown(path), inclusion.number)
        target = self._found(inclusion.name, chain)
        if target is None:
            hint = "paths are relative to the file that includes, and stay inside the project's folder"
            self.problems[Problem(place, f"includes {inclusion.name!r}, which is not there", hint)] = None
        elif target in chain:
            self.problems[Problem(place, f"includes {self.tree.shown(target)}, which includes it", None)] = None
        elif self.tree.shown(target) in self.files:
            return
        elif len(chain) >= limits.MARKDOWN_INCLUSION_DEPTH or len(self.files) >= limits.MARKDOWN_INCLUDED:
            problem = f"{inclusion.name!r} was not read: files are included too deep, or are too many"
            self.problems[Problem(place, problem, None)] = None
        else:
            try:
                self.add(target, chain)
            except InputError as error:
                self.problems[_problem(error, place)] = None

    def _found(self, name: str, chain: Sequence[PurePosixPath]) -> PurePosixPath | None:
        """Return the included file, as seen from the file that includes it, the outermost one, or the project."""
        rooted = name.startswith("/")
        folders = () if rooted else (chain[-1].parent, chain[0].parent)
        above = (chain[0].parent, *chain[0].parent.parents) if rooted else ()
        candidates = (inside(folder, name.lstrip("/")) for folder in (*folders, *above))
        return next((path for path in candidates if path is not None and self.tree.has(path)), None)

    def add_project(self, folder: PurePosixPath) -> None:
        """Add what the project files of `folder` and of the folders around it name."""
        for around in (folder, *folder.parents):
            for name in PROJECT_FILES:
                path = around / name
                if not self.tree.has(path):
                    continue
                self._add_yaml(path)
                if (name, _BOOKDOWN[1]) == _BOOKDOWN and self.tree.has(around / _BOOKDOWN[1]):
                    self._add_yaml(around / _BOOKDOWN[1], front_matter=True)

    def _add_yaml(self, path: PurePosixPath, front_matter: bool = False) -> None:
        shown = self.tree.shown(path)
        try:
            text = decode_text(self.tree.read(path), shown, limits.MARKDOWN_TEXT)
        except InputError as error:
            self.problems[_problem(error, SourceLocation(shown, None))] = None
            return
        if not any(word in text for word in _SAID_BY_PROJECTS):
            return
        blocks = MarkdownFile(text, shown).blocks() if front_matter else [Metadata(text, 1)]
        for block in blocks:
            if isinstance(block, Metadata):
                metadata = read_metadata(block.text, block.number, shown)
                self._add_metadata(metadata, path)

    def _add_metadata(self, metadata: MetadataRead, path: PurePosixPath) -> None:
        for named in metadata.bibliographies:
            self._add_bibliography(named, path)
        self.entries += metadata.entries
        self.uses |= dict.fromkeys(metadata.uses)
        self.problems |= dict.fromkeys(metadata.problems)

    def _add_bibliography(self, named: Named, path: PurePosixPath) -> None:
        place = SourceLocation(self.tree.shown(path), named.line)
        if "://" in named.name:
            hint = "download it beside the manuscript and name that file"
            self.problems[Problem(place, f"the bibliography {named.name!r} is on the web and was not read", hint)] = (
                None
            )
            return
        candidates = (inside(folder, named.name) for folder in (path.parent, PurePosixPath()))
        target = next((item for item in candidates if item is not None and self.tree.has(item)), None)
        if target is None:
            hint = "its path is relative to this file, and stays inside the project's folder"
            self.problems[Problem(place, f"the bibliography {named.name!r} is not there", hint)] = None
            return
        if target not in self.known:
            self.known[target] = _bibliography(self.tree, target, place)
        self.bibliographies[target] = None

    def manuscript(self) -> Manuscript:
        """Return all of it. References to figures and the like are no citations, unless an entry has that key."""
        bibliographies = [self.known[path] for path in self.bibliographies]
        keys = {entry.key for entry in self.entries} | {entry.key for part in bibliographies for entry in part.entries}
        cited = tuple(use for use in self.uses if use.key in keys or not CROSS_REFERENCE.match(use.key))
        own = Manuscript(
            files=tuple(self.files),
            prose=tuple(_prose(self.parts)),
            entries=tuple(self.entries),
            citations=cited,
            problems=tuple(self.problems),
        )
        return Manuscript.joined([own, *bibliographies])


def _bibliography(tree: FileTree, path: PurePosixPath, named_at: SourceLocation) -> Manuscript:
    """Return a bibliography of any format. One that cannot be read is a problem."""
    shown = tree.shown(path)
    known = format_by_suffix(path)
    if known is None or not known.is_bibliography:
        hint = "export it as BibTeX (.bib) or CSL JSON (.json)"
        return Manuscript(
            problems=(Problem(named_at, f"the bibliography {shown} is of a kind that is not read", hint),)
        )
    try:
        return known.read(DocumentFile(tree, path))
    except InputError as error:
        return Manuscript(problems=(_problem(error, SourceLocation(shown, None)),))


def _problem(error: InputError, place: SourceLocation) -> Problem:
    at = place if error.file is None else SourceLocation(str(error.file), error.line)
    return Problem(at, error.problem, error.hint)


def _prose(parts: Sequence[_Part]) -> Iterator[TextBlock]:
    """Yield a block of text for each stretch of a file that is a list of references, and for each that is not."""
    referenced = {index for span in reference_lists([_line(part) for part in parts]) for index in span}
    stretches = groupby(range(len(parts)), lambda index: (parts[index].file, index in referenced))
    for (file, is_references), stretch in stretches:
        prose = _page(file, (parts[index] for index in stretch), is_references)
        if prose.text.strip():
            yield prose


def _line(part: _Part) -> Line:
    """Return the part as what may be a heading: one that is marked, or a paragraph of one line."""
    return Line(part.text, part.level, cannot_head=part.level is None and "\n" in part.text)


def _page(file: str, parts: Iterable[_Part], is_references: bool) -> TextBlock:
    texts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    length = 0
    for part in parts:
        for piece in part.pieces:
            if not numbers or numbers[-1] != piece.line:
                starts.append(length)
                numbers.append(piece.line)
            texts.append(piece.text)
            length += len(piece.text)
        texts.append("\n\n")
        length += 2
    return TextBlock(
        file, "".join(texts).rstrip(), (*starts,) or (0,), (*numbers,) or (1,), is_references=is_references
    )
