"""What is walked: parts of a source, with the arguments of the macro that they are the body of."""

from collections.abc import Callable
from dataclasses import field

from tcia_policy.documents.latex.tokens import Source
from tcia_policy.documents.model import SourceLocation
from tcia_policy.lazy import dataclass


@dataclass(slots=True)
class Frame:
    """Part of a source that is walked, up to `end`. `arguments` are those of the macro that it is the body of, and
    `at` is then where that macro was used. `closing` is done when a token is reached, `jumps` says where to go on.
    """

    source: Source
    end: int
    arguments: tuple["Span", ...] = ()
    at: SourceLocation | None = None
    closing: dict[int, list[Callable[[], None]]] = field(default_factory=dict)
    jumps: dict[int, int] = field(default_factory=dict)

    def place(self, index: int) -> SourceLocation:
        """Return where the token stands, for a reader of the manuscript."""
        return self.at or SourceLocation(self.source.file, self.source.lines[index])

    def line(self, index: int) -> int:
        """Return its line."""
        return self.source.lines[index] if self.at is None else self.at.number or 1

    def on_close(self, index: int, action: Callable[[], None]) -> None:
        """Do this when the walk comes to the token at `index`."""
        self.closing.setdefault(index, []).append(action)


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens from `start` up to `end` of what a frame walks: an argument."""

    frame: Frame
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that the author defined: its body, and what it takes. `shape` has a letter for each argument.

    `m` is one in braces, `o` one in brackets with its `default`, `s` a star. `until` is the command up to which the
    last argument reaches. `is_long` says that its arguments may hold paragraphs, by which `\\ifx` tells macros apart.
    """

    body: Span
    shape: str = ""
    default: Span | None = None
    until: str | None = None
    is_long: bool = False


def argument_of(frame: Frame, parameter: str) -> Span | None:
    """Return what stands for `#1` in a frame."""
    number = int(parameter[-1]) if parameter[-1].isdecimal() and parameter[-1].isascii() else 0
    return frame.arguments[number - 1] if 0 < number <= len(frame.arguments) else None
