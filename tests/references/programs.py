"""Programs that read the files we write: pandoc, biber, BibTeX, bibutils."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.work import PATIENCE


def need(program: str) -> None:
    """Skip the test where `program` is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def run(*command: str, text: str = "", folder: Path | None = None) -> str:
    """Run a program on `text`, and return what it printed; it may neither fail nor warn."""
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False, cwd=folder, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert "WARN" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done.stdout
