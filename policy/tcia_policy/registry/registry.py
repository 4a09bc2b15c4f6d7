"""The registry of datasets: what is known, found by name or DOI, each dataset read when it is asked for."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.digests import digest_of_folder
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Dataset, IdcRelease, License, RegistryPlace, Source
from tcia_policy.registry.generations import CURRENT, digest_of
from tcia_policy.registry.idc_releases import releases_in
from tcia_policy.registry.index import IndexEntry, read_index
from tcia_policy.registry.kept import made_of
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.location import Located, in_folder, located
from tcia_policy.registry.names import DatasetNames
from tcia_policy.registry.standing import Registered

MadeT = TypeVar("MadeT")


class Registry:
    """Datasets, licenses and sources as a folder of facts and the project's `rules/` state them.

    Opening one reads the index only. `version` is the day as of which the facts were gathered, and `located` says which
    of the registries that there may be it is.
    """

    def __init__(self, found: Located, rules: Path) -> None:
        self.located = found
        self._data = found.data
        self._rules = rules
        self._index = self._made_of("index", self.index_file, read_index)
        self._files = {entry.id: entry.file for entry in self._index.entries}
        self._read: dict[str, Dataset] = {}

    @classmethod
    def load(cls, data: Path | None = None, rules: Path | None = None) -> "Registry":
        """Return the registry in `data`, a folder like the shipped one or one that `registry update` makes.

        By default it is the one that the user names or keeps, or else the one that came with the program, as
        `registry/location.py` says. Its licenses are those in `rules`, by default those that came with the program.
        Raise `InputError` for an index that cannot be read.
        """
        return cls(located() if data is None else _stated(data), rules or shipped("rules"))

    @property
    def version(self) -> str:
        """Return the version that `data/index.json` states."""
        return self._index.version

    @property
    def day(self) -> date | None:
        """Return the day that the version is, if it is one."""
        try:
            return date.fromisoformat(self.version)
        except ValueError:
            return None

    @cached_property
    def digest(self) -> str:
        """Return the digest of all files of the registry: two that differ in one byte have different ones."""
        return self._made_of("digest-of-data", self._data, digest_of)

    @cached_property
    def rules_digest(self) -> str:
        """Return the digest of all files of the rules that its licenses are from."""
        kept_as = "digest-of-rules" if self._rules == shipped("rules") else None
        return made_of(self._rules, digest_of_folder, kept_as)

    @property
    def index_file(self) -> Path:
        """Return the path of the index."""
        return self._data / "index.json"

    @property
    def entries(self) -> tuple[IndexEntry, ...]:
        """Return what the index says of every dataset, in its order."""
        return self._index.entries

    @cached_property
    def licenses(self) -> Mapping[str, License]:
        """Return licenses by identifier."""
        return load_licenses(self._rules / "licenses")

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return where the facts come from, by source id."""
        sources = self._made_of("sources", self._data / "sources.yaml", _read_sources)
        return MappingProxyType({source.id: source for source in sources})

    @cached_property
    def releases(self) -> tuple[IdcRelease, ...]:
        """Return the versions of IDC's index that its facts are from, oldest first."""
        return releases_in(self._data, self.located.kept_as("idc-releases"))

    @cached_property
    def registered(self) -> Registered:
        """Return what it takes to compare its claims."""
        return Registered(self.licenses, self.sources, self.releases)

    def get(self, id_: str) -> Dataset:
        """Return the dataset with exactly this id. Raise `InputError` if there is none."""
        if id_ not in self._read:
            self._read[id_] = self._read_dataset(id_)
        return self._read[id_]

    def by_doi(self, doi: str) -> str | None:
        """Return the id of the dataset with this DOI, in any spelling; `None` for no DOI, or one that is not ours."""
        return self._names.by_doi(doi)

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids that a name stands for: an id, a DOI, an alias, a title, or an IDC collection (several ids).

        An exact id comes before a DOI, an IDC collection, an alias or a title; only then are case and punctuation
        ignored. Raise `InputError` for a name that is unknown (with suggestions) or that two datasets share.
        """
        return self._names.find(name)

    @property
    def names_asked_about(self) -> tuple[str, ...]:
        """Return the names that are no dataset's by themselves: of challenges, copies and other collections."""
        return tuple(each.name for each in self._index.names)

    def knows(self, name: str) -> bool:
        """Return whether `find` finds something by this name."""
        return self._names.knows(name)

    @cached_property
    def _names(self) -> DatasetNames:
        return self._made_of("names", self.index_file, lambda _: DatasetNames(self._index))

    def _made_of(self, name: str, path: Path, make: Callable[[Path], MadeT]) -> MadeT:
        """Return what is made of a file or folder of the registry; it is kept under the name, if anything of it is."""
        return made_of(path, make, self.located.kept_as(name))

    def _read_dataset(self, id_: str) -> Dataset:
        if id_ not in self._files:
            raise self._names.unknown(id_)
        path = self._data / "datasets" / self._files[id_]
        dataset = self._made_of(f"dataset-{path.stem}", path, _parse_dataset)
        if dataset.id != id_:
            raise InputError(f"the index lists it as {id_!r}, the file says {dataset.id!r}", file=path, field="id")
        return dataset


def _stated(data: Path) -> Located:
    if data == shipped("data"):
        return Located(data, RegistryPlace.SHIPPED)
    return in_folder(data) if (data / CURRENT).exists() else Located(data, RegistryPlace.NAMED)


def _parse_dataset(path: Path) -> Dataset:
    return located_yaml.read(path).parse(Dataset)


def _read_sources(path: Path) -> tuple[Source, ...]:
    content = located_yaml.read(path)
    count = len(content.data) if isinstance(content.data, list) else 0
    return tuple(content.parse(Source, (position,)) for position in range(count))
