"""Questions to Parquet files, which DuckDB answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tcia_policy.errors import InputError


def rows_of(path: Path, sql: str, most: int | None = None) -> Sequence[tuple[Any, ...]]:
    """Return what a query says of the file that it names `?`: all rows, or the first `most`.

    Raise `InputError` where the file is not there or cannot be read, and where DuckDB is not installed.
    """
    if not path.is_file():
        raise InputError("no such file", file=path)
    try:
        import duckdb  # noqa: PLC0415 - of the extra `bulk`
    except ImportError:
        raise InputError(
            "DuckDB is not installed, and reads this", file=path, hint="pip install 'tcia-policy[bulk]'"
        ) from None
    try:
        with duckdb.connect() as connection:
            answer = connection.execute(sql, [str(path)])
            rows: list[tuple[Any, ...]] = answer.fetchall() if most is None else answer.fetchmany(most)
    except duckdb.Error as error:
        raise InputError(f"cannot be read: {str(error).splitlines()[0]}", file=path) from None
    return rows
