"""Measure all that the documentation says of speed, in one run: some seven minutes on two idle cores.

    python -m benchmarks [--idc-index-python PATH] [--quick]

First the start of the program, then every series of IDC in every format beside a bare join, pandas and idc-index, then
the audit of tables of 1e5 to 1e8 rows. `--quick` shows within a minute whether all of it runs.
"""

import argparse
import sys
import time
from collections.abc import Sequence

from benchmarks import bench_resolve, bench_scale, bench_start


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idc-index-python", default=sys.executable, metavar="PATH")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    python = ["--idc-index-python", options.idc_index_python]
    print("## A start\n", flush=True)
    bench_start.main(["--runs", "1" if options.quick else "10"])
    print("\n## Every series of IDC\n", flush=True)
    bench_resolve.main([*python, *(["--runs", "1"] if options.quick else ["--runs", "3", "--million", "10"])])
    print("\n## An audit\n", flush=True)
    bench_scale.main(["--rows", "1e5,1e6" if options.quick else "1e5,1e6,1e7,1e8", "--runs", "1"])
    print(f"\n{time.perf_counter() - begun:.0f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
