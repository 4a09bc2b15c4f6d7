"""Writing one file so that it is whole or not there, and nobody's file is lost."""

import os
import tempfile
from pathlib import Path

from tcia_policy.errors import InputError


def write_new_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write UTF-8 `text` to `path` by way of a temporary file beside it.

    Raises `InputError` where the file exists and `overwrite` is not set, or its folder cannot be written to.
    """
    if path.is_dir():
        raise InputError("is a directory, not a file", file=path)
    if path.exists() and not overwrite:
        raise InputError("exists already", file=path, hint="name another file, or pass --overwrite")
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", file=path) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
