"""Errors for a program: JSON on stdout where JSON was asked for, and nothing else there."""

import json
from pathlib import Path

import pytest

from tcia_policy.cli.complaints import wants_json
from tcia_policy.model.error_report import ErrorReport
from tests.cli.run import Project, run


def test_an_error_is_json_where_json_was_asked_for(project: Project) -> None:
    path = project("data:\n  - dataset: LIDC-IDR\n")
    ran = run("check", path, "--format", "json")
    assert ran.code == 2
    report = ErrorReport.model_validate_json(ran.out)
    assert report.exit_code == 2
    (mistake,) = report.errors
    assert (mistake.file, mistake.line, mistake.field) == (str(path), 2, "data[0].dataset")
    assert "unknown dataset 'LIDC-IDR'" in mistake.problem
    assert "LIDC-IDRI" in str(mistake.hint)
    assert ran.err == run("check", path).err
    assert run("check", path).out == ""


def test_the_page_on_the_command_line_shows_what_is_printed(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    project, printed = (page.split(f"```{form}\n")[1].split("```")[0] for form in ("yaml", "json"))
    (tmp_path / "tcia-policy.yaml").write_text(project, encoding="utf-8")
    assert run("check", "--format", "json", cwd=tmp_path).out == printed


@pytest.mark.parametrize(
    "typed",
    [
        "check nowhere --format json",
        "check --formt x --format=json",
        "list --kind moon --format json",
        "cite --format=json",
    ],
)
def test_so_is_every_mistake_in_what_was_typed(typed: str) -> None:
    ran = run(*typed.split())
    assert ran.code == 2
    assert json.loads(ran.out)["errors"][0]["problem"] in ran.err


def test_what_an_error_quotes_is_inert(project: Project) -> None:
    ran = run("check", "--format", "json", project("data: [{dataset: 'a\u202eb'}]\n"))
    assert "\u202e" not in ran.out


def test_a_mistake_of_our_own_is_json_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of cheese")

    monkeypatch.setattr("tcia_policy.engine.study.Study.load", fail)
    (tmp_path / "study.yaml").touch()
    monkeypatch.delenv("TCIA_POLICY_DEBUG", raising=False)
    ran = run("check", "study.yaml", "--format", "json", cwd=tmp_path)
    assert ran.code == 70
    assert json.loads(ran.out)["exit_code"] == 70


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["check", "--format", "json"], True),
        (["check", "--format=json", "x"], True),
        (["check", "--format", "json", "--format", "text"], False),
        (["check", "--format"], False),
        (["check", "json"], False),
        (["check", "--", "--format", "json"], False),
    ],
)
def test_which_command_lines_ask_for_json(arguments: list[str], wanted: bool) -> None:
    assert wants_json(arguments) is wanted
