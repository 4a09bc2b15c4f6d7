"""What an index says of the entries that were looked up in it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, Protocol

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.lazy import dataclass


class Place(NamedTuple):
    """Where an entry was listed: in which cohort, as what, and beside what (an index into `Cohort.beside`)."""

    cohort: int
    kind: EntryKind
    beside: int = 0


# What is listed as a series, or as either, may be a study: in some tables those are under `seriesId`. So studies are
# looked up after them.
MAY_BE_STUDIES = (EntryKind.SERIES, EntryKind.UID)
ORDER = (*MAY_BE_STUDIES, EntryKind.SERIES_UUID, EntryKind.STUDY, EntryKind.PATIENT)


def of_studies(place: Place) -> Place:
    """Return the place of the studies that were listed at a place."""
    return place._replace(kind=EntryKind.STUDY)


class SeriesGroup(NamedTuple):
    """Distinct series that are listed at the same places and alike in all that the index says of them.

    A series of a study or of a patient that is listed has the place of the study or the patient. `doi` is the
    source DOI in lower case (empty where none is stated), `license` IDC's own label, `collection` its id of the
    collection, `size_mb` the sum of their sizes in 10**6 bytes. `removed_after` is the last version of IDC's index that
    had the series, if IDC has removed them.
    """

    places: frozenset[Place]
    doi: str
    license: str
    series: int
    size_mb: float
    collection: str = ""
    removed_after: str | None = None

    @property
    def cohorts(self) -> frozenset[int]:
        """Return the cohorts that list these series."""
        return frozenset(place.cohort for place in self.places)


class UnknownEntries(NamedTuple):
    """Distinct entries of one place that the index does not have: their number, the first three in the order of text.

    `collections` are those that had them in earlier versions of IDC, of which no more is known.
    """

    place: Place
    number: int
    examples: tuple[str, ...]
    collections: tuple[str, ...] = ()


@dataclass(frozen=True)
class LookedUp:
    """What was found, and what was not. `found` has the number of distinct entries of each place that were found.

    `version` is the version of idc-index-data that answered; `None` where nothing was looked up.
    """

    groups: tuple[SeriesGroup, ...] = ()
    unknown: tuple[UnknownEntries, ...] = ()
    found: Mapping[Place, int] = field(default_factory=dict)
    version: str | None = None


NOT_LOOKED_UP = LookedUp()


class Index(Protocol):
    """Takes in entries by the places where they were listed, then looks all of them up."""

    def enter(self, place: Place, names: Sequence[str]) -> None:
        """Note the entries of one place."""

    def look_up(self) -> LookedUp:
        """Return everything entered: what was found, counted by distinct series, and what was not."""


def order_of_group(group: SeriesGroup) -> tuple[object, ...]:
    """Return what groups are sorted by, so that every index gives them in the same order."""
    return group.doi, group.license, group.collection, group.removed_after or "", sorted(group.places)
