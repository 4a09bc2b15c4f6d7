"""What is asked of a table, in every engine: the columns, and the rows as each engine begins with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tcia_policy.cohorts.audit.columns import column_named, may_list_more, series_column
from tcia_policy.cohorts.records.cells import EMPTY
from tcia_policy.errors import InputError

TRIMMED = "case when {0} like '% %' then trim({0}) else {0} end"  # a third of the time of `trim` alone
# Words for "nothing" count as no series, as in cohort files; no UID is so short.
USED = f"""
    select case when length(uid) < {max(map(len, EMPTY)) + 1}
                and lower(uid) in ({", ".join(f"'{word}'" for word in sorted(EMPTY))}) then null else uid end as uid,
           nullif(grp, '') as grp, n
    from (select {TRIMMED.format("cast({uid} as {text})")} as uid, {TRIMMED.format("cast({by} as {text})")} as grp,
                 {{rows}} as n
          from {{source}}{{where}}) as read_rows"""  # noqa: S608 - only words of ours


@dataclass(frozen=True)
class Asked:
    """What is asked of a table: the column of the groups, and if the user says so, those of the series and of the rows.

    `rows` is the column that says how many rows each row stands for.
    """

    by: str
    column: str | None = None
    rows: str | None = None


class Columns(NamedTuple):
    """The columns of a table that are asked for, by its own names; `rows` only where a column counts the rows.

    `may_list_more` says that rows without a series may list something by another column: a patient, a dataset.
    """

    by: str
    series: str
    rows: str | None = None
    may_list_more: bool = False

    def spelled(self, spell: Callable[[str], str]) -> "Columns":
        """Return the columns as SQL has them."""
        rows = None if self.rows is None else spell(self.rows)
        return self._replace(by=spell(self.by), series=spell(self.series), rows=rows)


def columns_asked(asked: Asked, columns: Sequence[str]) -> Columns:
    """Return the columns that are asked for. Raise `InputError` for one that the table does not have."""
    by = column_named(asked.by, columns, "--by")
    rows = None if asked.rows is None else column_named(asked.rows, columns, "--count")
    others = [each for each in columns if each not in (by, rows)]
    series = series_column(others) if asked.column is None else column_named(asked.column, columns, "--column")
    if by in (series, rows):
        what = "of the series" if by == series else "of --count"
        raise InputError(f"is the column {what}", field="--by", hint="name the column that has the groups")
    if rows == series:
        raise InputError("is the column of the series", field="--count", hint="name the column with numbers of rows")
    return Columns(by, series, rows, may_list_more(each for each in columns if each not in (series, rows)))


def used_rows(source: str, columns: Columns, text: str, only_without: str | None = None) -> str:
    """Return the SQL for the series, the group and the number of rows of each row of a table.

    `source` and the names of `columns` are as SQL has them; `text` is the type of text in the dialect. Rows that have
    something in the column `only_without` are left out.
    """
    where = "" if only_without is None else f" where {only_without} is null"
    rows = "1" if columns.rows is None else f"try_cast({columns.rows} as bigint)"
    return USED.format(uid=columns.series, by=columns.by, rows=rows, text=text, source=source, where=where)
