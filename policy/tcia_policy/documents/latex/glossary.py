"""Acronyms: what `\\gls{lidc}` and its kin print."""

import re

from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame

_SHORT = frozenset("acs acsp Acs acrshort acrshortpl Acrshort glsentryshort glsxtrshort".split())
_LONG = frozenset("acl aclp Acl acrlong acrlongpl Acrlong glsentrylong glsxtrlong glsdesc glsentrydesc".split())
_FULL = frozenset("acf acfp Acf acrfull acrfullpl Acrfull glsxtrfull".split())
_FIRST_IN_FULL = frozenset("gls Gls GLS glspl Glspl ac Ac acp Acp glsentrytext glsentryname glstext Glstext".split())
_SETTING = re.compile(r"(?:^|,)\s*(name|short|long|description)\s*=\s*")


def acronym(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newacronym[..]{key}{short}{long}`."""
    key = group(frame, skip(frame, index + 1, "o"))
    short = group(frame, key[1]) if key else None
    long = group(frame, short[1]) if short else None
    if key is None or short is None or long is None:
        return index + 1
    interpreter.acronyms[interpreter.spelled(key[0])] = interpreter.printed(short[0]), interpreter.printed(long[0])
    return long[1]


def acro(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\acro{key}[short]{long}`, which prints in its list; `\\acrodef` prints nothing."""
    key = group(frame, index + 1)
    short = option(frame, key[1]) if key else None
    long = group(frame, short[1] if short else key[1]) if key else None
    if key is None or long is None:
        return index + 1
    name = interpreter.spelled(key[0])
    interpreter.acronyms[name] = interpreter.printed(short[0]) if short else name, interpreter.printed(long[0])
    if frame.source.values[index] == "acro":
        interpreter.newline()
        interpreter.write(" ".join(interpreter.acronyms[name]), frame.line(index))
        interpreter.newline()
    return long[1]


def settings(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\newglossaryentry{key}{name=.., description=..}`, `\\DeclareAcronym{key}{short=.., long=..}`."""
    key = group(frame, index + 1)
    given = group(frame, key[1]) if key else None
    if key is None or given is None:
        return index + 1
    parts = _SETTING.split(interpreter.printed(given[0]))
    values = {name: text.strip().removesuffix(",") for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    short = values.get("short") or values.get("name")
    if short:
        interpreter.acronyms[interpreter.spelled(key[0])] = short, values.get("long", "")
    return given[1]


def use(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\gls{key}`: in full where it comes first. A key that nothing defines is printed as it is."""
    key = group(frame, skip(frame, index + 1, "o"))
    if key is None or frame.source.has_paragraph(key[0].start, key[0].end):
        return index + 1
    name, command = interpreter.spelled(key[0]), frame.source.values[index].rstrip("*")
    short, long = interpreter.acronyms.get(name, (name, ""))
    in_full = command in _FULL or (command in _FIRST_IN_FULL and name not in interpreter.introduced)
    if command in _LONG and long:
        text = long
    elif in_full and long:
        text = f"{long} ({short})"
    else:
        text = short
    if interpreter.live:
        interpreter.introduced.add(name)
    interpreter.write(text, frame.line(index))
    return key[1]


COMMANDS: dict[str, Handler] = {
    "newacronym": acronym,
    "newabbreviation": acronym,
    "acro": acro,
    "acrodef": acro,
    "newacro": acro,
    **dict.fromkeys(["newglossaryentry", "DeclareAcronym", "longnewglossaryentry"], settings),
    **dict.fromkeys([*_SHORT, *_LONG, *_FULL, *_FIRST_IN_FULL], use),
}
AUTHORS_OWN = frozenset(COMMANDS) - {"newacronym"}
