"""docs/sign.md and docs/bundle.md: what they say to type works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import PROGRAM, SOURCE
from tests.review.keys import NEEDS_SSH, SshKeys, small_project
from tests.work import PATIENCE

DOCS = Path(__file__).resolve().parents[2] / "docs"


@NEEDS_SSH
@pytest.mark.parametrize(("page", "printed"), [("sign.md", b"SIGNED 1 signature"), ("bundle.md", b"WHOLE the bundle")])
def test_the_commands_of_a_page_work_one_after_the_other(tmp_path: Path, page: str, printed: bytes) -> None:
    blocks = re.findall(r"^```shell\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    study = small_project(tmp_path / "study")
    (tmp_path / ".ssh").mkdir()
    keys = SshKeys(tmp_path / ".ssh")
    allowed = keys.allow(("jane@example.org", "", keys.make("id_ed25519")))
    allowed.rename(study / "reviewers.allowed_signers")
    tool = tmp_path / "bin" / "tcia-policy"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{PROGRAM}" "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    surrounding = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": SOURCE, "GIT_CONFIG_NOSYSTEM": "1"}
    surrounding["PATH"] = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
    script = "".join(blocks)
    done = subprocess.run(
        ["bash", "-euc", script], cwd=study, env=surrounding, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(printed)
