"""The result of `tcia-policy audit`: what each group of a table comes to, and all of them together."""

from collections.abc import Mapping
from typing import Literal

from tcia_policy.model.base import Contract
from tcia_policy.model.project import Purpose
from tcia_policy.model.result import Judged
from tcia_policy.model.use import Activity
from tcia_policy.model.verdict import Verdict

Standing = Literal["prohibited", "open", "undetermined", "clear"]
"""How a group stands, as the exit code of `check` has it: `open` is an agreement or another duty that is still owed."""


SCHEMA_VERSION = "1.0"


class AuditedItem(Contract):
    """A data item of a group: how many distinct series it has there, and the verdict on each activity.

    `id` and `name` are those that `check` has. `series` is `None` for rows that could not be read.
    """

    id: str
    name: str
    dataset: str | None = None
    doi: str | None = None
    licenses: tuple[str, ...] = ()
    series: int | None = None
    verdict: Verdict
    verdicts: Mapping[Activity, Verdict] = {}


class Barrier(Contract):
    """What keeps a group from being clear: a rule and the data items that it speaks of (none: of the study).

    `verdict` is that of the rule, `None` for a duty that is open. `missing` are the facts that nobody stated.
    """

    rule: str
    title: str
    verdict: Verdict | None
    items: tuple[str, ...]
    missing: tuple[str, ...] = ()


class SeriesCount(Contract):
    """What was counted. `rows` are all rows, `rows_without_series` those that name none.

    `series` are the distinct ones that IDC's index has, or had until IDC removed them, `unknown_series` those that it
    does not have, of which `example` is one. Their number is an estimate where `unknown_is_exact` is false.
    """

    rows: int
    rows_without_series: int
    series: int
    unknown_series: int
    unknown_is_exact: bool = True
    example: str | None = None


class AuditedGroup(Contract):
    """One group of the table. `group` is `None` for the rows in which the column is empty.

    `verdict` and `exit_code` are those that `check` has for a cohort file of these series and this use. `owed` counts
    the duties that are required and not met, by kind.
    """

    group: str | None
    counted: SeriesCount
    verdict: Verdict
    stands: Standing
    exit_code: int
    barriers: tuple[Barrier, ...]
    owed: Mapping[str, int]
    items: tuple[AuditedItem, ...]


class ItemInAll(Contract):
    """A data item over all groups: in how many of them it is, its distinct series, and the worst verdict on it."""

    id: str
    name: str
    dataset: str | None = None
    groups: int
    series: int | None
    verdict: Verdict


class Audited(Judged):
    """A table, judged group by group; the worst group comes first.

    `by` is the column of the groups, `engine` what counted. `counted` and `items` are of all groups together, each
    series once; where `each_series_once` is false, a series counts once in each of its groups. `exit_code` and
    `verdict` are those of the worst group. `judged` is how many groups were judged; the others are like one of these.
    """

    schema_version: str = SCHEMA_VERSION
    table: str
    by: str
    engine: str
    purpose: Purpose | None
    activities: tuple[Activity, ...]
    activities_stated: bool
    verdict: Verdict
    stands: Standing
    counted: SeriesCount
    each_series_once: bool = True
    judged: int
    groups: tuple[AuditedGroup, ...]
    items: tuple[ItemInAll, ...]
