"""The terminal: its width and color, and how a result is printed to it."""

import os
import shutil
import stat
import sys
from contextvars import ContextVar
from enum import StrEnum
from inspect import Parameter
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tcia_policy.errors import unwritable
from tcia_policy.files.mark import marked_at_end
from tcia_policy.files.shipped import REGISTRY_VARIABLE, name_registry
from tcia_policy.text.sanitize import neutral, without_commands

NARROWEST, WIDEST = 40, 120
_FOR_PROGRAMS = (
    "{",
    "[",
    "<",
    "@",
    "TY  -",
    "---",
    "references:",
    "-- ",
)  # how JSON, XML, references, patches and SQL begin
STDOUT = Path("-")  # what a user names as a file to have the result printed
EXIT_PIPE_CLOSED = 141  # the exit code that a shell reports for a program ended by SIGPIPE


def width() -> int:
    """Return the width to print at, in characters: 80 where stdout is no terminal, else the terminal's, 40 to 120."""
    if not sys.stdout.isatty():
        return 80
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


class Color(StrEnum):
    """When to print in color."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_color = ContextVar("color", default=Color.AUTO)


def choose_color(color: Color | None) -> Color | None:
    """Take the value of `--color`, if one is given, for what is printed from now on."""
    if color is not None:
        _color.set(color)
    return color


ColorOption = Annotated[
    Color | None,
    typer.Option(
        "--color",
        metavar=f"[{'|'.join(Color)}]",
        callback=choose_color,
        help="Color what is printed. The default is auto: on a terminal, unless NO_COLOR is set.",
    ),
]
RegistryOption = Annotated[
    Path | None,
    typer.Option(
        "--registry",
        metavar="DIR",
        callback=name_registry,
        help=f"The registry in this folder instead of yours or the one that came with the program; {REGISTRY_VARIABLE} "
        "names one, too.",
    ),
]
# The options of every command, whose values are kept for what the command opens and prints.
EVERYWHERE = (
    Parameter("registry_folder", Parameter.KEYWORD_ONLY, default=None, annotation=RegistryOption),
    Parameter("color", Parameter.KEYWORD_ONLY, default=None, annotation=ColorOption),
)


def wants_color() -> bool:
    """Return whether to print in color: as `--color` says.

    Else not if `NO_COLOR` is set (https://no-color.org), else if `FORCE_COLOR` is (https://force-color.org), else on a
    terminal that is not `dumb`.
    """
    chosen = _color.get()
    if chosen is not Color.AUTO:
        return chosen is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def print_result(result: str | bytes) -> None:
    """Write text to stdout as UTF-8 with `\\n` line ends, whatever the locale is; bytes, as they are.

    Nothing in a text is a command for the runner of a pipeline that shows it in its log.

    What is for people gets the mark of this program as its last line where stdout is a file, so that `check > x.txt`
    beside a paper is no evidence. Ends the program if the reader has closed the pipe. Raises `InputError` if stdout
    cannot be written.
    """
    if isinstance(result, str) and _goes_to_a_file() and not result.startswith(_FOR_PROGRAMS):
        result = marked_at_end(result)
    content = result if isinstance(result, bytes) else _ended(without_commands(result).encode("utf-8", "replace"))
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up_stdout(error)


def _goes_to_a_file() -> bool:
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n"


def remark(text: str) -> None:
    """Print a line to stderr, beside the result."""
    say(without_commands(neutral(text)))


def say(text: str) -> None:
    """Print a line to stderr as it is. Where it cannot be written, nobody reads it, and the exit code counts."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def for_terminal(text: str) -> str:
    """Return `text`; if stdout is a terminal, without control characters."""
    if not sys.stdout.isatty():
        return text
    return "\n".join(neutral(line.expandtabs()) for line in text.splitlines())


def _give_up_stdout(error: OSError) -> NoReturn:
    """Discard what is still to be flushed, so that Python prints no error at exit; then raise."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        raise typer.Exit(EXIT_PIPE_CLOSED)
    raise unwritable(error, "stdout")
