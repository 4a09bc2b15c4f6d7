"""Folders and zips as trees of files: bounded, and nothing outside of them is ever opened."""

import os
import posixpath
import stat
from collections import deque
from dataclasses import field
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Protocol
from zipfile import ZipInfo

from tcia_policy.documents.model import Problem, SourceLocation
from tcia_policy.errors import InputError, unreadable
from tcia_policy.files import limits
from tcia_policy.files.content import read_content
from tcia_policy.files.system_places import refuse_system_folder
from tcia_policy.files.written_by import MarkedError, is_marked
from tcia_policy.files.zip import BoundedZip, ZipBounds, is_relative, why_not_a_file
from tcia_policy.lazy import dataclass
from tcia_policy.text.english import first_few

BUILT = frozenset(
    "_book _site _build _freeze _output _manuscript node_modules venv env renv "
    "site-packages __pycache__ __MACOSX".split()
)
# What knitr and Quarto write beside a document of the same name.
_BUILT_ENDINGS = ("_files", "_cache", ".egg-info")
_ROOT = PurePosixPath()
_ENVIRONMENT = "pyvenv.cfg"  # what the folder of a Python environment has, whatever its name
_NOT_A_NAME = "is not a possible file name"


def inside(folder: PurePosixPath, name: str) -> PurePosixPath | None:
    """Return `name`, as a file in `folder` spells it, relative to the root; `None` where it leads out of the tree."""
    if not is_relative(name):
        return None
    parts = list(folder.parts)
    for part in PurePosixPath(name).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            return None
    return PurePosixPath(*parts)


def _stays(path: PurePosixPath) -> bool:
    return is_relative(str(path)) and ".." not in path.parts


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _is_built(folder: str) -> bool:
    return folder.startswith(".") or folder in BUILT or folder.endswith(_BUILT_ENDINGS)


def _not_marked(content: bytes, shown: str) -> bytes:
    if is_marked(content):
        raise MarkedError(shown)
    return content


class FileTree(Protocol):
    """Files below one root. Paths are relative to it, POSIX, without `..`; sizes and counts are bounded."""

    def files(self) -> tuple[PurePosixPath, ...]:
        """Return all files, sorted."""
        ...

    def has(self, path: PurePosixPath) -> bool:
        """Return whether it is a file of this tree."""
        ...

    def size(self, path: PurePosixPath) -> int:
        """Return how many bytes a file says that it has, unread; 0 for what is no file of this tree."""
        ...

    def read(self, path: PurePosixPath) -> bytes:
        """Return its content. Raise `InputError` where it cannot be read, is too large, or leads out of the tree.

        Raise `MarkedError` for a file that this program wrote.
        """
        ...

    def shown(self, path: PurePosixPath) -> str:
        """Return how messages spell it: as the user would, from where the user stands."""
        ...


class FolderTree:
    """A folder on disk as a `FileTree`. Hidden and built folders are not listed; links are followed within it only."""

    def __init__(self, root: Path, shown: str, seen_from: PurePosixPath = _ROOT) -> None:
        """`shown` is how messages spell the folder itself, or the one in it that is `seen_from`."""
        self._root = root.resolve()
        self._shown = PurePosixPath(shown)
        self._seen_from = seen_from
        self._bytes_read = 0
        self._listings: dict[PurePosixPath, _Listing] = {}

    def shown(self, path: PurePosixPath) -> str:
        return (self._shown / posixpath.relpath(f"/{path}", f"/{self._seen_from}")).as_posix()

    @property
    def _name(self) -> str:
        return self.shown(_ROOT)

    def files(self) -> tuple[PurePosixPath, ...]:
        """Return all files, sorted, or the nearest ones where there are too many; `problems` has what was left out."""
        return self.files_below(_ROOT)

    def files_below(self, folder: PurePosixPath) -> tuple[PurePosixPath, ...]:
        """Return the files of one folder of the tree, as `files` does. Raise `InputError` if it cannot be listed."""
        return self._listing(folder).files

    def problems(self, folder: PurePosixPath) -> tuple[Problem, ...]:
        """Return what is below `folder` and not among its files: links out of the tree, and what was not looked at."""
        listing = self._listing(folder)
        where = SourceLocation(self.shown(folder), None)
        found = []
        if listing.links_out:
            problem = f"links that lead out of {self._name} were not followed: {first_few(sorted(listing.links_out))}"
            found.append(Problem(where, problem, "name what they lead to by its own path"))
        if listing.closed:
            problem = f"folders that cannot be listed were left out: {first_few(listing.closed)}"
            found.append(Problem(where, problem, "name the manuscript's own files, or make them readable"))
        if listing.is_cut:
            problem = f"has more than {limits.MANUSCRIPT_LISTED:,} files; only the nearest ones were looked at"
            found.append(Problem(where, problem, "name the manuscript's own folder, or its files one by one"))
        return tuple(found)

    def has(self, path: PurePosixPath) -> bool:
        return self._regular(path) is not None

    def size(self, path: PurePosixPath) -> int:
        target = self._regular(path)
        try:
            return 0 if target is None else target.stat().st_size
        except OSError:  # it is gone by now
            return 0

    def read(self, path: PurePosixPath) -> bytes:
        shown = self.shown(path)
        if not _stays(path):
            raise InputError(_NOT_A_NAME if "\0" in str(path) else "leads out of the folder", file=repr(str(path)))
        target = self._target(path)
        if target is None:
            raise InputError(f"leads out of {self._name}, which is not read", file=shown)
        try:
            content = read_content(target, limits.MANUSCRIPT_FILE, "a file of a manuscript")
        except InputError as error:
            raise error.at(file=shown) from None
        self._bytes_read += len(content)
        if self._bytes_read > limits.MANUSCRIPT:
            raise InputError(f"more than {limits.MANUSCRIPT:,} bytes were read before it", file=shown)
        return _not_marked(content, shown)

    def _target(self, path: PurePosixPath) -> Path | None:
        """Return what is really opened for a path, or `None` where that is outside."""
        try:
            target = (self._root / path).resolve()
            is_loop = target.is_symlink()  # Python before 3.13 raises for a loop of links, later ones leave it as it is
        except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL
            return None
        return target if target.is_relative_to(self._root) and not is_loop else None

    def _regular(self, path: PurePosixPath) -> Path | None:
        target = self._target(path) if _stays(path) else None
        try:
            return target if target is not None and stat.S_ISREG(target.stat().st_mode) else None
        except (OSError, ValueError):
            return None

    def _listing(self, folder: PurePosixPath) -> "_Listing":
        if folder not in self._listings:
            self._listings[folder] = self._listed(folder)
        return self._listings[folder]

    def _listed(self, folder: PurePosixPath) -> "_Listing":
        """List a folder, what is near before what is far. Links to folders are not entered."""
        refuse_system_folder(self._root / folder, self.shown(folder))
        listing = _Listing(folder)
        waiting = deque([folder])
        while waiting and not listing.is_cut:
            parent = waiting.popleft()
            try:
                with os.scandir(self._root / parent) as inside_it:
                    entries = sorted(islice(inside_it, limits.MANUSCRIPT_LISTED + 1), key=_name)
            except OSError as error:
                if parent == folder:
                    raise unreadable(error, self.shown(folder)) from None
                listing.closed.append(parent.relative_to(folder))
                continue
            for entry in entries:
                path = parent / entry.name
                if entry.is_symlink() and self._target(path) is None:
                    listing.links_out.append(path.relative_to(folder))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.extend([path] if _is_entered(entry) else [])
                elif not _is_hidden(entry.name) and (entry.is_file(follow_symlinks=False) or self.has(path)):
                    listing.found.append(path)
            listing.seen += len(entries)
        return listing


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _is_entered(entry: "os.DirEntry[str]") -> bool:
    """Return whether a folder may have documents, and neither built files nor the packages of a program."""
    return not _is_built(entry.name) and not os.path.lexists(Path(entry.path) / _ENVIRONMENT)


@dataclass
class _Listing:
    """What is below a folder: files by their path in the tree, and the rest by that in the folder."""

    folder: PurePosixPath
    found: list[PurePosixPath] = field(default_factory=list)
    links_out: list[PurePosixPath] = field(default_factory=list)
    closed: list[PurePosixPath] = field(default_factory=list)
    seen: int = 0

    @property
    def is_cut(self) -> bool:
        return self.seen > limits.MANUSCRIPT_LISTED

    @cached_property
    def files(self) -> tuple[PurePosixPath, ...]:
        return tuple(sorted(self.found[: limits.MANUSCRIPT_LISTED]))


class ZipTree:
    """A zip as a `FileTree`: what it inflates to is counted as it is read, whatever its headers say.

    Zips within it are files like others. Raise `InputError` for what is no zip, is damaged, or has too many members.
    """

    def __init__(self, source: Path | bytes, shown: str) -> None:
        self._name = shown
        bounds = ZipBounds(limits.MANUSCRIPT_FILES, limits.MANUSCRIPT_FILE, limits.MANUSCRIPT, limits.ZIP_RATIO)
        try:
            self._zip = BoundedZip(source, bounds)
        except InputError as error:
            raise error.at(file=shown) from None
        self._refused: list[tuple[str, str]] = []
        self._members: dict[PurePosixPath, ZipInfo] = {}
        for member in self._zip.members:
            self._take(member)

    def shown(self, path: PurePosixPath) -> str:
        return f"{self._name}/{path}"

    def files(self) -> tuple[PurePosixPath, ...]:
        return self.files_below(_ROOT)

    def files_below(self, folder: PurePosixPath) -> tuple[PurePosixPath, ...]:
        """Return the files of one folder of the tree, as `files` does."""
        return tuple(path for path in self._listed if path.is_relative_to(folder))

    def problems(self, folder: PurePosixPath) -> tuple[Problem, ...]:
        """Return the members that are never read, one problem for each reason."""
        reasons = dict.fromkeys(reason for reason, _ in self._refused)
        return tuple(self._problem(reason) for reason in reasons)

    def has(self, path: PurePosixPath) -> bool:
        return path in self._members

    def size(self, path: PurePosixPath) -> int:
        return self._members[path].file_size if path in self._members else 0

    def read(self, path: PurePosixPath) -> bytes:
        shown = self.shown(path)
        if path not in self._members:
            raise InputError("no such file", file=shown)
        try:
            content = self._zip.read(self._members[path])
        except InputError as error:
            raise error.at(file=shown) from None
        return _not_marked(content, shown)

    @cached_property
    def _listed(self) -> tuple[PurePosixPath, ...]:
        hidden = (path for path in self._members if _is_hidden(path.name) or any(map(_is_built, path.parts[:-1])))
        return tuple(sorted(self._members.keys() - set(hidden)))

    def _take(self, member: ZipInfo) -> None:
        if member.filename.endswith("/"):
            return
        reason = why_not_a_file(member)
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if reason is None and path in self._members:
            reason = "occur twice"
        if reason is None:
            self._members[path] = member
        else:
            self._refused.append((reason, member.orig_filename))

    def _problem(self, reason: str) -> Problem:
        names = [repr(name) for why, name in self._refused if why == reason]
        named = first_few(names)
        problem = f"members that {reason} were not read: {named}"
        return Problem(
            SourceLocation(self._name, None), problem, "make the zip again without a password, from one folder"
        )
