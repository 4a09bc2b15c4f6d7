"""DuckDB as it is used here: bounded in memory and threads, without network, and with one file where one is named."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from tcia_policy.errors import InputError
from tcia_policy.files import limits

NO_PARAMETERS: Mapping[str, object] = MappingProxyType({})
_WILDCARDS = re.compile(r"[*?\[]")


def connect(memory: str = limits.QUERY_MEMORY, temporary: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return a connection to an empty database in memory.

    It writes no temporary files but in the folder `temporary`, if one is given, and draws no bars.
    """
    connection = duckdb.connect(
        config={
            "threads": min(limits.QUERY_THREADS, os.cpu_count() or 1),
            "memory_limit": memory,
            "temp_directory": "" if temporary is None else str(temporary),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    # It is asked how far it is; by itself it would print a bar, also into a file.
    connection.execute(
        "set enable_progress_bar = true; set enable_progress_bar_print = false; set progress_bar_time = 0"
    )
    return connection


@contextmanager
def joined_as_written(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Have joins hold the table on their right within, and read the one on their left in turn.

    DuckDB holds the smaller one, and takes every file of text for some ten rows: then it would hold all of it.
    """
    connection.execute("set disabled_optimizers = 'build_side_probe_side'")
    try:
        yield
    finally:
        connection.execute("reset disabled_optimizers")


def temporary_folder() -> tempfile.TemporaryDirectory[str] | None:
    """Return a new folder for what does not fit into memory, or `None` where the system lets us have none."""
    try:
        return tempfile.TemporaryDirectory(prefix="tcia-policy-", ignore_cleanup_errors=True)
    except OSError:
        return None


def one_file(path: Path) -> str:
    """Return how DuckDB's readers are told to read this file and no other, whatever characters its name has.

    They take `*`, `?` and `[` for wildcards; each is itself within brackets.
    """
    return _WILDCARDS.sub(r"[\g<0>]", str(path.absolute()))


def rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] = NO_PARAMETERS
) -> list[tuple[Any, ...]]:
    """Return the rows of a query on IDC's index. Raise `InputError` where the index cannot be read."""
    try:
        return connection.execute(sql, dict(parameters)).fetchall()
    except duckdb.Error as error:
        raise unreadable_index(error) from None


def unreadable_index(error: duckdb.Error) -> InputError:
    """Return the error for an index of which DuckDB says this."""
    return InputError(f"IDC's index cannot be read: {str(error).splitlines()[0]}", hint="install idc-index-data anew")
