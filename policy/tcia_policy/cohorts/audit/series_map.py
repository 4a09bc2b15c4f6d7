"""The map from a series to what IDC's index says of it, as a table in DuckDB: made once, in memory, for one audit.

Series are numbered by statement: those of which the index says the same have numbers next to each other, and each
statement begins at a multiple of `BLOCK`. So the distinct series of a group are bits in blocks, each of one statement.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcia_policy.cohorts.audit.counted import Statement
from tcia_policy.cohorts.series_index import index_files, removed_series

if TYPE_CHECKING:
    import duckdb

BLOCK = 2048
_SAID = """
create temp table said as
select SeriesInstanceUID as uid, coalesce(lower(source_DOI), '') as doi,
       coalesce(license_short_name, 'no license stated') as license, coalesce(collection_id, '') as collection,
       null::varchar as removed_after
from read_parquet($index)
union all
select SeriesInstanceUID, coalesce(lower(source_doi), ''), coalesce(license, ''), coalesce(collection_id, ''),
       last_version
from read_csv($removed, header = true, all_varchar = true, compression = 'gzip')
anti join read_parquet($index) as current using (SeriesInstanceUID)"""
_STATEMENTS = f"""
create temp table statements as
select doi, license, collection, removed_after,
       (row_number() over said_in_order - 1)::integer as code,
       (sum(ceil(count(*) / {BLOCK})) over said_in_order - ceil(count(*) / {BLOCK}))::integer as first_block,
       count(*)::integer as series
from said group by all
window said_in_order as (order by doi, license, collection, removed_after nulls first)"""
_MAP = f"""
create temp table series_map as
select uid, code,
       (first_block * {BLOCK} + row_number() over (partition by code) - 1)::integer as nth
from said join statements
on (said.doi, said.license, said.collection) = (statements.doi, statements.license, statements.collection)
and said.removed_after is not distinct from statements.removed_after"""  # noqa: S608 - only numbers of ours
_BLOCKS = f"""
create temp table blocks as
select unnest(range(first_block, first_block + ceil(series / {BLOCK})::integer))::integer as block, code
from statements"""  # noqa: S608


@dataclass(frozen=True)
class SeriesMap:
    """The map, with its statements by code. `blocks` is the number of blocks that series of the index have."""

    statements: tuple[Statement, ...]
    blocks: int


def make_map(connection: "duckdb.DuckDBPyConnection") -> SeriesMap:
    """Make the tables `series_map` (`uid`, `code`, `nth`) and `blocks` (`block`, `code`), and return the rest."""
    index, _prior = index_files()
    connection.execute(_SAID, {"index": str(index), "removed": str(removed_series())})
    for text in (_STATEMENTS, _MAP, _BLOCKS, "drop table said"):
        connection.execute(text)
    rows: list[tuple[Any, ...]] = connection.execute(
        "select doi, license, collection, removed_after from statements order by code"
    ).fetchall()
    (blocks,) = connection.execute("select count(*) from blocks").fetchall()[0]
    return SeriesMap(tuple(Statement(*row) for row in rows), blocks)
