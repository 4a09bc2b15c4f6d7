"""Files outside of the project's folder: what they list counts, and none of it is shown."""

from pathlib import Path

import pytest

from tests.cli.run import run
from tests.cohorts import idc

LINE = "toor:x:0:0:the superuser"
PATIENT = "patient-4711-of-our-hospital"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Write a list beside a project, with a series of LIDC-IDRI and lines of other matters, and return its path."""
    path = tmp_path / "outside" / "list.txt"
    path.parent.mkdir()
    path.write_text("\n".join([*idc.uids_of(idc.LIDC, 1), LINE, PATIENT, "2.25.4711"]), encoding="utf-8")
    return path


def _project(tmp_path: Path, item: str) -> Path:
    folder = tmp_path / "project"
    folder.mkdir(exist_ok=True)
    path = folder / "tcia-policy.yaml"
    path.write_text(f"data:\n  - {item}\nuse: {{purpose: noncommercial, activities: [publish-results]}}\n")
    return path


def _all_said(project: Path) -> str:
    """Return everything that the commands print of a project, in each of their formats."""
    said = [run("check", str(project), "--format", format_) for format_ in ("text", "json", "md", "sarif")]
    said += [run("resolve", str(project)), run("resolve", str(project), "--format", "json")]
    said += [run("check", str(project), "-vv"), run("report", str(project), "-o", str(project.parent / "r.html"))]
    report = project.parent / "r.html"
    return "".join(each.out + each.err for each in said) + (report.read_text("utf-8") if report.exists() else "")


@pytest.mark.parametrize("item", ["manifest: ../outside/list.txt", "manifest: link.txt", "folder: ../outside"])
def test_lines_of_a_file_outside_are_counted_and_not_shown(tmp_path: Path, outside: Path, item: str) -> None:
    project = _project(tmp_path, item)
    (project.parent / "link.txt").symlink_to(outside)
    said = _all_said(project)
    assert "2 entries of" in said
    assert "outside of the project's folder: not shown" in said
    assert "LIDC-IDRI" in said
    for hidden in ("toor", "superuser", "4711"):
        assert hidden not in said


def test_a_file_outside_that_lists_nothing_is_an_error_that_quotes_nothing(tmp_path: Path, outside: Path) -> None:
    outside.write_text(f"{LINE}\n{PATIENT}\n", encoding="utf-8")
    ran = run("check", str(_project(tmp_path, "manifest: ../outside/list.txt")))
    assert ran.code == 2
    assert "nothing in it was understood" in ran.err
    assert "toor" not in ran.err
    assert "4711" not in ran.err


def test_a_file_outside_that_is_not_there_is_told_as_any_other(tmp_path: Path) -> None:
    ran = run("check", str(_project(tmp_path, "manifest: ../nowhere.txt")))
    assert "no such file" in ran.err


def test_what_is_named_on_the_command_line_is_shown(tmp_path: Path, outside: Path) -> None:
    said = run("resolve", str(outside)).out
    assert f"line 2: {LINE}" in said
    inside = _project(tmp_path, "manifest: list.txt")
    (inside.parent / "list.txt").write_bytes(outside.read_bytes())
    assert LINE in run("resolve", str(inside)).out
