"""Writing files so that each is whole or not there, and nobody's file is lost."""

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tcia_policy.errors import InputError, unwritable
from tcia_policy.files.content import is_folder, read_content
from tcia_policy.lazy import dataclass

ANOTHER_FILE = "name another file, or pass --overwrite"
ANOTHER_FOLDER = "name another folder, or pass --overwrite"
KEPT = "name another file; a file that this command reads is never replaced"


@dataclass(frozen=True)
class _Write:
    """What is to be written: where the user said, where that leads to, with which permissions."""

    path: Path
    target: Path
    content: bytes
    mode: int


def write_new_file(path: Path, content: str | bytes, *, overwrite: bool = False, keep: Iterable[Path] = ()) -> None:
    """Write `content`, a text as UTF-8, to `path` by way of a temporary file beside it.

    Where `path` is a link, what it leads to is written. Raise `InputError` where the file exists and `overwrite` is
    not set, where it is one of those to `keep` under any name, where it is no regular file, or where its folder cannot
    be written to.
    """
    refuse_inputs([path], keep)
    _write_all([_new(path, content, overwrite, ANOTHER_FILE)], path)


def write_folder(
    folder: Path, texts: Mapping[str, str], *, overwrite: bool = False, keep: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Write UTF-8 texts by their names into `folder`, which is made if it is not there, and return their paths.

    Each file appears whole or not at all. Raise `InputError` as `write_new_file` does; then nothing is written.
    """
    refuse_inputs([folder / name for name in texts], keep)
    writes = [_new(folder / name, text, overwrite, ANOTHER_FOLDER) for name, text in texts.items()]
    try:
        for write in writes:
            write.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(error, folder) from None
    _write_all(writes, folder)
    return tuple(write.path for write in writes)


@contextmanager
def new_file(path: Path, *, overwrite: bool = False, keep: Iterable[Path] = ()) -> Iterator[Path]:
    """Give the path of an empty file beside `path` to write into; at the end it takes the place of `path`.

    For what is too large to be held in memory. Where writing fails, nothing is left behind. Raise `InputError` as
    `write_new_file` does.
    """
    refuse_inputs([path], keep)
    write = _new(path, b"", overwrite, ANOTHER_FILE)
    temporary = None
    try:
        temporary = _staged(write)
        yield temporary
        temporary.replace(write.target)
    except OSError as error:
        raise unwritable(error, path) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def refuse_inputs(paths: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raise `InputError` for a path that leads to one of the files that were read, by this name or another."""
    known = {identity: path for path in inputs if (identity := _identity(path)) is not None}
    for path in paths:
        identity = _identity(path)
        if identity in known:
            there = known[identity]
            called = "" if there == path else f" as {there}"
            raise InputError(f"was read{called}, and would be lost", file=path, hint=KEPT)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what two names of one file have in common."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _new(path: Path, content: str | bytes, overwrite: bool, hint: str) -> _Write:
    target = _target(path)
    if os.path.lexists(target) and not overwrite:
        raise InputError("exists already", file=path, hint=hint)
    return _Write(path, target, content if isinstance(content, bytes) else content.encode("utf-8"), 0o666 & ~_umask())


def read_file(path: Path, most_bytes: int) -> bytes | None:
    """Return the content of a file, or `None` where there is none; links are followed.

    Raise `InputError` where it is no regular file, cannot be read, or is larger.
    """
    target = _target(path)
    return read_content(target, most_bytes) if os.path.lexists(target) else None


def replace_file(path: Path, content: bytes, before: bytes | None, *, mode: int | None = None) -> None:
    """Replace the file at `path`, keeping its mode, or create it; a link stays, and what it leads to is replaced.

    With a `mode`, such as `0o600`, the file has that one from the start.

    The old file is whole until the new one is complete. Raise `InputError` as `write_new_file` does, and where the
    file is no longer what was read of it, `before` (`None`: there was none), so that nobody's change is lost.
    """
    target = _target(path)
    if not _is_still(target, before):
        raise InputError("was changed by another program meanwhile", file=path, hint="nothing is written; try again")
    if mode is None:
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    _write_all([_Write(path, target, content, mode)], path)


def _target(path: Path) -> Path:
    target = Path(os.path.realpath(path))
    if is_folder(target):
        raise InputError("is a directory, not a file", file=path)
    if os.path.lexists(target) and not os.path.isfile(target):  # noqa: PTH113
        raise InputError("is not a regular file", file=path)
    return target


def _is_still(target: Path, content: bytes | None) -> bool:
    try:
        return target.read_bytes() == content
    except FileNotFoundError:
        return content is None
    except OSError:
        return False


def _write_all(writes: Sequence[_Write], place: Path) -> None:
    """Write all beside their targets first, so that the renaming at the end is all that can be seen.

    Raise `InputError` for `place` where the system does not let us.
    """
    staged: list[Path] = []
    try:
        for write in writes:
            staged.append(_staged(write))
        for write, temporary in zip(writes, staged, strict=True):
            _put(temporary, write)
    except OSError as error:
        raise unwritable(error, place) from None
    finally:
        for temporary in staged:
            temporary.unlink(missing_ok=True)


def _put(temporary: Path, write: _Write) -> None:
    """Put a complete file in the place of its target. One that has several names is written into, and keeps them."""
    if write.target.exists() and write.target.stat().st_nlink > 1:
        _write_into(write.target, write.content)
    else:
        temporary.replace(write.target)


def _write_into(target: Path, content: bytes) -> None:
    """Write into a file that is there; where that fails, try to give it back what it had."""
    before = target.read_bytes()
    try:
        target.write_bytes(content)
    except OSError:
        target.write_bytes(before)
        raise


def _staged(write: _Write) -> Path:
    """Return a complete temporary file beside the target."""
    if write.target.exists() and not os.access(write.target, os.W_OK):  # renaming would not ask
        raise InputError("is read-only", file=write.path, hint="make it writable, or name another file")
    handle, name = tempfile.mkstemp(dir=write.target.parent, prefix=".tcia-policy.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(write.content)
        temporary.chmod(write.mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
