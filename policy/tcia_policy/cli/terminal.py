"""What the terminal can show, and how a result gets onto it."""

import os
import shutil
import sys
from typing import NoReturn

import typer

from tcia_policy.errors import unwritable
from tcia_policy.text.sanitize import neutral

NARROWEST, WIDEST = 60, 100
EXIT_PIPE_CLOSED = 141  # what a shell reports of a program that SIGPIPE ended


def width() -> int:
    """Return the width to print at: 80 where stdout is no terminal, else the terminal's, within reason."""
    if not sys.stdout.isatty():
        return 80
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def wants_color() -> bool:
    """Return whether to color: only on a terminal, and not where `NO_COLOR` is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_result(text: str) -> None:
    """Write UTF-8 text to stdout whatever the locale is, with `\\n` line ends.

    Leaves the program where nobody reads on; raises `InputError` where stdout cannot be written to.
    """
    content = text.encode("utf-8", "replace")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up_stdout(error)


def remark(text: str) -> None:
    """Say something beside the result, on stderr."""
    print(neutral(text), file=sys.stderr)


def for_terminal(text: str) -> str:
    """Return `text` as it is, or on a terminal without anything that it would act on."""
    if not sys.stdout.isatty():
        return text
    return "\n".join(neutral(line.expandtabs()) for line in text.splitlines())


def _give_up_stdout(error: OSError) -> NoReturn:
    """Let what is still to be flushed go nowhere, so that Python does not complain on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        raise typer.Exit(EXIT_PIPE_CLOSED)
    raise unwritable(error, "stdout")
