"""Runs the command line: within this process where only the answer matters, else as a process of its own."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import tcia_policy
from tcia_policy.cli import main
from tcia_policy.files.shipped import name_registry
from tests.work import PATIENCE

PROGRAM = "import sys; sys.argv[0] = 'tcia-policy'; from tcia_policy.cli import main; main()"
COMMAND = (sys.executable, "-c", PROGRAM)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SOURCE = str(Path(tcia_policy.__file__).resolve().parents[1])
DAY = "2026-11-22"

# A rule of an institution, in the form of a file for `--rules`.
HOUSE = """\
policy: {id: house, title: House policy, url: "https://example.org/policy", as_of: 2026-01-01}
rules:
  - id: house-no-release
    title: The hospital releases no models
    when: {use.activity: release-model}
    verdict: prohibited
    because: The board decided so.
    reference: {title: Minutes, url: "https://example.org/minutes", authority: instrument, reading: full}
    examples:
      - {given: {use.activity: release-model}, expect: prohibited}
      - {given: {use.activity: analyze}, expect: silent}
"""

Project = Callable[[str | bytes], Path]


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code, and what it wrote to stdout and stderr."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """A stream that is no terminal and whose text can be had; it begins with `text` to read."""

    def __init__(self, text: str = "") -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8", newline="", write_through=True)

    def text(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode("utf-8")


def run(*arguments: str | Path, cwd: Path | None = None, typed: str = "") -> Ran:
    """Run a command in this process, in the folder `cwd`; `typed` is what comes from its stdin."""
    out, err = _Stream(), _Stream()
    code = 0
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "argv", ["tcia-policy", *map(str, arguments)]),
        patch.object(sys, "stdin", _Stream(typed)),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        finally:
            name_registry(None)  # the process goes on, and what it opens next is not that of this command
    return Ran(code, out.text(), err.text())


def process(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str | None] | None = None) -> Ran:
    """Run a command as a process, with its environment changed by `env` (`None` takes a variable away)."""
    surrounding = {**os.environ, "PYTHONPATH": SOURCE, **(env or {})}
    changed = {name: value for name, value in surrounding.items() if value is not None}
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=changed,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def is_one_clear_error(ran: Ran, *said: str) -> None:
    """Assert exit code 2, nothing on stdout, one message (and perhaps a hint) on stderr that says all of `said`."""
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert lines[0].startswith("error: ")
    assert all(line.startswith("  ") for line in lines[1:])
    assert len(lines) <= 2
    for words in said:
        assert words in ran.err
