"""Addresses of TCIA's pages, as people copy them: the wiki's page ids, WordPress's `?p=`, the pages of collections."""

import base64
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, unquote_plus, urlsplit

from tcia_policy.files import limits
from tcia_policy.lazy import pattern

_SITE = r"(?:https?://)?(?:[a-z0-9-]{1,40}\.){0,3}cancerimagingarchive\.net(?::\d{1,5})?"
_OF_SITE = pattern(rf"{_SITE}(?=[/?#]|$)", re.IGNORECASE)
# Percent-encoded, as in what another address redirects to: `?u=https%3A%2F%2Fwww.cancerimagingarchive.net%2F...`.
_ESCAPED = pattern(r"%(?:2[fF]|3[aAdDfF]|26)")
# Without the site: only what no file and no dataset is called.
_BARE = pattern(
    r"\?p=\d|pageId=\d|/?(?:pages/)?view(?:page|pagesrc)\.action\?|/?display/(?:Public|DOI|NLST)/"
    r"|/?(?:collection|analysis-result)/[^/?#]+/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_IN_TEXT = pattern(rf"{_SITE}(?:[/?]|%2F|%3F)[^\s<>\"'{{}}|\\^`\u2018\u2019\u201c\u201d]{{1,300}}", re.IGNORECASE)
_ENTRY = pattern(r"/(?:collection|analysis-result)/([^/]+)/?$", re.IGNORECASE)
_DISPLAY = pattern(r"/display/(?:Public|DOI|NLST)/([^/]+)/?$", re.IGNORECASE)
# The wiki's short links: a page's number as bytes, the lowest first, in base64 without the letters `A` at its end, as
# Confluence makes them; `/x/lZNXAQ`, by which TensorFlow Datasets cites CBIS-DDSM, is its page 22516629.
_TINY = pattern(r"/x/([A-Za-z0-9_-]{2,11})$")
_TINY_LETTERS = 11
_NUMBER = pattern(r"\d{1,12}")
_BEHIND = ".,;:!?)]*_"


class Address(NamedTuple):
    """What an address leads to: the `key` of a page, or a dataset `name` (of the wiki's `/display/Public/...`)."""

    key: str | None = None
    name: str | None = None


NOWHERE = Address()


def read_address(text: str) -> Address | None:
    """Return what an address of TCIA's leads to, `NOWHERE` for one of no dataset's page; `None` for no such address.

    `page:1966254` for `https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=1966254`, `post:42097` for
    `?p=42097`, `entry:nsclc-radiomics` for `/collection/nsclc-radiomics/`.
    """
    text = text.strip().strip("<>")
    if len(text) > limits.ADDRESS:
        return None
    site = _OF_SITE.match(text)
    if site is not None:
        return _read(text[site.end() :])
    return _read(text) if _BARE.match(text) else None


def is_address(text: str) -> bool:
    """Return whether `text` is an address of TCIA's site, or the part of one that names a page."""
    return read_address(text) is not None


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each address of TCIA's site begins in `text`, and the address, without marks of the sentence."""
    for match in _IN_TEXT.finditer(text):
        escaped = len("2F") if text[max(0, match.start() - 1) : match.start() + 2].upper() == "%2F" else 0
        address = match.group()[escaped:].rstrip(_BEHIND)
        yield match.start() + escaped, unquote(address) if _ESCAPED.search(address) else address


def _read(rest: str) -> Address:
    try:
        parts = urlsplit(rest if rest.startswith(("/", "?")) or "=" not in rest.partition("?")[0] else f"?{rest}")
        query = {key.lower(): values[0] for key, values in parse_qs(parts.query).items()}
    except ValueError:
        return NOWHERE
    for kind, key in (("page", "pageid"), ("page", "contentid"), ("post", "p")):
        number = _NUMBER.match(query.get(key, ""))
        if number is not None:
            return Address(key=f"{kind}:{int(number.group())}")
    path = f"/{parts.path.lstrip('/')}"
    tiny = _TINY.match(path)
    if tiny is not None:
        return _page_of(tiny[1])
    entry = _ENTRY.search(path)
    if entry is not None:
        return Address(key=f"entry:{unquote_plus(entry[1]).lower()}")
    shown = _DISPLAY.search(path)
    searched = query.get("collectioncriteria")
    name = unquote_plus(shown[1]) if shown is not None else searched
    return Address(name=name) if name else NOWHERE


def _page_of(tiny: str) -> Address:
    """Return the page of a short link: `lZNXAQ` for page 22516629."""
    written = tiny.replace("-", "/").replace("_", "+").ljust(_TINY_LETTERS, "A")
    return Address(key=f"page:{int.from_bytes(base64.b64decode(written + '=')[:8], 'little')}")
