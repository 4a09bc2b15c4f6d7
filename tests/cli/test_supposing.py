"""What-ifs and an institution's own rules."""

from pathlib import Path

import pytest

from tests.cli.run import EXAMPLES, HOUSE, run

STUDY = str(EXAMPLES / "lung-nodules")


def test_a_commercial_purpose_can_be_supposed_without_touching_the_file(tmp_path: Path) -> None:
    assert run("check", STUDY, cwd=tmp_path).code == 0
    supposed = run("check", STUDY, "--set", "use.purpose=commercial", cwd=tmp_path)
    assert supposed.code == 1
    assert "cc-noncommercial" in supposed.out


def test_activities_can_be_supposed_as_a_list(tmp_path: Path) -> None:
    supposed = run("check", STUDY, "-vv", "--set", "use.activities=[host-access]", cwd=tmp_path)
    assert "  activities      host-access\n" in supposed.out


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("data=x", "cannot be set"),
        ("permissions.x=y", "cannot be set"),
        ("use.purpos=commercial", "use.purpos: unknown key"),
        ("use.purpose=fun", "use.purpose"),
        ("use.purpose", "KEY=VALUE"),
    ],
)
def test_what_cannot_be_supposed_is_one_error(tmp_path: Path, setting: str, said: str) -> None:
    ran = run("check", STUDY, "--set", setting, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_house_rule_comes_on_top_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    ran = run("check", STUDY, "--rules", str(tmp_path), cwd=tmp_path)
    assert ran.code == 1
    assert "house-no-release" in ran.out
    shown = run("rules", "show", "house-no-release", "--rules", str(tmp_path), cwd=tmp_path)
    assert "The board decided so." in shown.out
    tested = run("rules", "test", "--rules", str(tmp_path), cwd=tmp_path)
    assert tested.code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("house-no-release", "cc-noncommercial", "is already defined in creative-commons/grants.yaml:"),
        ("use.activity: release-model}\n    verdict", "use.activty: x}\n    verdict", "unknown fact 'use.activty'"),
    ],
)
def test_a_house_rule_cannot_replace_or_misspell(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE.replace(old, new), encoding="utf-8")
    ran = run("check", STUDY, "--rules", str(tmp_path), cwd=tmp_path)
    assert ran.code == 2
    assert said in ran.err


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    ran = run("check", STUDY, "--rules", str(tmp_path), cwd=tmp_path)
    assert ran.code == 2
    assert "has no rule files" in ran.err
    ran = run("check", STUDY, "--rules", str(tmp_path / "nowhere"), cwd=tmp_path)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"error: {tmp_path / 'nowhere'}: is not a folder")


def test_rules_are_listed_by_activity(tmp_path: Path) -> None:
    listed = run("rules", "list", "--activity", "host-access", cwd=tmp_path)
    assert "tcia-analysis-center-attribute" in listed.out
    assert "tcia-tell-the-help-desk" not in listed.out


def test_scenarios_of_a_user_are_run_beside_the_examples(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "scenarios:\n"
        "  - name: LIDC-IDRI may be analyzed\n"
        "    why: CC BY 3.0\n"
        "    project: {use: {purpose: commercial, activities: [analyze]}, data: [{dataset: LIDC-IDRI}]}\n"
        "    expect: {verdict: prohibited}\n",
        encoding="utf-8",
    )
    ran = run("rules", "test", "mine.yaml", cwd=tmp_path)
    assert ran.code == 1
    assert "0 of 1 scenarios pass" in ran.out
