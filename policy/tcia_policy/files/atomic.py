"""Writing one file so that it is whole or not there, and nobody's file is lost."""

import os
import stat
import tempfile
from pathlib import Path

from tcia_policy.errors import InputError, unreadable, unwritable
from tcia_policy.files.content import is_folder


def write_new_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write UTF-8 `text` to `path` by way of a temporary file beside it; where it is a link, to what that leads to.

    Raises `InputError` where the file exists and `overwrite` is not set, where it is no regular file, or where its
    folder cannot be written to.
    """
    target = _target(path)
    if os.path.lexists(target) and not overwrite:
        raise InputError("exists already", file=path, hint="name another file, or pass --overwrite")
    _replace(path, target, text.encode("utf-8"), 0o666 & ~_umask())


def read_file(path: Path, most_bytes: int) -> bytes | None:
    """The content of a file, or `None` where there is none; links are followed.

    Raises `InputError` where it is no regular file, cannot be read, or is larger.
    """
    target = _target(path)
    try:
        with target.open("rb") as stream:
            content = stream.read(most_bytes + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(error, path) from None
    if len(content) > most_bytes:
        raise InputError(f"larger than {most_bytes:,} bytes", file=path)
    return content


def replace_file(path: Path, content: bytes, before: bytes | None) -> None:
    """Replace the file at `path`, keeping its mode, or create it; a link stays, and what it leads to is replaced.

    The old file is whole until the new one is complete. Raises `InputError` as `write_new_file` does, and where the
    file is no longer what was read of it, `before` (`None`: there was none), so that nobody's change is lost.
    """
    target = _target(path)
    if not _is_still(target, before):
        raise InputError("was changed by another program meanwhile", file=path, hint="nothing is written; try again")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    _replace(path, target, content, mode)


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


def _replace(path: Path, target: Path, content: bytes, mode: int) -> None:
    try:
        if target.exists() and not os.access(target, os.W_OK):  # renaming would not ask
            raise InputError("is read-only", file=path, hint="make it writable, or name another file")
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".tcia-policy.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(temporary).chmod(mode)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(error, path) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
