"""Boxes: what is saved in one is printed where the box is used, and nowhere else (source2e, ltboxes; fancybox)."""

import re
from functools import partial

from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.arguments import group, skip, skip_blank
from tcia_policy.documents.latex.environments import closing
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, Macro, Span
from tcia_policy.documents.latex.tokens import COMMAND, NOWHERE, OPEN, TEXT

ENVIRONMENTS = frozenset(("lrbox", "Sbox"))
_NUMBER = re.compile(r"\s*(\d+)\s*=?\s*")
_BEFORE_THE_BOX = re.compile(r"\s*=?\s*(?:to\b.*|spread\b.*)?")
_KINDS = frozenset(("hbox", "vbox", "vtop", "vcenter", "long", "global"))


def save(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\sbox{\\x}{text}` and `\\savebox{\\x}[3cm][l]{text}`."""
    name, after = _named(frame, index + 1)
    text = group(frame, skip(frame, after, "oo"))
    if not name or text is None:
        return index + 1
    _keep(interpreter, name, text[0])
    return text[1]


def set_box(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\setbox0=\\hbox{text}` and `\\setbox\\x\\vbox\\bgroup text\\egroup`."""
    source = frame.source
    name, at = _named(frame, index + 1)
    while name and at < frame.end:
        kind, value = source.kinds[at], source.values[at]
        if kind == OPEN:
            text = group(frame, at)
            if text is None:
                return at
            _keep(interpreter, name, text[0])
            return text[1]
        if kind == COMMAND and value == "bgroup":
            end = source.next_command("egroup", at, frame.end)
            end = frame.end if end == NOWHERE else end
            _keep(interpreter, name, Span(frame, at + 1, end))
            return min(end + 1, frame.end)
        if not (value in _KINDS if kind == COMMAND else kind == TEXT and _BEFORE_THE_BOX.fullmatch(value)):
            return at + (kind == COMMAND)
        at += 1
    return at


def save_environment(interpreter: Interpreter, frame: Frame, start: int, name: str) -> int | None:
    """Read `\\begin{lrbox}{\\x}`, of which `start` is behind the name; `None` where it does not end here."""
    end = closing(interpreter, frame, start, name)
    ending = group(frame, end + 1) if end != NOWHERE else None
    if ending is None:
        return None
    box, after = _named(frame, start) if name == "lrbox" else ("TheSbox", start)
    _keep(interpreter, box, Span(frame, after, end))
    return ending[1]


def use(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Print a box: `\\usebox{\\x}`, `\\box0`, `\\unhbox\\x`."""
    name, after = ("TheSbox", index + 1) if frame.source.values[index] == "TheSbox" else _named(frame, index + 1)
    kept = interpreter.boxes.get(name)
    if kept is None:
        return after
    box, condition = kept
    print_it = partial(interpreter.expand, frame, index, box, after=after)
    if condition is None:
        print_it()
    else:
        walk_alternatives(interpreter, [Alternative(condition, print_it)], are_all=False)
    return after


def _keep(interpreter: Interpreter, name: str, text: Span) -> None:
    condition = interpreter.conditions[-1] if interpreter.conditions else None
    interpreter.boxes[name] = Macro(text), condition


def _named(frame: Frame, index: int) -> tuple[str, int]:
    """Return the name or number of a box, in braces or not, and where it goes on."""
    source = frame.source
    found = group(frame, index)
    if found is not None:
        return "".join(source.values[at] for at in range(found[0].start, found[0].end)).strip(), found[1]
    at = skip_blank(source, index, frame.end)
    if at >= frame.end:
        return "", index
    number = _NUMBER.match(source.values[at]) if source.kinds[at] == TEXT else None
    if source.kinds[at] == COMMAND:
        return source.values[at], at + 1
    return (number.group(1), at + 1) if number is not None else ("", index)


COMMANDS: dict[str, Handler] = {
    **dict.fromkeys(["savebox", "sbox"], save),
    "setbox": set_box,
    **dict.fromkeys(["usebox", "box", "copy", "unhbox", "unvbox", "unhcopy", "unvcopy", "TheSbox"], use),
}
AUTHORS_OWN = frozenset(("box", "copy", "TheSbox"))
