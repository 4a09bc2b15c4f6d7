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
            version=content["version"],
            entries=tuple(map(_entry, content["datasets"])),
            idc_collections={name: tuple(ids) for name, ids in content["idc_collections"].items()},
            names=tuple(map(_asked_about, content.get("names", ()))),
            idc_index_data=content.get("idc_index_data", ""),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"is not an index of datasets ({type(error).__name__}: {error})", file=path) from None


def _entry(record: dict[str, Any]) -> IndexEntry:
    return IndexEntry(
        id=record["id"],
        file=record["file"],
        title=record["title"],
        doi=record["doi"],
        kind=DatasetKind(record["kind"]),
        archive=Archive(record["archive"]),
        program=record["program"],
        aliases=tuple(record["aliases"]),
        idc_collections=tuple(record["idc_collections"]),
        licenses=tuple(record["licenses"]),
        addresses=tuple(record.get("addresses", ())),
        versions=tuple(record.get("versions", ())),
    )


def _asked_about(record: dict[str, Any]) -> AskedAbout:
    return AskedAbout(
        name=record["name"],
        may_be=tuple(record.get("may_be", ())),
        copy_of=tuple(record.get("copy_of", ())),
        note=record.get("note"),
    )
