"""The state of the registry: how many datasets of which kind, and how old each source is."""

from collections import Counter
from datetime import date

from tcia_policy.files.sections import Sections
from tcia_policy.files.shipped import shipped
from tcia_policy.model import DatasetKind, RegistryPlace, Source, SourceAge
from tcia_policy.model.base import Day
from tcia_policy.model.result import Result
from tcia_policy.registry import series_layout
from tcia_policy.registry.registry import Registry
from tcia_policy.registry.source_ages import source_ages
from tcia_policy.text.english import count


class RegistryStatus(Result):
    """The version of the registry, its datasets by kind, its index of series, and its sources with their days.

    `place` says which registry is used; `folder` is where it is, if it did not come with the program, and `set_aside`
    why the user's own is not the one. `ages` says how old each source is on the day `as_of`. `series` counts the series
    that IDC has or had, as far as is known, and `idc_index_data` is the version of IDC's index that these are looked up
    in.
    """

    version: str
    datasets: int
    kinds: dict[DatasetKind, int]
    series: int
    idc_index_data: str
    sources: tuple[Source, ...]
    place: RegistryPlace
    folder: str | None = None
    set_aside: str | None = None
    as_of: Day
    ages: tuple[SourceAge, ...]


def status_of(registry: Registry, as_of: date) -> RegistryStatus:
    """Return the state of a registry on a day.

    Raise `InputError` where one byte of the index of series is not as it was.
    """
    total = len(registry.entries)
    index = Sections(shipped("data") / series_layout.FILE, series_layout.ANEW)
    index.verify()
    return RegistryStatus(
        summary=f"Registry of {registry.version}: {count(total, 'dataset')}",
        version=registry.version,
        datasets=total,
        kinds=dict(sorted(Counter(entry.kind for entry in registry.entries).items())),
        series=index.section("codes").length // series_layout.CODE,
        idc_index_data=index.facts["versions"][-1],
        sources=tuple(registry.sources.values()),
        place=registry.located.place,
        folder=None if registry.located.place is RegistryPlace.SHIPPED else str(registry.located.data),
        set_aside=registry.located.set_aside,
        as_of=as_of,
        ages=source_ages(as_of, registry.sources.values()),
    )
