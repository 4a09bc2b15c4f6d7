"""References that a page prints as they are, in a block of code: `Please cite:` and the citation to copy."""

import re

LONGEST = 8000  # characters
_NO_PROGRAM = frozenset(("", "text", "txt", "plain", "plaintext", "none", "apa", "ama", "mla", "citation", "reference"))
_DOI = re.compile(r"10\.\s?\d{4,9}\s?/")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OF_A_WORK = re.compile(
    r"\bdoi\b|doi\.org|\[\s*data\s?set\s*\]|cancer imaging archive|\bet al\b|\bjournal\b", re.IGNORECASE
)
_OF_A_PROGRAM = re.compile(r"^\s*(?:[$>#]|import\b|from\b.*\bimport\b|\w+\s*=|\w+\(|pip\b|curl\b|wget\b)", re.MULTILINE)


def is_printed_reference(language: str, text: str) -> bool:
    """Return whether a block of code of a language (as its fence says it) is no code, but a reference with a DOI."""
    words = language.split()
    if (words[0].strip("{}.").lower() if words else "") not in _NO_PROGRAM or len(text) > LONGEST:
        return False
    is_work = _DOI.search(text) is not None and _YEAR.search(text) is not None and _OF_A_WORK.search(text) is not None
    return is_work and _OF_A_PROGRAM.search(text) is None
