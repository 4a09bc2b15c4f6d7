"""Audit tables of 1e5 to 1e8 rows: CPU time, wall time and peak memory of the count, beside a bare join of DuckDB.

    python -m benchmarks.bench_scale [--rows 1e5,1e6,1e7,1e8] [--groups 50] [--runs N] [--spark]

Each run is a process of its own, start of the interpreter included. The table has eight Parquet files for each ten
million rows, with series drawn at random from IDC's index, and 3 % that it does not have. `--spark` counts the tables
of up to ten million rows with Spark on two workers, too, where pyspark and Java are installed.
"""

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import Run, run

SPARK_MOST = 10_000_000
PER_FILE = 1_250_000

WRITE = """
import sys
from pathlib import Path
import duckdb
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.sources import installed_sources

folder, first, rows, groups = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
with duck.connect() as connection:
    connection.execute(
        "create table known as select row_number() over () - 1 as i, SeriesInstanceUID as uid"
        " from read_parquet($index)",
        {"index": str(installed_sources().current)},
    )
    (series,) = connection.execute("select count(*) from known").fetchone()
    connection.execute(
        "copy (select coalesce(uid, '1.2.3.' || (h % 30000)) as SeriesInstanceUID,"
        f" 'group-' || (hash(k * 7) % {groups}) as project, k as image"
        f" from (select range as k, hash(range) as h from range({first}, {first + rows}))"
        f" left join known on i = h % {series * 100 // 97}) to '{folder}/{first}.parquet' (compression zstd)"
    )
"""
BARE = """
import sys
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.sources import installed_sources

with duck.connect("900MB") as connection:
    connection.execute("set enable_progress_bar = false")
    found = connection.execute(
        "select project, source_DOI, license_short_name, collection_id, count(*)"
        f" from read_parquet('{sys.argv[1]}/*.parquet') as t"
        " left join read_parquet($index) as i using (SeriesInstanceUID) group by all",
        {"index": str(installed_sources().current)},
    ).fetchall()
print(len(found), "rows")
"""
COUNT = """
import sys
from tcia_policy.cohorts.audit.count import count_table
from tcia_policy.cohorts.audit.question import Asked

found = count_table(sys.argv[1], Asked("project"))
print(len(found.groups), "groups,", found.total.known_series, "series,", found.total.unknown.series, "not found")
"""
SPARK = """
import sys
from pyspark.sql import SparkSession
from tcia_policy.cohorts.audit.question import Asked
from tcia_policy.cohorts.audit.spark_engine import count_with_spark

session = (
    SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "8").getOrCreate()
)
found = count_with_spark(sys.argv[1], Asked("project"), session)
print(len(found.groups), "groups,", found.total.known_series, "series,", found.total.unknown.series, "not found")
session.stop()
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="1e5,1e6,1e7,1e8", help="numbers of rows, with commas")
    parser.add_argument("--groups", type=int, default=50)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--spark", action="store_true")
    options = parser.parse_args(arguments)
    if options.spark and (importlib.util.find_spec("pyspark") is None or shutil.which("java") is None):
        parser.error("--spark needs pyspark and Java")
    print(f"{os.cpu_count()} processors, {options.groups} groups, best of {options.runs}, peak of all\n")
    with tempfile.TemporaryDirectory() as folder:
        for text in options.rows.split(","):
            rows = int(float(text))
            table = Path(folder, text)
            write(table, rows, options.groups)
            print(f"{rows:,} rows, {sum(path.stat().st_size for path in table.iterdir()) / 1e6:.0f} MB of Parquet")
            report("  bare join", [program(BARE, table) for _ in range(options.runs)], rows)
            report("  audit: the count", [program(COUNT, table) for _ in range(options.runs)], rows)
            if options.spark and rows <= SPARK_MOST:
                report("  Spark, two workers", [program(SPARK, table)], rows)
            shutil.rmtree(table)
    return 0


def write(folder: Path, rows: int, groups: int) -> None:
    """Write a table of so many rows, in files of at most `PER_FILE`."""
    folder.mkdir()
    for first in range(0, rows, PER_FILE):
        program(WRITE, folder, first, min(PER_FILE, rows - first), groups)


def program(text: str, *arguments: object) -> Run:
    """Run a program of Python."""
    return run(sys.executable, "-c", text, *map(str, arguments))


def report(name: str, runs: Sequence[Run], rows: int) -> None:
    """Print the best times, the CPU time for a million rows, the most memory, and what was printed."""
    best = min(runs)
    print(
        f"{name:<22}{best.cpu:>8.1f} s of CPU{best.seconds:>8.1f} s{best.cpu / rows * 1e6:>9.2f} s of CPU/M rows"
        f"{max(each.mebibytes for each in runs):>7.0f} MiB   {best.output}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
