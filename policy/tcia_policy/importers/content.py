"""All that a folder of the registry has, in memory: what the importers make, and what a refresh makes anew."""

from collections.abc import Mapping
from datetime import date

from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, IdcRelease, Source
from tcia_policy.registry.index import AskedAbout


@dataclass(frozen=True)
class Content:
    """A registry. `version` is the day as of which its facts were gathered.

    `idc_collections` maps an IDC collection id to the ids of its original datasets. `asked_about` are the names that
    are no dataset's by themselves. `carried` are the files that no source answers for and that are passed on as they
    are, by their paths in the folder.
    """

    version: date
    idc_index_data: str
    datasets: tuple[Dataset, ...]
    idc_collections: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    asked_about: tuple[AskedAbout, ...]
    idc_releases: tuple[IdcRelease, ...]
    carried: Mapping[str, bytes]
