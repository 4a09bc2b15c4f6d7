"""`tcia-policy lock` and `check --locked`: a lock is written once, and renewed only when told."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.run import DAY, EXAMPLES, Ran, is_one_clear_error, run

AT = ("--as-of", DAY)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "commercial-product", tmp_path / "study"))


def check(study: Path, *options: str) -> Ran:
    return run("check", study, "--locked", "-q", *AT, *options)


def test_it_is_written_once_and_then_nothing_moved(study: Path) -> None:
    first = run("lock", study, *AT)
    assert (first.code, first.out, first.err) == (0, "", f"wrote {study / 'tcia-policy.lock'}\n")
    assert run("check", study, "-q", *AT).code == 1
    assert "nothing moved since the lock of 2026-11-22" in check(study).err
    again = run("lock", study, *AT)
    assert (again.code, again.out) == (0, "nothing moved since the lock of 2026-11-22\n")


def test_what_moved_is_shown_and_the_lock_renewed_only_when_told(study: Path) -> None:
    run("lock", study, *AT)
    before = (study / "tcia-policy.lock").read_bytes()
    grant = study / "legal" / "nsclc-radiomics-grant.txt"
    grant.write_text(grant.read_text(encoding="utf-8") + "One more line.\n", encoding="utf-8")
    shown = run("lock", study, *AT)
    assert shown.code == 1
    assert "evidence file legal/nsclc-radiomics-grant.txt: " in shown.out
    assert (study / "tcia-policy.lock").read_bytes() == before
    assert run("lock", study, "--update", *AT).code == 0
    assert check(study, "--fail-on", "never").err.startswith("nothing moved")


def test_a_check_that_is_clear_fails_where_something_moved(tmp_path: Path) -> None:
    study = Path(shutil.copytree(EXAMPLES / "student-paper", tmp_path / "study"))
    run("lock", study, *AT)
    usual = run("check", study, "-q", *AT)
    assert check(study).code == usual.code
    cohort = study / "cohort.tcia"
    cohort.write_text("\n".join(cohort.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    moved = check(study)
    assert moved.code == 1
    assert "cohort file cohort.tcia: " in moved.err
    assert check(study, "--fail-on", "never").code == 0


def test_a_verdict_that_changes_with_the_project_is_told(study: Path) -> None:
    run("lock", study, *AT)
    ran = check(study, "--set", "use.purpose=noncommercial")
    assert ran.code == 1
    assert "project: " in ran.err
    assert "what that changes for this study:" in ran.err


def test_each_file_of_a_folder_of_cohorts_counts(tmp_path: Path) -> None:
    (tmp_path / "cohorts").mkdir()
    manifest = (EXAMPLES / "student-paper" / "cohort.tcia").read_text(encoding="utf-8")
    for name in ("a.tcia", "b.tcia"):
        (tmp_path / "cohorts" / name).write_text(manifest, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text("data: [{folder: cohorts}]\n", encoding="utf-8")
    run("lock", tmp_path, *AT)
    (tmp_path / "cohorts" / "b.tcia").write_text(manifest + "\n", encoding="utf-8")
    assert "cohort file cohorts/b.tcia: " in check(tmp_path).err


def test_without_a_lock_or_a_project_file_there_is_one_clear_error(study: Path, tmp_path: Path) -> None:
    is_one_clear_error(check(study), "there is no lock", "tcia-policy lock")
    is_one_clear_error(run("lock", "LIDC-IDRI", *AT, cwd=tmp_path), "a lock belongs to a project file")
    printed = check(study, "--format", "json")
    assert json.loads(printed.out)["exit_code"] == 2
