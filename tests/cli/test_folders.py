"""Folders of images as a user names them: downloads, and the system's own places."""

import json
from pathlib import Path

import pytest

from tests.cli.run import DAY, Project, is_one_clear_error, run
from tests.cohorts import idc
from tests.cohorts.dicom_files import Made, dicom, dicom_of

LICENSE = (
    "The LIDC-IDRI collection is distributed under the Creative Commons Attribution 3.0 Unported License"
    " (http://creativecommons.org/licenses/by/3.0/). By downloading the data, you agree to abide by terms of this"
    " license.\n"
)
USE = ("--purpose", "commercial", "--activity", "train-model", "--as-of", DAY)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Make a download of NBIA's, of two series of LIDC-IDRI."""
    folder = tmp_path / "downloads" / "manifest-1" / "LIDC-IDRI"
    for uid in idc.uids_of(idc.LIDC, 2):
        (folder / uid).mkdir(parents=True)
        (folder / uid / "1-1.dcm").write_bytes(dicom_of(uid))
    (folder / "LICENSE").write_text(LICENSE, encoding="utf-8")
    return tmp_path / "downloads"


def test_a_download_is_judged_as_it_lies_with_the_license_that_came_with_it(downloads: Path) -> None:
    ran = run("check", "downloads", *USE, "--format", "json", cwd=downloads.parent)
    (lidc,) = json.loads(ran.out)["holdings"]
    assert (ran.code, lidc["dataset"], lidc["series"]) == (0, "LIDC-IDRI", 2)
    (claim,) = lidc["copy_claims"]
    assert claim["license"] == "CC-BY-3.0"
    assert claim["source"].startswith("downloads/manifest-1/LIDC-IDRI/LICENSE")


def test_one_dicom_file_is_its_series(downloads: Path) -> None:
    file = next(downloads.rglob("*.dcm"))
    assert "1 dataset, 1 series" in run("resolve", file).out


def test_an_unknown_series_in_the_folder_is_never_permitted(downloads: Path) -> None:
    (downloads / "other.dcm").write_bytes(dicom(Made("1.3.6.1.4.1.14519.5.2.1.999.1")))
    assert run("check", downloads, *USE).code == 3


def test_a_file_that_is_not_read_leaves_the_verdict_open_and_is_told(downloads: Path) -> None:
    (downloads / "scan.nii.gz").write_bytes(b"x")
    ran = run("check", "downloads", *USE, cwd=downloads.parent)
    assert ran.code == 3
    assert "1 file in downloads not read (1 NIfTI file)" in " ".join(ran.out.split())


@pytest.mark.parametrize("place", ["/", "/proc", "/sys", "/dev"])
def test_the_systems_own_places_are_one_error_in_a_command_and_in_a_project(project: Project, place: str) -> None:
    is_one_clear_error(run("check", place), place, "name the folder that has the files")
    is_one_clear_error(
        run("check", project(f"data:\n  - folder: {place}\n")), place, "name the folder that has the files"
    )


def test_files_that_the_system_makes_are_one_error(project: Project) -> None:
    is_one_clear_error(run("check", project("data:\n  - manifest: /proc/self/environ\n")), "is made by the system")
