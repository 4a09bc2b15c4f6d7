"""Which index answers: the one that ships with the program, or an installed idc-index-data by way of DuckDB.

Both give the same answers. The one that ships is quicker for some 100,000 entries and fewer; an idc-index-data that is
newer than it knows more.
"""

from tcia_policy.cohorts.index import installed
from tcia_policy.cohorts.index.slim import slim_index

FEW = 100_000
"""Entries up to which the index that ships is the quicker one."""


def is_for_bulk(entries: int, has_tables: bool) -> bool:
    """Return whether so many entries are for DuckDB and the installed idc-index-data, if these are installed.

    `has_tables` says that there are more in large tables, which are still in their files.
    """
    version = installed.idc_index_data()
    if version is None or not installed.has_duckdb():
        return False
    ours = installed.order(slim_index().version)
    if installed.order(version) != ours:
        return installed.order(version) > ours
    return has_tables or entries > FEW
