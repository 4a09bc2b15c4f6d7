"""ORCID iDs, which name people."""

from tcia_policy.lazy import pattern

_ORCID = pattern(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")


def is_orcid(text: str) -> bool:
    """Return whether it is an ORCID iD whose last digit is the one that the others give (ISO 7064, MOD 11-2)."""
    if _ORCID.fullmatch(text) is None:
        return False
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == "0123456789X"[(12 - total % 11) % 11]
