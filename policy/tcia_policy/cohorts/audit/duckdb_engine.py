"""The question, answered on this machine by DuckDB: any number of rows, in bounded memory.

Distinct series are counted exactly, as bits: the series of one code are numbered, and each group has the bits of those
that it has, in blocks of `BLOCK`. `count(distinct ...)` would hold every series of every group as text.

Series that the index never had have no number. Their bits are by a hash of their UIDs, and their number is an estimate
(linear counting: K.-Y. Whang et al., ACM TODS 15(2), 1990, doi:10.1145/78922.78925), unless the table is small enough
to count them one by one.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

import duckdb

from tcia_policy.cohorts.audit.counted import STRANGERS, Row, refuse_too_many
from tcia_policy.cohorts.audit.names import DUCKDB
from tcia_policy.cohorts.audit.question import Columns, used_rows
from tcia_policy.cohorts.audit.table import Table, unreadable
from tcia_policy.cohorts.index.duck import joined_as_written
from tcia_policy.cohorts.index.sorted_copy import SeriesMap
from tcia_policy.errors import InputError
from tcia_policy.files import limits

BLOCK = 2048
HASHES = 1 << 20
PARTS = f"""
    create or replace temp table audit_parts as
    select grp, code, nth // {BLOCK} as block, bitstring_agg((nth % {BLOCK})::integer, 0, {BLOCK - 1}) as bits,
           sum(n) as n, min(case when code = {STRANGERS} then uid end) as example
    from (
        select grp, n, uid,
               case when uid is not null then coalesce(code, {STRANGERS}) end as code,
               case when uid is not null then coalesce(in_code, (hash(uid) % {HASHES})::integer) end as nth
        from ({{used}}) left join (
            select map.uid as known, map.code, (map.row - audit_codes.first_row)::integer as in_code
            from {{map}} as map join audit_codes using (code)
        ) on uid = known
        {{turn}}
    )
    group by all"""  # noqa: S608 - only numbers of ours
IN_TURN = "where hash(grp) % $passes = $turn"
NO_TOTAL = """
    create or replace temp table audit_total (code integer, block integer, bits bit, n hugeint, example varchar)"""
BY_GROUP = (
    "select grp, code, sum(n), coalesce(sum(bit_count(bits)), 0), min(example) from audit_parts group by grp, code"
)
OVER_ALL = """
    create or replace temp table audit_total as
    select code, block, bit_or(bits) as bits, sum(n) as n, min(example) as example
    from (select code, block, bits, n, example from audit_parts union all from audit_total)
    group by code, block"""
OF_ALL = "select null, code, sum(n), coalesce(sum(bit_count(bits)), 0), min(example) from audit_total group by code"
ONE_BY_ONE = """
    select grouping(grp), grp, count(distinct uid)
    from ({used}) anti join (select uid as known from {map}) on uid = known
    where uid is not null
    group by grouping sets ((grp), ())"""


@dataclass(frozen=True)
class Question:
    """A table, and what is asked of it. Rows that have something in the column `only_without` are left out."""

    table: Table
    columns: Columns
    only_without: str | None = None

    @property
    def used(self) -> str:
        """Return the series, the group and the number of rows of every row, as SQL."""
        without = None if self.only_without is None else self.table.name_of(self.only_without)
        return used_rows(self.table.source, self.columns.spelled(self.table.name_of), DUCKDB.text, without)


@dataclass(frozen=True)
class Answer:
    """What DuckDB counted, by group and of all groups together (with each series once)."""

    groups: tuple[Row, ...]
    total: tuple[Row, ...]


def answer(connection: duckdb.DuckDBPyConnection, question: Question, series: SeriesMap) -> Answer:
    """Count a table. Raise `InputError` for a table that cannot be read, and for more groups than are judged."""
    counting = _Counting(connection, question, series)
    try:
        counting.prepare()
        with joined_as_written(connection) if question.table.is_text else nullcontext():
            return counting.one_by_one(counting.in_passes())
    except duckdb.OutOfMemoryException:
        hint = "group by a column with fewer values, or count it in a warehouse: --emit-sql"
        raise InputError("has too many groups or too long values to be counted here", hint=hint) from None
    except duckdb.Error as error:
        raise unreadable(error, question.table.label) from None


@dataclass(frozen=True)
class _Counting:
    connection: duckdb.DuckDBPyConnection
    question: Question
    series: SeriesMap

    @property
    def _parameters(self) -> dict[str, object]:
        return {**self.question.table.parameters, **self.series.parameters}

    def prepare(self) -> None:
        """Make the table of codes, and check the numbers of rows."""
        self.connection.execute("create temp table audit_codes (code integer, first_row integer)")
        self.connection.executemany(
            "insert into audit_codes values (?, ?)",
            [(number, code.first_row) for number, code in enumerate(self.series.codes)],
        )
        if self.question.columns.rows is not None:
            sql = f"select 1 from ({self.question.used}) where n is null or n < 0 limit 1"  # noqa: S608
            if self.connection.execute(sql, dict(self.question.table.parameters)).fetchall():
                raise InputError(
                    f"the column {self.question.columns.rows!r} has what is no number of rows",
                    file=self.question.table.label,
                    field="--count",
                    hint="it has a whole number in every row",
                )

    def in_passes(self) -> Answer:
        """Count all groups at once; where they do not fit into memory, in turns, each over a part of the groups."""
        passes = 1
        while True:
            try:
                return self._counted(passes)
            except duckdb.OutOfMemoryException:
                if passes >= limits.AUDIT_PASSES:
                    raise
                self._refuse_too_many_groups()
                passes *= 4

    def _counted(self, passes: int) -> Answer:
        self.connection.execute(NO_TOTAL)
        groups: list[Row] = []
        for turn in range(passes):
            self.connection.execute("drop table if exists audit_parts")
            in_turn = {} if passes == 1 else {"passes": passes, "turn": turn}
            sql = PARTS.format(used=self.question.used, map=self.series.source, turn=IN_TURN if in_turn else "")
            self.connection.execute(sql, self._parameters | in_turn)
            groups += self._rows(BY_GROUP)
            self.connection.execute(OVER_ALL)
            refuse_too_many(len({row.group for row in groups}))
        self.connection.execute("drop table audit_parts")
        return Answer(tuple(groups), tuple(self._rows(OF_ALL)))

    def _rows(self, sql: str) -> Iterator[Row]:
        for group, code, rows, series, example in self.connection.execute(sql).fetchall():
            if code == STRANGERS:
                yield Row(group, code, int(rows), estimated(series), example, is_exact=False)
            else:
                yield Row(group, code, int(rows), int(series))

    def _refuse_too_many_groups(self) -> None:
        sql = f"select count(*) from (select distinct grp from ({self.question.used}) limit {limits.AUDIT_GROUPS + 1})"  # noqa: S608
        ((found,),) = self.connection.execute(sql, dict(self.question.table.parameters)).fetchall()
        refuse_too_many(found)

    def one_by_one(self, counted: Answer) -> Answer:
        """Return the answer with series that the index never had counted one by one, if the table is small enough."""
        rows = sum(row.rows for row in counted.total)
        if rows > limits.AUDIT_EXACT or not any(row.code == STRANGERS for row in counted.total):
            return counted
        sql = ONE_BY_ONE.format(used=self.question.used, map=self.series.source)
        found = self.connection.execute(sql, self._parameters).fetchall()
        by_group = {group: series for is_total, group, series in found if not is_total}
        of_all: dict[str | None, int] = {group: series for is_total, group, series in found if is_total}
        return Answer(_exactly(counted.groups, by_group), _exactly(counted.total, of_all))


def _exactly(rows: tuple[Row, ...], series: Mapping[str | None, int]) -> tuple[Row, ...]:
    return tuple(
        row._replace(series=series[row.group], is_exact=True) if row.code == STRANGERS and row.group in series else row
        for row in rows
    )


def estimated(bits: int) -> int:
    """Return how many series there are, by the number of hashes that they have among `HASHES`.

    Where all are taken there are so many that only the order of their number is known.
    """
    free = max(HASHES - bits, 1)
    return round(-HASHES * math.log(free / HASHES))
