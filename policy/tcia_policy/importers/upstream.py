"""What an upstream source is: an entry of `data/sources.yaml`, and what it adds to the registry."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from tcia_policy.importers.license_names import LicenseNames
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Dataset, License, Source


@dataclass(frozen=True, eq=False)
class Inputs:
    """What an import is made from.

    `recordings` is the folder of recordings, `idc_index_data` that of IDC's parquet files, `decisions` the file that
    says which terms of single datasets are taken over.
    """

    recordings: Path
    idc_index_data: Path
    licenses: Mapping[str, License]
    decisions: Path

    @cached_property
    def names(self) -> LicenseNames:
        """Return the spellings of all licenses."""
        return LicenseNames(self.licenses)

    @cached_property
    def controlled(self) -> frozenset[str]:
        """Return the ids of the licenses for controlled access."""
        return frozenset(item.id for item in self.licenses.values() if item.access is Access.CONTROLLED)


@dataclass(frozen=True)
class Collected:
    """The registry as far as the sources have made it.

    `aliases` are pairs of a dataset's id and another name of it. `remarks` are what a reviewer should know and no file
    says outright.
    """

    datasets: tuple[Dataset, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def with_(
        self,
        datasets: Iterable[Dataset],
        aliases: Iterable[tuple[str, str]] = (),
        remarks: Iterable[str] = (),
    ) -> "Collected":
        """Return `datasets` in place of those so far, and more aliases and remarks beside those so far."""
        return replace(
            self,
            datasets=tuple(datasets),
            aliases=(*self.aliases, *aliases),
            remarks=(*self.remarks, *remarks),
        )


@dataclass(frozen=True)
class Upstream:
    """One source. `describe` returns its entry in `data/sources.yaml`.

    `add` returns what was collected so far with what this source says: datasets of its own, or claims, citations,
    notices and other names for the datasets of the sources before it. Both raise `InputError` for a recording that
    does not fit.
    """

    describe: Callable[[Inputs], Source]
    add: Callable[[Inputs, Collected], Collected]
