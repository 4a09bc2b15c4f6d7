"""Values of BibTeX fields as a reader sees them: LaTeX to plain Unicode text."""

import logging
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

# Past these, pylatexenc would take seconds or run out of stack; such a value is no title.
_LONGEST = 20_000
_DEEPEST = 30

_ACCENTED = re.compile(
    r"""\\(?:["'`^~=.]\s*|[uvHcdbkr](?:\s+|(?=\{)))(?:\{(?:\\[ij]|[A-Za-z])\}|\\[ij](?![A-Za-z])|[A-Za-z])"""
)
# The macros that stand for a character of a DOI and that pylatexenc would drop.
_CHARACTER = re.compile(r"\\(?:(?P<underscore>textunderscore)|slash)(?:\{\}|\s+|(?![A-Za-z]))")
_PLAIN = re.compile(r"(?:[^\\$]|\\[&%#_])*+")
_LIGATURES = {"~": " ", "---": "\u2014", "--": "\u2013", "``": "\u201c", "''": "\u201d"}
_LIGATURE = re.compile("|".join(_LIGATURES))
_VERBATIM = re.compile(r"\\(?:url|nolinkurl|path|doi|href)\s*\{([^{}]*)\}")
_STASHED = re.compile("\ue000(\\d+)\ue001")
_UNESCAPED = re.compile(r"(?<!\\)[%#&]")


@lru_cache(maxsize=4096)
def latex_text(value: str) -> str:
    r"""`value` on one line: accents and macros become Unicode, braces go, `\url{...}` and `\href{...}` leave what they
    point to as it is. Macros that are not known go, and what they apply to stays. Never raises.
    """
    value = _without_accents(value)
    if _PLAIN.fullmatch(value):
        text = _LIGATURE.sub(lambda ligature: _LIGATURES[ligature.group()], value)
        return _one_line(re.sub(r"[{}\\]", "", text))
    value = value.replace("\ue000", "").replace("\ue001", "")
    links: list[str] = []

    def stash(link: re.Match[str]) -> str:
        links.append(link.group(1))
        return f"\ue000{len(links) - 1}\ue001 "

    text = _read(_VERBATIM.sub(stash, value))
    return _one_line(_STASHED.sub(lambda place: links[int(place.group(1))], text))


def is_hard(value: str) -> bool:
    """Whether a LaTeX parser is needed to read it, which takes some 20 microseconds a character."""
    return _PLAIN.fullmatch(_without_accents(value)) is None


def _without_accents(value: str) -> str:
    if "\\" not in value:
        return value
    value = _ACCENTED.sub(lambda accented: _accent(accented.group()), value)
    return _CHARACTER.sub(lambda name: r"\_" if name["underscore"] else "/", value)


@lru_cache(maxsize=1024)
def _accent(latex: str) -> str:
    return _read(latex)


def _read(latex: str) -> str:
    if len(latex) > _LONGEST or _depth(latex) > _DEEPEST:
        return without_markup(latex)
    try:
        return str(_converter().latex_to_text(_UNESCAPED.sub(r"\\\g<0>", latex)))
    except Exception:  # pylatexenc has no base class for what its many macros raise on arguments that are not there
        return without_markup(latex)


def _depth(latex: str) -> int:
    """How deep pylatexenc could get: all that opens something may stay open, but for braces."""
    deepest = depth = 0
    for mark in re.finditer(r"[{}]|\\begin|\\left|\[", latex):
        depth += -1 if mark.group() == "}" else 1
        deepest = max(deepest, depth)
    return deepest


def without_markup(latex: str) -> str:
    """`latex` on one line with its braces and macro names taken out, fast, whatever it is."""
    return _one_line(re.sub(r"[{}$]|\\[A-Za-z]+ ?|\\", "", latex))


@cache
def _converter() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    return LatexNodes2Text(math_mode="text", strict_latex_spaces=False)


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
