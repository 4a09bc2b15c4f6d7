"""The paths of a manuscript, whatever they are: files, folders and zips in every format that is read."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath

from tcia_policy.documents import formats
from tcia_policy.documents.archives import FolderTree, ZipTree
from tcia_policy.documents.data_citations import is_data_citation, with_references
from tcia_policy.documents.discovery import find_documents
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.file_types import HEAD_BYTES, ZIP, NotRead, recognize
from tcia_policy.documents.formats import Format
from tcia_policy.documents.manuscript_folder import folder_around
from tcia_policy.documents.model import Manuscript, Problem, SourceLocation
from tcia_policy.documents.nearest_file import nearest_file
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files.content import not_there, read_start
from tcia_policy.files.magic import is_zip
from tcia_policy.files.written_by import MarkedError
from tcia_policy.lazy import dataclass
from tcia_policy.text.english import first_few


@dataclass(frozen=True)
class _Document:
    """One file to read. A `spare` one is read where no other document has read it."""

    file: DocumentFile
    format: Format
    spare: bool = False

    @property
    def shown(self) -> str:
        return self.file.shown


def read_manuscript(paths: Sequence[str], base: Path | None, shown: Path | None = None) -> Manuscript:
    """Return all that is at `paths`: a file, or a folder or zip whose documents are found.

    `base` is the folder of the project, to which they are relative: what a document in it includes is read where it
    stands below it. Without one, paths are relative to the working directory, which decides nothing else: what a
    document includes is read where it stands in the folder around the document (`folder_around`). Messages and places
    spell `base` as `shown`, by default as it is. Raise `InputError` for a path that is not there; whatever else is
    wrong is a problem of the manuscript, and the rest is read.
    """
    here = Path() if base is None else base
    reading = _Reading(here, here if shown is None else shown, base)
    mistakes = Mistakes()
    for path in paths:
        with mistakes.noted():
            reading.add(path)
    mistakes.tell()
    return reading.manuscript()


def _existing(base: Path, path: str, shown: str) -> tuple[Path, bool]:
    """Return what a path leads to, and whether that is a folder. Raise `InputError` where nothing is there.

    `path` is as the user wrote it, relative to `base`.
    """
    try:
        found = (base / path).resolve(strict=True)
        return found, found.is_dir()
    except FileNotFoundError:
        meant = nearest_file(base, path)
        error = not_there(shown, "no such file or folder")
        raise (error if meant is None or error.hint else error.at(hint=f"did you mean {meant}?")) from None
    except ValueError:  # a NUL in the path
        raise InputError("is not a possible file name", file=repr(path)) from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        raise InputError(f"cannot be read: {reason}", file=shown) from None


@dataclass
class _Reading:
    base: Path
    shown: Path
    project: Path | None
    folders: dict[Path, FolderTree] = field(default_factory=dict)
    documents: list[_Document] = field(default_factory=list)
    fragments: list[tuple[str, FolderTree | ZipTree, tuple[PurePosixPath, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bibliographies: dict[int, dict[PurePosixPath, Manuscript]] = field(default_factory=dict)

    def add(self, path: str) -> None:
        """Find what is to be read at a path. Raise `InputError` where nothing is there."""
        spelled = self.shown / path
        shown = spelled.as_posix()
        found, is_folder = _existing(self.base, path, shown)
        try:
            if is_folder:
                self._add_tree(*self._place(found, spelled, found), shown)
            else:
                self._add_file(found, *self._place(found.parent, spelled.parent, found), shown)
        except InputError as error:
            self.problems.append(_problem(error, shown))

    def _place(self, folder: Path, spelled: Path, found: Path) -> tuple[FolderTree, PurePosixPath]:
        """Return the tree that `found` in `folder` is read from, and its path in it."""
        project = None if self.project is None else self.project.resolve()
        root = project if project is not None and found.is_relative_to(project) else folder_around(folder)
        if root not in self.folders:
            self.folders[root] = self._tree(root, folder, spelled)
        return self.folders[root], PurePosixPath(found.relative_to(root).as_posix())

    def _tree(self, root: Path, folder: Path, spelled: Path) -> FolderTree:
        """Return the tree of a root. Messages spell what is in it from `base`, or else from `spelled`, its `folder`."""
        base = self.base.resolve()
        if root.is_relative_to(base):
            return FolderTree(root, (self.shown / root.relative_to(base)).as_posix())
        if base.is_relative_to(root):
            return FolderTree(root, self.shown.as_posix(), PurePosixPath(base.relative_to(root).as_posix()))
        return FolderTree(root, spelled.as_posix(), PurePosixPath(folder.relative_to(root).as_posix()))

    def _file(self, tree: FolderTree | ZipTree, path: PurePosixPath) -> DocumentFile:
        return DocumentFile(tree, path, self.bibliographies.setdefault(id(tree), {}))

    def _add_file(self, found: Path, tree: FolderTree, path: PurePosixPath, shown: str) -> None:
        try:
            head = read_start(found, HEAD_BYTES)
        except InputError as error:
            raise error.at(file=shown, hint=f"a manuscript is {formats.formats_in_words()}") from None
        archive = _zip(found, shown) if is_zip(head) else None
        what = recognize(path, head, () if archive is None else tuple(map(str, archive.files())))
        if what is ZIP:
            self._add_tree(archive or ZipTree(found, shown), PurePosixPath(), shown)
        else:
            self._add_document(self._file(tree, path), what, shown)

    def _add_document(self, file: DocumentFile, what: Format | NotRead, shown: str) -> None:
        if isinstance(what, Format):
            self.documents.append(_Document(file, what))
        else:
            self.problems.append(_not_read(file, what, shown))

    def _add_tree(self, tree: FolderTree | ZipTree, folder: PurePosixPath, shown: str) -> None:
        found = find_documents(tree, tree.files_below(folder), shown)
        self.problems += [*tree.problems(folder), *found.problems]
        self.fragments.append((shown, tree, found.fragments))
        for path in found.main:
            try:
                self._add_member(tree, path)
            except InputError as error:
                self.problems.append(_problem(error, tree.shown(path)))
        for path in found.spare:
            spare = formats.format_by_suffix(path)
            if spare is not None:
                self.documents.append(_Document(self._file(tree, path), spare, spare=True))

    def _add_member(self, tree: FolderTree | ZipTree, path: PurePosixPath) -> None:
        content = tree.read(path)
        shown = tree.shown(path)
        members = tuple(map(str, ZipTree(content, shown).files())) if is_zip(content) else ()
        self._add_document(self._file(tree, path), recognize(path, content[:HEAD_BYTES], members), shown)

    def manuscript(self) -> Manuscript:
        """Read all documents. One that another includes is read as a part of that one only."""
        read = [(document, self._read(document)) for document in dict.fromkeys(self.documents) if not document.spare]
        kept = _not_included(read)
        done = {file for _, part in kept for file in part.files}
        spare = [item for item in dict.fromkeys(self.documents) if item.spare and item.shown not in done]
        parts = [*map(_with_own_keys, kept), *map(self._read, spare)]
        told = (*self.problems, *self._about_fragments(done), *self._about_references_alone())
        return Manuscript.joined([*parts, Manuscript(problems=told)])

    @staticmethod
    def _read(document: _Document) -> Manuscript:
        try:
            read = document.format.read(document.file)
            return with_references(read) if is_data_citation(document.file.path) else read
        except InputError as error:
            return Manuscript(problems=(_problem(error, document.shown),))
        except RecursionError:
            problem = Problem(SourceLocation(document.shown, None), "is nested too deep to be read", None)
            return Manuscript(problems=(problem,))

    def _about_references_alone(self) -> Iterator[Problem]:
        if self.documents and all(document.format.is_bibliography for document in self.documents):
            problem = "lists references; no text that cites them was read"
            yield Problem(SourceLocation(self.documents[0].shown, None), problem, "name the manuscript, too")

    def _about_fragments(self, read: set[str]) -> Iterator[Problem]:
        for shown, tree, fragments in self.fragments:
            left = [path for path in fragments if tree.shown(path) not in read]
            if left:
                problem = f".tex files that no document includes were not read: {first_few(left)}"
                yield Problem(SourceLocation(shown, None), problem, "name those that belong to the manuscript")


def _not_read(file: DocumentFile, what: NotRead, shown: str) -> Problem:
    """Return why a file is not read. Nobody is told to convert what this program wrote."""
    try:
        file.content()
    except MarkedError as error:
        return _problem(error, shown)
    except InputError:
        pass
    return Problem(SourceLocation(shown, None), f"is {what.what} and was not read", what.hint)


def _with_own_keys(read: tuple[_Document, Manuscript]) -> Manuscript:
    """Bind the keys to their document; a bibliography that was named by itself serves every document."""
    document, part = read
    return part if document.format.is_bibliography else part.as_document(document.shown)


def _not_included(read: Sequence[tuple[_Document, Manuscript]]) -> list[tuple[_Document, Manuscript]]:
    """Leave out those that another document includes; of two that include each other, the later one stays."""
    left = dict(read)
    for document, _ in read:
        others = (part for other, part in left.items() if other is not document)
        if any(document.shown in part.files for part in others):
            del left[document]
    return list(left.items())


def _zip(path: Path, shown: str) -> ZipTree | None:
    """Open a zip; return `None` for a damaged one, of which the reader of its format says so."""
    try:
        return ZipTree(path, shown)
    except InputError:
        return None


def _problem(error: InputError, shown: str) -> Problem:
    file = shown if error.file is None else str(error.file)
    return Problem(SourceLocation(file, error.line), error.problem, error.hint)
