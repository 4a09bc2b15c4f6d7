"""What LaTeX's signs and ligatures stand for in print."""

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db

ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
    "t": "\u0361",
}
_SIGNS = {
    **dict.fromkeys(
        [",", ";", ":", ">", " ", "\n", "\t", "quad", "qquad", "enspace", "thinspace", "space", "nobreakspace"], " "
    ),
    **dict.fromkeys(["!", "/", "-", "@", "allowbreak", "nolinebreak", "xspace", "relax", "protect", "today"], ""),
    **{sign: sign for sign in "%#&$_{}"},
    **dict.fromkeys(
        ["bibnamedelima", "bibnamedelimb", "bibnamedelimc", "bibnamedelimd", "bibnamedelimi", "bibinitdelim"], " "
    ),
    "bibrangedash": "–",
    "bibrangessep": ", ",
    "bibinithyphendelim": ".-",
    "slash": "/",
    "textunderscore": "_",
    "hyp": "-",
    "textendash": "–",
    "textemdash": "—",
    "texttildelow": "~",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "i": "i",
    "j": "j",
    "times": "×",
    "tick": "'",
    "textquotesingle": "'",
    "guillemotleft": "«",
    "guillemotright": "»",
}
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "`": "‘", "~": " "}
_LIGATURE = re.compile(r"(?P<hyphen>(?<=[A-Za-z])--(?=[A-Za-z]))|---?|``|''|[?!]?`|(?P<cell> *& *)|~|[ \t]{2,}|\t")


@cache
def signs() -> dict[str, str]:
    """Return what commands without arguments print: `\\ss`, `\\alpha`, `\\textregistered`."""
    known = {spec.macroname: spec.simplify_repl for spec in get_default_latex_context_db().iter_macro_specs()}
    printed = {
        name: text
        for name, text in known.items()
        if isinstance(text, str) and text.strip() and not set(text) & set("%<>")
    }
    return printed | _SIGNS


def typeset(text: str) -> str:
    """Return text without commands with its dashes, quotes and ties as they are printed. A `&` parts cells."""
    return _LIGATURE.sub(_printed, text)


def _printed(match: re.Match[str]) -> str:
    if match.lastgroup == "hyphen":
        return "-"
    if match.lastgroup == "cell":
        return "\t"
    return _LIGATURES.get(match.group(), " ")


def accented(letter: str, accent: str) -> str:
    """Return one letter with LaTeX's accent (`'`, `v`, ...) upon it."""
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])


_ESCAPED = re.compile(r"\\([%#&_~$^{}\\])(?:\{\})?|\\text(underscore|less|greater|asciitilde)(?![A-Za-z])(?:\{\})? ?")
_COMMAND = re.compile(r"\\(?:discretionary(?:\{[^{}]*\}){0,3}|[A-Za-z@]+ ?|[-/])|[{}$]")
_WORDS = {"underscore": "_", "less": "<", "greater": ">", "asciitilde": "~"}


def link_target(text: str) -> str:
    """Return a URL or DOI as it is, from how LaTeX has it escaped."""
    plain = _ESCAPED.sub(lambda match: match.group(1) or _WORDS[match.group(2)], text)
    return _COMMAND.sub("", plain)
