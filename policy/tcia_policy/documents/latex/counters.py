"""Numbers that a document sets: counters of LaTeX, and count registers of TeX."""

import re

from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.operands import Operands
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.latex.tokens import COMMAND, TEXT

_SETS = re.compile(r"\s*=?\s*-?\d|\s*=")


def new_counter(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newcounter{x}[y]`: zero, unless the counter `y` sets it back."""
    named = group(frame, index + 1)
    if named is None:
        return index + 1
    within = option(frame, named[1])
    _set(interpreter, interpreter.spelled(named[0]), 0 if within is None else None)
    return named[1] if within is None else within[1]


def set_counter(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\setcounter{x}{3}`, `\\addtocounter{x}{1}`, `\\stepcounter{x}`."""
    named = group(frame, index + 1)
    if named is None:
        return index + 1
    command, name = frame.source.values[index], interpreter.spelled(named[0])
    given = group(frame, named[1]) if command in ("setcounter", "addtocounter") else None
    if given is None:
        number: int | None = 1
    else:
        inner = Frame(frame.source, given[0].end, frame.arguments, frame.at)
        number = Operands(interpreter, inner, given[0].start).number()
    before = interpreter.counters.get(name)
    if name in interpreter.counters:
        added = None if before is None or number is None else before + number
        _set(interpreter, name, number if command == "setcounter" else added)
    return skip(frame, named[1], "m") if given is None and command == "setcounter" else given[1] if given else named[1]


def new_register(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newcount\\x` and `\\chardef\\x=1`."""
    if index + 1 >= frame.end or frame.source.kinds[index + 1] != COMMAND:
        return index + 1
    name = frame.source.values[index + 1]
    if frame.source.values[index] == "newcount":
        _set(interpreter, name, 0)
        return index + 2
    interpreter.counters[name] = None
    return set_register(interpreter, frame, index + 1)


def set_register(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\x=3` of a register."""
    source, name = frame.source, frame.source.values[index]
    follows = index + 1 < frame.end and source.kinds[index + 1] == TEXT and _SETS.match(source.values[index + 1])
    if not follows:
        return index + 1
    operands = Operands(interpreter, frame, index + 1)
    operands.relation()
    _set(interpreter, name, operands.number())
    after, rest = operands.after()
    interpreter.type(rest, frame.line(max(after - 1, index)))
    return after


def advance(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\advance\\x by 1`, of which what follows is a length or number."""
    source = frame.source
    if index + 1 >= frame.end or source.kinds[index + 1] != COMMAND:
        return index + 1
    name = source.values[index + 1]
    if name not in interpreter.counters:
        return index + 1
    before, interpreter.counters[name] = interpreter.counters[name], None
    operands = Operands(interpreter, frame, index + 2)
    operands.skip_blank()
    for letter in "by":
        found = operands.peek()
        if found is not None and found.value == letter:
            operands.take()
    number = operands.number()
    after, rest = operands.after()
    _set(interpreter, name, None if before is None or number is None else before + number)
    interpreter.type(rest, frame.line(max(after - 1, index)))
    return after


def _set(interpreter: Interpreter, name: str, value: int | None) -> None:
    interpreter.counters[name] = None if interpreter.conditions else value


COMMANDS: dict[str, Handler] = {
    "newcounter": new_counter,
    **dict.fromkeys(["setcounter", "addtocounter", "stepcounter", "refstepcounter"], set_counter),
    **dict.fromkeys(["newcount", "chardef"], new_register),
    "advance": advance,
}
