"""Links and accented letters: what a command prints of one short argument."""

import re

from tcia_policy.documents.latex.arguments import group, skip_blank
from tcia_policy.documents.latex.characters import ACCENTS, accented, link_target
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, argument_of
from tcia_policy.documents.latex.tokens import COMMAND, OPEN, RAW, TEXT
from tcia_policy.files import limits

_RESOLVER = re.compile(r"^(?:https?://)?(?:www\.|(?:dx\.)?doi\.org/)?|^doi: ?")


def accent(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\'e`, `\\'{e}`, `\\'\\i`, `\\v{c}`, `\\c c`."""
    source = frame.source
    name = source.values[index].removesuffix("*")  # the star would have the accent, and is no letter
    at = skip_blank(source, index + 1, frame.end)
    is_group = at < frame.end and source.kinds[at] == OPEN
    at += is_group
    if at >= frame.end:
        return index + 1
    if source.kinds[at] == COMMAND and source.values[at] in ("i", "j"):
        interpreter.write(accented(source.values[at], name), frame.line(at))
        interpreter.swallow = not is_group
        return at + 1
    text = source.values[at].lstrip(" ") if source.kinds[at] == TEXT else ""
    if not text[:1].isalpha():
        interpreter.write(name if name in "~^" else "", frame.line(at))
        return index + 1
    interpreter.write(accented(text[0], name), frame.line(at))
    interpreter.type(text[1:], frame.line(at))
    return at + 1


def link(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\url{target}`, `\\doi{name}`."""
    target = _target(interpreter, frame, index)
    if target is None:
        return index + 1
    is_name = frame.source.values[index] == "doi" and target.startswith("10.")
    interpreter.write(f"doi:{target}" if is_name else target, frame.line(index + 1))
    return index + 2


def named_link(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Print `\\href{target}{words}` as `words (target)`, or as the words where they are the target."""
    target = _target(interpreter, frame, index)
    if target is None:
        return index + 1
    words = group(frame, index + 2)
    if words is not None and words[0].start == words[0].end:
        return words[1]  # nothing is there to be seen
    if words is None:
        interpreter.write(target, frame.line(index + 1))
        return index + 2
    interpreter.walk(words[0])
    is_said = interpreter.may_expand(words[0]) and _bare(link_target(interpreter.spelled(words[0]))) == _bare(target)
    if not is_said and not target.startswith(("mailto:", "#")):
        interpreter.write(f" ({target})", frame.line(words[1] - 1))
    return words[1]


def _bare(target: str) -> str:
    """Return a target without what the words of a link may leave out of it."""
    return _RESOLVER.sub("", target).rstrip("/")


def _target(interpreter: Interpreter, frame: Frame, index: int) -> str | None:
    source = frame.source
    if index + 1 >= frame.end or source.kinds[index + 1] != RAW:
        return None
    target = source.values[index + 1]
    if frame.at is not None and not interpreter.may_spend(len(target) // limits.LATEX_TEXT_OF_TOKEN, frame.at):
        return None
    if "#" in target and frame.arguments:
        for number in range(len(frame.arguments), 0, -1):
            argument = argument_of(frame, f"#{number}")
            if argument is not None and f"#{number}" in target and interpreter.may_expand(argument):
                target = target.replace(f"#{number}", interpreter.spelled(argument)[: limits.LINK_TARGET])
    name = target.removeprefix("\\")
    macro = interpreter.macros.get(name) if name != target else None
    if macro is not None and not macro.shape:
        target = interpreter.spelled(macro.body)
    return link_target(target)[: limits.LINK_TARGET]


COMMANDS: dict[str, Handler] = {
    **dict.fromkeys(ACCENTS, accent),
    **dict.fromkeys(["url", "nolinkurl", "path", "doi", "burl", "hyperurl"], link),
    "href": named_link,
}
