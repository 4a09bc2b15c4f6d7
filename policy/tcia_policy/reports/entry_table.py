"""The table of the entries of a selection as a file: CSV, JSON or Parquet, by the end of its name, row by row."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.atomic import new_file
from tcia_policy.model.table_row import TableRow

COLUMNS = TableRow._fields


def write_entry_table(rows: Iterable[TableRow], path: Path, *, overwrite: bool, keep: Iterable[Path]) -> int:
    """Write the rows to a new file and return their number.

    Raise `InputError` for an end of the name that is none of `FORMATS`, and as `new_file` does.
    """
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        hint = f"let the name end in {', '.join(FORMATS)}"
        raise InputError("the end of its name says no format that is written", file=path, hint=hint)
    with new_file(path, overwrite=overwrite, keep=keep) as temporary:
        return write(rows, temporary)


def write_csv(rows: Iterable[TableRow], path: Path) -> int:
    """Write CSV with one line of headings, in UTF-8; what is not known is empty."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(row)
            number += 1
    return number


def _write_json(rows: Iterable[TableRow], path: Path) -> int:
    """Write a list of objects, one a line."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("[")
        for number, row in enumerate(rows, start=1):
            stream.write("\n" if number == 1 else ",\n")
            stream.write(json.dumps(row._asdict(), ensure_ascii=False))
        stream.write("\n]\n")
    return number


def _write_parquet(rows: Iterable[TableRow], path: Path) -> int:
    """Write Parquet, by way of CSV in the same folder and DuckDB."""
    try:
        import duckdb  # noqa: PLC0415 - 60 ms, for Parquet only

        from tcia_policy.cohorts.index import duck  # noqa: PLC0415 - imports duckdb
    except ImportError:
        hint = "name a .csv or .json, or pip install 'tcia-policy[bulk]'"
        raise InputError("Parquet is written by DuckDB, which is not installed", hint=hint) from None
    between = path.with_name(f"{path.name}.csv")
    columns = {name: "BIGINT" if name == "series" else "VARCHAR" for name in COLUMNS}
    try:
        number = write_csv(rows, between)
        with duck.connect() as connection:
            connection.execute("set preserve_insertion_order = true")
            found = connection.read_csv(
                duck.one_file(between),
                header=True,
                columns=columns,
                delimiter=",",
                quotechar='"',
                escapechar='"',
                na_values="",
            )
            found.write_parquet(str(path), compression="zstd")
    except duckdb.Error as error:
        raise InputError(f"Parquet cannot be written: {str(error).splitlines()[0]}") from None
    finally:
        between.unlink(missing_ok=True)
    return number


FORMATS: Mapping[str, Callable[[Iterable[TableRow], Path], int]] = {
    ".csv": write_csv,
    ".json": _write_json,
    ".parquet": _write_parquet,
}
