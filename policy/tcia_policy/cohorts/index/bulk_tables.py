"""Tables that are left in their files: DuckDB looks their entries up, and Python judges the rest of their rows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import duckdb

from tcia_policy.cohorts.cohort import (
    EXAMPLES,
    LONGEST_EXAMPLE,
    NOTHING_BESIDE,
    Cohort,
    Entries,
    Line,
    NeedsWholeFileError,
    StoredTable,
    TableForm,
)
from tcia_policy.cohorts.index.duck import joined_as_written
from tcia_policy.cohorts.index.json_objects import objects_scan
from tcia_policy.cohorts.index.table_scan import JUNK, Scan, cells_of, scan_of
from tcia_policy.files import limits
from tcia_policy.files.packing import unpacked

CHUNK = 20_000
FEW = 100_000  # rows that Python judges one by one, whatever is in them
FOUND, ENTRY, JUNK_CELL, OTHER = 0, 1, 2, 3  # what a cell is: that of a series, or another entry, or none
# One pass over the table: its cells by what they are, and by what is beside them. Of series each part has the rows
# in the table of all series, of other entries the entry, of all else the number of cells.
PARTS = f"""
    create or replace temp table parts as
    select {{keys}}what, unknown, {{rows}} as series_rows, count(*) as cells
    from (
        select {{keys}}row, what, case when what = {ENTRY:d} then name end as unknown
        from (
            select {{keys}}series.row, cells.name,
                   case when not cells.counts then {OTHER:d}
                        when series.row is not null then {FOUND:d} when {{is_entry}} then {ENTRY:d}
                        when {{is_junk}} then {JUNK_CELL:d} else {OTHER:d} end::tinyint as what
            from ({{cells}}) as cells left join {{series}} as series on cells.name = series.name))
    group by all"""  # noqa: S608
# Where nothing is beside them, each series is a bit; else there are as many bits as things beside, and a list is less.
ROWS_ALONE = "bitstring_agg(row, 0, {last:d})"
ROWS_BESIDE = f"list(row) filter (where what = {FOUND:d})"
# A row that begins as a comment does is for Python to judge. In the first column no such cell is an entry or junk.
NO_COMMENT = "not starts_with(coalesce(c0, ''), '#')"
CELLS = "select {keys}{entry} as name, {cell} as cell, {counts} as counts from {source}"
ROWS_PLACED = f"(select unnest(series_rows) as row, beside from {{placed}} where what = {FOUND:d})"  # noqa: S608
REPEATED = "select count(*) > bit_count(bitstring_agg(row, 0, {last:d})) from {rows} having count(*) > 0"
EACH_ONCE = "(select row, beside as first_beside, beside from {rows})"
# Each series once. Where it has several things beside it, which of them counts depends on the order of the rows.
BROUGHT_TOGETHER = """
    (select row, coalesce(min(nullif(beside, 0)), 0) as first_beside, max(beside) as beside from {rows} group by row)"""
FOUND_BESIDE = """
    create or replace temp table hits as
    select row, code, size_mb, first_beside, beside, null::varchar as unknown
    from {together} join {numbered} using (row)"""
FOUND_ALONE = f"""
    create or replace temp table hits as
    select row, code, size_mb, 0 as first_beside, 0 as beside, null::varchar as unknown
    from {{numbered}}, (select series_rows from parts where what = {FOUND:d}) where get_bit(series_rows, row) = 1"""  # noqa: S608
UNKNOWN = """
    insert into hits
    select null, null, 0, coalesce(min(nullif(beside, 0)), 0), max(beside), unknown
    from {placed} where unknown is not null group by unknown"""


class SeriesNames(NamedTuple):
    """Where entries of a kind are looked up, as SQL: `source` has (name, row), `numbered` (row, code, size_mb).

    `last` is the highest row.
    """

    source: str
    parameters: Mapping[str, object]
    numbered: str
    of_numbered: Mapping[str, object]
    last: int


class TableRead(NamedTuple):
    """What a table has besides its entries, which are in the table `hits` of the connection, by `beside`.

    `rest` is what Python found in rows that DuckDB could not judge; `has_entries` says whether there was any entry.
    """

    rest: Cohort
    has_entries: bool


class Declined(Exception):  # noqa: N818 - nothing is wrong with the table
    """The table is for Python alone to read: it is not laid out as DuckDB reads tables, or its rows contradict."""


def read_table(connection: duckdb.DuckDBPyConnection, table: StoredTable, series: SeriesNames) -> TableRead:
    """Look up the entries of a table, into the table `hits`. Raise `Declined` where Python must read it."""
    try:
        scan = objects_scan(connection, table)
        if scan is not None:
            return _Reader(connection, table, scan).read(series)
    except (duckdb.Error, Declined):  # by its lines, then
        pass
    try:
        return _Reader(connection, table, scan_of(table)).read(series)
    except (duckdb.Error, UnicodeEncodeError, NeedsWholeFileError) as error:
        raise Declined from error


class _Reader:
    """Reads one table."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: StoredTable, scan: Scan) -> None:
        self._connection = connection
        self._table = table
        self._scan = scan
        self._entries = Entries(table.path, aside={(heading, None): 0 for heading in table.aside})

    def read(self, series: SeriesNames) -> TableRead:
        self._part(series)
        self._number_what_is_beside()
        cells = dict(self._rows("select what, sum(cells)::bigint from parts group by what"))
        self._gather(series)
        has_entries = FOUND in cells or ENTRY in cells
        self._entries.lists_more = has_entries
        if JUNK_CELL in cells or OTHER in cells:
            if not self._scan.has_lines:
                raise Declined
            self._refuse_unless_rows_are_lines(sum(cells.values()) // len(self._table.entries))
            self._judge_others(cells.get(JUNK_CELL, 0), cells.get(OTHER, 0))
            self._leave_out_what_is_there(series)
        remark = None if self._table.remark_of is None else self._table.remark_of(self._entries)
        return TableRead(self._entries.cohort(self._table.format_name, remark=remark), has_entries)

    def _leave_out_what_is_there(self, series: SeriesNames) -> None:
        """Take out of what Python found what DuckDB found too. Raise `Declined` where the one may say more of it."""
        by_python = self._entries.listed[self._table.kind]
        if not by_python:
            return
        again = self._rows(
            "with names as (select unnest($names::varchar[]) as name)"  # noqa: S608
            f" select name from names join {series.source} as series using (name) join hits using (row)"
            " union select name from names join hits on name = unknown",
            {"names": list(by_python)},
            series.parameters,
        )
        if again and self._says_more:
            raise Declined
        for (name,) in again:
            del by_python[name]

    @property
    def _junk(self) -> str:
        """Return SQL for what is junk without a look at the other cells of its row."""
        return JUNK if self._table.alone and len(self._table.entries) == 1 else "false"

    def _part(self, series: SeriesNames) -> None:
        """Look every cell up, into the table `parts`."""
        columns = [(f"c{number}", self._scan.entry.format(f"c{number}")) for number in self._table.entries]
        keys = "".join(f"{key}, " for key in self._keys)
        named = "".join(f"c{number} as {key}, " for number, key in zip(self._table.beside, self._keys, strict=True))
        query = PARTS.format(
            keys=keys,
            rows=ROWS_BESIDE if self._keys else ROWS_ALONE.format(last=series.last),
            is_entry=self._scan.is_entry.format("cell"),
            is_junk=self._junk.format("cell"),
            cells=" union all ".join(
                CELLS.format(
                    keys=named,
                    entry=entry,
                    cell=cell,
                    counts="true" if cell == "c0" else NO_COMMENT,
                    source=self._scan.source,
                )
                for cell, entry in columns
            ),
            series=series.source,
        )
        with joined_as_written(self._connection):
            self._rows(query, self._scan.parameters, self._scan.of_entry, series.parameters)

    def _gather(self, series: SeriesNames) -> None:
        """Bring every series and every unknown entry once into the table `hits`. Raise `Declined` where rows differ."""
        if not self._keys:
            placed = "(select *, 0 as beside from parts)"
            found = FOUND_ALONE.format(numbered=series.numbered)
        else:
            same = " and ".join(f"coalesce(parts.{key}, '') = said.{key}" for key in self._keys)
            placed = f"(select what, unknown, series_rows, number as beside from parts join said on {same})"  # noqa: S608
            found = FOUND_BESIDE.format(numbered=series.numbered, together=self._each_once(placed, series.last))
        self._rows(found, series.of_numbered)
        self._rows(UNKNOWN.format(placed=placed))
        if self._says_more and self._rows("select 1 from hits where first_beside < beside limit 1"):
            raise Declined
        self._rows("drop table parts")

    def _each_once(self, placed: str, last: int) -> str:
        """Return SQL for the rows of series that were found, each once, with what is beside them."""
        rows = ROWS_PLACED.format(placed=placed)
        is_repeated = self._rows(REPEATED.format(rows=rows, last=last)) == [(True,)]
        return (BROUGHT_TOGETHER if is_repeated else EACH_ONCE).format(rows=rows)

    @property
    def _says_more(self) -> bool:
        return self._entries.beside.keys() != {NOTHING_BESIDE}

    def _number_what_is_beside(self) -> None:
        """Give each thing that rows say beside their entries its number, in the table `said`. They are sorted."""
        if not self._keys or self._table.beside_of is None:
            return
        cells = ", ".join(f"coalesce({key}, '')" for key in self._keys)
        found = self._rows(f"select distinct {cells} from parts limit {limits.COHORT_BESIDE + 1:d}")  # noqa: S608
        if len(found) > limits.COHORT_BESIDE:
            raise Declined
        besides = [self._table.beside_of(row) for row in found]
        ordered = [NOTHING_BESIDE, *sorted(set(besides) - {NOTHING_BESIDE})]
        self._entries.beside = {beside: number for number, beside in enumerate(ordered)}
        numbers = [self._entries.beside[beside] for beside in besides]
        keys = ", ".join(f"${key}::varchar[] as {key}" for key in self._keys)
        columns = ", ".join(f"unnest({key}) as {key}" for key in (*self._keys, "number"))
        self._rows(
            "create or replace temp table said as"  # noqa: S608
            f" select {columns} from (select {keys}, $number::integer[] as number)",
            {key: [row[place] for row in found] for place, key in enumerate(self._keys)},
            {"number": numbers},
        )

    @property
    def _keys(self) -> list[str]:
        """Return how the columns that say more of an entry are called in `parts` and `said`."""
        return [f"said{place}" for place in range(len(self._table.beside))]

    def _refuse_unless_rows_are_lines(self, rows: int) -> None:
        """Raise `Declined` where a row has several lines or a line between rows is blank: which line is which row?"""
        if self._table.form is TableForm.PARQUET:
            return
        lines, blank_at_end = _lines(self._table)
        if rows + self._table.skip not in (lines, lines - blank_at_end):
            raise Declined

    def _judge_others(self, junk: int, others: int) -> None:
        """Give the rows with a cell that is no entry as it stands to Python; of many, only those that may be more."""
        condition = f"(not {NO_COMMENT} or not ({cells_of(self._table, self._scan.is_entry, 'and')}))"
        self._connection.execute("set preserve_insertion_order = true")
        try:
            if junk > FEW:
                is_junk = f"({NO_COMMENT} and coalesce({self._junk.format(f'c{self._table.entries[0]}')}, false))"
                self._note_junk(junk, f"{condition} and {is_junk}")
                condition = f"{condition} and not {is_junk}"
                if others:
                    self._judge_rows(f"{condition} limit {others:d}")
            else:  # it is over where all have been found, which may be at the beginning
                self._judge_rows(f"{condition} limit {junk + others:d}")
        finally:
            self._connection.execute("set preserve_insertion_order = false")

    def _note_junk(self, count: int, condition: str) -> None:
        cell = f"left(c{self._table.entries[0]}, {LONGEST_EXAMPLE:d})"
        found = self._rows(
            f"select number, {cell} from {self._scan.numbered} where {condition} limit {EXAMPLES:d}",  # noqa: S608
            self._scan.parameters,
            self._scan.of_entry,
        )
        self._entries.unread_count += count
        self._entries.unread_examples += [Line(self._table.skip + number, text) for number, text in found]

    def _judge_rows(self, condition: str) -> None:
        columns = ", ".join(f"coalesce(c{number}, '')" for number in range(len(self._table.columns)))
        found = self._run(
            f"select number, {columns} from {self._scan.numbered} where {condition}",  # noqa: S608
            self._scan.parameters,
            self._scan.of_entry,
        )
        before = list(self._entries.unread_examples)
        self._entries.unread_examples.clear()
        while chunk := found.fetchmany(CHUNK):
            for number, *cells in chunk:
                self._table.add_row(self._entries, self._table.skip + number, cells)
        self._entries.unread_examples = sorted([*before, *self._entries.unread_examples], key=_line_of)[:EXAMPLES]

    def _rows(self, sql: str, *parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return self._run(sql, *parameters).fetchall()

    def _run(self, sql: str, *parameters: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
        """Run a query with those of the parameters that it has."""
        given = {name: value for each in parameters for name, value in each.items() if f"${name}" in sql}
        return self._connection.execute(sql, given)


def _line_of(example: Line) -> int:
    return example.number


def _lines(table: StoredTable) -> tuple[int, int]:
    """Return the number of lines of a file, and how many of them are empty at its end."""
    ends, last = 0, b""
    with unpacked(table.path, table.packing) as stream:
        while block := stream.read(limits.COHORT_BLOCK):
            ends += block.count(b"\n")
            last = (last + block[-limits.BLOCK :])[-limits.BLOCK :]
    rest = last.rstrip(b"\r\n")
    begun = 1 if last and not last.endswith(b"\n") else 0
    return ends + begun, max(0, last[len(rest) :].count(b"\n") - 1)
