"""What was counted in a table: for each group its series, in the words of IDC's index, and what the index lacks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup, UnknownEntries, order_of_group
from tcia_policy.cohorts.index.sorted_copy import Code, Standing
from tcia_policy.errors import InputError
from tcia_policy.files import limits

LISTED = Place(0, EntryKind.SERIES)
STRANGERS = -1
"""The code of series that the index never had; rows that name no series have none."""


class Statement(NamedTuple):
    """What the index says of series: source DOI, license, collection, and the last version that had those removed."""

    doi: str
    license: str
    collection: str
    removed_after: str | None = None


class Unknown(NamedTuple):
    """The series that the index does not have: rows, distinct series, and the first of them in the order of text.

    Where `is_exact` is false, `series` is an estimate: never zero where there are rows. `collections` are those that
    had some of them in earlier versions of IDC.
    """

    rows: int = 0
    series: int = 0
    example: str | None = None
    is_exact: bool = True
    collections: tuple[str, ...] = ()


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
        """Return the number of distinct series that the index has, or had until IDC removed them."""
        return sum(self.series.values())

    def looked_up(self, version: str) -> LookedUp:
        """Return what the index answers for the series of the group, as for a cohort file that lists them."""
        groups = (
            SeriesGroup(frozenset({LISTED}), said.doi, said.license, number, 0.0, said.collection, said.removed_after)
            for said, number in self.series.items()
        )
        examples = () if self.unknown.example is None else (self.unknown.example,)
        unknown = UnknownEntries(LISTED, self.unknown.series, examples, self.unknown.collections)
        return LookedUp(
            groups=tuple(sorted(groups, key=order_of_group)),
            unknown=(unknown,) if self.unknown.rows or self.unknown.series else (),
            found={LISTED: self.known_series},
            version=version,
        )


@dataclass(frozen=True)
class Counted:
    """A table, counted by the values of the column `by`, the groups in the order of their names.

    `total` has all groups together, each series once; where `total_is_sum`, a series counts once in each of its groups.
    `engine` is what counted, `version` the version of idc-index-data in which series were looked up. `may_list_more`
    says that rows which name no series may list something by another column, such as a patient.
    """

    table: str
    by: str
    groups: tuple[GroupCount, ...]
    total: GroupCount
    engine: str
    version: str
    total_is_sum: bool = False
    may_list_more: bool = False


class Row(NamedTuple):
    """What an engine says of the series of one code in one group. `code` is `None` for rows that name no series.

    `is_exact` is false where `series` is an estimate.
    """

    group: str | None
    code: int | None
    rows: int
    series: int
    example: str | None = None
    is_exact: bool = True


def group_counts(rows: Iterable[Row], codes: Sequence[Code]) -> tuple[GroupCount, ...]:
    """Return the groups that these rows are of, in the order of their names; rows without a group come last.

    Raise `InputError` for more groups than are judged, and for one whose name is no name.
    """
    by_group: dict[str | None, list[Row]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    refuse_too_many(len(by_group))
    if any(len(name) > limits.AUDIT_GROUP_NAME for name in by_group if name is not None):
        raise InputError(
            f"a group has a name of more than {limits.AUDIT_GROUP_NAME:,} characters",
            field="--by",
            hint="group by a column of short names, such as that of a project or a bucket",
        )
    return tuple(
        _group_count(name, by_group[name], codes)
        for name in sorted(by_group, key=lambda name: (name is None, name or ""))
    )


def refuse_too_many(groups: int) -> None:
    """Raise `InputError` where there are more groups than are judged."""
    if groups > limits.AUDIT_GROUPS:
        raise InputError(
            f"the table has more than {limits.AUDIT_GROUPS:,} groups",
            field="--by",
            hint="group by a column with fewer values, such as that of the project, the bucket or the training set",
        )


def together(one: GroupCount, other: GroupCount) -> GroupCount:
    """Return what two counts of different series have together, under the name of the first."""
    series = Counter(one.series)
    series.update(other.series)
    parts = (one.unknown, other.unknown)
    examples = [each.example for each in parts if each.example is not None]
    return GroupCount(
        name=one.name,
        rows=one.rows + other.rows,
        series=dict(series),
        unknown=Unknown(
            rows=sum(each.rows for each in parts),
            series=sum(each.series for each in parts),
            example=min(examples, default=None),
            is_exact=all(each.is_exact for each in parts),
            collections=tuple(sorted({name for each in parts for name in each.collections})),
        ),
        rows_without=one.rows_without + other.rows_without,
    )


def _group_count(name: str | None, rows: Sequence[Row], codes: Sequence[Code]) -> GroupCount:
    series: Counter[Statement] = Counter()
    unknown: list[Row] = []
    collections: set[str] = set()
    without = 0
    for row in rows:
        if row.code is None:
            without += row.rows
        elif row.code == STRANGERS:
            unknown.append(row)
        elif codes[row.code].standing is Standing.EARLIER:
            unknown.append(row)
            collections.update(codes[row.code].collections)
        else:
            series[_statement(codes[row.code])] += row.series
    return GroupCount(
        name=name,
        rows=sum(row.rows for row in rows),
        series=dict(series),
        unknown=Unknown(
            rows=sum(row.rows for row in unknown),
            series=sum(max(row.series, 1) for row in unknown),
            example=min((row.example for row in unknown if row.example is not None), default=None),
            is_exact=all(row.is_exact for row in unknown),
            collections=tuple(sorted(collections)),
        ),
        rows_without=without,
    )


def _statement(code: Code) -> Statement:
    return Statement(code.doi, code.license, " ".join(code.collections), code.removed_after)
