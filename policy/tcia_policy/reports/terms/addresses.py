"""Names of things for machines: IRIs of our own that are readable and stay the same, and web addresses that are safe.

An IRI of our own is `urn:tcia-policy:STUDY:item:lidc`: made of ids, never of places in a list. Syntax: RFC 3986, 8141.
"""

from urllib.parse import quote, urlsplit

from tcia_policy.lazy import pattern

NAMESPACE = "urn:tcia-policy"
_STUDY_LENGTH = 60
_NOT_IN_STUDY = pattern(r"[^a-z0-9]+")
# What RFC 3986 allows in an address, with the percent sign of what is encoded already.
_ALLOWED = "%/:?#[]@!$&'()*+,;=-._~"


def study_name(title: str | None) -> str:
    """Return what stands for a study in IRIs: its title in small letters and hyphens, `study` where it has none."""
    words = _NOT_IN_STUDY.sub("-", (title or "").lower())
    return words[:_STUDY_LENGTH].strip("-") or "study"


def urn(*names: str) -> str:
    """Return `urn:tcia-policy:a:b` for the names `a` and `b`; what may not stand in one is percent-encoded."""
    return ":".join((NAMESPACE, *(quote(name, safe="=+@", errors="replace") for name in names)))


def web_address(text: str | None) -> str | None:
    """Return an http or https address, percent-encoded where it has to be; `None` for any other text."""
    if text is None:
        return None
    encoded = quote(text.strip(), safe=_ALLOWED, errors="replace")
    try:
        parts = urlsplit(encoded)
    except ValueError:
        return None
    return encoded if parts.scheme in ("http", "https") and parts.netloc else None
