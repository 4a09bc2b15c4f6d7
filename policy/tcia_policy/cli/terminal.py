"""What the terminal can show, and how a result gets onto it."""

import os
import shutil
import sys

NARROWEST, WIDEST = 60, 100


def width() -> int:
    """The width to print at: 80 where stdout is no terminal, else the terminal's, within reason."""
    if not sys.stdout.isatty():
        return 80
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def wants_color() -> bool:
    """Whether to color: only on a terminal, and not where `NO_COLOR` is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_result(text: str) -> None:
    """Write UTF-8 text to stdout whatever the locale is, with `\\n` line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    if not text.endswith("\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def remark(text: str) -> None:
    """Say something beside the result, on stderr."""
    print("".join(character if character.isprintable() else "\ufffd" for character in text), file=sys.stderr)


def neutral(text: str) -> str:
    """`text` without anything that a terminal would act on."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
