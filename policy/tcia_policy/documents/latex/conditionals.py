"""What is printed only under a condition that ends with `\\fi` ("The TeXbook", chapter 20).

A condition is decided where the source shows how it comes out. Where it does not, each branch is walked in doubt.
"""

from collections.abc import Callable
from functools import partial

from tcia_policy.documents.latex import choices
from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.arguments import group
from tcia_policy.documents.latex.doubt import Condition
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.meanings import are_alike, is_defined
from tcia_policy.documents.latex.operands import Operands, Sign, between
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.latex.tokens import COMMAND, NOWHERE
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

Test = Callable[[Interpreter, Operands], bool | int | None]


@dataclass(frozen=True)
class _Branches:
    """Where they begin: the first and those behind each `\\or`, and the one behind `\\else`, if there is one."""

    cases: tuple[int, ...]
    otherwise: int | None
    end: int

    def chosen(self, value: bool | int) -> int | None:
        """Return where the branch begins that is taken; `None` where none is."""
        number = (0 if value else -1) if isinstance(value, bool) else value
        return self.cases[number] if 0 <= number < len(self.cases) else self.otherwise


def conditional(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Follow the branch that is printed; walk all in doubt where the source does not show which that is."""
    source = frame.source
    end = source.ends(index)
    if end == NOWHERE and (source.values[index] in choices.TESTS or _is_braced(frame, index)):
        return choices.choose(interpreter, frame, index)
    operands = Operands(interpreter, frame, index + 1)
    value = _value(interpreter, frame, index, operands)
    after, rest = operands.after()
    branches = _branches(frame, index, after)
    if value is None:
        return _in_doubt(interpreter, frame, index, branches, rest)
    start = branches.chosen(value)
    if start is None:
        return _behind(interpreter, frame, index)
    if end != NOWHERE:
        separators = [*branches.cases[1:], *([] if branches.otherwise is None else [branches.otherwise])]
        frame.jumps.update((position - 1, end + 1) for position in separators if position > start)
    if start == after:
        interpreter.type(rest, frame.line(max(after - 1, index)))
    return start


def _is_braced(frame: Frame, index: int) -> bool:
    """Return whether it is of the kind `\\ifdraft{one}{other}`."""
    first = group(frame, index + 1)
    return frame.source.values[index] not in _TESTS and first is not None


def _value(interpreter: Interpreter, frame: Frame, index: int, operands: Operands) -> bool | int | None:
    """Return what the condition at `index` comes to, or `None` where that is not known."""
    source = frame.source
    name = source.values[index]
    test = _TESTS.get(name)
    value = interpreter.flags.get(name[2:]) if test is None else test(interpreter, operands)
    is_turned = index > 0 and source.kinds[index - 1] == COMMAND and source.values[index - 1] == "unless"
    return not value if is_turned and isinstance(value, bool) else value


def _branches(frame: Frame, index: int, first: int) -> _Branches:
    source = frame.source
    end, otherwise = source.ends(index), source.otherwise.get(index, NOWHERE)
    last = frame.end if end == NOWHERE else min(end, frame.end)
    cases = (first, *(position + 1 for position in source.cases.get(index, ()) if position < last))
    return _Branches(cases, otherwise + 1 if NOWHERE < otherwise < last else None, last)


def _behind(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Return where it goes on behind a condition of which no branch is printed."""
    end = frame.source.ends(index)
    if end == NOWHERE or end >= frame.end:
        where = "in this macro" if frame.at else "in this file"
        name = frame.source.values[index]
        interpreter.problem(frame.place(index), f"\\{name} has no \\fi {where}; what follows it there is not read")
        return frame.end
    return end + 1


def _in_doubt(interpreter: Interpreter, frame: Frame, index: int, branches: _Branches, rest: str) -> int:
    """Walk each branch in doubt."""
    source = frame.source
    if frame.at is not None and branches.end == frame.end:
        return branches.cases[0]  # A macro that only begins a condition
    is_turned = index > 0 and source.kinds[index - 1] == COMMAND and source.values[index - 1] == "unless"
    test = ("\\unless" if is_turned else "") + f"\\{source.values[index]}"
    if source.values[index] in _TESTS:
        test += between(frame, index + 1, branches.cases[0]).removesuffix(rest)
    starts = [*branches.cases, *([] if branches.otherwise is None else [branches.otherwise])]
    ends = [*(start - 1 for start in starts[1:]), branches.end]
    is_case = source.values[index] == "ifcase"
    values = [str(number) if is_case else "true" for number in range(len(branches.cases))]
    values.append("another number" if is_case else "false")

    def walk(position: int) -> None:
        if position < len(starts):
            if not position:
                interpreter.type(rest, frame.line(max(starts[0] - 1, index)))
            interpreter.run(Frame(source, ends[position], frame.arguments, frame.at), starts[position])

    ways = [
        Alternative(Condition.of(test, value), partial(walk, position))
        for position, value in enumerate(values[: limits.LATEX_CASES])
    ]
    walk_alternatives(interpreter, ways, are_all=True)
    return branches.end + (branches.end < frame.end)


# The tests. Each takes its operands, also where it comes to nothing.


def _constant(value: bool) -> Test:
    return lambda interpreter, operands: value


def _math(interpreter: Interpreter, operands: Operands) -> bool | None:
    return interpreter.math


def _characters(interpreter: Interpreter, operands: Operands) -> bool | None:
    """Read `\\if ab`: two characters, or commands that do not unfold."""
    one, other = _two(operands)
    if one is None or other is None:
        return None
    if not one.is_command and not other.is_command:
        return one.value == other.value
    if one.is_command and other.is_command:
        return True if one.value == other.value or {one.value, other.value} <= {"relax", "noexpand"} else None
    command = one.value if one.is_command else other.value
    return False if command == "relax" else None


def _kinds(interpreter: Interpreter, operands: Operands) -> bool | None:
    """Read `\\ifcat a1`: two characters of one kind."""
    one, other = _two(operands)
    if one is None or other is None or one.is_command or other.is_command:
        return None
    return _kind(one.value) == _kind(other.value)


def _kind(character: str) -> str:
    if character.isalpha():
        return "letter"
    return character if character in " {}$&#^_~%" else "other"


def _two(operands: Operands) -> tuple[Sign | None, Sign | None]:
    one = operands.take()
    return one, operands.take()


def _alike(interpreter: Interpreter, operands: Operands) -> bool | None:
    """Read `\\ifx\\a\\b`."""
    one = operands.take_unexpanded()
    other = operands.take_unexpanded()
    if one is None or other is None:
        return None
    if one.is_command and other.is_command:
        return are_alike(interpreter, one.value, other.value)
    if one.is_command or other.is_command:
        command = one.value if one.is_command else other.value
        return None if command in interpreter.unsettled or command in ("bgroup", "egroup", "sptoken") else False
    return one.value == other.value


def _defined(interpreter: Interpreter, operands: Operands) -> bool | None:
    """Read `\\ifdefined\\x`."""
    found = operands.take_unexpanded()
    return is_defined(interpreter, found.value) if found is not None and found.is_command else None


def _named(interpreter: Interpreter, operands: Operands) -> bool | None:
    """Read `\\ifcsname x\\endcsname`."""
    name = ""
    while (found := operands.take()) is not None and not (found.is_command and found.value == "endcsname"):
        if found.is_command or len(name) > limits.LATEX_NUMBER:
            return None
        name += found.value
    return is_defined(interpreter, name.strip())


def _compared(take: Callable[[Operands], float | None]) -> Test:
    def test(interpreter: Interpreter, operands: Operands) -> bool | None:
        one = take(operands)
        relation = operands.relation()
        other = take(operands) if relation is not None else None
        if one is None or other is None:
            return None
        return {"<": one < other, "=": one == other, ">": one > other}[relation or "="]

    return test


def _odd(interpreter: Interpreter, operands: Operands) -> bool | None:
    number = operands.number()
    return None if number is None else number % 2 == 1


def _case(interpreter: Interpreter, operands: Operands) -> int | None:
    return operands.number()


_TESTS: dict[str, Test] = {
    "iftrue": _constant(True),
    "iffalse": _constant(False),
    "ifincsname": _constant(False),
    "ifmmode": _math,
    "if": _characters,
    "ifcat": _kinds,
    "ifx": _alike,
    "ifdefined": _defined,
    "ifcsname": _named,
    "ifnum": _compared(Operands.number),
    "ifdim": _compared(Operands.dimension),
    "ifodd": _odd,
    "ifcase": _case,
}


def otherwise(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Skip from the `\\or` or `\\else` behind a branch that was printed to behind the `\\fi`."""
    return frame.jumps.pop(index, index + 1)


def ended(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\fi`."""
    for action in frame.closing.pop(index, ()):
        action()
    return index + 1


COMMANDS: dict[str, Handler] = {
    "else": otherwise,
    "or": otherwise,
    "fi": ended,
    "iftrue": conditional,
    "iffalse": conditional,
}
