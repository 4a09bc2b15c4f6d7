"""Text from outside, made safe to show: nothing invisible, nothing that a terminal would act on."""

import re
import unicodedata

REPLACEMENT = "\ufffd"
# Marks without width, which can only hide or divide; U+200C and U+200D join letters in Persian and Indic spelling.
JOINERS = "\u200c\u200d"
WITHOUT_WIDTH = "\u00ad\u200b\u2060\ufeff"

# Marks that change the order in which other characters are shown (Unicode TR 9), and those without width.
_INVISIBLE = re.compile(f"[{WITHOUT_WIDTH}\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb]")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What JSON and YAML may hold as it is, and a reader would not see or a terminal would act on.
_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return `text` on one line: white space collapsed, direction and invisible marks removed, composed (NFC).

    Controls, and code points that are no characters, become U+FFFD, so that it shows that something was there.
    """
    line = " ".join(_INVISIBLE.sub("", text).split())
    return unicodedata.normalize("NFC", _NOT_TEXT.sub(REPLACEMENT, line))


def neutral(text: str, keep: str = "") -> str:
    """Return `text` with U+FFFD for every character that is not printable and not in `keep`; no line ends, unless kept.

    Printable are letters, marks, digits, punctuation, symbols and the space (`str.isprintable`).
    """
    return "".join(letter if letter.isprintable() or letter in keep else REPLACEMENT for letter in text)


def shortened(text: str, longest: int) -> str:
    """Return the beginning of `text`, neutral and of at most `longest` characters, for a message that quotes it."""
    shown = text.strip()
    return neutral(shown if len(shown) <= longest else f"{shown[: longest - 1]}…")


def escaped(json_text: str) -> str:
    r"""Return JSON, which YAML is too, with `\u200b` for each character within its strings that would not show."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", json_text)


def spaced_like(value: str, shown: str) -> str:
    """Return `shown`, with a space where `value` begins or ends with one, to keep it apart from what is beside it."""
    if not shown:
        return " " if value else ""
    return f"{' ' * value[:1].isspace()}{shown}{' ' * value[-1:].isspace()}"
