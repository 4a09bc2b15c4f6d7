"""Puts into README, the tutorials and other pages what their commands print: `python tests/refresh_readme.py`."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import transcripts  # noqa: E402 - the line above says where it is

README = ROOT / "README.md"
PROGRAM = "import sys; sys.argv[0] = 'tcia-policy'; from tcia_policy.cli import main; main()"
CHECK = ("check", "examples/lung-nodules")


def block(label: str, text: str) -> str:
    """Return what stands between the fences after `<!-- label -->`."""
    found = re.search(_fenced(label), text)
    if found is None:
        raise ValueError(f"README has no block {label!r}")
    return found.group(2)


def with_block(label: str, content: str, text: str) -> str:
    """`text` with `content` between the fences after `<!-- label -->`."""
    return re.sub(_fenced(label), lambda found: found.group(1) + content + "```", text, count=1)


def _fenced(label: str) -> str:
    return rf"(<!-- {re.escape(label)} -->\n```\w*\n)((?:.*\n)*?)```"


def refresh() -> None:
    """Run the command and write its output into README."""
    printed = subprocess.run(
        [sys.executable, "-c", PROGRAM, *CHECK], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout
    text = README.read_text(encoding="utf-8")
    README.write_text(with_block("output: check", printed, text), encoding="utf-8")


if __name__ == "__main__":
    refresh()
    for page in transcripts.SHOWN:
        with tempfile.TemporaryDirectory() as folder:
            transcripts.refresh(page, Path(folder))
