"""Pictures of TikZ (manual 3.1.10, sections 14 and 17): their text stands in nodes, and all else draws."""

import re

from tcia_policy.documents.latex.arguments import group
from tcia_policy.documents.latex.environments import closing
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.documents.latex.tokens import COMMAND, NOWHERE, OPEN, OPTION, TEXT

_NODE = re.compile(r"\b(?:node|edge node|coordinate|child)\b[^;]*$")
_TEXT_COMMANDS = frozenset("node matrix legend addlegendentry caption captionof foreach pic".split())
_DRAWING = frozenset(
    "draw path fill filldraw clip shade shadedraw coordinate useasboundingbox graph addplot pgfplotsset".split()
)


def picture(interpreter: Interpreter, frame: Frame, start: int, name: str) -> int | None:
    """Walk what a picture prints; `start` is behind its options. `None` where it does not end here."""
    end = closing(interpreter, frame, start, name)
    if end == NOWHERE:
        return None
    _walk(interpreter, Span(frame, start, end))
    return end


def _walk(interpreter: Interpreter, span: Span) -> None:
    frame, source = Frame(span.frame.source, span.end, span.frame.arguments, span.frame.at), span.frame.source
    index, has_text = span.start, False
    while index < span.end:
        kind, value = source.kinds[index], source.values[index]
        if kind == TEXT:
            has_text = _NODE.search(value) is not None or (has_text and ";" not in value)
            index += 1
        elif kind == OPTION and source.ends(index) != NOWHERE and source.ends(index) < span.end:
            index = source.ends(index) + 1
        elif kind == OPEN and (found := group(frame, index)) is not None:
            index = found[1]
            if has_text:
                interpreter.newline()
                interpreter.walk(found[0])
                interpreter.newline()
            else:
                _walk(interpreter, found[0])
        elif kind == COMMAND and value not in _DRAWING and value not in _TEXT_COMMANDS:
            index = interpreter.command(frame, index)
        else:
            has_text = value in _TEXT_COMMANDS and value != "foreach" if kind == COMMAND else has_text
            index += 1
