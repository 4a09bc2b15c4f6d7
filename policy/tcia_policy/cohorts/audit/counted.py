"""What was counted in a table: for each group its series, in the words of IDC's index, and what the index lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup, UnknownEntries, order_of_group

LISTED = Place(0, EntryKind.SERIES)


class Statement(NamedTuple):
    """What the index says of some series: source DOI, license and collection; and since when IDC has removed them."""

    doi: str
    license: str
    collection: str
    removed_after: str | None = None


class Unknown(NamedTuple):
    """The entries that the index does not have: rows, distinct entries, and the first of them in the order of text.

    Where `is_exact` is false, `series` is an estimate: never zero where there are rows.
    """

    rows: int = 0
    series: int = 0
    example: str | None = None
    is_exact: bool = True


NONE_UNKNOWN = Unknown()


@dataclass(frozen=True)
class GroupCount:
    """What a group of rows has. `name` is `None` for rows whose group is empty.

    `rows` counts all of its rows, `rows_without` those that name no series. `series` has the number of distinct series
    by what the index says of them.
    """

    name: str | None
    rows: int
    series: Mapping[Statement, int] = field(default_factory=dict)
    unknown: Unknown = NONE_UNKNOWN
    rows_without: int = 0

    @property
    def known_series(self) -> int:
        """Return the number of distinct series that the index has, or had."""
        return sum(self.series.values())

    def looked_up(self, version: str) -> LookedUp:
        """Return what the index answers for the series of the group, as for a cohort file that lists them."""
        groups = (
            SeriesGroup(frozenset({LISTED}), said.doi, said.license, number, 0.0, said.collection, said.removed_after)
            for said, number in self.series.items()
        )
        unknown = UnknownEntries(LISTED, self.unknown.series, tuple(filter(None, [self.unknown.example])))
        return LookedUp(
            groups=tuple(sorted(groups, key=order_of_group)),
            unknown=(unknown,) if self.unknown.rows else (),
            found={LISTED: self.known_series},
            version=version,
        )


@dataclass(frozen=True)
class Counted:
    """A table, counted by the values of the column `by`.

    `total` has all groups together, each series once; where `total_is_sum`, a series counts once in each of its groups.
    `engine` is what counted, `version` the version of idc-index-data in which series were looked up.
    """

    table: str
    by: str
    groups: tuple[GroupCount, ...]
    total: GroupCount
    engine: str
    version: str
    total_is_sum: bool = False
