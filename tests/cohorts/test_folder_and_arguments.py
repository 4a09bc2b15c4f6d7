"""Folders of cohort files, and SELECTIONs of the command line."""

import os
from pathlib import Path

import pytest

from tcia_policy.cohorts import item_from_argument, resolve
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.model import DataItem, HoldingKind
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write, manifest_of


def test_a_folder_gives_all_its_cohort_files_and_counts_the_rest(
    registry: Registry, write: Write, tmp_path: Path
) -> None:
    write("cohort/b/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 2)))
    write("cohort/a.csv", "Series UID\n" + "\n".join(idc.uids_of(idc.LIDC, 3)))
    write("cohort/names.txt", "CPTAC-SAR\n")
    write("cohort/README.txt", "These are our manifests.\n")
    write("cohort/z/1.dcm", bytes(128) + b"DICM")
    write("cohort/z/2.dcm", bytes(128) + b"DICM")
    write("cohort/.hidden", "not looked at")
    holdings = resolve([DataItem(folder="cohort")], tmp_path, registry).holdings
    lidc, sar, rest = holdings
    assert (lidc.id, lidc.series, lidc.items) == ("LIDC-IDRI", 3, ("cohort/a.csv", "cohort/b/m.tcia"))
    assert sar.id == "CPTAC-SAR"
    assert rest.kind is HoldingKind.NOT_UNDERSTOOD
    assert rest.name == "3 files in cohort not read (no cohort files; DICOM files are not read by this version)"
    assert rest.examples == ("README.txt", "z/1.dcm", "z/2.dcm")


def test_symbolic_links_are_not_followed_and_count_as_not_read(
    registry: Registry, write: Write, tmp_path: Path
) -> None:
    outside = write("outside/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
    inside = write("cohort/m.tcia", manifest_of(idc.uids_of(idc.CPTAC_SAR, 1))).parent
    (inside / "file").symlink_to(outside)
    (inside / "folder").symlink_to(outside.parent)
    (inside / "loop").symlink_to(inside)
    sar, rest = resolve([DataItem(folder="cohort")], tmp_path, registry).holdings
    assert sar.id == "CPTAC-SAR"
    assert rest.examples == ("file", "folder", "loop")


def test_unusable_folders_are_one_error_each(
    registry: Registry, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    file = write("full/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
    write("full/n.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
    monkeypatch.setattr(limits, "COHORT_FILES", 1)
    for name, problem in {
        "nowhere": "no such folder",
        "empty": "has no files in it",
        str(file): "is a file, not a folder\n  a cohort file is `manifest:`",
        "full": "has more than 1 files",
    }.items():
        with pytest.raises(InputError, match=problem):
            resolve([DataItem(folder=name)], tmp_path, registry)


def test_no_file_of_too_many_is_read(registry: Registry, write: Write, tmp_path: Path) -> None:
    folder = write("full/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1))).parent
    write("full/n.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "COHORT_FILES", 1)
        patch.setattr("tcia_policy.cohorts.folder.read_cohort", lambda _: pytest.fail("a file was read"))
        with pytest.raises(InputError, match="more than 1 files"):
            resolve([DataItem(folder=folder.name)], tmp_path, registry)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_not_passed_over(registry: Registry, write: Write, tmp_path: Path) -> None:
    secret = write("cohort/secret/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1))).parent
    write("cohort/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
    secret.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        resolve([DataItem(folder="cohort")], tmp_path, registry)


def test_a_selection_is_a_name_a_doi_a_uid_a_file_or_a_folder(registry: Registry, write: Write, tmp_path: Path) -> None:
    write("cohort.tcia", "x")
    write("NLST", "x")
    write("Makefile", "x")
    write("lidc.idri", "x")
    write("1.2.3", "x")
    write("sub/m", "x")
    expected = {
        "lidc_idri": DataItem(dataset="lidc_idri"),
        f"https://doi.org/{idc.LIDC}": DataItem(doi=f"https://doi.org/{idc.LIDC}"),
        "1.2.3": DataItem(series="1.2.3"),
        "./1.2.3": DataItem(manifest="./1.2.3"),
        "cohort.tcia": DataItem(manifest="cohort.tcia"),
        "sub/m": DataItem(manifest="sub/m"),
        "sub": DataItem(folder="sub"),
        "NLST": DataItem(dataset="NLST"),
        "./NLST": DataItem(manifest="./NLST"),
        "Makefile": DataItem(manifest="Makefile"),
        "lidc.idri": DataItem(manifest="lidc.idri"),
    }
    for text, item in expected.items():
        assert item_from_argument(text, tmp_path, registry) == item, text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("LIDC", "unknown dataset 'LIDC'\n  did you mean 'LIDC-IDRI'"),
        ("10.9999/x", "unknown dataset '10.9999/x'"),
        ("cohort/nowhere.tcia", "cohort/nowhere.tcia: no such file"),
        ("nowhere.tcia", "nowhere.tcia: no such file, and no dataset of that name"),
        ("", "unknown dataset ''"),
    ],
)
def test_a_selection_that_is_nothing_is_one_error(registry: Registry, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        item_from_argument(text, tmp_path, registry)
    assert str(raised.value).startswith(message)
