"""The records of TCIA's two forms in one shape.

Datasets are as v2 has them: what v1 names by its number is put in its place. The downloads get no `license`: that is
v2's, and v1's `data_license` is another statement, which stands in its own list.

Versions are as v1 has them: v2 has other names for their fields, and names their datasets by their short titles.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from tcia_policy.importers.online.answers import Record
from tcia_policy.importers.online.paging import whole_number
from tcia_policy.text.name_keys import compare_key

FIELDS: Mapping[str, tuple[str, ...]] = {
    "collections": (
        *("id", "slug", "status", "link", "collection_short_title", "collection_title", "collection_doi"),
        *("collection_page_accessibility", "hide_from_browse_table", "program", "date_updated", "version_number"),
        *("citations", "collection_downloads", "related_analysis_results", "related_collection"),
    ),
    "analysis-results": (
        *("id", "slug", "status", "link", "result_short_title", "result_title", "result_doi"),
        *("result_page_accessibility", "hide_from_browse_table", "program", "date_updated", "version_number"),
        *("citations", "result_downloads", "related_analysis_results", "related_collections"),
    ),
    "downloads": (
        *("id", "slug", "date_updated", "download_title", "download_type", "data_type", "file_type"),
        *("download_access", "data_license", "download_requirements", "search_url"),
    ),
    "citations": (
        *("id", "slug", "tcia_citation_type", "tcia_citation_text", "tcia_citation_statement", "tcia_citation_doi"),
    ),
    "programs": ("id", "slug", "program_name"),
    "versions": (
        *("id", "slug", "version_number", "version_date", "version_text", "version_downloads"),
        *("related_collection", "related_analysis_result"),
    ),
}
"""The fields that are asked for, by the list of v1: facts, and no descriptions."""

DATASETS = ("collections", "analysis-results")
LISTS = (*DATASETS, "downloads", "citations", "programs")
_DOWNLOADS = {"collections": "collection_downloads", "analysis-results": "result_downloads"}
_DOI = {"collections": "collection_doi", "analysis-results": "result_doi"}
_TITLE = {"collections": "collection_title", "analysis-results": "result_title"}
_SHORT_TITLE = {"collections": "collection_short_title", "analysis-results": "result_short_title"}
_OF = {"collections": "related_collection", "analysis-results": "related_analysis_result"}
_OF_V2 = {"collections": "related_collections", "analysis-results": "related_analysis_results"}
_VERSION_OF_V2 = {"version_number": "version", "version_date": "date", "version_text": "text"} | {
    "version_downloads": "downloads"
}
_RELATED = ("related_analysis_results", "related_collection", "related_collections")
_AS_IN_V2 = {
    "id": "id",
    "slug": "slug",
    "download title": "download_title",
    "date updated": "date_updated",
    "data type": "data_type",
    "file type": "file_type",
    "download type": "download_type",
    "search url": "search_url",
}

_ById = Mapping[int, Record]


def joined(lists: Mapping[str, tuple[Record, ...]]) -> tuple[dict[str, tuple[Record, ...]], tuple[str, ...]]:
    """Return the datasets of v1 by their list, in v2's shape, and a remark for what is named and is not there."""
    downloads = {number: _download(record) for number, record in _by_id(lists["downloads"]).items()}
    citations, programs = _by_id(lists["citations"]), _by_id(lists["programs"])
    related = dict(chain.from_iterable(_pointers(kind, lists[kind]) for kind in _DOWNLOADS))
    missing: list[str] = []
    found: dict[str, tuple[Record, ...]] = {}
    for kind, field in _DOWNLOADS.items():
        records = []
        for record in lists[kind]:
            parts = _placed(record.get(field), downloads)
            gone = [each for each in parts if isinstance(each, int)]
            missing += [f"download {number} of {record.get('slug')} is not among v1's downloads" for number in gone]
            whole = dict(record) | {field: [each for each in parts if not isinstance(each, int)]}
            whole["citations"] = _placed(record.get("citations"), citations)
            whole["program"] = [_name(each) for each in _placed(record.get("program"), programs)]
            for name in _RELATED:
                if name in record:
                    whole[name] = [each for each in _placed(record[name], related) if not isinstance(each, int)]
            records.append(whole)
        found[kind] = tuple(records)
    return found, tuple(missing)


def versions(records: Iterable[Record], datasets: Mapping[str, tuple[Record, ...]]) -> tuple[Record, ...]:
    """Return versions as v1 has them, with the numbers of their datasets; one of a dataset that is not there has none.

    A field that v1 and v2 call otherwise stands under the name of v1.
    """
    numbers = {kind: dict(_titled(kind, datasets.get(kind, ()))) for kind in DATASETS}
    return tuple(_version(record, numbers) for record in records)


def _version(record: Record, numbers: Mapping[str, Mapping[str, int]]) -> Record:
    whole = dict(record)
    for name, own in _VERSION_OF_V2.items():
        whole.setdefault(name, record.get(own, ""))
    for kind, name in _OF.items():
        named = [*_items(record.get(name)), *_items(record.get(_OF_V2[kind]))]
        found = (numbers[kind].get(_title_key(item)) or _number_of_object(item) for item in named)
        whole[name] = [number for number in dict.fromkeys(found) if number]
    return whole


def _titled(kind: str, records: Iterable[Record]) -> Iterable[tuple[str, int]]:
    for number, record in _by_id(records).items():
        if key := _title_key(record.get(_SHORT_TITLE[kind])):
            yield key, number


def _title_key(named: object) -> str:
    """Return a short title in the form in which two are compared: the title, or where it stands in an object."""
    if isinstance(named, dict):
        named = next((named[name] for name in ("label", "title", "name") if named.get(name)), "")
    return compare_key(named) if isinstance(named, str) else ""


def _by_id(records: Iterable[Record]) -> dict[int, Record]:
    return {number: record for record in records if (number := _number(record.get("id"))) is not None}


def _pointers(kind: str, records: Iterable[Record]) -> Iterable[tuple[int, Record]]:
    for number, record in _by_id(records).items():
        yield number, {"id": number, "title": record.get(_TITLE[kind]), "doi": record.get(_DOI[kind])}


def _placed(named: object, known: _ById) -> list[object]:
    """Return what is named, each number as the record with that number; one that is not known stays a number."""
    return [item if (number := _number(item)) is None else known.get(number, number) for item in _items(named)]


def _items(named: object) -> list[object]:
    return [item for item in (named if isinstance(named, list) else [named]) if item not in (None, False, "")]


def _number_of_object(item: object) -> int | None:
    return _number(item) or (whole_number(item.get("id")) if isinstance(item, dict) else None)


def _number(value: object) -> int | None:
    """Return the number of a record: itself, or where a link to it is spelled out as an object."""
    return whole_number(value.get("ID") if isinstance(value, dict) else value)


def _download(record: Record) -> Record:
    whole = {name: record.get(own, "") for name, own in _AS_IN_V2.items()}
    for name in ("data type", "file type", "download type"):
        value = whole[name]
        whole[name] = value if isinstance(value, list) else [value]
    return whole


def _name(program: object) -> object:
    return program.get("program_name", program.get("slug")) if isinstance(program, dict) else program
