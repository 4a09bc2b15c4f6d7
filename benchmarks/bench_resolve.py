"""Resolve every series of IDC's index, in every format: CPU time, wall time and peak memory, beside others.

    python -m benchmarks.bench_resolve [--runs N] [--million N] [--idc-index-python PATH]

Each run is a process of its own, start of the interpreter included; CPU time and peak memory are what the operating
system says of it. Beside `tcia-policy resolve` of each file stand a bare join in DuckDB of the same file with the
installed index, which counts and nothing else; pandas' merge of the two, where pandas is installed; and idc-index's
citations with the network stubbed out, where `--idc-index-python` (by default this interpreter) can import it.
What grows with the rows is told apart: each without its start, which is that of DuckDB, and of `resolve` of one series.
With `--million N` files of so many million rows, half of them junk, are measured too. `check` and `cite` of the CSV
come last.
"""

import argparse
import importlib.util
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.processes import Run, run

RUNS = 3
ROWS_OF_A_MILLION = 1_000_000

BARE = """
import sys
import duckdb
file, index, how = sys.argv[1:4]
read = {
    "parquet": "read_parquet($file)",
    "jsonl": "read_json($file, format = 'newline_delimited')",
    "s5cmd": "(select split_part(line, '/', 4) as crdc_series_uuid from read_csv($file, header = false, skip = 1,"
             " delim = '\\x1f', quote = '', columns = {'line': 'VARCHAR'}, auto_detect = false))",
    "lines": "read_csv($file, header = false, skip = 6, delim = '\\x1f', quote = '',"
             " columns = {'SeriesInstanceUID': 'VARCHAR'}, auto_detect = false)",
}.get(how, "read_csv($file, header = true, all_varchar = true)")
column = "crdc_series_uuid" if how == "s5cmd" else "SeriesInstanceUID"
with duckdb.connect(config={"threads": 2}) as connection:
    connection.execute("set enable_progress_bar_print = false")
    query = f"select count(*) from {read} join read_parquet($index) using ({column})"
    print(connection.execute(query, {"file": file, "index": index}).fetchall()[0][0], "rows found")
"""

START = """
import duckdb
with duckdb.connect(config={"threads": 2}) as connection:
    connection.execute("select 1").fetchall()
"""
ONE_SERIES = "1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192"

PANDAS = """
import sys
import pandas
table = pandas.read_csv(sys.argv[1])
index = pandas.read_parquet(sys.argv[2], columns=["SeriesInstanceUID", "source_DOI", "license_short_name"])
print(len(table.merge(index, on="SeriesInstanceUID").groupby(["source_DOI", "license_short_name"]).size()), "groups")
"""

IDC_INDEX = """
import sys
import pandas
import idc_index.index
from idc_index import IDCClient

class Answer:
    status_code = 200
    text = "a citation"

idc_index.index.requests.get = lambda *arguments, **options: Answer
series = pandas.read_csv(sys.argv[1])["SeriesInstanceUID"].tolist()
print(len(IDCClient().citations_from_selection(seriesInstanceUID=series)), "citations")
"""

PROJECT = """
title: Every series of IDC
use: {purpose: noncommercial, activities: [publish-results]}
data: [{manifest: series.csv}]
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    options = _parser().parse_args(arguments)
    index = str(index_file())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: a child's peak is never below what its parent took.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            files = pool.apply(write_files, (folder, options.million))
        print(f"{os.cpu_count()} processors; best of {options.runs}, peak of all\n")
        print(f"{'':<40}{'CPU s':>8}{'wall s':>8}{'MiB':>7}")
        start = report("start of DuckDB", options.runs, sys.executable, "-c", START)
        our_start = report("tcia-policy resolve of one series", options.runs, *command("resolve", ONE_SERIES))
        for file, how in files:
            bare = report(f"bare join of {file.name}", options.runs, sys.executable, "-c", BARE, str(file), index, how)
            ours = report(f"tcia-policy resolve {file.name}", options.runs, *command("resolve", str(file)))
            grows = (ours.cpu - our_start.cpu) / (bare.cpu - start.cpu)
            print(f"{'':<40}{ours.cpu / bare.cpu:>7.1f} times the bare join; without the starts {grows:.1f}")
        table = folder / "series.csv"
        resolved = report("tcia-policy resolve series.csv", options.runs, *command("resolve", str(table)))
        for named, target in (("check", folder), ("cite", table)):
            run = report(f"tcia-policy {named}", options.runs, *command(named, str(target)))
            print(f"{'':<40}{run.cpu / resolved.cpu:>7.1f} times resolve")
        if importlib.util.find_spec("pandas") and importlib.util.find_spec("pyarrow"):
            report("pandas merge of series.csv", options.runs, sys.executable, "-c", PANDAS, str(table), index)
        if has_idc_index(options.idc_index_python):
            report("idc-index citations", options.runs, options.idc_index_python, "-c", IDC_INDEX, str(table))
    return 0


def command(*arguments: str) -> tuple[str, ...]:
    """Return how the program is run with these arguments."""
    return (sys.executable, "-m", "tcia_policy", *arguments)


def index_file() -> Path:
    """Return the installed index of IDC."""
    found = importlib.util.find_spec("idc_index_data")
    if found is None or found.origin is None:
        raise SystemExit("idc-index-data is not installed")
    return Path(found.origin).parent / "idc_index.parquet"


def write_files(folder: Path, millions: int | None) -> list[tuple[Path, str]]:
    """Write every series of the index once, in no order, in each format. Return the files, and how each is read."""
    index = {"index": str(index_file())}
    series = "(select SeriesInstanceUID from read_parquet($index) order by hash(SeriesInstanceUID))"
    columns = "PatientID, SeriesInstanceUID, collection_id, source_DOI, license_short_name"
    rows = f"(select {columns} from read_parquet($index))"  # noqa: S608
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar_print = false")
        for name, of_table, how in (
            ("series.csv", series, "csv, header"),
            ("series.csv.gz", series, "csv, header, compression gzip"),
            ("series.csv.zst", series, "csv, header, compression zstd"),
            ("series.jsonl", series, "json"),
            ("series.parquet", series, "parquet"),
            ("rows.csv", rows, "csv, header"),
            ("rows.tsv", rows, "csv, header, delimiter '\t'"),
            ("rows.jsonl", rows, "json"),
        ):
            connection.execute(f"copy {of_table} to $path (format {how})", {**index, "path": str(folder / name)})
        found = connection.execute(
            "select SeriesInstanceUID, aws_bucket, crdc_series_uuid from read_parquet($index)", index
        ).fetchall()
    header = ["downloadServerUrl=", "includeAnnotation=true", "noOfrRetry=4", "databasketId=", "manifestVersion=3.0"]
    _write(folder / "series.tcia", [*header, "ListOfSeriesToDownload=", *(uid for uid, _bucket, _uuid in found)])
    _write(folder / "series.s5cmd", ["# series", *(f"cp s3://{at}/{uuid}/* ." for _uid, at, uuid in found)])
    (folder / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    files = [(folder / name, name.rsplit(".", 1)[-1]) for name in ("series.csv", "series.csv.gz", "series.csv.zst")]
    files += [(folder / name, name.rsplit(".", 1)[-1]) for name in ("rows.csv", "rows.tsv", "series.parquet")]
    files += [
        (folder / "series.jsonl", "jsonl"),
        (folder / "rows.jsonl", "jsonl"),
        (folder / "series.s5cmd", "s5cmd"),
        (folder / "series.tcia", "lines"),
    ]
    if millions is not None:
        _write(
            folder / "half-junk.csv",
            [
                "SeriesInstanceUID",
                *(found[n % len(found)][0] if n % 2 else f"junk-{n}" for n in range(millions * ROWS_OF_A_MILLION)),
            ],
        )
        files.append((folder / "half-junk.csv", "csv"))
    return files


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join([*lines, ""]), encoding="ascii")


def report(name: str, times: int, *arguments: str) -> Run:
    """Run a program several times, print one line of the table, and return the best run."""
    runs = [run(*arguments) for _time in range(times)]
    best = min(runs)
    print(f"{name:<40}{best.cpu:>8.2f}{best.seconds:>8.2f}{max(each.mebibytes for each in runs):>7.0f}", flush=True)
    return best


def has_idc_index(python: str) -> bool:
    """Return whether an interpreter can import idc-index."""
    program = "import importlib.util, sys; sys.exit(importlib.util.find_spec('idc_index') is None)"
    return subprocess.run([python, "-c", program], check=False).returncode == 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each is run (%(default)s)")
    parser.add_argument("--million", type=int, metavar="N", help="also measure N million rows, half of them junk")
    parser.add_argument(
        "--idc-index-python", default=sys.executable, metavar="PATH", help="an interpreter with idc-index"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
