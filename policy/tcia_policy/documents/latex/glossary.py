"""Acronyms: what `\\gls{lidc}` and its kin print."""

import re

from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.interpreter import Handler, Scan
from tcia_policy.documents.latex.stack import Frame

_SHORT = frozenset("acs acsp Acs acrshort acrshortpl Acrshort glsentryshort glsxtrshort".split())
_LONG = frozenset("acl aclp Acl acrlong acrlongpl Acrlong glsentrylong glsxtrlong glsdesc glsentrydesc".split())
_FULL = frozenset("acf acfp Acf acrfull acrfullpl Acrfull glsxtrfull".split())
_FIRST_IN_FULL = frozenset("gls Gls GLS glspl Glspl ac Ac acp Acp glsentrytext glsentryname glstext Glstext".split())
_SETTING = re.compile(r"(?:^|,)\s*(name|short|long|description)\s*=\s*")


def acronym(scan: Scan, frame: Frame, index: int) -> int:
    """`\\newacronym[..]{key}{short}{long}`."""
    key = group(frame, skip(frame, index + 1, "o"))
    short = group(frame, key[1]) if key else None
    long = group(frame, short[1]) if short else None
    if key is None or short is None or long is None:
        return index + 1
    scan.acronyms[scan.spelled(key[0])] = scan.printed(short[0]), scan.printed(long[0])
    return long[1]


def acro(scan: Scan, frame: Frame, index: int) -> int:
    """`\\acro{key}[short]{long}`, which prints in its list; `\\acrodef` prints nothing."""
    key = group(frame, index + 1)
    short = option(frame, key[1]) if key else None
    long = group(frame, short[1] if short else key[1]) if key else None
    if key is None or long is None:
        return index + 1
    name = scan.spelled(key[0])
    scan.acronyms[name] = scan.printed(short[0]) if short else name, scan.printed(long[0])
    if frame.source.values[index] == "acro":
        scan.newline()
        scan.write(" ".join(scan.acronyms[name]), frame.line(index))
        scan.newline()
    return long[1]


def settings(scan: Scan, frame: Frame, index: int) -> int:
    """`\\newglossaryentry{key}{name=.., description=..}`, `\\DeclareAcronym{key}{short=.., long=..}`."""
    key = group(frame, index + 1)
    given = group(frame, key[1]) if key else None
    if key is None or given is None:
        return index + 1
    parts = _SETTING.split(scan.printed(given[0]))
    values = {name: text.strip().removesuffix(",") for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    short = values.get("short") or values.get("name")
    if short:
        scan.acronyms[scan.spelled(key[0])] = short, values.get("long", "")
    return given[1]


def use(scan: Scan, frame: Frame, index: int) -> int:
    """`\\gls{key}`: in full where it comes first. A key that nothing defines is printed as it is."""
    key = group(frame, skip(frame, index + 1, "o"))
    if key is None or frame.source.has_paragraph(key[0].start, key[0].end):
        return index + 1
    name, command = scan.spelled(key[0]), frame.source.values[index].rstrip("*")
    short, long = scan.acronyms.get(name, (name, ""))
    in_full = command in _FULL or (command in _FIRST_IN_FULL and name not in scan.introduced)
    if command in _LONG and long:
        text = long
    elif in_full and long:
        text = f"{long} ({short})"
    else:
        text = short
    if scan.live:
        scan.introduced.add(name)
    scan.write(text, frame.line(index))
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
