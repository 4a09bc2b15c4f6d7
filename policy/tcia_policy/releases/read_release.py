"""The paths of a release, each a folder, a zip or a file: what their files say, and which of them say nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath

from tcia_policy.documents.archives import FolderTree, ZipTree
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.file_types import UNREAD_SUFFIXES
from tcia_policy.documents.formats import format_by_suffix
from tcia_policy.documents.model import Problem, SourceLocation
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files import limits
from tcia_policy.files.content import not_there, read_start
from tcia_policy.files.magic import is_zip
from tcia_policy.files.system_places import refuse_system_folder
from tcia_policy.files.written_by import MarkedError
from tcia_policy.lazy import dataclass
from tcia_policy.releases.formats import ReleaseFormat, format_of_one, formats_by_mark, formats_by_name
from tcia_policy.releases.hugging_face import CARD, PAGE
from tcia_policy.releases.model import Release, Released, ReleaseFile, Stated, Topic
from tcia_policy.releases.spdx_headers import SPDX_HEADER, is_source, read_headers

_HEAD_BYTES = 4_096  # what is looked at of a file, to recognize it by its content
_SHOWN_BY_MARKS = (".json", ".jsonld")
# Files whose names are hidden, and which are looked for in every folder.
_HIDDEN = (".zenodo.json", ".reuse/dep5")
_WEIGHTS = frozenset(".pt .pth .ckpt .safetensors .onnx .keras .tflite .gguf".split())
_IMAGES = (".nii", ".nii.gz", ".dcm", ".nrrd", ".mha", ".mhd", ".svs", ".npz")
_NO_DOCUMENTS = frozenset((".json", ".yaml", ".yml", ".gz", ".py", ".r"))
# Folders of a release whose files are about all of it.
_NO_PARTS = frozenset(("docs", "doc", "configs", "config", "metadata", "meta", "model", ".reuse", "LICENSES"))


def read_release(paths: Sequence[str], base: Path, shown: Path) -> tuple[Release, ...]:
    """Return what is at each of `paths`, relative to `base`: a folder, a zip or a file.

    Messages spell `base` as `shown`. Raise `InputError` for a path that is not there; whatever else is wrong is a
    problem of the release.
    """
    mistakes = Mistakes()
    releases = []
    for path in paths:
        with mistakes.noted():
            releases.append(_read_path(base / path, (shown / path).as_posix()))
    mistakes.tell()
    return tuple(releases)


def _read_path(target: Path, shown: str) -> Release:
    found = _existing(target, shown)
    try:
        if found.is_dir():
            refuse_system_folder(found, shown)
            return replace(_Reading(FolderTree(found, shown), shown).release(), is_folder=True)
        if is_zip(read_start(found, _HEAD_BYTES)):
            archive = ZipTree(found, shown)
            return _Reading(archive, shown, _common_folder(archive.files())).release()
        alone = FolderTree(found.parent, Path(shown).parent.as_posix())
        return _Reading(alone, shown, is_one_file=True).read((PurePosixPath(found.name),))
    except InputError as error:
        return Release(shown, problems=(_problem(error, shown),))


def _existing(target: Path, shown: str) -> Path:
    """Return what a path leads to. Raise `InputError` where nothing is there."""
    try:
        return target.resolve(strict=True)
    except FileNotFoundError:
        raise not_there(shown, "no such file or folder") from None
    except ValueError:  # a NUL in the path
        raise InputError("is not a possible file name", file=repr(shown)) from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        raise InputError(f"cannot be read: {reason}", file=shown) from None


def _common_folder(files: Sequence[PurePosixPath]) -> PurePosixPath:
    """Return the innermost folder that holds all files."""
    levels = zip(*(path.parent.parts for path in files), strict=False)
    return PurePosixPath(*(names[0] for names in takewhile(lambda names: len(set(names)) == 1, levels)))


@dataclass
class _Reading:
    """Reads the files of one release. `root` is its folder in the tree: a zip may have all in one folder."""

    tree: FolderTree | ZipTree
    shown: str
    root: PurePosixPath = field(default_factory=PurePosixPath)
    files: list[ReleaseFile] = field(default_factory=list)
    passed_over: list[PurePosixPath] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    looked_at: int = 0
    left_out: int = 0
    is_one_file: bool = False

    def release(self) -> Release:
        """Return what the files of the tree say, those at the top first. Raise `InputError` if it cannot be listed."""
        read = self.read(self.tree.files())
        return replace(read, problems=(*self.tree.problems(self.root), *read.problems))

    def read(self, listed: Sequence[PurePosixPath]) -> Release:
        """Return what the listed files say, those at the top first."""
        for path in self._in_order(listed):
            self._add(path)
        if any(map(_is_weights, listed)) and not any(map(_is_images, listed)):
            self.files = list(map(self._of_weights, self.files))
        sources = list(filter(is_source, self.passed_over))
        self.files += read_headers(self.tree, sources)
        self.problems += self._about_bounds(len(sources))
        named = [str(path.relative_to(self.root)) for path in self.passed_over if _is_worth_a_word(path)]
        return Release(
            self.shown,
            tuple(self.files),
            tuple(named[: limits.RELEASE_PASSED_OVER]),
            tuple(self.problems),
        )

    def _in_order(self, listed: Sequence[PurePosixPath]) -> Iterable[PurePosixPath]:
        if self.is_one_file:
            return listed
        folders = {self.root, *(path.parent for path in listed)}
        hidden = [folder / name for folder in folders for name in _HIDDEN if self.tree.has(folder / name)]
        return sorted({*listed, *hidden}, key=lambda path: (len(path.parts), path))

    def _of_weights(self, file: ReleaseFile) -> ReleaseFile:
        """Return the card or README at the top as one of a model, where it does not say what is released."""
        is_at_top = file.file.rpartition("/")[0] == self.tree.shown(self.root / "x").rpartition("/")[0]
        of_model = file.released is Released.UNKNOWN and file.format in (CARD, PAGE) and is_at_top
        return replace(file, released=Released.MODEL) if of_model else file

    def _add(self, path: PurePosixPath) -> None:
        formats = self._formats(path)
        if formats and len(self.files) >= limits.RELEASE_FILES:
            self.left_out += 1
        elif any(self._is_read(path, each) for each in formats):
            return
        self.passed_over.append(path)

    def _about_bounds(self, sources: int) -> Iterator[Problem]:
        """Yield what was not read because there is too much of it."""
        here, hint = SourceLocation(self.shown, None), "name the folders of the release one by one"
        if self.left_out:
            problem = f"has {self.left_out:,} more files that may say something than the {limits.RELEASE_FILES} read"
            yield Problem(here, problem, hint)
        has_headers = any(each.format == SPDX_HEADER for each in self.files)
        if has_headers and sources > limits.RELEASE_SOURCES:
            yield Problem(here, f"has {sources:,} sources; the headers of {limits.RELEASE_SOURCES:,} were read", hint)

    def _formats(self, path: PurePosixPath) -> tuple[ReleaseFormat, ...]:
        """Return the formats that a file may be of: by its content first, which wins over a name."""
        alone = (format_of_one(path),) if self.is_one_file else ()
        return (*self._formats_shown(path), *alone)

    def _formats_shown(self, path: PurePosixPath) -> tuple[ReleaseFormat, ...]:
        if path.suffix.lower() not in _SHOWN_BY_MARKS or self.looked_at >= limits.RELEASE_LOOKED_AT:
            return formats_by_name(path)
        self.looked_at += 1
        try:
            head = self.tree.read(path)[:_HEAD_BYTES]
        except InputError:
            return formats_by_name(path)
        return tuple(dict.fromkeys((*formats_by_mark(head), *formats_by_name(path))))

    def _below_root(self, stated: Stated) -> Stated:
        """Return a statement whose paths are seen from the top of the release, not of the zip that it is in."""
        above = f"{self.root}/"
        return replace(stated, covers=tuple(path.removeprefix(above) for path in stated.covers))

    def _is_read(self, path: PurePosixPath, known: ReleaseFormat) -> bool:
        """Read a file as one format. Return whether it is of that format, or cannot be read at all."""
        file = DocumentFile(self.tree, path)
        try:
            read = known.read(file)
        except MarkedError as error:
            self.problems.append(_problem(error, file.shown))
            return True
        except (InputError, RecursionError) as error:
            read = _not_read(error, known, file.shown)
        if read is not None:
            self.files.append(self._scoped(_bounded(read), path))
        return read is not None

    def _scoped(self, read: ReleaseFile, path: PurePosixPath) -> ReleaseFile:
        """Return the file with licenses that are about its own folder, where that is a part of the release."""
        read = replace(read, stated=tuple(map(self._below_root, read.stated)))
        parts = path.relative_to(self.root).parent.parts
        while parts and parts[-1] in _NO_PARTS:
            parts = parts[:-1]
        if not parts:
            return read
        covers = (f"{PurePosixPath(*parts)}/**",)
        return replace(read, stated=tuple(_covering(each, covers) for each in read.stated))


def _is_weights(path: PurePosixPath) -> bool:
    """Return whether a file has the weights of a model, by its name."""
    return path.suffix.lower() in _WEIGHTS or path.name.lower().endswith("model.bin")


def _is_images(path: PurePosixPath) -> bool:
    """Return whether a file has images or marks on them: then weights are not all that is released."""
    return path.name.lower().endswith(_IMAGES)


def _is_worth_a_word(path: PurePosixPath) -> bool:
    """Return whether a file that was not read may say something: a document, by its name."""
    suffix = path.suffix.lower()
    is_document = format_by_suffix(path) is not None or suffix in UNREAD_SUFFIXES
    return bool(suffix) and suffix not in _NO_DOCUMENTS and is_document


def _bounded(read: ReleaseFile) -> ReleaseFile:
    """Return a file with no more statements than are looked at one by one; what is left out may be a license."""
    if len(read.stated) <= limits.RELEASE_STATEMENTS:
        return read
    problem = f"states {len(read.stated):,} things, of which {limits.RELEASE_STATEMENTS:,} were read"
    left_out = Problem(SourceLocation(read.file), problem, "name each license and each data set once")
    stated = read.stated[: limits.RELEASE_STATEMENTS]
    return replace(read, stated=stated, unread_licenses=(*read.unread_licenses, left_out))


def _covering(stated: Stated, covers: tuple[str, ...]) -> Stated:
    return replace(stated, covers=covers) if stated.topic is Topic.LICENSE and not stated.covers else stated


def _not_read(error: InputError | RecursionError, known: ReleaseFormat, shown: str) -> ReleaseFile:
    """Return a file that could not be read: it may have stated a license."""
    if isinstance(error, RecursionError):
        error = InputError("is nested too deep to be read")
    problems = tuple(_problem(each, shown) for each in error.mistakes)
    if known.states_license:
        return ReleaseFile(shown, known.name, Released.UNKNOWN, has_license_field=True, unread_licenses=problems)
    return ReleaseFile(shown, known.name, Released.UNKNOWN, problems=problems)


def _problem(error: InputError, shown: str) -> Problem:
    return Problem(SourceLocation(str(error.file or shown), error.line), error.problem, error.hint)
