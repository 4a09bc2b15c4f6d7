"""The options of a class or package that stands beside the manuscript: `\\DeclareOption` and its kin (clsguide, 4)."""

from tcia_policy.documents.latex.arguments import group, skip
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame


def declare(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\DeclareOption{draft}{\\drafttrue}`: done where the option is given, and not before."""
    if frame.source.values[index].endswith("*"):
        return skip(frame, index + 1, "m")
    name = group(frame, index + 1)
    code = group(frame, name[1]) if name else None
    if name is None or code is None:
        return index + 1
    interpreter.options[interpreter.spelled(name[0])] = code[0]
    return code[1]


def process(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\ProcessOptions`: do what the options that are given ask for, in the order in which they were declared."""
    given = interpreter.class_options | interpreter.given_options
    _do(interpreter, [name for name in interpreter.options if name in given])
    interpreter.options = {}
    return index + 1


def execute(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\ExecuteOptions{a,b}`: do these as if they were given."""
    named = group(frame, index + 1)
    if named is None:
        return index + 1
    _do(interpreter, [name.strip() for name in interpreter.spelled(named[0]).split(",")])
    return named[1]


def _do(interpreter: Interpreter, names: list[str]) -> None:
    for name in names:
        code = interpreter.options.get(name)
        if code is not None and interpreter.may_expand(code):
            interpreter.walk(code)


COMMANDS: dict[str, Handler] = {
    "DeclareOption": declare,
    "ProcessOptions": process,
    "ExecuteOptions": execute,
}
