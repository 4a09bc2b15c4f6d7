"""Characters as they are read: what word processors and typesetters put in their place is undone."""

import unicodedata

from tcia_policy.text.sanitize import REPLACEMENT, WITHOUT_WIDTH

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HYPHENS = {"\u2010": "-", "\u2011": "-"}
_CONTROLS = [code for code in range(0xA0) if not chr(code).isprintable() and chr(code) not in "\t\n"]
_PLAIN = {
    **{ord(letter): plain for letter, plain in (LIGATURES | _HYPHENS).items()},
    **dict.fromkeys((*map(ord, WITHOUT_WIDTH), *_CONTROLS)),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
}


def plain_characters(text: str) -> str:
    """Return `text` with ligatures as letters, every hyphen as `-`, accents composed, and nothing invisible in it."""
    return unicodedata.normalize("NFC", text.translate(_PLAIN))
