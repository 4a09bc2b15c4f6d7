"""Text from outside as one line of characters that may be shown."""

import re
import unicodedata

# Marks that change the order in which other characters are shown (Unicode TR 9), and marks without width that can only
# hide; the joiners U+200C and U+200D stay, since Persian and Indic spelling needs them.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Return `text` on one line: white space collapsed, direction and invisible marks removed, composed (NFC).

    Controls, and code points that are no characters, become U+FFFD, so that it shows that something was there.
    """
    line = " ".join(_INVISIBLE.sub("", text).split())
    return unicodedata.normalize("NFC", _NOT_TEXT.sub(REPLACEMENT, line))
