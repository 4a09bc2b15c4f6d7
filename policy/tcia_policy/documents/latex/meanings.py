"""What a command means where it stands: defined or not, empty, like another; `None` where the source does not say."""

import re
from collections.abc import Sequence

from tcia_policy.documents.latex.characters import signs
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.operands import written
from tcia_policy.documents.latex.stack import Macro

_NEVER_DEFINED = frozenset(("undefined", "@undefined", "UnDeFiNeD", "Undefined", "notdefined", ""))
_EMPTY = frozenset(("empty", "@empty"))
# What the engine, a class or a package defines or not: which of them prints the document, its source does not show.
_OF_THE_ENGINE = re.compile(r".*@|pdf|XeTeX|xetex|lua|directlua|eTeX|tex|omega|Omega|xt|if|HCode|HyperFirst|.*name$")
_KERNEL = frozenset("relax par begin end documentclass usepackage newcommand def let".split())


def is_defined(interpreter: Interpreter, name: str) -> bool | None:
    """Return whether a command is defined."""
    if name in interpreter.unsettled:
        return None
    if name in interpreter.aliases and name not in interpreter.macros:
        target = interpreter.aliases[name]
        return None if target == name else is_defined(interpreter, target)
    if name in _NEVER_DEFINED:
        return False
    if name in _KERNEL or _is_defined_by_the_source(interpreter, name):
        return True
    is_of_others = interpreter.knows(name) or name in signs() or _OF_THE_ENGINE.match(name) is not None
    return None if is_of_others or interpreter.is_incomplete else False


def _is_defined_by_the_source(interpreter: Interpreter, name: str) -> bool:
    return (
        name in interpreter.macros
        or name in interpreter.boxes
        or (name.startswith("if") and name[2:] in interpreter.flags)
        or name.removeprefix("c@") in interpreter.counters
    )


def is_empty(interpreter: Interpreter, name: str) -> bool | None:
    """Return whether a command unfolds to nothing; an undefined one does not."""
    if name in _EMPTY:
        return True
    macro = interpreter.macros.get(name)
    if name in interpreter.unsettled or macro is None:
        return False if is_defined(interpreter, name) is False else None
    body = written(macro.body)
    return body is not None and not "".join(body).strip() and not macro.shape


def are_alike(interpreter: Interpreter, one: str, other: str) -> bool | None:
    """Return whether two commands mean the same, as `\\ifx` has it."""
    if one in interpreter.unsettled or other in interpreter.unsettled:
        return True if one == other else None
    one, other = interpreter.aliases.get(one, one), interpreter.aliases.get(other, other)
    if one == other:
        return True
    if one in _EMPTY or other in _EMPTY:
        return _is_like_empty(interpreter, other if one in _EMPTY else one)
    macros = [interpreter.macros.get(one), interpreter.macros.get(other)]
    if None in macros:
        return _are_alike_without_macros(interpreter, one, other)
    return _are_same(macros)


def _is_like_empty(interpreter: Interpreter, name: str) -> bool | None:
    """Return whether it is `\\empty`: a macro that `\\newcommand` defines may take paragraphs, and is another."""
    macro = interpreter.macros.get(name)
    return False if macro is not None and macro.is_long else is_empty(interpreter, name)


def _are_alike_without_macros(interpreter: Interpreter, one: str, other: str) -> bool | None:
    if one in interpreter.macros or other in interpreter.macros:
        beside = other if one in interpreter.macros else one
        return False if beside == "relax" or is_defined(interpreter, beside) is False else None
    defined = is_defined(interpreter, one), is_defined(interpreter, other)
    if None in defined or defined == (True, True):
        return None
    return defined == (False, False)


def _are_same(macros: Sequence[Macro | None]) -> bool | None:
    bodies = {None if macro is None else written(macro.body) for macro in macros}
    if None in bodies:
        return None
    meanings = {(macro.shape, macro.is_long, written(macro.body)) for macro in macros if macro is not None}
    return len(meanings) == 1
