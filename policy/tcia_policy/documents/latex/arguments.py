"""The arguments that stand behind a command."""

from tcia_policy.documents.latex.stack import Frame, Macro, Span
from tcia_policy.documents.latex.tokens import COMMAND, NEWLINE, NOWHERE, OPEN, OPTION, TEXT, Source


def skip_blank(source: Source, index: int, end: int) -> int:
    """Return the position of the next token that is not white space."""
    while index < end and (
        source.kinds[index] == NEWLINE or (source.kinds[index] == TEXT and source.values[index].isspace())
    ):
        index += 1
    return index


def option(frame: Frame, index: int) -> tuple[Span, int] | None:
    """Return what stands in brackets, and where it goes on behind them."""
    return _enclosed(frame, index, OPTION)


def group(frame: Frame, index: int) -> tuple[Span, int] | None:
    """Return what stands in braces, and where it goes on behind them."""
    return _enclosed(frame, index, OPEN)


def _enclosed(frame: Frame, index: int, kind: int) -> tuple[Span, int] | None:
    source = frame.source
    index = skip_blank(source, index, frame.end)
    if index >= frame.end or source.kinds[index] != kind:
        return None
    end = source.ends(index)
    if end == NOWHERE or end >= frame.end or (kind == OPTION and source.has_paragraph(index, end)):
        return None
    return Span(frame, index + 1, end), end + 1


def skip(frame: Frame, index: int, shape: str) -> int:
    """Return where it goes on behind the arguments of this shape (`o` in brackets, `m` in braces) that are there."""
    for letter in shape:
        found = option(frame, index) if letter == "o" else group(frame, index)
        if found is not None and not frame.source.has_paragraph(index, found[1]):
            index = found[1]
        elif letter == "m":
            break
    return index


def taken_by(macro: Macro, frame: Frame, index: int, *, starred: bool = False) -> tuple[tuple[Span, ...], int]:
    """Return the arguments of a macro and where it goes on behind them; missing ones are empty."""
    arguments: list[Span] = []
    for position, letter in enumerate(macro.shape):
        empty = Span(frame, index, index)
        if letter == "s":
            arguments.append(Span(frame, index - 1, index) if starred else empty)
            continue
        if letter == "o":
            found = option(frame, index)
            span, index = found or (macro.default or empty, index)
        elif macro.until is not None and position == len(macro.shape) - 1:
            span, index = _delimited(macro.until, frame, index)
        else:
            span, index = group(frame, index) or single(frame, index)
        arguments.append(span)
    return tuple(arguments), index


def _delimited(until: str, frame: Frame, index: int) -> tuple[Span, int]:
    end = frame.source.next_command(until, index, frame.end)
    return (Span(frame, index, frame.end), frame.end) if end == NOWHERE else (Span(frame, index, end), end + 1)


def single(frame: Frame, index: int) -> tuple[Span, int]:
    """Take a command as an argument without braces; of a text it would be the first letter, which nobody means."""
    start = skip_blank(frame.source, index, frame.end)
    if start < frame.end and frame.source.kinds[start] == COMMAND:
        return Span(frame, start, start + 1), start + 1
    return Span(frame, index, index), index
