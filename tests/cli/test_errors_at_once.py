"""All mistakes of a file are told at once, each with its line, what is wrong and what would be right."""

import re
from pathlib import Path

import pytest

from tests.cli.run import EXAMPLES, Project, Ran, run

STUDY = EXAMPLES / "lung-nodules"


def lines_told(ran: Ran) -> list[int]:
    return [int(line) for line in re.findall(r"^error: [^:\n]*:(\d+): ", ran.err, re.MULTILINE)]


def test_every_mistake_of_the_shape_is_told_in_the_order_of_the_lines(project: Project) -> None:
    ran = run(
        "check",
        project(
            "titel: A study\n"
            "purpose: commercial\n"
            "use:\n"
            "  porpose: commercial\n"
            "  activites: [analyze]\n"
            "  country: no\n"
            "  outputs:\n"
            "    - {kind: model, licence: MIT, trained-on: [lidc]}\n"
            "    - model\n"
            "data:\n"
            "  - LIDC-IDRI\n"
            "  - datset: NLST\n"
            "manuscript: paper.tex\n"
        ),
    )
    assert (ran.code, ran.out) == (2, "")
    assert lines_told(ran) == [1, 2, 4, 5, 6, 8, 8, 9, 11, 12, 13]
    for hint in (
        "did you mean 'title'?",
        "it is a key of `use`",
        "did you mean 'purpose'?",
        "did you mean 'activities'?",
        "write `NO` for Norway",
        "did you mean 'license'?",
        "did you mean 'trained_on'?",
        "write `- kind: model`",
        "write `- dataset: LIDC-IDRI`",
        "did you mean 'dataset'?",
        "write `manuscript: [paper.tex]`",
    ):
        assert f"\n  {hint}" in ran.err


def test_every_name_that_leads_nowhere_is_told(project: Project) -> None:
    ran = run(
        "check",
        project(
            "use:\n"
            "  activities: [release-model]\n"
            "  outputs:\n"
            "    - {kind: model, trained_on: [lidcc]}\n"
            "data:\n"
            "  - {id: lidc, dataset: LIDC-IDR}\n"
            "  - {dataset: NLST, distributions: [imges]}\n"
            "  - {manifest: nowhere.tcia}\n"
            "  - {dataset: NLST, obtained_on: 2999-01-01}\n"
            "agreements:\n"
            "  - {id: dbgap, dataset: TCGA-GBMM, approved_on: 2026-01-01, evidence: e}\n"
            "answers:\n"
            "  - {rule: nih-models-ask, data: NLST, says: permitted, from: x, on: 2026-01-01, evidence: e}\n"
            "not_used: [LIDC-IDRII]\n"
            "manuscript:\n"
            "  - paper\\main.tex\n"
        ),
    )
    assert (ran.code, ran.out) == (2, "")
    assert lines_told(ran) == [4, 6, 7, 8, 9, 11, 13, 14, 16]
    assert "did you mean 'lidc'?" in ran.err
    assert "write `/` between folders: paper/main.tex" in ran.err


def test_a_name_that_was_not_used_is_looked_up_without_a_manuscript_too(project: Project) -> None:
    ran = run("check", project("data: [{dataset: LIDC-IDRI}]\nnot_used: [NLTS]\n"))
    assert ran.code == 2
    assert "not_used[0]: unknown dataset 'NLTS'" in ran.err


def test_twenty_mistakes_are_shown_and_the_rest_is_counted(project: Project) -> None:
    ran = run("check", project("data:\n" + "  - LIDC-IDRI\n" * 23))
    assert len(lines_told(ran)) == 20
    assert ran.err.endswith("3 more mistakes are not shown; mend these first\n")


def test_so_many_mistakes_that_not_all_are_looked_for(project: Project) -> None:
    ran = run("check", project("data:\n" + "  - dataset: LIDC-IDR\n" * 300))
    assert ran.err.endswith("at least 180 more mistakes are not shown; mend these first\n")


@pytest.mark.parametrize(
    ("setting", "place", "hint"),
    [
        ("use.purpose=fun", "--set use.purpose: unknown word 'fun'", "'commercial' or 'noncommercial'"),
        ("use.purpos=commercial", "--set use.purpos: unknown key", "did you mean 'purpose'?"),
        ("use.activities=teach", "--set use.activities: needs a list", "write `--set use.activities=[teach]`"),
        ("use.activities=[analyse]", "--set use.activities[0]: unknown word 'analyse'", "did you mean 'analyze'?"),
        ("use.country=no", "--set use.country: ", "`NO` for Norway"),
        ("use.purpose=[", "--set use.purpose: is not valid YAML", "`]`"),
        ("purpose=commercial", "--set: 'purpose=commercial' cannot be set", "did you mean 'use.purpose'?"),
        ("use.purpose", "--set: 'use.purpose' cannot be set", "write KEY=VALUE"),
    ],
)
def test_what_is_wrong_with_a_setting_names_the_option(setting: str, place: str, hint: str) -> None:
    ran = run("check", STUDY, "--set", setting)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {place}")
    assert hint in ran.err


def test_a_mistake_of_the_file_keeps_its_line_beside_a_setting(project: Project) -> None:
    path = project("use:\n  country: Norway\ndata: [{dataset: LIDC-IDRI}]\n")
    ran = run("check", path, "--set", "use.purpose=fun")
    assert f"error: {path}:2: use.country: " in ran.err
    assert "error: --set use.purpose: " in ran.err


def test_lines_are_right_in_values_of_several_lines_and_within_brackets(project: Project) -> None:
    path = project(
        "title: >\n  A study\n  of lungs\nuse: {purpose: noncommercial,\n  activities: [analyze,\n    analyse]}\n"
        "data:\n  -\n    dataset: LIDC-IDRI\n    obtained_on: >-\n      2024-13-01\n  -\n"
    )
    assert lines_told(run("check", path)) == [6, 10, 12]


@pytest.mark.parametrize("text", ["\ufeffdata:\r\n  - dataset: LIDC-IDR\r\n", "\ufeffdata:\n  - dataset: LIDC-IDR\n"])
def test_a_file_as_windows_writes_it_has_the_same_lines(project: Project, text: str) -> None:
    assert lines_told(run("check", project(text.encode()))) == [2]


def test_scenarios_and_house_rules_tell_all_their_mistakes(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(
        "scenarios:\n"
        "  - name: a study of lungs\n"
        "    why: the license\n"
        "    project: {data: [{dataset: NLST}]}\n"
        "    expct: {verdict: permitted}\n"
        "  - nam: another study of lungs\n",
        encoding="utf-8",
    )
    ran = run("rules", "test", scenario)
    assert ran.code == 2
    assert len(lines_told(ran)) >= 4
    assert "did you mean 'expect'?" in ran.err
