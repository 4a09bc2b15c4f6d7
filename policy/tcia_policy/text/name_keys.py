"""Names brought to a form in which two spellings of one name are equal, or that a file or key may have."""

import unicodedata

from tcia_policy.lazy import pattern

_LONGEST_SURNAME = 40
_NOT_ASCII = pattern(r"[^a-z0-9]+")
# Letters that Unicode does not part into an ASCII letter and a mark.
_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}


def compare_key(name: str) -> str:
    """Return the name without case, spaces and punctuation; accents stay. Two names with one key mean the same.

    `nsclcradiomics` for `NSCLC Radiomics`, `nsclc_radiomics` and `NSCLC-Radiomics`.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def heading_key(heading: str) -> str:
    """Return the ASCII letters and digits of a table's heading: what surrounds them may be anything.

    `seriesinstanceuid` for `Series Instance UID`, `0020000e` for `(0020,000E)`.
    """
    return _NOT_ASCII.sub("", heading.casefold())


def surname_key(name: str) -> str:
    """Return a surname as the beginning of a citation key, in ASCII without accents: `muller` for `Müller`."""
    letters = "".join(_LETTERS.get(letter, letter) for letter in name.lower())
    return _NOT_ASCII.sub("", unicodedata.normalize("NFKD", letters))[:_LONGEST_SURNAME]


def slug(name: str) -> str:
    """Return the name as a file or an address may have it: `rider-neuro-mri` for `RIDER NEURO MRI`."""
    return _NOT_ASCII.sub("-", name.lower()).strip("-") or "unnamed"
