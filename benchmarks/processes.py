"""Programs that are run and measured, each as a process of its own."""

import os
import subprocess
import sys
import time
from typing import NamedTuple

KIB_PER_MIB = 1024
KIB_PER_UNIT = 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there, in KiB elsewhere


class Run(NamedTuple):
    """One process: CPU time and wall time in seconds, peak resident memory in MiB, and what it printed last."""

    cpu: float
    seconds: float
    mebibytes: float
    output: str


def run(*arguments: str) -> Run:
    """Run a program, and ask the system what it took. Exit code 1 and 3 are answers of ours.

    Byte code is kept, as Python does by default. End with an error for any other exit code.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    assert child.stdout is not None
    output = child.stdout.read().strip()
    _pid, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1, 3):
        raise SystemExit(f"{' '.join(arguments[:4])} failed with exit code {child.returncode}")
    mebibytes = usage.ru_maxrss / KIB_PER_UNIT / KIB_PER_MIB
    return Run(usage.ru_utime + usage.ru_stime, seconds, mebibytes, output.rpartition("\n")[2])
