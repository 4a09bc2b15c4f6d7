"""Text for LaTeX, as classic BibTeX, biber and pandoc all read it."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from tcia_policy.text.sanitize import REPLACEMENT, clean

if TYPE_CHECKING:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

# Chosen by what every reader keeps: pandoc drops `\textbar{}` and `\textasciigrave{}` without a word, and `@word{`
# begins an entry for readers that do not count braces.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": "$|$",
    "`": r"\`{}",
    "@": "{@}",
    **{character: "\\" + character for character in "&%$#_"},
}
# BibTeX counts escaped braces too, so they are written as such only where they nest.
_NESTED_BRACES = {"{": r"\{", "}": r"\}"}
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_LIGATURE = re.compile(r"([-',])(?=\1)")

_TYPOGRAPHY = {
    "\u2018": "`",
    "\u2019": "'",
    "\u201c": "``",
    "\u201d": "''",
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "--",
    "\u2014": "---",
    "\u2026": r"{\ldots}",
    "\u00a7": r"{\S}",
    "\u00b6": r"{\P}",
    "\u00a9": r"{\copyright}",
    "\u00a3": r"{\pounds}",
}
# Combining marks, and the macros that set them over or under a letter.
_MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331"
_ACCENTS = dict(zip(_MARKS, "`'^~=u.\"rHvdckb", strict=True))
# Letters that pylatexenc turns into others (h with stroke into h with macron) or into macros that LaTeX has not.
_MISSPELLED = "\u0126\u0127\u0166\u0167\u013f\u0140\u0138\u0149"


def escape(text: str, ascii_only: bool = False) -> str:
    """Return `text` on one line of LaTeX, its braces balanced.

    With `ascii_only`, what is beyond ASCII becomes macros; a character that has none becomes `{\\char"0627}`, which
    XeLaTeX, LuaLaTeX and biber read. pandoc reads accents and drops that and macros such as `\\dh`.
    """
    line = clean(clean(text).replace(REPLACEMENT, ""))
    specials = _SPECIAL | (_NESTED_BRACES if _braces_nest(line) else _LONE_BRACES)
    escaped = "".join(specials.get(character, character) for character in _LIGATURE.sub("\\1\0", line))
    escaped = escaped.replace("\0", "{}")
    return _ascii_encoder().unicode_to_latex(escaped) if ascii_only else escaped


def _braces_nest(line: str) -> bool:
    depth = 0
    for character in line:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


@cache
def _ascii_encoder() -> "UnicodeToLatexEncoder":
    from pylatexenc.latexencode import (  # noqa: PLC0415 - 15 ms, and only `--ascii` needs the table
        RULE_CALLABLE,
        UnicodeToLatexConversionRule,
        UnicodeToLatexEncoder,
    )

    return UnicodeToLatexEncoder(
        conversion_rules=[
            UnicodeToLatexConversionRule(RULE_CALLABLE, _typography_or_accent, replacement_latex_protection="none"),
            "defaults",
        ],
        non_ascii_only=True,
        replacement_latex_protection="braces-all",
        unknown_char_policy=_code_point,
        unknown_char_warning=False,
    )


def _typography_or_accent(text: str, position: int) -> tuple[int, str] | None:
    character = text[position]
    if character in _TYPOGRAPHY:
        return 1, _TYPOGRAPHY[character]
    decomposed = unicodedata.normalize("NFD", character)
    letter, marks = decomposed[0], decomposed[1:]
    if letter.isascii() and marks and all(mark in _ACCENTS for mark in marks):
        for mark in marks:
            letter = f"\\{_ACCENTS[mark]}{{{letter}}}"
        return 1, f"{{{letter}}}"
    return (1, _code_point(character)) if character in _MISSPELLED else None


def _code_point(character: str) -> str:
    return f'{{\\char"{ord(character):04X}}}'
