"""Puts another generation of a registry into force: whole, or not at all.

The files are written into a folder of their own and checked there. Then that folder gets its name, and last `current`
is replaced, in one step of the file system. Whoever reads meanwhile, or after this was stopped at any moment, has the
generation before or the new one. What was left behind by one that was stopped is removed by the next. The generation
that was in force before stays, for those who compare; the ones before it are removed.

One program at a time writes into the folder: it holds a lock on a file there, which the system takes back when the
program ends, however it ends.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError, unwritable
from tcia_policy.lazy import dataclass
from tcia_policy.registry.generations import (
    CURRENT,
    FORM,
    SEAL,
    Generation,
    Seal,
    digest_of,
    is_name,
    name_of,
    read_generation,
    sound_generation,
)
from tcia_policy.registry.location import shipped_digest
from tcia_policy.version import __version__

LOCK = ".lock"
FLUSHED_AT_ONCE = 16
NEW = ".new-"
"""How the name of a folder or file begins that is not complete."""


@dataclass(frozen=True)
class Made:
    """What is to be put into force: the bytes of its files by their paths, the day of its facts, and of the update."""

    files: Mapping[str, bytes]
    day: date
    made_on: date


@contextmanager
def alone_in(root: Path) -> Iterator[None]:
    """Make the folder, if it is not there, and keep other programs from writing into it meanwhile.

    Raise `InputError` where another one writes into it, where it has files that are no registry's, and where it cannot
    be written to.
    """
    refuse_others(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _unusable(error, root) from None
    try:
        if not _locked(descriptor, root):
            raise InputError("is being updated by another program", file=root, hint="wait until that has ended")
        yield
    finally:
        os.close(descriptor)


def _unusable(error: OSError, root: Path) -> InputError:
    """Return the error for a folder that cannot be read or written to."""
    problem = unwritable(error, root).problem
    return InputError(problem, file=root, hint="name another folder with --registry")


def refuse_others(root: Path) -> None:
    """Raise `InputError` for a folder with files that are no updated registry's."""
    if root.exists() and not (root / CURRENT).exists() and not all(map(_is_ours, _names_in(root))):
        hint = "name a new or empty folder; an update writes generations of a registry into it"
        raise InputError("has files that are not of an updated registry", file=root, hint=hint)


def put_in_force(made: Made, root: Path, check: Callable[[Path], None]) -> Generation:
    """Write a generation, have it checked, and put it into force; return it. It may be the one in force already.

    To be called within `alone_in`. `check` gets the folder, and raises `InputError` for what is wrong in it. Raise
    that, or one for what cannot be written; then what was in force before still is.
    """
    before = sound_generation(root)
    new = root / f"{NEW}{os.getpid()}"
    try:
        _sweep(root, keep=None)
        _write_files(made.files, new)
        digest = digest_of(new)
        name = name_of(made.day, digest)
        if before is not None and before.name == name:
            return before if before.seal.shipped == shipped_digest() else _sealed_again(before, root)
        check(new)
        seal = Seal(
            form=FORM,
            digest=digest,
            made_on=made.made_on,
            program=__version__,
            shipped=shipped_digest(),
            before=None if before is None else before.name,
        )
        _write_seal(seal, new / SEAL)
        _name(new, root / name)
        _write(root / f"{NEW}{CURRENT}", f"{name}\n".encode())
        (root / f"{NEW}{CURRENT}").replace(root / CURRENT)
    except OSError as error:
        raise _unusable(error, root) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    _sweep(root, keep={name} if before is None else {name, before.name})
    return read_generation(root, name)


def _sealed_again(generation: Generation, root: Path) -> Generation:
    """Return the same generation with the seal of this version of the program, in whose facts nothing is otherwise."""
    seal = generation.seal.model_copy(update={"shipped": shipped_digest(), "program": __version__})
    _write_seal(seal, root / f"{NEW}{SEAL}")
    (root / f"{NEW}{SEAL}").replace(generation.folder / SEAL)
    return read_generation(root, generation.name)


def _write_seal(seal: Seal, path: Path) -> None:
    _write(path, (seal.model_dump_json(indent=1) + "\n").encode())


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files, and have them on the disk before anything is said to be in force."""
    paths = {folder / name: content for name, content in sorted(files.items())}
    for parent in sorted({path.parent for path in paths}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, content in paths.items():
        path.write_bytes(content)
    with ThreadPoolExecutor(FLUSHED_AT_ONCE) as pool:  # a disk takes many at once in the time of one
        list(pool.map(_flush, paths))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _flush(path)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _name(new: Path, folder: Path) -> None:
    """Give a complete folder its name. What is there by this name is no generation in force, and goes."""
    if folder.exists():
        shutil.rmtree(folder)
    new.rename(folder)


def _sweep(root: Path, keep: set[str] | None) -> None:
    """Remove what an update left behind that was stopped, and the generations that are not to `keep`, if any are.

    What cannot be removed stays: it is in nobody's way.
    """
    for name in _names_in(root):
        if name.startswith(NEW) or (keep is not None and is_name(name) and name not in keep):
            path = root / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def _names_in(root: Path) -> list[str]:
    try:
        return sorted(each.name for each in root.iterdir())
    except OSError as error:
        raise _unusable(error, root) from None


def _is_ours(name: str) -> bool:
    return name in (CURRENT, LOCK) or name.startswith(NEW) or is_name(name)


def _locked(descriptor: int, root: Path) -> bool:
    """Lock an open file for this program until it is closed; return whether that succeeded, without waiting."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there is none on other systems

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        hint = "name a folder on another disk with --registry"
        raise InputError(f"cannot be locked: {error.strerror}", file=root, hint=hint) from None
    return True
