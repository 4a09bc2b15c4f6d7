"""How long a command takes from its start to its end, in multiples of what only importing its libraries takes.

    python -m benchmarks.bench_start [--runs N] [--profile]

The commands run in turn, each as a process of its own, and the shortest run of each counts: seconds of the processor,
which another program disturbs least. The unit is `python -c "import typer, pydantic, yaml"`, in the same run. Byte code
and what is made of the rules are kept before, as they are for a user from the second start on. `--profile` says, too,
how many modules and of which package the check of three datasets loads, and how long that takes.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "examples" / "lung-nodules" / "cohort" / "nsclc-radiomics.tcia"
PROGRAM = "import sys; sys.argv[0] = 'tcia-policy'; from tcia_policy.cli import main; main()"
OURS = (sys.executable, "-c", PROGRAM)
DATASETS = ("check", "LIDC-IDRI", "NSCLC-Radiomics", "CPTAC-LUAD")
UNIT = "import typer, pydantic, yaml"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    UNIT: (sys.executable, "-c", UNIT),
    "--help": (*OURS, "--help"),
    "check of three named datasets": (*OURS, *DATASETS),
    "check of a manifest of 60 series": (*OURS, "check", str(MANIFEST)),
    "resolve of a manifest of 60 series": (*OURS, "resolve", str(MANIFEST)),
    "cite LIDC-IDRI": (*OURS, "cite", "LIDC-IDRI"),
}
RUNS = 10
_IMPORTED = re.compile(r"^import time:\s*(\d+) \|\s*\d+ \|\s*([\w.]+)", re.MULTILINE)


def environment() -> dict[str, str]:
    """Return the environment of this process, in which Python keeps byte code as it does by default."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: Sequence[str]) -> float:
    """Run a command and return the seconds that the processor worked for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, cwd=ROOT
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measured(runs: int) -> dict[str, float]:
    """Return the shortest time of each command, in seconds; they take turns."""
    for command in COMMANDS.values():
        seconds(command)
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(runs):
        for name, command in COMMANDS.items():
            best[name] = min(best[name], seconds(command))
    return best


def modules_loaded() -> list[tuple[str, int, float]]:
    """Return each package that a check loads: its name, how many modules of it, and their own time in ms."""
    command = (sys.executable, "-X", "importtime", "-c", PROGRAM, *DATASETS)
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, cwd=ROOT)
    number, time = Counter[str](), Counter[str]()
    for own, module in _IMPORTED.findall(ran.stderr):
        package = ".".join(module.split(".")[: 2 if module.startswith("tcia_policy") else 1])
        number[package] += 1
        time[package] += int(own)
    return [(package, number[package], own / 1000) for package, own in time.most_common()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table of all commands, and with `--profile` one of the packages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args(arguments)
    times = measured(given.runs)
    print("| command | seconds | times the unit |\n| --- | ---: | ---: |")
    for name, time in times.items():
        print(f"| `{name}` | {time:.3f} | {time / times[UNIT]:.2f} |")
    if given.profile:
        print("\n| package | modules | ms of their own |\n| --- | ---: | ---: |")
        for package, number, own in modules_loaded():
            print(f"| {package} | {number} | {own:.1f} |")


if __name__ == "__main__":
    main()
