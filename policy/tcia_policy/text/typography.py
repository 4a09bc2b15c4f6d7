"""Characters as they are read: what word processors and typesetters put in their place is undone."""

import unicodedata

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])
_CONTROLS = dict.fromkeys([code for code in range(0xA0) if chr(code) not in "\t\n" and not 0x20 <= code < 0x7F])  # noqa: PLR2004
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_PLAIN = {**_LIGATURES, **_HYPHENS, **_INVISIBLE, **_CONTROLS, **_SURROGATES}


def plain_characters(text: str) -> str:
    """Return `text` with ligatures as letters, every hyphen as `-`, accents composed, and nothing invisible in it."""
    return unicodedata.normalize("NFC", text.translate(_PLAIN))
