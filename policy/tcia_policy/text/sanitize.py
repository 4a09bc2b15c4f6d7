"""Text from outside, made safe to show: nothing invisible, nothing that a terminal would act on."""

import re
import unicodedata

from tcia_policy.lazy import pattern

REPLACEMENT = "\ufffd"
# Marks without width, which can only hide or divide; U+200C and U+200D join letters in Persian and Indic spelling.
JOINERS = "\u200c\u200d"
WITHOUT_WIDTH = "\u00ad\u200b\u2060\ufeff"

# Marks that change the order in which other characters are shown (Unicode TR 9), those without width, and those that
# say something to a program alone: fillers, tags, and the selectors that are used to hide a text in another.
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"
_INVISIBLE = pattern(
    f"[{WITHOUT_WIDTH}{_FILLERS}\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATES = "\ud800-\udfff"  # how Python reads a name of a file that is not in UTF-8
_NOT_TEXT = pattern(f"[\x00-\x1f\x7f-\x9f{_SURROGATES}\ufdd0-\ufdef\ufffe\uffff]")
# What JSON and YAML may hold as it is, and a reader would not see or a terminal would act on.
_HIDDEN = pattern(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
# What the runner of a pipeline acts on in the middle of a line of a log: `##[add-mask]`, `##vso[task.complete]`.
_OLD_COMMAND = pattern(r"##(?=[A-Za-z]{0,20}\[)")
_COMMAND = pattern(r"^(\s*):(?=:)", re.MULTILINE)


def clean(text: str) -> str:
    """Return `text` on one line: white space collapsed, direction and invisible marks removed, composed (NFC).

    Controls, and code points that are no characters, become U+FFFD, so that it shows that something was there.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    line = " ".join(_INVISIBLE.sub("", text).split())
    return unicodedata.normalize("NFC", _NOT_TEXT.sub(REPLACEMENT, line))


def neutral(text: str, keep: str = "") -> str:
    """Return `text` with U+FFFD for every character that is not printable and not in `keep`; no line ends, unless kept.

    Printable are letters, marks, digits, punctuation, symbols and the space (`str.isprintable`).
    """
    return "".join(letter if letter.isprintable() or letter in keep else REPLACEMENT for letter in text)


def shortened(text: str, longest: int, keep: str = "") -> str:
    """Return the beginning of `text`, neutral but for `keep`, of at most `longest` characters, for a quote."""
    shown = text.strip()
    return neutral(shown if len(shown) <= longest else f"{shown[: longest - 1]}…", keep)


def escaped(json_text: str) -> str:
    r"""Return JSON, which YAML is too, with `\u200b` for each character within its strings that would not show.

    A surrogate, which UTF-8 cannot write, becomes U+FFFD. What a pipeline would act on is escaped as well: `#\u0023[`.
    """
    shown = _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", json_text)
    return _OLD_COMMAND.sub(r"#\\u0023", re.sub(f"[{_SURROGATES}]", REPLACEMENT, shown))


def without_commands(text: str) -> str:
    """Return lines of text in which no pipeline finds a command for its runner, wherever the lines begin.

    GitHub Actions acts on a line that begins with `::`, and GitHub and Azure on `##[...]` and `##vso[...]` anywhere.
    """
    return without_old_commands(_COMMAND.sub(rf"\1{REPLACEMENT}", text))


def without_old_commands(text: str) -> str:
    """Return a text without the form of a command that a pipeline finds in the middle of a line."""
    return _OLD_COMMAND.sub(f"#{REPLACEMENT}", text)


def without_commands_in_markup(text: str) -> str:
    """Return HTML or XML as `without_commands`, with references to characters, so that it says the same."""
    return _OLD_COMMAND.sub("#&#35;", _COMMAND.sub(r"\1&#58;", text))


def spaced_like(value: str, shown: str) -> str:
    """Return `shown`, with a space where `value` begins or ends with one, to keep it apart from what is beside it."""
    if not shown:
        return " " if value else ""
    return f"{' ' * value[:1].isspace()}{shown}{' ' * value[-1:].isspace()}"
