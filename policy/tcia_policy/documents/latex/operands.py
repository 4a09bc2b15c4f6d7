"""What TeX's conditions compare, character by character: "The TeXbook", chapter 20; macros without arguments unfold."""

from collections.abc import Iterator

from tcia_policy.documents.latex.arguments import group
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.stack import Frame, Span, argument_of
from tcia_policy.documents.latex.tokens import COMMAND, EMBEDDED, LOST, NEWLINE, PARAGRAPH, PARAMETER, TEXT
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

_NUMBERS = {"z@": 0, "@ne": 1, "tw@": 2, "thr@@": 3, "m@ne": -1, "active": 13}
_UNFOLD_TO_ARGUMENT = ("detokenize", "unexpanded")
_EXPRESSIONS = frozenset(("dimexpr", "numexpr", "glueexpr"))
_OF_BOX = frozenset(("wd", "ht", "dp", "dimen", "skip", "count"))
_DIGITS = "0123456789"
_BASES = {'"': ("0123456789ABCDEF", 16), "'": ("01234567", 8)}
_POINTS = {"pt": 1.0, "mm": 2.845275, "cm": 28.45275, "in": 72.27, "bp": 1.00375, "pc": 12.0, "sp": 1 / 65536}


@dataclass(frozen=True)
class Sign:
    """One token as TeX has it: a character, or the name of a command.

    `index` and `used` tell the token of the source in which it stands, and how many of its characters end with it.
    """

    value: str
    is_command: bool
    index: int
    used: int


class Operands:
    """Reads the signs of a frame one after the other, from `index` on."""

    def __init__(self, interpreter: Interpreter, frame: Frame, index: int, *, used: int = 0) -> None:
        self._interpreter = interpreter
        self._frame = frame
        self._next: Sign | None = None
        self._expands = True
        self._taken = 0
        self._braces: set[tuple[int, int]] = set()
        self.index = index
        self.used = used
        self._signs = self._of_frame(index, used)

    def peek(self) -> Sign | None:
        """Return the next sign without taking it; `None` at the end."""
        if self._taken > limits.LATEX_OPERAND:
            return None
        if self._next is None:
            self._next = next(self._signs, None)
        return self._next

    def take(self) -> Sign | None:
        """Take the next sign."""
        sign = self.peek()
        self._taken += 1
        if sign is None or self._taken > limits.LATEX_OPERAND:
            return None
        self.index, self.used = sign.index, sign.used
        self._next = None
        return sign

    def take_unexpanded(self) -> Sign | None:
        """Take the next sign with no macro unfolded, as `\\ifx` does."""
        self._expands = False
        sign = self.take()
        self._expands = True
        return sign

    def skip_blank(self) -> None:
        """Go on to the next sign that is no white space."""
        while (sign := self.peek()) is not None and sign.value == " " and not sign.is_command:
            self.take()

    def after(self) -> tuple[int, str]:
        """Return the token after what was taken, and what is left of the one in which that ended."""
        kinds, values = self._frame.source.kinds, self._frame.source.values
        if self.used == 0 or self.index >= self._frame.end:
            return self.index, ""
        rest = values[self.index][self.used :] if kinds[self.index] == TEXT else ""
        return self.index + 1, rest

    # The numbers

    def number(self) -> int | None:
        """Take a number; `None` where it is not known."""
        sign = 1
        self.skip_blank()
        while (found := self.peek()) is not None and found.value in ("+", "-") and not found.is_command:
            sign = -sign if found.value == "-" else sign
            self.take()
            self.skip_blank()
        value = self._unsigned()
        return None if value is None else sign * value

    def _unsigned(self) -> int | None:
        found = self.peek()
        if found is None:
            return None
        if found.is_command:
            return self._register()
        if found.value == "`":
            self.take()
            letter = self.take_unexpanded()
            return ord(letter.value[0]) if letter is not None and letter.value else None
        digits, base = _BASES.get(found.value, (_DIGITS, len(_DIGITS)))
        if found.value in _BASES:
            self.take()
        number = self._run_of(digits)
        self._one_space()
        return int(number, base) if number else None

    def _run_of(self, characters: str) -> str:
        run = ""
        while (found := self.peek()) is not None and not found.is_command and found.value in characters:
            self.take()
            if len(run) < limits.LATEX_NUMBER:
                run += found.value
        return run

    def _one_space(self) -> None:
        found = self.peek()
        if found is not None and found.value == " " and not found.is_command:
            self.take()

    def _register(self) -> int | None:
        """Take `\\value{page}`, `\\c@page`, `\\mycount`."""
        found = self.take()
        name = found.value if found is not None else ""
        if name in _EXPRESSIONS:
            while (found := self.take()) is not None and not (found.is_command and found.value == "relax"):
                pass
            return None
        if name in ("value", "the", "number"):
            if name != "value":
                return self.number()
            return self._interpreter.counters.get(self.braced() or "")
        self._one_space()
        if name in _NUMBERS:
            return _NUMBERS[name]
        return self._interpreter.counters.get(name.removeprefix("c@"))

    def dimension(self) -> float | None:
        """Take a length with its unit, in points; `None` where it is not known."""
        self.skip_blank()
        found = self.peek()
        if found is None or found.is_command:
            self._length()
            return None
        number = self._run_of(f"+-.{_DIGITS}")
        self.skip_blank()
        unit = self._run_of("abcdefghijklmnopqrstuvwxyz")[:2]
        self._one_space()
        try:
            return float(number) * _POINTS[unit]
        except (ValueError, KeyError):
            return None

    def _length(self) -> None:
        """Take a length that is not followed: `\\textwidth`, `\\wd0`, `\\factor\\p@`, `\\dimexpr ...\\relax`."""
        found = self.take()
        name = found.value if found is not None else ""
        if name in _EXPRESSIONS:
            while (found := self.take()) is not None and not (found.is_command and found.value == "relax"):
                pass
            return
        following = self.peek()
        if following is not None and following.is_command:
            self.take()
        elif name in _OF_BOX:
            self._run_of(_DIGITS)

    def relation(self) -> str | None:
        """Take `<`, `=` or `>`; `None` where none stands."""
        self.skip_blank()
        found = self.peek()
        if found is None or found.is_command or found.value not in ("<", "=", ">"):
            return None
        self.take()
        return found.value

    def braced(self) -> str | None:
        """Take what stands in braces, as it is written."""
        self.skip_blank()
        opening = self.peek()
        if opening is None or opening.value != "{" or opening.is_command:
            return None
        self.take()
        text = ""
        while (sign := self.take()) is not None and (sign.value != "}" or sign.is_command):
            text += f"\\{sign.value} " if sign.is_command else sign.value
            if len(text) > limits.LATEX_NUMBER:
                return None
        return text.strip()

    # The signs

    def _of_frame(self, index: int, used: int) -> Iterator[Sign]:
        frame = self._frame
        after_command = used == 0
        while index < frame.end:
            for value, is_command, end in self._of_token(frame, index, used, 0, after_command=after_command):
                yield Sign(value, is_command, index, end)
            after_command = frame.source.kinds[index] == COMMAND
            index, used = index + 1, 0

    def _of_token(
        self, frame: Frame, index: int, used: int, depth: int, *, after_command: bool
    ) -> Iterator[tuple[str, bool, int]]:
        kind, value = frame.source.kinds[index], frame.source.values[index]
        if kind == TEXT:
            yield from _characters(value, used, after_command=after_command)
        elif kind in (NEWLINE, PARAGRAPH):
            if not after_command:
                yield " ", False, 1
        elif kind == PARAMETER:
            argument = argument_of(frame, value)
            if argument is not None:
                yield from self._of_span(argument, depth + 1)
        elif kind == COMMAND:
            yield from self._of_command(frame, index, depth)
        elif kind not in (EMBEDDED, LOST) and (id(frame.source), index) not in self._braces:
            yield value, False, 1

    def _of_command(self, frame: Frame, index: int, depth: int) -> Iterator[tuple[str, bool, int]]:
        name = frame.source.values[index]
        macro = self._interpreter.macros.get(name)
        if macro is None or macro.shape or not self._expands or name in self._interpreter.unsettled:
            if name not in _UNFOLD_TO_ARGUMENT:
                yield name, True, 1
            elif (found := group(frame, index + 1)) is not None:
                source = id(frame.source)
                self._braces |= {(source, found[0].start - 1), (source, found[0].end)}
        else:
            yield from self._of_span(macro.body, depth + 1)

    def _of_span(self, span: Span, depth: int) -> Iterator[tuple[str, bool, int]]:
        if depth > limits.LATEX_OPERAND_DEPTH or not self._interpreter.may_expand(span):
            return
        for index in range(span.start, span.end):
            for value, is_command, _ in self._of_token(span.frame, index, 0, depth, after_command=False):
                yield value, is_command, 1


def _characters(text: str, used: int, *, after_command: bool) -> Iterator[tuple[str, bool, int]]:
    """Give the characters of a text; white space is one space, and none behind a command."""
    is_blank = after_command and used == 0
    for position in range(used, len(text)):
        character = " " if text[position] in " \t" else text[position]
        if character != " " or not is_blank:
            yield character, False, position + 1
        is_blank = character == " "


def written(span: Span) -> tuple[str, ...] | None:
    """Return the tokens as they are written, white space alike: what `\\ifx` compares of two macros; `None` if many."""
    if span.end - span.start > limits.LATEX_COMPARED:
        return None
    source = span.frame.source
    return tuple(
        " " if source.kinds[index] == NEWLINE else source.values[index] for index in range(span.start, span.end)
    )


def between(frame: Frame, start: int, end: int) -> str:
    """Return what stands between two tokens, for the words of a doubt."""
    source = frame.source
    shown = ""
    for index in range(start, min(end, start + limits.LATEX_CONDITION_SHOWN)):
        shown += f"\\{source.values[index]}" if source.kinds[index] == COMMAND else source.values[index]
    return shown[: limits.LATEX_CONDITION_SHOWN * 2]
