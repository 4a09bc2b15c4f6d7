"""The hosts that a source answers from: nothing else is ever asked, whatever an answer says."""

from dataclasses import replace

import httpx2

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers.online import answers
from tcia_policy.lazy import dataclass

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Site:
    """Where a source answers: the address that its own begin with, its hosts, and how many may be asked at once."""

    source: str
    title: str
    base: str
    hosts: frozenset[str]
    at_once: int

    def at(self, base: str) -> "Site":
        """Return the same source at another address, such as that of a server on this machine for a test."""
        return replace(self, base=base, hosts=frozenset({httpx2.URL(base).host}))

    @property
    def is_local(self) -> bool:
        """Return whether it answers from this machine, over a connection that needs no encryption."""
        base = httpx2.URL(self.base)
        return base.scheme == "http" and base.host in _LOOPBACK

    def address(self, path: str, **query: str | int) -> httpx2.URL:
        """Return an address below the base; keys of the query may have `__` for a hyphen."""
        asked = {key.replace("__", "-"): value for key, value in query.items()}
        return httpx2.URL(self.base + path, params=asked or None)

    def allowed(self, address: str, seen_in: httpx2.URL) -> httpx2.URL:
        """Return an address that an answer named. Raise `InputError` where it is not one of this source's own."""
        try:
            url = seen_in.join(address)
        except (httpx2.InvalidURL, ValueError):
            raise InputError(f"names an address that is none: {address[:200]!r}", file=str(seen_in)) from None
        problem = self._problem(url)
        if problem is not None or len(str(url)) > limits.ADDRESS:
            hosts = ", ".join(sorted(self.hosts))
            raise InputError(
                f"leads to {str(url)[:200]!r}, {problem or 'which is too long'}",
                file=str(seen_in),
                hint=f"only {hosts} is asked for {self.title}, and only over https",
            )
        return url

    def _problem(self, url: httpx2.URL) -> str | None:
        if url.scheme != ("http" if self.is_local else "https"):
            return "which is not https"
        if url.userinfo:
            return "which has a user name in it"
        own_port = httpx2.URL(self.base).port if self.is_local else None
        if url.host not in self.hosts or url.port != own_port:
            return "which is another host"
        return None


SITES = (
    Site(
        answers.TCIA,
        "TCIA's Collection Manager",
        "https://cancerimagingarchive.net/api/",
        frozenset({"cancerimagingarchive.net", "www.cancerimagingarchive.net"}),
        at_once=4,
    ),
    Site(answers.DATACITE, "DataCite", "https://api.datacite.org/", frozenset({"api.datacite.org"}), at_once=2),
    Site(
        answers.NBIA,
        "NBIA",
        "https://nbia.cancerimagingarchive.net/nbia-api/services/v4/",
        frozenset({"nbia.cancerimagingarchive.net", "services.cancerimagingarchive.net"}),
        at_once=4,
    ),
)
"""The sources that are asked over the network. No credentials are sent to any of them."""
