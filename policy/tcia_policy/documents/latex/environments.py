"""Where environments end whose content is not walked in its place."""

from tcia_policy.documents.latex.arguments import group
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.latex.tokens import NOWHERE


def closing(interpreter: Interpreter, frame: Frame, start: int, name: str) -> int:
    """Return where the `\\end{name}` stands that comes first from `start` on; `NOWHERE` where none does."""
    source, at = frame.source, start
    while True:
        at = source.next_command("end", at, frame.end)
        if at == NOWHERE:
            return NOWHERE
        named = group(frame, at + 1)
        if named is not None and named[0].end - named[0].start <= 1 and interpreter.spelled(named[0]) == name:
            return at
        at += 1


def behind(interpreter: Interpreter, frame: Frame, index: int, start: int, name: str) -> int:
    """Return where it goes on behind an environment whose content is not printed."""
    at = closing(interpreter, frame, start, name)
    named = group(frame, at + 1) if at != NOWHERE else None
    if named is None:
        interpreter.never_closed(name, frame.place(index))
        return frame.end
    return named[1]
