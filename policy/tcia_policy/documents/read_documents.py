"""The paths of a manuscript, whatever they are: files, folders and zips in every format that is read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tcia_policy.documents.archives import FolderTree, ZipTree, read_regular
from tcia_policy.documents.discovery import find_documents, named
from tcia_policy.documents.file_types import FORMATS, HEAD_BYTES, Kind, is_zip, kind_of
from tcia_policy.documents.model import Manuscript, Problem, SourceLocation
from tcia_policy.errors import InputError


@dataclass(frozen=True)
class _Document:
    """One file to read. A `spare` one is read where no other document has read it."""

    tree: FolderTree | ZipTree
    path: PurePosixPath
    kind: Kind
    spare: bool = False

    @property
    def shown(self) -> str:
        return self.tree.shown(self.path)


def read_manuscript(paths: Sequence[str], base: Path, shown: Path | None = None) -> Manuscript:
    """Everything that is at `paths`, each relative to `base`: a file, or a folder or zip whose documents are found.

    Messages and places spell `base` as `shown`, by default as it is.

    What a document includes is read where it stands below `base`, or else beside the document. Raises `InputError` for
    a path that is not there; whatever else is wrong is a problem of the manuscript, and the rest is read.
    """
    reading = _Reading(base, base if shown is None else shown)
    for path in paths:
        reading.add(path)
    return reading.manuscript()


@dataclass
class _Reading:
    base: Path
    shown: Path
    folders: dict[Path, FolderTree] = field(default_factory=dict)
    documents: list[_Document] = field(default_factory=list)
    fragments: list[tuple[str, FolderTree | ZipTree, tuple[PurePosixPath, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bibliographies: dict[int, dict[PurePosixPath, Manuscript]] = field(default_factory=dict)

    def add(self, path: str) -> None:
        """Find what is to be read at a path. Raises `InputError` where nothing is there."""
        target = self.base / path
        spelled = self.shown / path
        shown = spelled.as_posix()
        try:
            found = target.resolve(strict=True)
            is_folder = found.is_dir()
        except FileNotFoundError:
            raise InputError("no such file or folder", file=shown) from None
        except ValueError:  # a NUL in the path
            raise InputError("is not a possible file name", file=repr(path)) from None
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "its links lead in a circle"
            raise InputError(f"cannot be read: {reason}", file=shown) from None
        try:
            if is_folder:
                self._add_tree(*self._place(found, spelled, found), shown)
            else:
                self._add_file(found, *self._place(found.parent, spelled.parent, found), shown)
        except InputError as error:
            self.problems.append(_problem(error, shown))

    def _place(self, folder: Path, spelled: Path, found: Path) -> tuple[FolderTree, PurePosixPath]:
        """The tree that `found` is read from (`base`, or else `folder`), and its path in it."""
        root, shown = self.base.resolve(), self.shown
        if not found.is_relative_to(root):
            root, shown = folder, spelled
        tree = self.folders.setdefault(root, FolderTree(root, shown.as_posix()))
        return tree, PurePosixPath(found.relative_to(root).as_posix())

    def _add_file(self, found: Path, tree: FolderTree, path: PurePosixPath, shown: str) -> None:
        try:
            head = read_regular(found, HEAD_BYTES)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", file=shown) from None
        if head is None:
            raise InputError("is no regular file", file=shown, hint=f"a manuscript is {FORMATS}")
        archive = _zip(found, shown) if is_zip(head) else None
        kind = kind_of(path, head, () if archive is None else tuple(map(str, archive.files())))
        if kind is Kind.ZIP:
            self._add_tree(archive or ZipTree(found, shown), PurePosixPath(), shown)
        else:
            self._add_document(tree, path, kind, shown)

    def _add_document(
        self, tree: FolderTree | ZipTree, path: PurePosixPath, kind: Kind | tuple[str, str], shown: str
    ) -> None:
        if isinstance(kind, Kind):
            self.documents.append(_Document(tree, path, kind))
        else:
            what, hint = kind
            self.problems.append(Problem(SourceLocation(shown, None), f"is {what} and was not read", hint))

    def _add_tree(self, tree: FolderTree | ZipTree, folder: PurePosixPath, shown: str) -> None:
        found = find_documents(tree, tree.files_below(folder), shown)
        self.problems += [*tree.problems(folder), *found.problems]
        self.fragments.append((shown, tree, found.fragments))
        for path in found.main:
            try:
                self._add_member(tree, path)
            except InputError as error:
                self.problems.append(_problem(error, tree.shown(path)))
        self.documents += [_Document(tree, path, Kind.BIBTEX, spare=True) for path in found.spare]

    def _add_member(self, tree: FolderTree | ZipTree, path: PurePosixPath) -> None:
        content = tree.read(path)
        shown = tree.shown(path)
        members = tuple(map(str, ZipTree(content, shown).files())) if is_zip(content) else ()
        kind = kind_of(path, content[:HEAD_BYTES], members)
        if kind is Kind.ZIP:
            kind = ("a zip with the name of something else", "name the manuscript in it by itself")
        self._add_document(tree, path, kind, shown)

    def manuscript(self) -> Manuscript:
        """Read all documents. One that another includes is read as a part of that one only."""
        read = [(document, self._read(document)) for document in dict.fromkeys(self.documents) if not document.spare]
        kept = _not_included(read)
        done = {file for _, part in kept for file in part.files}
        spare = [item for item in dict.fromkeys(self.documents) if item.spare and item.shown not in done]
        parts = [*map(_with_own_keys, kept), *map(self._read, spare)]
        return Manuscript.joined([*parts, Manuscript(problems=(*self.problems, *self._about_fragments(done)))])

    def _read(self, document: _Document) -> Manuscript:
        try:
            return self._reader(document)()
        except InputError as error:
            return Manuscript(problems=(_problem(error, document.shown),))
        except RecursionError:
            problem = Problem(SourceLocation(document.shown, None), "is nested too deep to be read", None)
            return Manuscript(problems=(problem,))

    def _reader(self, document: _Document) -> Callable[[], Manuscript]:
        tree, path = document.tree, document.path
        if document.kind is Kind.LATEX:
            from tcia_policy.documents.latex.read_latex import read_latex

            return lambda: read_latex(tree, path)
        if document.kind is Kind.MARKDOWN:
            from tcia_policy.documents.markdown.read_markdown import read_markdown

            known = self.bibliographies.setdefault(id(tree), {})
            return lambda: read_markdown(tree, path, known)
        reader = _content_reader(document.kind)
        return lambda: reader(tree.read(path), document.shown)

    def _about_fragments(self, read: set[str]) -> Iterator[Problem]:
        for shown, tree, fragments in self.fragments:
            left = [path for path in fragments if tree.shown(path) not in read]
            if left:
                problem = f".tex files that no document includes were not read: {named(left)}"
                yield Problem(SourceLocation(shown, None), problem, "name those that belong to the manuscript")


def _content_reader(kind: Kind) -> Callable[[bytes, str], Manuscript]:
    """The reader of a format whose documents are one file."""
    if kind is Kind.BIBTEX:
        from tcia_policy.documents.bibtex.read_bibtex import read_bib

        return read_bib
    if kind is Kind.WORD:
        from tcia_policy.documents.docx.read_docx import read_word

        return read_word
    if kind is Kind.PDF:
        from tcia_policy.documents.pdf.read_pdf import read_pdf

        return read_pdf
    if kind is Kind.TEXT:
        from tcia_policy.documents.plain_text import read_text

        return read_text
    from tcia_policy.documents.csl import read_csl_json, read_csl_yaml

    return read_csl_json if kind is Kind.CSL_JSON else read_csl_yaml


def _with_own_keys(read: tuple[_Document, Manuscript]) -> Manuscript:
    """A bibliography that was named by itself serves every document."""
    document, part = read
    is_bibliography = document.kind in (Kind.BIBTEX, Kind.CSL_JSON, Kind.CSL_YAML)
    return part if is_bibliography else part.as_document(document.shown)


def _not_included(read: Sequence[tuple[_Document, Manuscript]]) -> list[tuple[_Document, Manuscript]]:
    """Without those that another document includes; of two that include each other, the later one stays."""
    left = dict(read)
    for document, _ in read:
        others = (part for other, part in left.items() if other is not document)
        if any(document.shown in part.files for part in others):
            del left[document]
    return list(left.items())


def _zip(path: Path, shown: str) -> ZipTree | None:
    """`None` for what begins as a zip and is damaged: the reader of its kind says so."""
    try:
        return ZipTree(path, shown)
    except InputError:
        return None


def _problem(error: InputError, shown: str) -> Problem:
    file = shown if error.file is None else str(error.file)
    return Problem(SourceLocation(file, error.line), error.problem, error.hint)
