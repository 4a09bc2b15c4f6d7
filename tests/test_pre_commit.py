"""The hook for pre-commit: its manifest is valid, and a study is checked by it as by a user's pre-commit."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from tests.work import NO_INDEX, PATIENCE

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"


def _pre_commit(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("pre_commit")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=PATIENCE * 4,
        check=False,
    )


def test_the_manifest_is_valid() -> None:
    ran = _pre_commit("validate-manifest", str(MANIFEST), cwd=ROOT)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_it_runs_on_every_commit_since_any_file_may_be_evidence() -> None:
    [hook] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert hook["id"] == "tcia-policy"
    assert hook["always_run"] is True
    assert hook["pass_filenames"] is False


def test_pre_commit_installs_the_hook_and_checks_a_study(tmp_path: Path) -> None:
    """The libraries are those of these tests, so that only this package is built and installed."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("pre-commit installs from a git repository")
    study = tmp_path / "study"
    shutil.copytree(ROOT / "examples" / "lung-nodules", study)
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "A study")):
        subprocess.run(["git", *words], cwd=study, check=True, timeout=PATIENCE)
    ran = _pre_commit(
        *("try-repo", str(ROOT), "tcia-policy", "--all-files", "--verbose"),
        cwd=study,
        env={"PRE_COMMIT_HOME": str(tmp_path / "cache"), "PYTHONPATH": sysconfig.get_path("purelib")},
    )
    if any(said in ran.stdout for said in NO_INDEX):
        pytest.skip("no index of packages can be reached, so that nothing can be installed")
    assert ran.returncode == 0, ran.stdout
    assert "terms of TCIA and IDC data" in ran.stdout
    assert "CONDITIONAL  Malignancy of lung nodules from deep ensembles" in ran.stdout


def test_what_the_page_says_to_paste_is_valid_and_names_our_hook(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    block = page[page.index("```yaml\nrepos:") :].removeprefix("```yaml\n").partition("```")[0]
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(block, encoding="utf-8")
    ran = _pre_commit("validate-config", str(config), cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "")
    [repo] = yaml.safe_load(block)["repos"]
    hooks = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repo["hooks"]] == [hook["id"] for hook in hooks]
