"""What `--release` is given: a kind of output with its license, or a folder that is about to be published."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tcia_policy.cli.words import word_of
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.model import Output, OutputKind

OPTION = "--release"
_KINDS = frozenset(OutputKind)


def outputs_and_folders(written: Sequence[str]) -> tuple[tuple[Output, ...], tuple[str, ...]]:
    """Return the outputs that `KIND` or `KIND=LICENSE` stand for, and the paths among what is written.

    A word for a kind is that kind, also where a folder has its name; all else that is there is a path. Raise
    `InputError` for what is neither, with the kind or the path that may be meant.
    """
    outputs: list[Output] = []
    folders: list[str] = []
    mistakes = Mistakes()
    for each in written:
        with mistakes.noted():
            if _is_path(each):
                folders.append(each)
            else:
                outputs.append(output_of(each))
    mistakes.tell()
    return tuple(outputs), tuple(folders)


def two_meanings(written: Sequence[str]) -> Iterator[str]:
    """Yield a remark for each word that is taken as a kind of output and is a folder as well."""
    for each in written:
        if _kind(each) in _KINDS and "=" not in each and os.path.lexists(each):
            yield f"{OPTION} {each} is taken as a kind of output; for the folder or file of that name, write ./{each}"


def output_of(written: str) -> Output:
    """Return the output of `KIND=LICENSE`; a license left out is unknown."""
    kind, _, license_ = written.partition("=")
    try:
        return Output(kind=word_of(OutputKind, kind, OPTION), license=license_.strip() or None)
    except InputError as error:
        near = "" if "=" in written else f"; there is no file or folder {written!r} either"
        raise InputError(error.problem + near, field=OPTION, hint=error.hint) from None


def _is_path(written: str) -> bool:
    """Return whether a path is meant: something is there, or it is spelled like one, and no kind begins it."""
    if _kind(written) in _KINDS or not written.strip():
        return False
    if os.path.lexists(written):
        return True
    return "=" not in written and (os.sep in written or "." in Path(written).name or written.startswith("."))


def _kind(written: str) -> str:
    return written.partition("=")[0].strip().casefold()
