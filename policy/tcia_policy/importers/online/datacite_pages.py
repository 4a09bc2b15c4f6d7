"""DataCite: the DOIs that TCIA registered, and those of the registry that others did, such as Zenodo.

Pages by cursor, which neither drops nor repeats records; by number, they do both. See
https://support.datacite.org/docs/pagination, and `tcia_utils.datacite`, which asks the same.
"""

from collections.abc import Iterable
from functools import partial
from urllib.parse import quote

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.progress import progress
from tcia_policy.importers.online import answered_json
from tcia_policy.importers.online.answers import Record
from tcia_policy.importers.online.client import Client, NotThere
from tcia_policy.importers.online.paging import Moved, joined, read_steadily, whole_number

TCIA = "nihnci.tcia"
PER_PAGE = 1_000


def read(client: Client, dois: Iterable[str]) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return the records of TCIA's DOIs and those of `dois` beside them, and a remark for each that is not there.

    Raise `InputError` where a page does not answer or is not what it should be.
    """
    own = read_steadily(partial(_all_of_tcia, client))
    known = {_doi(record) for record in own}
    others = sorted({doi.lower() for doi in dois} - known)[: limits.ANSWER_RECORDS]
    asked = client.each(others, partial(_one, client))
    found = list(progress(asked, "DataCite, other DOIs", len(others)))
    remarks = tuple(f"DataCite has no {doi}" for doi, record in zip(others, found, strict=True) if record is None)
    return (*own, *(record for record in found if record is not None)), remarks


def _all_of_tcia(client: Client) -> tuple[Record, ...]:
    query: dict[str, str | int] = {"client__id": TCIA, "page[size]": PER_PAGE, "page[cursor]": 1}
    url = client.site.address("dois", **query)
    place, pages, seen, total = str(url), list[tuple[Record, ...]](), set[str](), None
    while True:
        if str(url) in seen or len(seen) >= limits.ANSWER_PAGES:
            raise InputError(f"leads from page to page without an end ({len(seen)} pages)", file=place)
        seen.add(str(url))
        reply = client.get(url)
        page, total = _page(reply.data, str(url))
        pages.append(page)
        following = _next(reply.data)
        if following is None or not page:
            break
        url = client.site.allowed(following, reply.url)
    found = joined(pages, "id", place)
    if not found:
        raise InputError(f"has no DOIs of {TCIA}", file=place)
    if total is not None and len(found) != total:
        raise Moved(f"has {len(found):,} DOIs, and says that there are {total:,}", file=place)
    return found


def _page(data: object, place: str) -> tuple[tuple[Record, ...], int | None]:
    if not isinstance(data, dict) or "data" not in data:
        raise InputError("is not an answer of DataCite: it has no `data`", file=place)
    meta = data.get("meta")
    records = tuple(_checked(each, place) for each in answered_json.records(data["data"], place, "data"))
    return records, whole_number(meta.get("total")) if isinstance(meta, dict) else None


def _next(data: object) -> str | None:
    links = data.get("links") if isinstance(data, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    return following if isinstance(following, str) and following else None


def _one(client: Client, doi: str) -> Record | None:
    """Return the record of one DOI, or `None` where DataCite has none: another agency registered it."""
    url = client.site.address(f"dois/{quote(doi, safe='/')}")
    try:
        data = client.get(url).data
    except NotThere:
        return None
    record = data.get("data") if isinstance(data, dict) else None
    if not isinstance(record, dict) or _doi(_checked(record, str(url))) != doi:
        raise InputError(f"is not the record of {doi}", file=str(url))
    return record


def _checked(record: Record, place: str) -> Record:
    if not isinstance(record.get("id"), str) or not isinstance(record.get("attributes"), dict):
        raise InputError("has a record without `id` and `attributes`", file=place)
    return record


def _doi(record: Record) -> str:
    return str(record["id"]).lower()
