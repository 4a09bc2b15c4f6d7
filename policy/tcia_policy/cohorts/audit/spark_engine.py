"""The question, answered by Spark where the table lies, on the user's own session. Only the aggregate comes back.

The text is the one that DuckDB answers, up to how distinct series are counted: Spark writes what does not fit into
memory to disk, so that they are grouped one by one. The map of the index is broadcast.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcia_policy.cohorts.audit.counted import STRANGERS, Counted, Row, group_counts
from tcia_policy.cohorts.audit.names import SPELLINGS
from tcia_policy.cohorts.audit.question import Asked, columns_asked, used_rows
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.sorted_copy import Code, series_map
from tcia_policy.cohorts.index.sources import Sources, installed_sources
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.user_cache import user_cache
from tcia_policy.text.sanitize import shortened

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, DataFrameReader, SparkSession

MAP, TABLE = "tcia_policy_series_map", "tcia_policy_table"
PIECE = 200_000  # rows of the map that are sent at a time: some 15 MB
FILES = (".parquet", ".csv", ".tsv", ".csv.gz", ".tsv.gz")
TEXT = f"""
with used as ({{used}}),
pairs as (
  select /*+ broadcast(m) */ grp, coalesce(m.code, case when used.uid is not null then {STRANGERS} end) as code, m.nth,
         case when m.code is null then used.uid end as stranger, sum(n) as n
  from used left join {{map}} as m on m.uid = used.uid
  group by grp, coalesce(m.code, case when used.uid is not null then {STRANGERS} end), m.nth,
           case when m.code is null then used.uid end
)
select 0 as is_total, grp, code, sum(n) as n, count(nth) + count(stranger) as series, min(stranger) as example
from pairs group by grp, code
union all
select 1, null, code, sum(n), count(distinct nth) + count(distinct stranger), min(stranger)
from pairs group by code
"""  # noqa: S608 - only names of ours


def count_with_spark(label: str, asked: Asked, session: "SparkSession", sources: Sources | None = None) -> Counted:
    """Return a table that a session of Spark sees, counted: a name in its catalog, or a path to Parquet, CSV or TSV.

    Series are looked up in `sources`, or in the installed idc-index-data. Raise `InputError` for what Spark cannot
    read, and for what is not in the table.
    """
    cache = user_cache() if sources is None else None
    sources = sources or installed_sources()
    spelling = SPELLINGS["spark"]
    try:
        chosen = columns_asked(asked, _columns_of(label, session))
        text = TEXT.format(used=used_rows(TABLE, chosen.spelled(spelling.quoted), spelling.text), map=MAP)
        codes = _send_map(session, sources, cache)
        found = session.sql(text).limit(limits.AUDIT_ANSWER + 1).collect()
    except InputError:
        raise
    except Exception as error:  # Spark's errors have no common base, and are of the user's table or cluster
        raise InputError(f"Spark cannot answer: {_first_line(error)}", file=label) from None
    finally:
        _forget(session)
    if len(found) > limits.AUDIT_ANSWER:
        raise InputError("has too many groups", field="--by", hint="group by a column with fewer values")
    groups = group_counts((_row(row) for row in found if not row[0]), codes)
    if not groups:
        raise InputError("has no rows", file=label)
    (total,) = group_counts((_row(row) for row in found if row[0]), codes)
    engine = f"Spark {session.version}"
    return Counted(label, chosen.by, groups, total, engine, sources.version, may_list_more=chosen.may_list_more)


def session_at(remote: str | None) -> "SparkSession":
    """Return the session at an address of Spark Connect; without one, that which Spark's own settings lead to.

    Raise `InputError` where pyspark is not installed, or reaches nothing.
    """
    try:
        if remote:  # the client without Java has no other session, and ends the program where it is asked for one
            from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415 - of the extra `spark`
        else:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - as above
    except ImportError:
        hint = "pip install 'tcia-policy[spark]'"
        raise InputError("pyspark is not installed", field="--engine", hint=hint) from None
    try:
        builder = SparkSession.builder
        return builder.remote(remote).getOrCreate() if remote else builder.appName("tcia-policy audit").getOrCreate()
    except Exception as error:  # of Java, of the network or of the settings
        field = "--spark-remote" if remote else "--engine"
        raise InputError(
            f"Spark does not answer: {_first_line(error)}", field=field, hint="see docs/scale.md on how to reach it"
        ) from None


def _columns_of(label: str, session: "SparkSession") -> tuple[str, ...]:
    """Make the table known as `TABLE`, and return its columns."""
    name = label.lower()
    if "/" not in label and "\\" not in label and not name.endswith(FILES):
        found = session.sql(f"select * from {SPELLINGS['spark'].table(label)}")  # noqa: S608 - a name between marks
    elif name.endswith((".csv", ".csv.gz")):
        found = _text(session, ",").csv(label)
    elif name.endswith((".tsv", ".tsv.gz")):
        found = _text(session, "\t").csv(label)
    else:
        found = session.read.parquet(label)
    found.createOrReplaceTempView(TABLE)
    return tuple(found.columns)


def _text(session: "SparkSession", delimiter: str) -> "DataFrameReader":
    """Return a reader of text with a heading and quotation marks as RFC 4180 has them."""
    return session.read.options(header=True, sep=delimiter, quote='"', escape='"')


def _send_map(session: "SparkSession", sources: Sources, cache: Path | None) -> tuple[Code, ...]:
    """Make the map of the index known as `MAP`, with the numbers of its series within each code; return the codes."""
    with duck.connect(limits.AUDIT_MEMORY) as connection:
        series = series_map(connection, sources, cache)
        sql = f"select uid, code::integer as code, row::integer as nth from {series.source}"  # noqa: S608
        rows = connection.sql(sql, params=dict(series.parameters)).to_arrow_table()
    pieces = [session.createDataFrame(rows.slice(at, PIECE)) for at in range(0, rows.num_rows, PIECE)]
    whole: DataFrame = pieces[0]
    for piece in pieces[1:]:
        whole = whole.union(piece)
    whole.createOrReplaceTempView(MAP)
    return series.codes


def _forget(session: "SparkSession") -> None:
    for view in (MAP, TABLE):
        with suppress(Exception):  # it is gone with the session
            session.catalog.dropTempView(view)


def _row(row: Any) -> Row:
    _, group, code, rows, series, example = row
    return Row(group, None if code is None else int(code), int(rows), int(series), example)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return shortened(lines[0], 300)
