"""The tests of `\\ifthenelse` (package ifthen 1.1c) and of `\\ifboolexpr` (etoolbox 2.5k, section 3.6.5).

Neither has precedences: what stands first is evaluated first. What is not understood makes the whole unknown.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from tcia_policy.documents.latex.arguments import group, skip_blank
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.meanings import is_defined
from tcia_policy.documents.latex.operands import Operands
from tcia_policy.documents.latex.stack import Frame, Span, argument_of
from tcia_policy.documents.latex.tokens import COMMAND, OPEN, PARAMETER, TEXT
from tcia_policy.files import limits

Tests = Mapping[str, tuple[int, Callable[[Interpreter, Sequence[Span]], bool | None]]]
_WORD = re.compile(r"[a-z]+|[()]")


def number_of(interpreter: Interpreter, span: Span) -> int | None:
    """Return the number that an argument is; `None` where it is not known."""
    frame = Frame(span.frame.source, span.end, span.frame.arguments, span.frame.at)
    return Operands(interpreter, frame, span.start).number()


def then_else(interpreter: Interpreter, span: Span) -> bool | None:
    """Return what a test of `\\ifthenelse` comes to."""
    source = span.frame.source
    at = skip_blank(source, span.start, span.end)
    if at < span.end and source.kinds[at] == PARAMETER and skip_blank(source, at + 1, span.end) == span.end:
        argument = argument_of(span.frame, source.values[at])
        return None if argument is None or not interpreter.may_expand(argument) else then_else(interpreter, argument)
    frame = Frame(source, span.end, span.frame.arguments, span.frame.at)
    return _Formula(interpreter, frame, span.start).value()


def _joined(one: bool | None, word: str, other: bool | None) -> bool | None:
    """Return what `and` or `or` makes of two values that may be unknown."""
    decisive = word != "and"
    if decisive in (one, other):
        return decisive
    return None if None in (one, other) else not decisive


class _Formula:
    def __init__(self, interpreter: Interpreter, frame: Frame, index: int) -> None:
        self.interpreter = interpreter
        self.frame = frame
        self.index = index
        self.depth = 0

    def value(self) -> bool | None:
        value = self._sequence()
        self._skip_blank()
        return value if self.index >= self.frame.end else None

    def _skip_blank(self) -> None:
        self.index = skip_blank(self.frame.source, self.index, self.frame.end)

    def _command(self) -> str:
        """Return the name of the command that stands here; empty where none does."""
        self._skip_blank()
        source = self.frame.source
        is_command = self.index < self.frame.end and source.kinds[self.index] == COMMAND
        return source.values[self.index] if is_command else ""

    def _sequence(self) -> bool | None:
        value = self._term()
        while (name := self._command().lower()) in ("and", "or"):
            self.index += 1
            value = _joined(value, name, self._term())
        return value

    def _term(self) -> bool | None:
        name = self._command()
        if name.lower() == "not":
            self.index += 1
            value = self._nested(self._term)
            return None if value is None else not value
        if name == "(":
            self.index += 1
            value = self._nested(self._sequence)
            if self._command() == ")":
                self.index += 1
                return value
            return None
        if name in _TERMS:
            count, test = _TERMS[name]
            spans: list[Span] = []
            self.index += 1
            while len(spans) < count:
                found = group(self.frame, self.index)
                if found is None:
                    return None
                spans.append(found[0])
                self.index = found[1]
            return test(self.interpreter, spans)
        return self._relation()

    def _nested(self, read: Callable[[], bool | None]) -> bool | None:
        self.depth += 1
        value = read() if self.depth < limits.LATEX_DEPTH else None
        self.depth -= 1
        return value

    def _relation(self) -> bool | None:
        """Read `1 < 2`."""
        if self.index >= self.frame.end:
            return None
        operands = Operands(self.interpreter, self.frame, self.index)
        one = operands.number()
        relation = operands.relation()
        other = operands.number() if relation is not None else None
        after, rest = operands.after()
        self.index = after if not rest.strip() and after > self.index else self.frame.end
        if one is None or other is None or rest.strip():
            return None
        return {"<": one < other, "=": one == other, ">": one > other}[relation or "="]


def _boolean(interpreter: Interpreter, spans: Sequence[Span]) -> bool | None:
    return interpreter.flags.get(interpreter.spelled(spans[0]))


def _equal(interpreter: Interpreter, spans: Sequence[Span]) -> bool | None:
    one, other = interpreter.spelled(spans[0]), interpreter.spelled(spans[1])
    if one == other:
        return True
    return None if "\\" in one + other else False


def _undefined(interpreter: Interpreter, spans: Sequence[Span]) -> bool | None:
    defined = is_defined(interpreter, interpreter.spelled(spans[0]).removeprefix("\\"))
    return None if defined is None else not defined


def _odd(interpreter: Interpreter, spans: Sequence[Span]) -> bool | None:
    number = number_of(interpreter, spans[0])
    return None if number is None else number % 2 == 1


def _unknown(interpreter: Interpreter, spans: Sequence[Span]) -> bool | None:
    return None


_TERMS: Tests = {
    "boolean": (1, _boolean),
    "equal": (2, _equal),
    "isundefined": (1, _undefined),
    "isodd": (1, _odd),
    "lengthtest": (1, _unknown),
    "isin": (2, _unknown),
    "isnamedefined": (1, _unknown),
}


def boolean_expression(interpreter: Interpreter, span: Span, tests: Tests) -> bool | None:
    """Return what `togl {a} and not bool {b}` comes to; `tests` are those that `test {..}` may name."""
    words = _words(span)
    expression = _Expression(interpreter, words, tests)
    value = expression.sequence()
    return value if expression.at == len(words) else None


def _words(span: Span) -> list[str | Span]:
    """Return the words and parentheses of an expression, and what stands in braces."""
    frame, index = span.frame, span.start
    words: list[str | Span] = []
    while index < span.end:
        kind, value = frame.source.kinds[index], frame.source.values[index]
        found = group(Frame(frame.source, span.end, frame.arguments, frame.at), index) if kind == OPEN else None
        if found is not None:
            words.append(Span(frame, found[0].start, found[0].end))
            index = found[1]
            continue
        if kind == TEXT:
            words += _WORD.findall(value)
        index += 1
    return words


class _Expression:
    def __init__(self, interpreter: Interpreter, words: list[str | Span], tests: Tests) -> None:
        self.interpreter = interpreter
        self.words = words
        self.tests = tests
        self.at = 0
        self.depth = 0

    def _take(self) -> str | Span | None:
        word = self.words[self.at] if self.at < len(self.words) else None
        self.at += 1
        return word

    def sequence(self) -> bool | None:
        value = self._term()
        while self.at < len(self.words) and (word := self.words[self.at]) in ("and", "or"):
            self.at += 1
            value = _joined(value, str(word), self._term())
        return value

    def _term(self) -> bool | None:
        word = self._take()
        if word == "not":
            value = self._nested(self._term)
            return None if value is None else not value
        if word == "(":
            value = self._nested(self.sequence)
            return value if self._take() == ")" else None
        span = self._take() if word in ("togl", "bool", "test") else None
        if not isinstance(span, Span):
            return None
        return self._test(span) if word == "test" else _boolean(self.interpreter, [span])

    def _nested(self, read: Callable[[], bool | None]) -> bool | None:
        self.depth += 1
        value = read() if self.depth < limits.LATEX_DEPTH else None
        self.depth -= 1
        return value

    def _test(self, span: Span) -> bool | None:
        """Read `test {\\ifdefempty{\\x}}`."""
        frame = Frame(span.frame.source, span.end, span.frame.arguments, span.frame.at)
        at = skip_blank(frame.source, span.start, span.end)
        name = frame.source.values[at] if at < span.end else ""
        count, test = self.tests.get(name, (0, _unknown))
        spans: list[Span] = []
        after = at + 1
        while len(spans) < count and (found := group(frame, after)) is not None:
            spans.append(found[0])
            after = found[1]
        return test(self.interpreter, spans) if len(spans) == count else None
