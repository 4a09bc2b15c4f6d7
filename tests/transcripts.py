"""Sessions in a page: blocks of `console`, where `$ ` begins a command and what follows is what it prints.

All commands of a page run in one shell, in a copy of the examples, on a fixed day. A backslash at the end of a line
goes on with the command on the next, which begins with `> `.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tcia_policy
from tests.work import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
TUTORIALS = tuple(sorted((ROOT / "docs").glob("tutorial-*.md")))
SHOWN = (
    *TUTORIALS,
    *(
        ROOT / "docs" / f"{name}.md"
        for name in (
            "cohorts",
            "diff",
            "folders",
            "large-tables",
            "registry-changes",
            "registry-conflicts",
            "registry-update",
            "registry-verify",
            "review-forms",
            "scale",
        )
    ),
)  # the pages that show what commands print
DAY = 1795910400  # 2026-11-29, for the pages say how old the facts are
END = "end of the command, exit"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>.*(?:\n> .*)*)\n(?P<printed>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_PROGRAM = "import sys; sys.argv[0] = 'tcia-policy'; from tcia_policy.cli import main; main()"


@dataclass(frozen=True)
class Typed:
    """A command of a page, and what the page says that it prints (stdout and stderr, as on a terminal)."""

    command: str
    printed: str


def typed_in(text: str) -> Iterator[Typed]:
    """Return every command of a page, in its order."""
    for block in _BLOCK.finditer(text):
        for found in _COMMAND.finditer(block.group()):
            yield Typed(found["command"].replace("\n> ", "\n"), found["printed"])


def run_session(commands: Sequence[str], folder: Path) -> list[str]:
    """Run the commands one after the other in a copy of the examples, made in `folder`; return what each prints."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    tool = folder / "bin" / "tcia-policy"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{_PROGRAM}" "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    script = "".join(f"{command}\necho '{END}' $?\n" for command in commands)
    source = str(Path(tcia_policy.__file__).resolve().parents[1])
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=folder,
        env={
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": source,
            "SOURCE_DATE_EPOCH": str(DAY),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE * 4,
        check=True,
    )
    return re.split(rf"{END} \d+\n", done.stdout.decode("utf-8"))[:-1]


def with_what_is_printed(text: str, printed: Sequence[str]) -> str:
    """Return the page with what each command printed in place of what the page says."""
    left = iter(printed)

    def renewed(block: re.Match[str]) -> str:
        return _COMMAND.sub(lambda found: f"$ {found['command']}\n{next(left)}", block.group())

    return _BLOCK.sub(renewed, text)


def refresh(page: Path, folder: Path) -> None:
    """Run the commands of a page and write what they print into it."""
    text = page.read_text(encoding="utf-8")
    page.write_text(
        with_what_is_printed(text, run_session([each.command for each in typed_in(text)], folder)), encoding="utf-8"
    )
