"""TCIA's Collection Manager: its v2, and its v1 where v2 does not answer.

v2 gives each page in an envelope: `{"page": 1, "total_pages": 3, "results": [...]}`, and with `v=1` the downloads and
citations in each record. v1 gives bare lists, and the next page in the header `Link`; its records name downloads by
number, and are put together in `tcia_joined.py`. Both as `tcia_utils.wordpress` reads them.

Each has a license of its own for a download: v2's `license` is what the page shows, v1's `data_license` is an older
field. So both are read, and kept apart.
"""

from collections.abc import Callable
from functools import partial

import httpx2

from tcia_policy.errors import InputError, InputErrors
from tcia_policy.files import limits
from tcia_policy.files.progress import progress
from tcia_policy.importers.online import answered_json, tcia_joined
from tcia_policy.importers.online.answers import Record
from tcia_policy.importers.online.client import Client, Unreachable
from tcia_policy.importers.online.paging import Moved, Read, joined, read_steadily, whole_number

PER_PAGE = 100
VERSIONS = "versions"
DOWNLOADS_V1 = "downloads-v1"


def read(client: Client) -> Read:
    """Return the datasets, their versions, and v1's own labels.

    Raise `InputError` where neither v2 nor v1 gives the datasets: then with what is wrong with both.
    """
    try:
        datasets = {kind: read_steadily(partial(_v2, client, kind)) for kind in tcia_joined.DATASETS}
    except Unreachable:
        raise
    except InputError as error:
        return _by_v1(client, error)
    versions, no_versions = _if_it_answers(VERSIONS, partial(_v2, client, VERSIONS))
    labels, no_labels = _if_it_answers(DOWNLOADS_V1, partial(_v1, client, "downloads"))
    lists = {VERSIONS: tcia_joined.versions(versions, datasets)} if versions else {}
    lists |= {DOWNLOADS_V1: labels} if labels else {}
    return Read("v2", {**datasets, **lists}, (*no_versions, *no_labels))


def _if_it_answers(name: str, ask: Callable[[], tuple[Record, ...]]) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return what is read, or nothing and a remark: the datasets count without it."""
    try:
        return read_steadily(ask), ()
    except InputError as error:
        return (), (f"{name} are left as they were: {_in_one_line(error)}",)


def _by_v1(client: Client, v2: InputError) -> Read:
    try:
        lists = {name: read_steadily(partial(_v1, client, name)) for name in tcia_joined.LISTS}
    except InputError as v1:
        raise InputErrors([*v2.mistakes, *v1.mistakes]) from None
    datasets, remarks = tcia_joined.joined(lists)
    versions, no_versions = _if_it_answers(VERSIONS, partial(_v1, client, VERSIONS))
    beside = {VERSIONS: tcia_joined.versions(versions, datasets)} if versions else {}
    told = f"v2 could not be read, so that licenses are those of v1 alone: {_in_one_line(v2)}"
    return Read("v1", {**datasets, **beside, DOWNLOADS_V1: lists["downloads"]}, (told, *remarks, *no_versions))


def _v2(client: Client, kind: str) -> tuple[Record, ...]:
    """Return all records of v2's list. Raise `Moved` where its number of pages changed on the way."""
    first, total = _page(client, kind, 1)
    place = str(_address(client, kind, 1))
    if not first:
        raise InputError("has no records", file=place)
    others = client.each(range(2, total + 1), partial(_page, client, kind))
    pages = [first]
    for number, (page, said) in enumerate(progress(others, f"TCIA, pages of {kind}", total - 1), start=2):
        if said != total:
            raise Moved(f"had {total} pages, and then {said}, so that records may be missing", file=place)
        if not page:
            raise Moved(f"has {total} pages, of which page {number} is empty", file=place)
        pages.append(page)
    return joined(pages, "id", place)


def _page(client: Client, kind: str, number: int) -> tuple[tuple[Record, ...], int]:
    """Return the records of one page, and how many pages it says there are."""
    url = _address(client, kind, number)
    place = str(url)
    data = client.get(url).data
    if not isinstance(data, dict) or "results" not in data:
        raise InputError("is not a page of v2: it has no `results`", file=place)
    here, total = whole_number(data.get("page")), whole_number(data.get("total_pages"))
    if here != number:
        raise InputError(f"answers page {_shown(data.get('page'))}, where page {number} was asked for", file=place)
    if total is None or total > limits.ANSWER_PAGES:
        raise InputError(f"says that there are {_shown(data.get('total_pages'))} pages", file=place)
    if number > max(total, 1):
        raise Moved(f"had more pages, and then {total}, so that records may be missing", file=place)
    return answered_json.records(data["results"], place, "results"), total


def _address(client: Client, kind: str, number: int) -> httpx2.URL:
    return client.site.address(f"v2/{kind}/", per_page=PER_PAGE, page=number, v=1)


def _v1(client: Client, kind: str) -> tuple[Record, ...]:
    """Return all records of v1's list, from page to page by its links."""
    fields = ",".join(tcia_joined.FIELDS[kind])
    url = client.site.address(f"v1/{kind}/", per_page=PER_PAGE, _fields=fields)
    place, pages, seen, total = str(url), [], set[str](), None
    following: httpx2.URL | None = url
    while following is not None:
        if str(following) in seen or len(seen) >= limits.ANSWER_PAGES:
            raise InputError(f"leads from page to page without an end ({len(seen)} pages)", file=place)
        seen.add(str(following))
        reply = client.get(following)
        pages.append(answered_json.records(reply.data, str(following)))
        total = whole_number(reply.headers.get("x-wp-total")) or total
        named = httpx2.Response(200, headers={"link": reply.headers.get("link", "")}).links.get("next", {}).get("url")
        following = None if named is None else client.site.allowed(named, reply.url)
    found = joined(progress(pages, f"TCIA, pages of {kind}"), "id", place)
    if not found:
        raise InputError("has no records", file=place)
    if total is not None and len(found) != total:
        raise Moved(f"has {len(found):,} records, and says that there are {total:,}", file=place)
    return found


def _shown(value: object) -> str:
    return repr(value)[:40]


def _in_one_line(error: InputError) -> str:
    return f"{error.mistakes[0].file}: {error.mistakes[0].problem}"
