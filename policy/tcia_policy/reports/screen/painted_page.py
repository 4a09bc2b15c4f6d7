"""A page of a terminal: how wide it is, and whether it has colors. Whatever is put on it is cleaned."""

import shlex
import textwrap
from collections.abc import Sequence

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import DutyStatus, Verdict
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

NARROWEST = 40
BOLD, DIM, RED, GREEN, YELLOW, MAGENTA = "1", "2", "31", "32", "33", "35"
VERDICT_COLOR = {
    Verdict.PERMITTED: GREEN,
    Verdict.CONDITIONAL: YELLOW,
    Verdict.UNDETERMINED: MAGENTA,
    Verdict.PROHIBITED: RED,
}
STATUS_COLOR = {DutyStatus.MET: GREEN, DutyStatus.OPEN: RED, DutyStatus.UNVERIFIED: YELLOW}
LABEL_WIDTH = 16
GOES_ON = " \\"  # how a line of a command ends that a shell reads on from
_ANSI = pattern(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class PaintedPage:
    """A page of `width` columns. Without `color` there is no escape sequence on it at all."""

    width: int = 80
    color: bool = False

    def painted(self, text: str, *codes: str) -> str:
        """Return `text` in these colors."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and codes and text else text

    def wrapped(self, text: str, indent: int, *codes: str, first: str = "") -> list[str]:
        """Return `text` in lines, the first after `first` (which is part of the indent), each painted."""
        lines = textwrap.wrap(
            clean(text), max(self.width - indent, NARROWEST // 2), break_long_words=False, break_on_hyphens=False
        )
        painted = [self.painted(line, *codes) for line in lines or [""]]
        return [first + painted[0], *(" " * indent + line for line in painted[1:])]

    def after(self, head: str, text: str, *codes: str, indent: int, most: int | None = None) -> list[str]:
        """Return `text` in lines after `head`, which is painted; further lines begin at `indent`.

        Two blanks in `text` stay two. Of more than `most` lines, the first are left, with `…` at their end.
        """
        lines = textwrap.wrap(
            "  ".join(filter(None, map(clean, text.split("  ")))),
            self.width,
            initial_indent="\0" * len(head),
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [head]
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], cut_line(lines[most - 1], self.width)]
        first = lines[0].removeprefix("\0" * len(head)).removeprefix(head)
        start = self.painted(head.rstrip(), *codes) + " " * (len(head) - len(head.rstrip()))
        return [start + first, *lines[1:]]

    def packed(self, parts: Sequence[str], between: str) -> list[str]:
        """Return `parts` in lines, each of which has as many as fit. A line breaks within a part only if it must."""
        lines: list[str] = []
        for part in map(clean, parts):
            if lines and len(lines[-1]) + len(between) + len(part) <= self.width:
                lines[-1] += between + part
            else:
                lines += self.after("", part, indent=2)
        return lines

    def with_command(self, lines: Sequence[str], command: str, indent: int) -> list[str]:
        """Return `lines` with a command at their end, as it can be copied.

        It follows the last word if it fits there, and begins a line if not. A line breaks between two words of it only
        if it must, and then a shell reads on.
        """
        said, typed = list(lines), clean(command)
        if said and len(_ANSI.sub("", said[-1])) + 1 + len(typed) <= self.width:
            return [*said[:-1], f"{said[-1]} {typed}"]
        start = [*said, " " * indent + typed]
        return start if indent + len(typed) <= self.width else [*said, *self._broken(typed, indent)]

    def _broken(self, command: str, indent: int) -> list[str]:
        """Return a command in lines of which all but the last end in a backslash."""
        words = [shlex.quote(word) for word in shlex.split(command)]
        lines = [words[0]]
        for word in words[1:]:
            if indent + len(lines[-1]) + len(word) + len(" " + GOES_ON) <= self.width:
                lines[-1] += f" {word}"
            else:
                lines.append(f"  {word}")
        return [" " * indent + line for line in (*(f"{line}{GOES_ON}" for line in lines[:-1]), lines[-1])]

    def labeled(self, label: str, text: str, indent: int, *codes: str) -> list[str]:
        """Return `  label     text`, the text aligned with that of other labels."""
        start = f"{' ' * indent}{self.painted(label, *(codes or (DIM,)))}{' ' * (LABEL_WIDTH - len(label))}"
        return self.wrapped(text, indent + LABEL_WIDTH, first=start)


def cut(text: str, longest: int) -> str:
    """Return `text` on one line of at most `longest` characters, its end as `…` where it is longer."""
    shown = clean(text)
    return shown if len(shown) <= longest else f"{shown[: max(longest - 1, 1)].rstrip()}…"


def cut_line(line: str, width: int) -> str:
    """Return a line with `…` after its last word, as there is more."""
    return f"{line}…" if len(line) < width else f"{line[: width - 1].rstrip()}…"


def names_within(names: Sequence[str], width: int) -> str:
    """Return as many names as fit into `width`, and the number of the others: `LIDC-IDRI, NLST and 3 more`."""
    cleaned = [clean(name) for name in names]
    everything = ", ".join(cleaned)
    if len(everything) <= width or not names:
        return everything
    for shown in range(len(names) - 1, 0, -1):
        text = f"{', '.join(cleaned[:shown])} and {count(len(names) - shown, 'more', 'more')}"
        if len(text) <= width:
            return text
    more = f" and {count(len(names) - 1, 'more', 'more')}" if len(names) > 1 else ""
    return cut(cleaned[0], max(width - len(more), 2)) + more
