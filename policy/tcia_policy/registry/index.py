"""`data/index.json`: what a look-up needs to know of every dataset, so that only the ones in question are read."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.content import read_content
from tcia_policy.model import Archive, DatasetKind


class IndexEntry(NamedTuple):
    """One dataset. `file` is relative to `data/datasets`; `licenses` are the identifiers that its claims name.

    `addresses` are keys of pages (`page:1966254`), as `read_address` gives them. `versions` are the DOIs of versions.
    `withdrawn` is the day, such as `2026-11-22`, on which its archive was first seen without it.
    """

    id: str
    file: str
    title: str
    doi: str
    kind: DatasetKind
    archive: Archive
    program: str | None
    aliases: tuple[str, ...]
    idc_collections: tuple[str, ...]
    licenses: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    withdrawn: str | None = None

    @property
    def dois(self) -> tuple[str, ...]:
        """Return its DOI, and those of its versions."""
        return (self.doi, *self.versions)


class AskedAbout(NamedTuple):
    """A name that is asked about: several datasets `may_be` meant, or it is a `copy_of` data under other terms."""

    name: str
    may_be: tuple[str, ...]
    copy_of: tuple[str, ...]
    note: str | None


class Index(NamedTuple):
    """The whole index; `idc_collections` says which datasets the series of an IDC collection belong to.

    `names` are those that are asked about. `idc_index_data` is the version of IDC's index that it was made with.
    """

    version: str
    entries: tuple[IndexEntry, ...]
    idc_collections: dict[str, tuple[str, ...]]
    names: tuple[AskedAbout, ...] = ()
    idc_index_data: str = ""


def read_index(path: Path) -> Index:
    """Return what an index file says. Raise `InputError` where there is none or it has another shape."""
    text = read_content(path, limits.REGISTRY_INDEX)
    try:
        content = json.loads(text)
        return Index(
            version=_text(content["version"]),
            entries=tuple(map(_entry, content["datasets"])),
            idc_collections={name: _texts(ids) for name, ids in content["idc_collections"].items()},
            names=tuple(map(_asked_about, content.get("names", ()))),
            idc_index_data=_text(content.get("idc_index_data", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"is not an index of datasets ({type(error).__name__}: {error})", file=path) from None


def _entry(record: dict[str, Any]) -> IndexEntry:
    return IndexEntry(
        id=_text(record["id"]),
        file=_text(record["file"]),
        title=_text(record["title"]),
        doi=_text(record["doi"]),
        kind=DatasetKind(record["kind"]),
        archive=Archive(record["archive"]),
        program=None if record["program"] is None else _text(record["program"]),
        aliases=_texts(record["aliases"]),
        idc_collections=_texts(record["idc_collections"]),
        licenses=_texts(record["licenses"]),
        addresses=_texts(record.get("addresses", ())),
        versions=_texts(record.get("versions", ())),
        withdrawn=_text(record["withdrawn"]) if "withdrawn" in record else None,
    )


def _asked_about(record: dict[str, Any]) -> AskedAbout:
    return AskedAbout(
        name=_text(record["name"]),
        may_be=_texts(record.get("may_be", ())),
        copy_of=_texts(record.get("copy_of", ())),
        note=None if record.get("note") is None else _text(record["note"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} where a text belongs")
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list | tuple):
        raise TypeError(f"{str(values)[:40]!r} where a list belongs")
    return tuple(map(_text, values))
