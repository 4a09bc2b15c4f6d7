"""Kills updates of a registry at random moments, and looks at what is in force afterwards.

    python -m benchmarks.kill_updates [TIMES]

Each update takes the answers of another day for 300 datasets, and is killed (SIGKILL) after a random time of at most as
long as a whole one takes. After each, the registry must be whole: the one before or the new
one. At the end, one more update must succeed, and nothing may be left behind.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tcia_policy.importers import write_registry
from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force
from tcia_policy.importers.online import written
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.registry import Registry
from tcia_policy.registry.generations import sound_generation
from tests.importers.made_up import BY_3, BY_4, download, record
from tests.importers.refresh import small

SEED = 20261130
DATASETS = 300
FIRST = date(2024, 1, 1)


def main() -> None:
    """Kill as often as the first argument says, a hundred times if it is left out, and print what was found."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(SEED)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        root, answers = Path(name) / "registry", Path(name) / "answers"
        _begin(root)
        began = time.monotonic()
        subprocess.run(_command(root, _answered(answers, 1)), check=True, stdout=subprocess.DEVNULL)
        whole = time.monotonic() - began
        in_force = [_name(root)]
        killed = 0
        for number in range(times):
            killed += _killed(_command(root, _answered(answers, 2 + number)), chance.uniform(0, whole))
            in_force.append(_name(root))
        subprocess.run(_command(root, _answered(answers, 2 + times)), check=True, stdout=subprocess.DEVNULL)
        left = sum(each.name.startswith(".new-") for each in root.iterdir())
        print(f"an update takes {whole:.1f} s; {killed} of {times} were killed; {len(set(in_force)) - 1} put a new one")
        print(f"into force before that; each was whole, and {left} files or folders are left behind at the end")


def _records(number: int) -> list[dict[str, Any]]:
    """Return the records of TCIA's collections; every other answer has another license for one part of each."""
    license_ = (BY_4, BY_3)[number % 2]
    return [
        record(
            "collection",
            f"Set {n}",
            f"10.7937/set{n}",
            [download(2 * n, "Scans", BY_3), download(2 * n + 1, "More", license_)],
        )
        for n in range(1, DATASETS + 1)
    ]


def _begin(root: Path) -> None:
    """Put a registry into force."""
    content = refreshed(replace(small.empty(), version=FIRST), small.answers(FIRST, _records(0))).content
    texts = {name: text.encode() for name, text in write_registry.files(content).items()}
    with alone_in(root):
        put_in_force(Made(texts, content.version, content.version), root, lambda _folder: None)


def _answered(folder: Path, number: int) -> Path:
    """Return a folder with what TCIA answers that many days later."""
    written.write([small.answers(FIRST + timedelta(days=number), _records(number))], folder, overwrite=True)
    return folder


def _command(root: Path, answers: Path) -> list[str]:
    named = ("--registry", str(root), "--from-dir", str(answers))
    return [sys.executable, "-m", "tcia_policy", "registry", "update", *named]


def _killed(command: list[str], after: float) -> bool:
    """Start a command, and kill it after some seconds; return whether it was still running."""
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with suppress(subprocess.TimeoutExpired):
        started.wait(after)
    if started.poll() is None:
        started.send_signal(signal.SIGKILL)
    return started.wait() == -signal.SIGKILL


def _name(root: Path) -> str:
    """Return the name of the registry in force, all of which is read. Raise where it is not whole."""
    generation = sound_generation(root)
    assert generation is not None, "no whole registry is in force"
    registry = Registry.load(generation.folder)
    for entry in registry.entries:
        registry.get(entry.id)
    return generation.name


if __name__ == "__main__":
    main()
