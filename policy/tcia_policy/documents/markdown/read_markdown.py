"""Pandoc's Markdown, Quarto, R Markdown, bookdown, MyST and JOSS papers: with what they include and list."""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from itertools import starmap
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree, inside
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.formats import format_by_suffix
from tcia_policy.documents.markdown.blocks import (
    BibliographyHere,
    Block,
    ChunkHere,
    EntriesHere,
    Inclusion,
    MarkdownFile,
    Metadata,
    is_card,
)
from tcia_policy.documents.markdown.metadata import MetadataRead, Named, read_metadata
from tcia_policy.documents.markdown.printed import CROSS_REFERENCE
from tcia_policy.documents.model import ALL_KEYS, CitationKeyUse, Entry, Manuscript, Problem, SourceLocation
from tcia_policy.documents.paragraphs import Paragraph, text_blocks
from tcia_policy.documents.source_code import code_block
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import dataclass

# Where the projects that a document may belong to name bibliographies: Quarto, bookdown, MyST, Jupyter Book.
PROJECT_FILES = ("_quarto.yml", "_quarto.yaml", "_metadata.yml", "_bookdown.yml", "myst.yml", "_config.yml")
_SAID_BY_PROJECTS = ("bibliography", "bibtex_bibfiles", "nocite", "references")
_LIKE_A_WORK = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # a key with a year: no user is called so
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


@dataclass
class _Document:
    """Collects one document from all of its files."""

    tree: FileTree
    known: BibliographiesRead
    files: dict[str, None] = field(default_factory=dict)
    parts: list[Paragraph] = field(default_factory=list)
    loose: set[CitationKeyUse] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    uses: dict[CitationKeyUse, None] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    bibliographies: dict[PurePosixPath, None] = field(default_factory=dict)
    code: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # the strings of chunks, by file
    names_one: bool = False  # a bibliography, read or not

    def add(self, path: PurePosixPath, within: Sequence[PurePosixPath], doubt: str | None = None) -> None:
        """Read one file and what it includes. `within` are the files that include it, outermost first.

        `doubt` is that of the whole file, as in `TextBlock`.
        """
        shown = self.tree.shown(path)
        text = decode_text(self.tree.read(path), shown, limits.MARKDOWN_TEXT)
        self.files[shown] = None
        file = MarkdownFile(text, shown)
        for number, what in file.unclosed:
            problem = f"{what} is never closed, so that nothing after it was read"
            self.problems[Problem(SourceLocation(shown, number), problem, "close it")] = None
        self.entries += file.tags()
        begun = len(self.parts)
        for block in file.blocks():
            self._add_block(block, path, within, file)
        self.entries += file.citations.entries
        if doubt is not None:
            self.parts[begun:] = [_doubted(part, doubt) for part in self.parts[begun:]]
        doubted = {use: replace(use, doubt=use.doubt or doubt) for use in file.citations.uses}
        self.uses |= dict.fromkeys(doubted.values())
        self.loose |= {doubted[use] for use in file.citations.loose}

    def _add_block(
        self, block: Block, path: PurePosixPath, within: Sequence[PurePosixPath], file: MarkdownFile
    ) -> None:
        shown = self.tree.shown(path)
        match block:
            case Paragraph():
                self._print(block)
            case EntriesHere():
                self.entries += block.entries
            case ChunkHere():
                self.code.setdefault(shown, []).extend(block.strings)
            case Metadata():
                metadata = read_metadata(block.text, block.number, shown)
                for prose in metadata.prose:
                    self._print(file.paragraph(prose.text, prose.line, prose.doubt))
                self._add_metadata(metadata, path)
            case Inclusion():
                self._include(block, path, within)
            case BibliographyHere():
                for name in block.names:
                    self._add_bibliography(Named(name, block.number), path)
                if block.prints_all:
                    self.uses[CitationKeyUse(ALL_KEYS, SourceLocation(shown, block.number), in_text=False)] = None

    def _print(self, paragraph: Paragraph) -> None:
        if paragraph.pieces:
            self.parts.append(paragraph)

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
                self.add(target, chain, inclusion.doubt)
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
        self.names_one = True
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
        """Return all of it. References to figures and the like are no citations, unless an entry has that key.

        Nor is `@name` by itself in a README or card that has no bibliography and cites in no other way: it is a user.
        """
        bibliographies = [self.known[path] for path in self.bibliographies]
        keys = {entry.key for entry in self.entries} | {entry.key for part in bibliographies for entry in part.entries}
        cites = bool(
            keys - {None} or not is_card(next(iter(self.files))) or len(self.uses) > len(self.loose) or self.names_one
        )
        users = {use for use in self.loose if not cites and not _LIKE_A_WORK.search(use.key)}
        cited = tuple(
            use for use in self.uses if use not in users and (use.key in keys or not CROSS_REFERENCE.match(use.key))
        )
        own = Manuscript(
            files=tuple(self.files),
            prose=(*text_blocks(self.parts), *starmap(code_block, self.code.items())),
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


def _doubted(paragraph: Paragraph, doubt: str) -> Paragraph:
    return replace(paragraph, pieces=tuple(piece._replace(doubt=piece.doubt or doubt) for piece in paragraph.pieces))
