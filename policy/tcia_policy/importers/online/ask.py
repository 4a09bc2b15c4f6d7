"""Asking one source over the network, for all that the registry takes from it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from tcia_policy.importers.online import answers, datacite_pages, nbia_pages, tcia_pages
from tcia_policy.importers.online.answer_cache import AnswerCache
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.online.client import Client, opened
from tcia_policy.importers.online.pace import Pace
from tcia_policy.importers.online.paging import Read
from tcia_policy.importers.online.site import SITES, Site
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Asking:
    """How sources are asked.

    `day` is the day that their answers are of. `dois` are those of the registry's datasets: DataCite is asked for each
    that TCIA did not register. `cache` is a folder for answers that may be confirmed next time; `None` keeps none.
    `sites` and `pace` are others only in tests.
    """

    day: date
    dois: tuple[str, ...] = ()
    cache: Path | None = None
    sites: tuple[Site, ...] = SITES
    pace: Pace = Pace()


def ask(source: str, asking: Asking) -> Answers:
    """Return all that one source (`tcia`, `datacite` or `nbia`) answers.

    Raise `InputError` with the address and what is wrong where it does not answer, or not with all of it.
    """
    cache = AnswerCache(None if asking.cache is None else asking.cache / source)
    site = next(each for each in asking.sites if each.source == source)
    with opened(site, asking.pace, cache) as client:
        found = client.in_time(partial(_ASKED[source], client, asking))
        cache.forget_others()
        return Answers(source, asking.day, found.form, found.lists, client.asked, found.remarks)


def _datacite(client: Client, asking: Asking) -> Read:
    records, remarks = datacite_pages.read(client, asking.dois)
    return Read("dois", {"dois": records}, remarks)


def _nbia(client: Client, _asking: Asking) -> Read:
    series, remarks = nbia_pages.read(client)
    return Read("v4", {"series": series}, remarks)


_ASKED: Mapping[str, Callable[[Client, Asking], Read]] = {
    answers.TCIA: lambda client, _asking: tcia_pages.read(client),
    answers.DATACITE: _datacite,
    answers.NBIA: _nbia,
}
