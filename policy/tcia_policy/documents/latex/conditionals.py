"""What is printed only under a condition."""

import re
from collections.abc import Callable

from tcia_policy.documents.latex.arguments import group
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.latex.tokens import COMMAND, NOWHERE

_BOOLEAN = re.compile(r"(\\not\s*)?\\boolean \{([^{}]*)\}")


def conditional(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Follow `\\iffalse`, `\\iftrue` and flags of `\\newif`; read both branches of any other condition."""
    source = frame.source
    name = source.values[index]
    end, otherwise = source.ends(index), source.otherwise.get(index, NOWHERE)
    value = _value(interpreter, frame, index)
    if value is None:
        return _uncertain(interpreter, frame, index, end)
    if value:
        if NOWHERE not in (otherwise, end):
            frame.jumps[otherwise] = end + 1
        return index + 1
    if otherwise != NOWHERE and otherwise < frame.end:
        return otherwise + 1
    if end == NOWHERE or end >= frame.end:
        where = "in this macro" if frame.at else "in this file"
        interpreter.problem(frame.place(index), f"\\{name} has no \\fi {where}; what follows it there is not read")
        return frame.end
    return end + 1


def _value(interpreter: Interpreter, frame: Frame, index: int) -> bool | None:
    """Return what the condition at `index` comes to, or `None` where that is not known."""
    source = frame.source
    name = source.values[index]
    value = {"iftrue": True, "iffalse": False}.get(name, interpreter.flags.get(name[2:]))
    is_turned = index > 0 and source.kinds[index - 1] == COMMAND and source.values[index - 1] == "unless"
    return value if value is None or not is_turned else not value


def _uncertain(interpreter: Interpreter, frame: Frame, index: int, end: int) -> int:
    if index < end < frame.end:
        interpreter.uncertain += 1
        frame.on_close(end, lambda: _settled(interpreter))
    return index + (3 if frame.source.values[index] in ("ifx", "if", "ifcat") and _compares(frame, index) else 1)


def _compares(frame: Frame, index: int) -> bool:
    return index + 2 < frame.end and frame.source.kinds[index + 1] == frame.source.kinds[index + 2] == COMMAND


def _settled(interpreter: Interpreter) -> None:
    interpreter.uncertain -= 1


def otherwise(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Skip from the `\\else` of a condition that was met to behind its `\\fi`."""
    return frame.jumps.pop(index, index + 1)


def ended(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\fi`."""
    for action in frame.closing.pop(index, ()):
        action()
    return index + 1


def _flag_of(interpreter: Interpreter, text: str) -> bool | None:
    return interpreter.flags.get(text)


def _test_of(interpreter: Interpreter, text: str) -> bool | None:
    found = _BOOLEAN.fullmatch(text)
    value = interpreter.flags.get(found.group(2).strip()) if found else None
    return value if value is None or found is None or not found.group(1) else not value


def _choosing(value_of: Callable[[Interpreter, str], bool | None]) -> Handler:
    def handler(interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\iftoggle{draft}{one}{other}`: one of them where the flag is known, else both."""
        test = group(frame, index + 1)
        one = group(frame, test[1]) if test else None
        other = group(frame, one[1]) if one else None
        if test is None or one is None or other is None:
            return test[1] if test else index + 1
        value = value_of(interpreter, interpreter.spelled(test[0]))
        interpreter.uncertain += value is None
        for span, is_read in ((one[0], value is not False), (other[0], value is not True)):
            if is_read:
                interpreter.walk(span)
        interpreter.uncertain -= value is None
        return other[1]

    return handler


COMMANDS: dict[str, Handler] = {
    "else": otherwise,
    "fi": ended,
    "iftrue": conditional,
    "iffalse": conditional,
    "iftoggle": _choosing(_flag_of),
    "ifbool": _choosing(_flag_of),
    "ifthenelse": _choosing(_test_of),
}
