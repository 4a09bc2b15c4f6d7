"""A table is counted: by DuckDB on this machine. The table may be the answer that a warehouse gave to our question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from tcia_policy.cohorts.audit.columns import may_list_more
from tcia_policy.cohorts.audit.counted import Counted, GroupCount, Statement, group_counts, refuse_too_many, together
from tcia_policy.cohorts.audit.duckdb_engine import Question, answer
from tcia_policy.cohorts.audit.question import Asked, columns_asked
from tcia_policy.cohorts.audit.table import LineBreaksError, Table, open_table, unreadable
from tcia_policy.cohorts.audit.warehouse import JOINED_COLUMNS
from tcia_policy.cohorts.audit.workbook_table import workbook_table
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.sorted_copy import series_map
from tcia_policy.cohorts.index.sources import Sources, installed_sources
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.user_cache import user_cache
from tcia_policy.text.english import joined
from tcia_policy.text.sanitize import shortened


def count_table(label: str, asked: Asked, sources: Sources | None = None) -> Counted:
    """Return a table of this machine, counted. Series are looked up in `sources`, or in the installed idc-index-data.

    Raise `InputError` for what cannot be read or is not in it.
    """
    try:
        return _count(label, asked, sources, in_turn=False)
    except LineBreaksError:
        return _count(label, asked, sources, in_turn=True)


def _count(label: str, asked: Asked, sources: Sources | None, *, in_turn: bool) -> Counted:
    cache = user_cache() if sources is None else None
    sources = sources or installed_sources()
    with duck.connect(limits.AUDIT_MEMORY) as connection:
        table = workbook_table(connection, label) or open_table(connection, label, in_turn=in_turn)
        question = _question(table, asked)
        series = series_map(connection, sources, cache)
        found = answer(connection, question, series)
        groups = group_counts(found.groups, series.codes)
        (total,) = group_counts(found.total, series.codes) or (GroupCount(None, 0),)
        version = sources.version
        if question.only_without is not None:
            known = _counted_there(connection, question)
            groups = _merged(groups, known.groups)
            total = _summed(groups)
            version = joined([*known.versions, version])
    if not groups:
        raise InputError("has no rows", file=label)
    return Counted(
        table=label,
        by=question.columns.by,
        groups=groups,
        total=total,
        engine=f"DuckDB {duckdb.__version__}",
        version=version,
        total_is_sum=question.only_without is not None,
        may_list_more=question.columns.may_list_more,
    )


def _question(table: Table, asked: Asked) -> Question:
    """Return the question with the columns that the table has. Raise `InputError` for one that it does not have."""
    columns = columns_asked(asked, table.columns)
    here = {each.casefold(): each for each in table.columns}
    is_joined = columns.rows is not None and all(each in here for each in JOINED_COLUMNS)
    if not is_joined:
        return Question(table, columns)
    of_user = columns._replace(may_list_more=may_list_more([columns.by]))  # the other columns are those of the answer
    return Question(table, of_user, here["idc_version"])


@dataclass(frozen=True)
class _Known:
    """The series that a warehouse looked up itself, and the versions of IDC in which it did."""

    groups: tuple[GroupCount, ...]
    versions: tuple[str, ...]


def _counted_there(connection: duckdb.DuckDBPyConnection, question: Question) -> _Known:
    """Return what a warehouse says of the series that it found in IDC's own tables."""
    table = question.table
    names = {each.casefold(): table.name_of(each) for each in table.columns}
    by, rows = (table.name_of(each or "") for each in (question.columns.by, question.columns.rows))
    sql = f"""
        select nullif(trim(cast({by} as varchar)), ''), {names["idc_version"]},
               lower(coalesce({names["idc_source_doi"]}, '')),
               coalesce(nullif({names["idc_license"]}, ''), 'no license stated'),
               coalesce({names["idc_collection"]}, ''),
               sum(cast({names["idc_series"]} as bigint)), sum(cast({rows} as bigint)),
               min(cast({names["idc_series"]} as bigint))
        from {table.source} where {names["idc_version"]} is not null group by 1, 2, 3, 4, 5"""  # noqa: S608
    try:
        found = connection.execute(sql, dict(table.parameters)).fetchmany(limits.AUDIT_ANSWER + 1)
    except duckdb.Error as error:
        raise unreadable(error, table.label) from None
    if len(found) > limits.AUDIT_ANSWER:
        raise InputError(f"has more than {limits.AUDIT_ANSWER:,} rows on known series", file=table.label)
    if any(row[-1] is None or row[-1] < 1 for row in found):
        hint = "it has a number of series in every row that has idc_version"
        raise InputError("the column 'idc_series' has what is no number of series", file=table.label, hint=hint)
    groups = (
        GroupCount(group, int(rows), {Statement(doi, license_, collection): int(series)})
        for group, _version, doi, license_, collection, series, rows, _least in found
    )
    versions = sorted({f"IDC {shortened(row[1], 20)}" for row in found})[: limits.AUDIT_VERSIONS]
    return _Known(tuple(groups), tuple(versions))


def _merged(groups: Iterable[GroupCount], more: Iterable[GroupCount]) -> tuple[GroupCount, ...]:
    found: dict[str | None, GroupCount] = {}
    for each in (*groups, *more):
        found[each.name] = together(found[each.name], each) if each.name in found else each
    refuse_too_many(len(found))
    return tuple(found[name] for name in sorted(found, key=lambda name: (name is None, name or "")))


def _summed(groups: Sequence[GroupCount]) -> GroupCount:
    total = GroupCount(None, 0)
    for each in groups:
        total = together(total, each)
    return total
