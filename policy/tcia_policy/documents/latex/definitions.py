"""What authors define: commands, environments, flags and acronyms."""

import re

from tcia_policy.documents.latex.arguments import group, option, single, skip, skip_blank
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, Macro, Span
from tcia_policy.documents.latex.tokens import COMMAND, OPEN, PARAMETER, TEXT
from tcia_policy.documents.latex.variants import settle
from tcia_policy.lazy import dataclass

MOST_ARGUMENTS = 9
_HIDING = frozenset(("comment", "iffalse", "setbox", "lrbox", "Collect@Body", "@gobble", "expandafter@comment"))
_PRINTS_BOX = frozenset("usebox box copy unhbox unvbox unhcopy unvcopy TheSbox BODY".split())
_SHAPE = re.compile(r"([ms])|([o]|O\s*\{[^{}]*\})|\s+|(\+|!)")


def new_command(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newcommand{\\x}[1][default]{body}` and its kin."""
    command = frame.source.values[index]
    provides, is_long = command.startswith("provide"), not command.endswith("*")
    name, index = _named(frame, index + 1)
    shape, default = "", None
    count = option(frame, index)
    if count is not None:
        number = interpreter.spelled(count[0])
        shape = "m" * min(int(number), MOST_ARGUMENTS) if number.isdecimal() and len(number) == 1 else ""
        index = count[1]
        given = option(frame, index)
        if given is not None:
            default, index = given
            shape = "o" + shape[1:]
    body, index = group(frame, index) or single(frame, index)
    constant = _constant(body)
    if name.startswith("if") and constant is not None:
        _set(interpreter, name[2:], constant)
    elif not (provides and name in interpreter.macros):
        _define(interpreter, name, Macro(body, shape, default, is_long=is_long))
    return index


def _constant(body: Span) -> bool | None:
    """Return what a body comes to that is only `\\iftrue` or `\\iffalse`."""
    words = body.frame.source.values[body.start : body.end] if body.end - body.start == 1 else []
    return {"iftrue": True, "iffalse": False}.get(words[0]) if words else None


def define(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\def\\x#1#2{body}`. One whose arguments end at other signs than a command is not defined."""
    name, start = _named(frame, index + 1)
    parameters = _parameters(frame, start)
    found = group(frame, parameters.after) if parameters.are_closed else None
    if found is None:
        return parameters.after
    if parameters.are_plain:
        source = frame.source
        is_long = index > 0 and source.kinds[index - 1] == COMMAND and source.values[index - 1] == "long"
        _define(interpreter, name, Macro(found[0], parameters.shape, until=parameters.until, is_long=is_long))
    return found[1]


@dataclass(frozen=True)
class _Parameters:
    """What stands between the name and the body of a `\\def`, up to the token `after`.

    `shape` and `until` are as a `Macro` has them. `are_plain` says that the arguments can be found again by these,
    `are_closed` that the body may follow.
    """

    shape: str
    until: str | None
    are_plain: bool
    are_closed: bool
    after: int


def _parameters(frame: Frame, index: int) -> _Parameters:
    source = frame.source
    shape, until, is_plain = "", None, True
    while index < frame.end and source.kinds[index] != OPEN:
        kind = source.kinds[index]
        if kind == PARAMETER:
            shape += "m"
            is_plain = is_plain and until is None
        elif kind == COMMAND and until is None and shape:
            until = source.values[index]
        elif not (kind == TEXT and source.values[index].isspace()):
            is_plain = False
            if len(shape) > MOST_ARGUMENTS or source.has_paragraph(index, index + 1):
                return _Parameters(shape, until, is_plain, are_closed=False, after=index)
        index += 1
    return _Parameters(shape, until, is_plain, are_closed=True, after=index)


def define_by_name(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\csdef{x}{body}` and `\\@namedef{x}{body}`."""
    name = group(frame, index + 1)
    if name is None:
        return index + 1
    parameters = _parameters(frame, name[1])
    body = group(frame, parameters.after) if parameters.are_closed else None
    if body is None:
        return parameters.after
    if parameters.are_plain:
        _define(interpreter, interpreter.spelled(name[0]), Macro(body[0], parameters.shape, until=parameters.until))
    return body[1]


def document_command(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\NewDocumentCommand{\\x}{s o m}{body}`."""
    provides = frame.source.values[index].startswith("Provide")
    name, index = _named(frame, index + 1)
    shapes, bodies = group(frame, index), None
    if shapes is not None:
        index = shapes[1]
        bodies = group(frame, index)
    if shapes is None or bodies is None:
        return index
    shape = _SHAPE.sub(lambda match: match.group(1) or ("o" if match.group(2) else ""), interpreter.spelled(shapes[0]))
    if set(shape) <= set("mos") and len(shape) <= MOST_ARGUMENTS and not (provides and name in interpreter.macros):
        _define(interpreter, name, Macro(bodies[0], shape))
    return bodies[1]


def let(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\let\\x=\\y`."""
    source = frame.source
    name, index = _named(frame, index + 1)
    while index < frame.end and source.kinds[index] == TEXT and source.values[index].strip() in ("", "="):
        index += 1
    if index >= frame.end or source.kinds[index] != COMMAND:
        return index
    value = source.values[index]
    if name.startswith("if") and value in ("iftrue", "iffalse"):
        _set(interpreter, name[2:], value == "iftrue")
    elif value in interpreter.macros:
        _define(interpreter, name, interpreter.macros[value])
    elif name not in interpreter.protected and not interpreter.flags_only:
        settle(interpreter, name, None, interpreter.aliases.get(value, value))
    return index + 1


def new_environment(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newenvironment{x}[1]{begin}{end}`. One that swallows its content hides it."""
    named = group(frame, index + 1)
    if named is None:
        return index + 1
    name = interpreter.spelled(named[0])
    shape, default, index = _counted_arguments(interpreter, frame, named[1])
    begins = group(frame, index)
    ends = group(frame, begins[1]) if begins else None
    if begins is None or ends is None:
        return index
    if interpreter.flags_only:
        return ends[1]
    if interpreter.conditions:
        interpreter.doubtful_environments[name] = interpreter.conditions[-1]
    elif _hides(begins[0], ends[0]):
        interpreter.hidden.add(name)
    else:
        interpreter.environments[name] = Macro(begins[0], shape, default), Macro(ends[0])
    return ends[1]


def _counted_arguments(interpreter: Interpreter, frame: Frame, index: int) -> tuple[str, Span | None, int]:
    """Return the shape of `[2][default]`, the default, and where it goes on."""
    count = option(frame, index)
    number = interpreter.spelled(count[0]) if count else ""
    shape = "m" * (int(number) if number.isdecimal() and len(number) == 1 else 0)
    index = count[1] if count else index
    default = option(frame, index)
    return (shape, None, index) if default is None else ("o" + shape[1:], default[0], default[1])


def _hides(begins: Span, ends: Span) -> bool:
    """Return whether what begins an environment swallows its content, and its end does not print the box of it."""
    return bool(_commands(begins) & _HIDING) and not _commands(ends) & _PRINTS_BOX


def _commands(span: Span) -> set[str]:
    source = span.frame.source
    commands = {source.values[at] for at in range(span.start, span.end) if source.kinds[at] == COMMAND}
    environments = {source.values[at] for at in range(span.start, span.end) if source.values[at] in _HIDING}
    return commands | environments


def collected_environment(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Define `\\NewEnviron{x}{body}`, which prints nothing of its content unless its body says `\\BODY`."""
    named = group(frame, index + 1)
    body = group(frame, skip(frame, named[1], "oo")) if named else None
    if named is None or body is None:
        return index + 1
    if frame.source.next_command("BODY", body[0].start, body[0].end) < 0:
        interpreter.hidden.add(interpreter.spelled(named[0]))
    return body[1]


def document_environment(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\NewDocumentEnvironment{x}{m +b}{begin}{end}`; `b` is the content, which the beginning prints or not."""
    named = group(frame, index + 1)
    shapes = group(frame, named[1]) if named else None
    begins = group(frame, shapes[1]) if shapes else None
    ends = group(frame, begins[1]) if begins else None
    if named is None or shapes is None or begins is None or ends is None:
        return index + 1
    name, spelled = interpreter.spelled(named[0]), interpreter.spelled(shapes[0])
    shape = _SHAPE.sub(lambda match: match.group(1) or ("o" if match.group(2) else ""), spelled)
    if interpreter.flags_only:
        return ends[1]
    if shape.endswith("b"):
        body = f"#{len(shape)}"
        source = begins[0].frame.source
        if body not in source.values[begins[0].start : begins[0].end]:
            interpreter.hidden.add(name)
    elif set(shape) <= set("mos"):
        interpreter.environments[name] = Macro(begins[0], shape), Macro(ends[0])
    return ends[1]


def excluded(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\excludecomment{x}`, and `\\includecomment{x}` which takes it back."""
    named = group(frame, index + 1)
    if named is None:
        return index + 1
    name = interpreter.spelled(named[0])
    if interpreter.conditions:
        interpreter.doubtful_environments[name] = interpreter.conditions[-1]
    elif frame.source.values[index] in ("excludecomment", "excludeversion"):
        interpreter.hidden.add(name)
    else:
        interpreter.hidden.discard(name)
    return named[1]


def new_flag(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newif\\ifdraft`, `\\newtoggle{draft}`, `\\newbool{draft}`: false until set."""
    name, after = _named(frame, index + 1)
    if frame.source.values[index] == "newif":
        name = name.removeprefix("if")
    _set(interpreter, name, False)
    return after


def set_flag(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\toggletrue{draft}`, `\\setbool{draft}{true}`."""
    command = frame.source.values[index]
    name, after = _named(frame, index + 1)
    if command.startswith("set"):
        value = group(frame, after)
        if value is None:
            return after
        word, after = interpreter.spelled(value[0]), value[1]
    else:
        word = "true" if command.endswith("true") else "false"
    _set(interpreter, name, {"true": True, "false": False}.get(word))
    return after


def flag_setter(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\drafttrue` after `\\newif\\ifdraft`."""
    name = frame.source.values[index]
    _set(interpreter, name.removesuffix("true").removesuffix("false"), name.endswith("true"))
    return index + 1


def _set(interpreter: Interpreter, flag: str, value: bool | None) -> None:
    interpreter.flags[flag] = None if interpreter.conditions else value


def _define(interpreter: Interpreter, name: str, macro: Macro) -> None:
    """Define a command, unless this reader understands it by itself."""
    if name and name not in interpreter.protected and not interpreter.flags_only:
        settle(interpreter, name, macro, None)


def _named(frame: Frame, index: int) -> tuple[str, int]:
    """Return the name that is defined, in braces or not, without its backslash."""
    found = group(frame, index)
    if found is not None:
        span, after = found
        names = [frame.source.values[at].strip() for at in range(span.start, span.end)]
        return "".join(names), after
    start = skip_blank(frame.source, index, frame.end)
    if start < frame.end and frame.source.kinds[start] == COMMAND:
        return frame.source.values[start], start + 1
    return "", index


COMMANDS: dict[str, Handler] = {
    **dict.fromkeys(["newcommand", "renewcommand", "providecommand", "newrobustcmd", "renewrobustcmd"], new_command),
    **dict.fromkeys(["DeclareRobustCommand", "DeclareMathOperator", "providerobustcmd"], new_command),
    **dict.fromkeys(["def", "gdef", "edef", "xdef"], define),
    **{
        f"{verb}{kind}DocumentCommand": document_command
        for verb in ("New", "Renew", "Provide", "Declare")
        for kind in ("", "Expandable")
    },
    **dict.fromkeys(["csdef", "csgdef", "csedef", "csxdef", "@namedef"], define_by_name),
    "let": let,
    **dict.fromkeys(["newenvironment", "renewenvironment"], new_environment),
    **dict.fromkeys(["NewEnviron", "RenewEnviron"], collected_environment),
    **{f"{verb}DocumentEnvironment": document_environment for verb in ("New", "Renew", "Provide", "Declare")},
    **dict.fromkeys(["excludecomment", "includecomment", "excludeversion", "includeversion"], excluded),
    **dict.fromkeys(["newif", "newtoggle", "newbool", "newboolean", "providetoggle", "providebool"], new_flag),
    **dict.fromkeys(["toggletrue", "togglefalse", "booltrue", "boolfalse"], set_flag),
    **dict.fromkeys(["settoggle", "setbool", "setboolean"], set_flag),
}
