"""Whether somebody else may have written what a program takes for the user's own."""

import os
from collections.abc import Iterator
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.content import readable

WRITABLE_BY_ALL = 0o002


def refuse_others_files(folder: Path, *more: Path) -> None:
    """Raise `InputError` where a folder, something in it, or one of `more` is another user's, or all may write to it.

    The user's group may: on many systems that is the user alone. What is root's is taken for the user's own.
    """
    if not hasattr(os, "getuid"):
        return
    ours = {0, os.getuid()}
    for path in (*more, folder, *_below(folder)):
        with readable(path):
            found = path.stat()
        if found.st_uid not in ours or found.st_mode & WRITABLE_BY_ALL:
            raise InputError("may have been written by somebody else", file=path)


def _below(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        yield from (Path(where, name) for name in (*folders, *files))
