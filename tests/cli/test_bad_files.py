"""Cohort files that cannot be used, by way of a project and as a SELECTION: exit 2 and one clear message."""

import os
from pathlib import Path

import pytest

from tests.cli.run import Project, is_one_clear_error, run


def of(project: Project, name: str) -> Path:
    return project(f"data:\n  - manifest: {name}\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\r\n  \n", "is empty"),
        (b"downloadServerUrl=x\nListOfSeriesToDownload=\n", "is a TCIA manifest that lists no series"),
        (b"downloadServerUrl=x\nmanifestVersion=3.0\n", "without a list of series"),
        (b"ListOfSeriesToDownload=\n1.2.abc.4\n", "1.2.abc.4"),
        (b"SeriesInstanceUID\n", "lists no series"),
        (bytes(range(256)) * 40, "is a binary file"),
        (b"PK\x03\x04" + bytes(60), "Excel workbook"),
        (bytes(128) + b"DICM" + bytes(60), "is a DICOM file"),
        (b"Dear reader,\nthis is no manifest.\n", "nothing in it is a series or the name of a dataset"),
    ],
)
def test_a_manifest_that_cannot_be_used(project: Project, tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "cohort.tcia").write_bytes(content)
    by_project = run("check", of(project, "cohort.tcia"))
    is_one_clear_error(by_project, str(tmp_path / "cohort.tcia"), problem)
    for command in ("resolve", "cite", "init"):
        is_one_clear_error(run(command, "cohort.tcia", cwd=tmp_path), "cohort.tcia", problem)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort.tcia", "study.yaml"]


def test_paths_that_are_no_manifest(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    problems = {
        "nowhere.tcia": "no such file",
        ".": "is a directory, not a file\n  a folder of manifests is `folder:`",
        "pipe": "is not a regular file",
        "loop": "Too many levels of symbolic links",
        "/dev/zero": "is not a regular file",
        "/dev/urandom": "is not a regular file",
        "/dev/stdin": "is not a regular file",
        '"a\\0b"': "is not a possible file name",
    }
    for name, problem in problems.items():
        is_one_clear_error(run("check", of(project, name)), problem)
    for name in ("./nowhere.tcia", "./pipe", "./loop", "/dev/zero"):
        is_one_clear_error(run("resolve", name, cwd=tmp_path))


def test_folders_that_hold_nothing_or_themselves(project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "again").symlink_to("../again")
    is_one_clear_error(run("check", project("data:\n  - folder: empty\n")), "has no files in it")
    is_one_clear_error(run("check", project("data:\n  - folder: nowhere\n")), "no such folder")
    is_one_clear_error(run("check", project("data:\n  - folder: again\n")), "has no files in it")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_manifest_that_may_not_be_read(project: Project, tmp_path: Path) -> None:
    (tmp_path / "cohort.tcia").write_text("1.2.3\n", encoding="utf-8")
    (tmp_path / "cohort.tcia").chmod(0)
    is_one_clear_error(run("check", of(project, "cohort.tcia")), "cannot be read: Permission denied")


@pytest.mark.parametrize("content", [b"\0", b"Lorem ipsum dolor\n", b"[{(" * 40])
def test_two_hundred_megabytes_of_garbage_are_one_error(project: Project, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cohort.tcia"
    with path.open("wb") as stream:
        block = content * (1_000_000 // len(content))
        for _ in range(200):
            stream.write(block)
    ran = run("check", of(project, "cohort.tcia"))
    path.unlink()
    is_one_clear_error(ran, str(path))


def test_a_line_that_is_not_understood_makes_the_result_undetermined_and_is_shown(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "cohort.tcia").write_text("ListOfSeriesToDownload=\n1.2.3\n\x1b[31m\u202eabc\n", encoding="utf-8")
    ran = run("check", of(project, "cohort.tcia"))
    assert ran.code == 3
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert "1 entry of cohort.tcia not understood" in ran.out


def test_an_error_in_a_file_on_the_command_line_names_no_place_in_a_project(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing of ours\n", encoding="utf-8")
    for command in ("resolve", "cite", "init"):
        ran = run(command, "notes.txt", cwd=tmp_path)
        assert ran.code == 2
        assert "data[0]" not in ran.err
        assert ran.err.startswith("error: notes.txt: ")
