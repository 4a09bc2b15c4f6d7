"""Which addresses a rule may name as its source."""

import re

from tcia_policy.lazy import pattern
from tcia_policy.model import Authority, Reference

_REPOSITORY_ROOT = pattern(r"https?://(?:www\.)?(?:github|gitlab)\.com/[^/]+/[^/]+/?", re.IGNORECASE)
_HOST = pattern(r"https?://(?:[^/]+\.)?([^./]+\.[^./:]+)(?:[:/]|$)", re.IGNORECASE)

# Sites that copy or comment on texts whose official address is known, and that address.
OFFICIAL = {
    "checkoutapi.com": "https://www.ecfr.gov/current/title-28/part-202",
    "ecfr.io": "https://www.ecfr.gov/current/title-28/part-202",
    "lexbuild.dev": "https://www.ecfr.gov/current/title-28/part-202",
    "mofo.com": "https://www.ecfr.gov/current/title-28/part-202",
    "lawinsider.com": "https://sharing.nih.gov (NIH Data Use Certification Agreement)",
}


def check_address(reference: Reference) -> None:
    """Raise `ValueError` for an address at which nobody finds what was read.

    A source has an address, unless it is a safeguard of this program. It is no root of a repository, whose text
    changes. Of a text that somebody copies from an official address, it is a copy and says so.
    """
    if reference.url is None:
        if reference.authority is not Authority.TOOL_SAFEGUARD:
            raise ValueError("every reference of a rule needs a `url`")
        return
    if _REPOSITORY_ROOT.fullmatch(reference.url):
        raise ValueError(f"{reference.url} is a whole repository: name the file, at the commit that was read")
    official = official_address(reference)
    if official is not None and reference.authority is not Authority.THIRD_PARTY_COPY:
        raise ValueError(f"{reference.url} is a third-party-copy; the text itself is at {official}")


def official_address(reference: Reference) -> str | None:
    """Return where the text itself is, if the reference names a site that copies it or comments on it."""
    host = _HOST.match(reference.url or "")
    return None if host is None else OFFICIAL.get(host[1].lower())
