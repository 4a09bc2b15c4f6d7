"""The content of a file: of regular files only, and never more than a bound."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tcia_policy.errors import InputError, unreadable
from tcia_policy.files.system_places import refuse_system_file

# A FIFO that takes the place of a file after it was looked at is not waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_content(path: Path, most: int, what: str = "a file of this kind") -> bytes:
    """Return the content of a regular file of at most `most` bytes; links are followed.

    Raise `InputError` where there is none, it is no regular file, it cannot be read, or it is larger and so not `what`.
    """
    content = read_start(path, most + 1)
    if len(content) > most:
        raise InputError(f"larger than {most:,} bytes; this is not {what}", file=path)
    return content


def read_start(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a regular file, or all where it has fewer. Raise as `regular_size` does."""
    regular_size(path)
    with readable(path), os.fdopen(os.open(path, _FLAGS), "rb") as stream:
        _refuse_irregular(os.fstat(stream.fileno()), path)
        return stream.read(most)


def read_end(path: Path, most: int) -> bytes:
    """Return the last `most` bytes of a regular file, or all where it has fewer. Raise as `regular_size` does."""
    size = regular_size(path)
    with readable(path), os.fdopen(os.open(path, _FLAGS), "rb") as stream:
        stream.seek(max(0, size - most))
        return stream.read(most)


def is_folder(path: Path) -> bool:
    """Return whether it is a directory; `False` also where the system does not let us see, and for no possible name."""
    return os.path.isdir(path)  # noqa: PTH112 - Path's raises there


def regular_size(path: Path) -> int:
    """Return the size of a regular file in bytes; links are followed.

    Raise `InputError` where there is none, where it is a directory, a FIFO, a device or a file that the system makes
    when it is read (`/proc`), and where it cannot be read.
    """
    with readable(path):
        found = path.stat()
    _refuse_irregular(found, path)
    return found.st_size


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the system says of a file that is opened or read within it into an `InputError`."""
    try:
        yield
    except FileNotFoundError:
        raise not_there(path) from None
    except ValueError:  # a NUL in the path
        raise InputError("is not a possible file name", file=repr(str(path))) from None
    except OSError as error:
        raise unreadable(error, path) from None


def not_there(path: Path | str, what: str = "no such file") -> InputError:
    """Return the error for a path where nothing is, with another spelling where it is written as on Windows."""
    written = str(path)
    hint = f"write `/` between folders: {written.replace(chr(92), '/')}" if "\\" in written else None
    return InputError(what, file=path, hint=hint)


def _refuse_irregular(found: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise InputError("is a directory, not a file", file=path)
    if not stat.S_ISREG(found.st_mode):
        raise InputError("is not a regular file", file=path)
    refuse_system_file(found, path)
