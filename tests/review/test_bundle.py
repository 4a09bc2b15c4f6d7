"""What is in a bundle, and that it does not depend on where and when it is made."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tcia_policy.model.file_kind import FileKind
from tcia_policy.model.lock import LockedFile
from tcia_policy.review.bag import ROOT
from tcia_policy.review.bundle import evidence_place
from tests.cli.run import DAY, process, run
from tests.review.keys import small_project


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
        return [name.removeprefix(ROOT + "data/") for name in archive.namelist() if name.startswith(ROOT + "data/")]


def test_it_has_the_reports_the_lock_the_project_and_the_documents(tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    assert run("bundle", study, "-o", tmp_path / "x.zip", "--as-of", DAY).code == 0
    found = names(tmp_path / "x.zip")
    assert [name for name in found if not name.startswith("evidence/")] == [
        "README.txt",
        "report.html",
        "report.json",
        "report.md",
        "tcia-policy.lock",
        "tcia-policy.yaml",
    ]
    assert [name.rpartition("/")[2] for name in found if name.startswith("evidence/")] == ["leave.txt"]


def test_nothing_from_outside_of_the_folder_is_packed(tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    (document,) = study.rglob("leave.txt")
    document.rename(tmp_path / "elsewhere.txt")
    document.symlink_to(tmp_path / "elsewhere.txt")
    ran = run("bundle", study, "-o", tmp_path / "x.zip", "--as-of", DAY)
    assert ran.code == 2
    assert "is outside of the folder of the project" in ran.err
    assert not (tmp_path / "x.zip").exists()


def test_a_redacted_one_has_the_reports_alone_and_no_name(tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    run("bundle", study, "-o", tmp_path / "x.zip", "--as-of", DAY, "--redact")
    assert names(tmp_path / "x.zip") == ["README.txt", "report.html", "report.json", "report.md"]
    for name in (b"Jane Doe", b"Max Author", b"jane@example.org"):
        assert name not in (tmp_path / "x.zip").read_bytes()


def test_its_page_for_people_says_only_what_is_there_and_claims_no_more_than_it_shows(tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    run("bundle", study, "-o", tmp_path / "x.zip", "--as-of", DAY)
    with zipfile.ZipFile(tmp_path / "x.zip") as parts:
        page = next(parts.read(name).decode() for name in parts.namelist() if name.endswith("README.txt"))
    assert "review.yaml" not in page
    assert "legal/leave.txt, here evidence/" in page
    assert "sha256sum -c manifest-sha256.txt" in page
    assert "Only a signature" in page
    assert "was changed" not in page


def test_the_same_study_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    made = []
    for number, (locale, zone, seed) in enumerate((("C.UTF-8", "UTC", "1"), ("de_DE.UTF-8", "Asia/Tokyo", "2"))):
        study = small_project(tmp_path / str(number) / "study")
        os.utime(study / "legal" / "leave.txt", (number, number))
        env = {"LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed}
        assert process("bundle", study, "-o", study / "x.zip", "--as-of", DAY, env=env).code == 0
        made.append((study / "x.zip").read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("legal/grant.pdf", "grant.pdf"),
        ("../a b\u202e;$(x).pdf", "a_b_x_.pdf"),
        ("王芳", "document"),
        ("legal/.hidden", "hidden"),
        ("a/con\n.txt", "con_.txt"),
    ],
)
def test_a_document_gets_a_name_that_every_system_can_have(path: str, name: str) -> None:
    file = LockedFile(kind=FileKind.EVIDENCE, path=path, sha256="0" * 64)
    assert evidence_place(file) == f"evidence/{'0' * 64}/{name}"
