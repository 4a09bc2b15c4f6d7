"""A dataset whose labels changed, as an update of the registry leaves it: A, then B, then A again."""

from datetime import date
from typing import Any

from tcia_policy.model import Dataset, Distribution, FactChange, LicenseClaim, PastClaim, Source
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.standing import Registered
from tests.registry.small_registry import dataset

BY3, BY4, NC4 = "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0"
JANUARY, MARCH, MAY, JULY = (date(2026, month, 1) for month in (1, 3, 5, 7))


def source(id_: str, **fields: str) -> Source:
    """Return a source of the registry."""
    return Source(id=id_, title=id_.upper(), publisher="TCIA", url="https://example.org", **fields)


SOURCES = {
    item.id: item
    for item in (source("tcia"), source("history"), source("nbia", defers_to="tcia"), source("idc", copies="tcia"))
}
REGISTERED = Registered(load_licenses(), SOURCES)


def claim(license_: str, as_of: date, since: date | None = None, by: str = "tcia", **fields: Any) -> LicenseClaim:
    """Return a claim in the words of its license."""
    return LicenseClaim(license=license_, source=by, as_of=as_of, since=since, stated_as=license_, **fields)


def past(license_: str | None, first: date, last: date, by: str = "tcia", stated_as: str | None = None) -> PastClaim:
    """Return a statement that is closed."""
    return PastClaim(license=license_, source=by, first=first, last=last, stated_as=license_ or stated_as)


def images(*claims: LicenseClaim, before: tuple[PastClaim, ...] = (), **fields: Any) -> Distribution:
    """Return the part of images, with what was stated of it before."""
    return Distribution(id="1", title="Images", claims=claims, past=before, **fields)


THERE_AND_BACK = images(
    claim(BY4, JULY, JULY),
    before=(past(BY4, JANUARY, date(2026, 2, 20)), past(NC4, MARCH, date(2026, 6, 20))),
)


def changed(*parts: Distribution, changes: tuple[FactChange, ...] = (), **fields: Any) -> Dataset:
    """Return a dataset of these parts."""
    return dataset("One", "10.1234/1", parts, changes=changes, **fields)
