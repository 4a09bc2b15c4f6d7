"""Creators as names in BibTeX: `von Last, Jr., First`."""

import re

from tcia_policy.model import Citation, Creator
from tcia_policy.references.citation_parts import shown
from tcia_policy.references.latex_encoding import escape

_SEPARATES_NAMES = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_RESERVED = "others"


def author_field(citation: Citation, ascii_only: bool) -> str:
    """Return all creators joined by `and`, with `others` for those that the source left out; empty without any."""
    names = [name for name in (_name(creator, ascii_only) for creator in citation.creators) if name]
    return " and ".join([*names, _RESERVED] if names and citation.truncated else names)


def _name(creator: Creator, ascii_only: bool) -> str:
    if creator.literal is not None:
        literal = escape(creator.literal, ascii_only)
        return f"{{{literal}}}" if literal else ""
    family, given, suffix = (shown(part) for part in (creator.family, creator.given, creator.suffix))
    if not given:
        return _family_alone(f"{family} {suffix}".strip(), ascii_only)
    parts = [_family(family, ascii_only), _part(suffix, ascii_only), _part(given, ascii_only)]
    return ", ".join(part for part in parts if part)


def _family_alone(family: str, ascii_only: bool) -> str:
    """Return it in braces if it has several words: without a comma BibTeX takes the first for a given name."""
    escaped = escape(family, ascii_only)
    is_plain = len(family.split()) == 1 and family[0].isupper() and not _breaks_names(family)
    return escaped if is_plain or not escaped else f"{{{escaped}}}"


def _family(family: str, ascii_only: bool) -> str:
    """Return the particles, then the rest of the family name as one whole.

    BibTeX takes every lower-case word for a particle, so that `Costa e Silva` and `chiang` need braces.
    """
    words = family.split()
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    particles, rest = words[:count], words[count:]
    last = escape(" ".join(rest), ascii_only)
    if any(word[0].islower() for word in rest) or _breaks_names(" ".join(rest)):
        last = f"{{{last}}}"
    return " ".join([*(escape(word, ascii_only) for word in particles), last])


def _is_particle(word: str) -> bool:
    return word[0].islower() and not _breaks_names(word)


def _part(text: str, ascii_only: bool) -> str:
    escaped = escape(text, ascii_only)
    return f"{{{escaped}}}" if _breaks_names(text) else escaped


def _breaks_names(text: str) -> bool:
    return "," in text or _SEPARATES_NAMES.search(text) is not None or text.lower() == _RESERVED
