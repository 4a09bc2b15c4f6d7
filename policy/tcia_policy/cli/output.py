"""Writing one file so that it is whole or not there, and nobody's file is lost."""

import os
import tempfile
from pathlib import Path

from tcia_policy.errors import InputError


def write_new_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write UTF-8 `text` to `path` by way of a temporary file beside it; where it is a link, to what that leads to.

    Raises `InputError` where the file exists and `overwrite` is not set, where it is no regular file, or where its
    folder cannot be written to.
    """
    target = Path(os.path.realpath(path))
    if os.path.isdir(target):  # noqa: PTH112 - unlike Path's, it raises for no path
        raise InputError("is a directory, not a file", file=path)
    if os.path.lexists(target):
        if not os.path.isfile(target):  # noqa: PTH113
            raise InputError("is not a regular file", file=path)
        if not overwrite:
            raise InputError("exists already", file=path, hint="name another file, or pass --overwrite")
    try:
        _replace(target, text)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=path) from None


def _replace(target: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".tcia-policy.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
