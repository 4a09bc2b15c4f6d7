"""What IDC's index says of the series that were looked up in it."""

from typing import NamedTuple


class SeriesGroup(NamedTuple):
    """Series that the same cohorts list and that have one source DOI, license and collection; `size_mb` in 10**6 bytes.

    `license` is IDC's own label, `collection` its id of the collection. `removed_after` is the last version of IDC's
    index that had the series, if IDC has removed them.
    """

    cohorts: frozenset[int]
    doi: str
    license: str
    series: int
    size_mb: float
    collection: str = ""
    removed_after: str | None = None


class UnknownSeries(NamedTuple):
    """Series of one cohort that the index does not have; `collections` had them in earlier versions of IDC."""

    series: int
    examples: tuple[str, ...]
    collections: tuple[str, ...]
