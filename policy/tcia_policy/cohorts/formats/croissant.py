"""Croissant, the description of a dataset in JSON-LD that TCIA's and Hugging Face's pages export.

See https://docs.mlcommons.org/croissant/docs/croissant-spec.html. It says which dataset it is by its DOI, its page and
its names, and may have records of series in its `recordSet`.
"""

import json
import re
from collections.abc import Iterator

from tcia_policy.cohorts.cohort import Beside, Cohort, CohortFormat, EntryKind
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.json_records import read_json, whole_text
from tcia_policy.cohorts.found_in_text import Found, found_in
from tcia_policy.cohorts.records.nested import LocatedEntries
from tcia_policy.cohorts.uids import is_series_uid, unwrap
from tcia_policy.files import limits

NAME = "Croissant description"
_CONTEXT = re.compile(r'"@context"')
_DATASET = re.compile(r'"@type"\s*:\s*\[?\s*"(?:sc:|schema:|https?://schema\.org/)?Dataset"|mlcommons\.org/croissant')
# The most exact first.
_NAMED_BY = ("@id", "identifier", "citeAs", "sameAs", "url", "alternateName", "name", "isBasedOn", "wasDerivedFrom")
_MADE_FROM = ("isBasedOn", "wasDerivedFrom", "prov:wasDerivedFrom")
_RECORDS = ("data", "cr:data")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>{}|\\^`,;]{1,200}")


def is_croissant(file: CohortFile) -> bool:
    """Return whether the file is JSON-LD of a dataset."""
    is_json = file.head.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    return is_json and _CONTEXT.search(file.head) is not None and _DATASET.search(file.head) is not None


def read_croissant(file: CohortFile) -> Cohort:
    """Return the dataset that it describes, what that was made from, and the series in its records and addresses.

    Records that are examples are of the dataset, and not all of it. Raise `InputError` for what is too large.
    """
    text = whole_text(file, limits.COHORT_JSON)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return read_json(file)
    entries = LocatedEntries(file.path, text=text)
    for dataset in _datasets(data, 0):
        names = tuple(dict.fromkeys(_names(dataset, _NAMED_BY)))
        beside = Beside(names)
        for each in _listed(dataset):
            entries.add(each.kind, each.entry, beside)
        if names:
            entries.add_name(0, names[0], names[1:])
        for source in _names(dataset, _MADE_FROM):
            entries.add_name(0, source)
    return entries.cohort(NAME)


def _datasets(data: object, depth: int) -> Iterator[dict[str, object]]:
    """Yield the datasets described: the document itself, or the members of a list or of its graph."""
    if isinstance(data, list) and depth <= 2:  # noqa: PLR2004 - a list in a graph
        for each in data:
            yield from _datasets(each, depth + 1)
    elif isinstance(data, dict):
        if "Dataset" in str(data.get("@type", "")):
            yield data
        elif "@graph" in data:
            yield from _datasets(data["@graph"], depth + 1)


def _names(dataset: dict[str, object], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the names, addresses and DOIs of a dataset; of a citation its DOIs."""
    for key in keys:
        for text in _texts(dataset.get(key), 0):
            dois = _DOI.findall(text)
            yield from dois or ([text.strip()] if 0 < len(text.strip()) <= limits.DATASET_NAME else [])


def _texts(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth <= limits.YAML_DEPTH:
        for each in value:
            yield from _texts(each, depth + 1)
    elif isinstance(value, dict) and depth <= limits.YAML_DEPTH:
        for key in ("@id", "@value", "value", "url", "name", "en"):
            yield from _texts(value.get(key), depth + 1)


def _listed(dataset: dict[str, object]) -> Iterator[Found]:
    for file in _members(dataset.get("distribution")):
        for text in _texts(file.get("contentUrl"), 0):
            yield from found_in(text)
    for records in _members(dataset.get("recordSet")):
        for key in _RECORDS:
            for record in _members(records.get(key)):
                yield from _of_record(record)


def _members(value: object) -> list[dict[str, object]]:
    members = value if isinstance(value, list) else [value]
    return [each for each in members if isinstance(each, dict)]


def _of_record(record: dict[str, object]) -> Iterator[Found]:
    """Yield the series of a record; where it has none, what else it lists."""
    values = [(key.lower(), unwrap(text)) for key, value in record.items() for text in _texts(value, 0)]
    series = [text for key, text in values if "series" in key and "uid" in key and is_series_uid(text)]
    if series:
        yield from (Found(EntryKind.SERIES, uid) for uid in series)
        return
    for _key, text in values:
        yield from found_in(text)


FORMAT = CohortFormat(NAME, "a Croissant description", is_croissant, read_croissant)
