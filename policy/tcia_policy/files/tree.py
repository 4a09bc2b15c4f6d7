"""A folder and all folders in it: walked in the order of names, bounded, and never out of the folder."""

import os
import stat
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from tcia_policy.errors import InputError, unreadable
from tcia_policy.files import limits
from tcia_policy.files.progress import progress
from tcia_policy.files.system_places import is_system_folder, refuse_system_folder
from tcia_policy.lazy import dataclass

EXAMPLES = 3


class PassedOver(StrEnum):
    """Why something in a folder is not looked at. Each is what one of them is called, with several behind the bar."""

    LINK_OUT = "link that leads out of it|links that lead out of it"
    BROKEN_LINK = "link that leads nowhere|links that lead nowhere"
    CLOSED = "file or folder without permission to read|files and folders without permission to read"
    SPECIAL = "device, socket or pipe|devices, sockets and pipes"
    SYSTEM = "folder of the system|folders of the system"
    TOO_DEEP = f"folder deeper than {limits.FOLDER_DEPTH} folders|folders deeper than {limits.FOLDER_DEPTH} folders"


@dataclass
class Counted:
    """How many things are alike, and the paths of the first three, relative to the folder."""

    number: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Count one more."""
        self.number += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(path)


@dataclass(frozen=True)
class FilesOfFolder:
    """The files of one folder of a tree, by name and in order. `place` is the folder as seen from the root: `a/b`."""

    path: Path
    place: str
    names: tuple[str, ...]

    def within(self, name: str) -> str:
        """Return the path of a file of this folder, relative to the root of the tree."""
        return f"{self.place}/{name}" if self.place else name


@dataclass
class Tree:
    """A folder that is walked. Names that begin with a dot are not part of it.

    Links to files in it are followed. Links to folders in it are not, for these are walked where they are; `links_in`
    counts them. `passed_over` counts what is in the folder and is not looked at; both fill while it is walked.
    """

    root: Path
    passed_over: dict[PassedOver, Counted] = field(default_factory=dict)
    links_in: Counted = field(default_factory=Counted)

    def count(self) -> int:
        """Return how many files there may be, links and all else included; nothing is opened.

        Raise `InputError` for a folder that is none, cannot be listed, is the system's, or has more files than any
        collection of images has.
        """
        if not self.root.exists():
            raise InputError("no such folder", file=self.root)
        if not self.root.is_dir():
            raise InputError("is a file, not a folder", file=self.root, hint="a cohort file is `manifest:`")
        refuse_system_folder(self.root)
        try:
            os.scandir(self.root).close()
        except OSError as error:
            raise unreadable(error, self.root) from None
        total = 0
        for each in progress(Tree(self.root).folders(), "Files found", number_of=lambda each: len(each.names)):
            total += len(each.names)
            if total > limits.FOLDER_FILES:
                hint = "name the folders in it one by one, or the manifests that they were downloaded with"
                raise InputError(f"has more than {limits.FOLDER_FILES:,} files", file=self.root, hint=hint)
        return total

    def folders(self) -> Iterator[FilesOfFolder]:
        """Yield the folders of the tree that have files, each after the folder that it is in."""
        self.passed_over.clear()
        self.links_in = Counted()
        real_root = os.path.realpath(self.root)
        waiting: list[tuple[Path, str, int]] = [(self.root, "", 0)]
        while waiting:
            path, place, depth = waiting.pop()
            names: list[str] = []
            below: list[tuple[Path, str, int]] = []
            for entry in self._entries(path, place):
                inner = f"{place}/{entry.name}" if place else entry.name
                if self._is_folder(entry, inner, depth):
                    below.append((path / entry.name, inner, depth + 1))
                elif self._is_file(entry, inner, real_root):
                    names.append(entry.name)
            waiting.extend(reversed(below))
            if names:
                yield FilesOfFolder(path, place, tuple(names))

    def _entries(self, path: Path, place: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(path) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError:
            self._pass(PassedOver.CLOSED, place)
            return []
        return sorted(found, key=lambda entry: entry.name)

    def _is_folder(self, entry: os.DirEntry[str], inner: str, depth: int) -> bool:
        """Return whether it is a folder that is to be walked; note one that is not."""
        if not entry.is_dir(follow_symlinks=False):
            return False
        if depth >= limits.FOLDER_DEPTH:
            self._pass(PassedOver.TOO_DEEP, inner)
            return False
        try:
            is_of_system = is_system_folder(entry.stat(follow_symlinks=False))
        except OSError:
            is_of_system = False
        if is_of_system:
            self._pass(PassedOver.SYSTEM, inner)
        return not is_of_system

    def _is_file(self, entry: os.DirEntry[str], inner: str, real_root: str) -> bool:
        """Return whether it is a regular file, or a link to one in the tree; note what is neither, nor a folder."""
        if entry.is_file(follow_symlinks=False):
            return True
        if entry.is_dir(follow_symlinks=False):
            return False
        if not entry.is_symlink():
            self._pass(PassedOver.SPECIAL, inner)
            return False
        return self._is_link_to_file(entry, inner, real_root)

    def _is_link_to_file(self, entry: os.DirEntry[str], inner: str, real_root: str) -> bool:
        try:
            mode = entry.stat().st_mode
            real = os.path.realpath(entry.path)
        except OSError:  # it leads nowhere, or around
            self._pass(PassedOver.BROKEN_LINK, inner)
            return False
        within = os.path.relpath(real, real_root)
        if within.startswith("..") or os.path.isabs(within):  # noqa: PTH117
            self._pass(PassedOver.LINK_OUT, inner)
        elif stat.S_ISREG(mode):
            return True
        elif not stat.S_ISDIR(mode):
            self._pass(PassedOver.SPECIAL, inner)
        elif any(part.startswith(".") for part in Path(within).parts):
            self._pass(PassedOver.LINK_OUT, inner)  # to a hidden folder, which is not walked
        else:
            self.links_in.add(inner)
        return False

    def _pass(self, why: PassedOver, inner: str) -> None:
        self.passed_over.setdefault(why, Counted()).add(inner or os.curdir)
