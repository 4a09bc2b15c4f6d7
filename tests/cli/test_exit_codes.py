"""What `check` says to a pipeline: 0, 1, 2 or 3."""

import os
import subprocess
import sys

import pytest

from tests.cli.run import DAY, SOURCE, Project, run
from tests.work import PATIENCE

CLEAR = "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{dataset: LIDC-IDRI}]\n"
PROHIBITED = "use: {purpose: commercial, activities: [use-in-product]}\ndata: [{dataset: NSCLC-Radiomics}]\n"
AGREEMENT_OWED = (
    "use: {purpose: noncommercial, activities: [publish-results]}\n"
    "data: [{dataset: CPTAC-LUAD, obtained_from: pdc, distributions: [proteomics]}]\n"
)
UNDETERMINED = (
    "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{other: {name: Hospital CT 2023}}]\n"
)
UNREADABLE = "use: {purpose: noncommercial\n"


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (CLEAR, 0, ""),
        (PROHIBITED, 1, "PROHIBITED  "),
        (AGREEMENT_OWED, 1, "1 agreement is owed"),
        (UNDETERMINED, 3, "UNDETERMINED  "),
    ],
)
def test_the_exit_code_says_how_it_stands_and_so_do_the_first_line_and_the_last(
    project: Project, content: str, code: int, word: str
) -> None:
    ran = run("check", project(content), "--as-of", DAY)
    assert (ran.code, ran.err) == (code, "")
    first_line = " ".join(ran.out.partition("\n\n")[0].split())
    assert word in first_line.replace(" ", "  ", 1)
    assert f"\nexit {code}" in ran.out


def test_input_that_cannot_be_read_is_2_with_nothing_on_stdout(project: Project) -> None:
    ran = run("check", project(UNREADABLE))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")


def test_the_owed_agreement_is_met_once_it_is_recorded(project: Project) -> None:
    signed = "agreements: [{id: cptac-data-use, signed_on: 2026-02-11, evidence: {held_by: Legal}}]\n"
    assert run("check", project(AGREEMENT_OWED + signed), "--as-of", DAY).code != 1
    assert run("check", project(AGREEMENT_OWED + signed), "--as-of", "2026-02-10").code == 1


def test_a_project_without_activities_is_never_clear(project: Project) -> None:
    assert run("check", project("data: [{dataset: LIDC-IDRI}]\n")).code == 3
    assert run("check", project("use: {purpose: noncommercial}\ndata: [{dataset: LIDC-IDRI}]\n")).code == 3


def test_a_project_without_a_purpose_is_not_clear_where_the_licence_asks_for_it(project: Project) -> None:
    text = "use: {activities: [analyze]}\ndata: [{dataset: NSCLC-Radiomics}]\n"
    assert run("check", project(text), "--as-of", DAY).code == 3


def test_a_wrong_option_and_a_wrong_command_are_2() -> None:
    for arguments in (("check", "--formt", "json"), ("chek",), ("check", "--format", "xml"), ("cite",)):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "error: " in ran.err.lower()


def test_a_day_that_is_none_is_2() -> None:
    ran = run("check", "--as-of", "2026-13-13")
    assert (ran.code, ran.out) == (2, "")
    assert "error: --as-of: '2026-13-13' is not a day\n  write it as 2026-11-22" in ran.err


def test_every_command_that_judges_says_that_the_facts_are_old(project: Project) -> None:
    path = project(CLEAR)
    late = ("--as-of", "2027-06-01")
    says = "284 days before 2027-06-01"
    assert says in " ".join(run("check", path, *late).out.split())
    assert says in run("explain", path, "-a", "analyze", "-d", "LIDC-IDRI", *late).err
    assert says in run("what-if", path, *late).err
    assert says in run("cite", "LIDC-IDRI", *late).err
    assert says in " ".join(run("licenses", "--for", "model", path, *late).out.split())
    assert says not in run("check", path, *late, "--max-age", "284").out
    assert run("check", path, "--max-age", "-1").code == 2


@pytest.mark.parametrize("module", ["tcia_policy", "tcia_policy.cli.main"])
def test_run_as_a_module_it_checks_as_well(project: Project, module: str) -> None:
    command = [sys.executable, "-m", module, "check", str(project(PROHIBITED)), "--as-of", DAY]
    ran = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONPATH": SOURCE}, timeout=PATIENCE, check=False
    )
    assert ran.returncode == 1


def test_fail_on_says_which_results_count_and_that_the_code_is_another_one(project: Project) -> None:
    path = project(UNDETERMINED)
    assert run("check", path, "--as-of", DAY, "--fail-on", "undetermined").code == 3
    ran = run("check", path, "--as-of", DAY, "--fail-on", "open")
    assert ran.code == 0
    assert ran.err == "exit 0, because of --fail-on open; without it, `check` has exit 3\n"
