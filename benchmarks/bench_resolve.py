"""Resolve a CSV of every series in IDC's index: wall time and peak memory, beside idc-index on the same file.

    python -m benchmarks.bench_resolve [--runs N] [--idc-index-python PATH]

Each run is a process of its own, start of the interpreter included; peak memory is what the operating system says of
it. idc-index is measured where it can be imported: `IDCClient()`, pandas reading the same CSV, and
`citations_from_selection` with the network stubbed out. `--idc-index-python` is the interpreter of an environment that
has it, by default this one.
"""

import argparse
import importlib.util
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

RUNS = 3
KIB_PER_MIB = 1024
KIB_PER_UNIT = 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there, in KiB elsewhere

OURS = """
import sys
from pathlib import Path
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tcia_policy.cohorts import resolve

holdings = resolve([DataItem(manifest=sys.argv[1])], Path(), Registry.load()).holdings
print(len(holdings), "holdings,", sum(holding.series or 0 for holding in holdings), "series")
"""

THEIRS = """
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


class Run(NamedTuple):
    """One process: wall time in seconds, peak resident memory in MiB, and what it printed last."""

    seconds: float
    mebibytes: float
    output: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "series.csv"
        # In a process of its own: a child's peak is never below what its parent took.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            count = pool.apply(write_series, (table,))
        print(f"{count:,} series, {table.stat().st_size / 1e6:.0f} MB of CSV, {os.cpu_count()} processors\n")
        print(f"{'':<28}{'seconds':>10}{'MiB':>8}   best of {options.runs}, peak of all")
        report("tcia-policy resolve", [run(sys.executable, OURS, table) for _run in range(options.runs)])
        if has_idc_index(options.idc_index_python):
            report(
                "idc-index citations", [run(options.idc_index_python, THEIRS, table) for _run in range(options.runs)]
            )
        else:
            print("idc-index is not installed there: not measured")
    return 0


def write_series(table: Path) -> int:
    """Write a CSV with the column SeriesInstanceUID, every series of the index once, and return how many there are."""
    found = importlib.util.find_spec("idc_index_data")
    if found is None or found.origin is None:
        raise SystemExit("idc-index-data is not installed")
    index = str(Path(found.origin).parent / "idc_index.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute("select SeriesInstanceUID from read_parquet($index)", {"index": index}).fetchall()
    table.write_text("SeriesInstanceUID\n" + "".join(f"{uid}\n" for (uid,) in rows), encoding="ascii")
    return len(rows)


def run(python: str, program: str, table: Path) -> Run:
    """Run a program on the table, and ask the system what it took."""
    start = time.perf_counter()
    child = subprocess.Popen([python, "-c", program, str(table)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    output = child.stdout.read().strip()
    _pid, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{python} failed with exit code {child.returncode}")
    return Run(seconds, usage.ru_maxrss / KIB_PER_UNIT / KIB_PER_MIB, output.splitlines()[-1])


def report(name: str, runs: Sequence[Run]) -> None:
    """Print one line of the table."""
    seconds = min(each.seconds for each in runs)
    mebibytes = max(each.mebibytes for each in runs)
    print(f"{name:<28}{seconds:>10.2f}{mebibytes:>8.0f}   {runs[-1].output}")


def has_idc_index(python: str) -> bool:
    """Return whether an interpreter can import idc-index."""
    program = "import importlib.util, sys; sys.exit(importlib.util.find_spec('idc_index') is None)"
    return subprocess.run([python, "-c", program], check=False).returncode == 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each is run (%(default)s)")
    parser.add_argument(
        "--idc-index-python", default=sys.executable, metavar="PATH", help="an interpreter with idc-index"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
