"""Folders: the cohort files in them, the series of their images, and what is not read."""

import os
import socket
from pathlib import Path

import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.folders.folder import has_data
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.model import DataItem, Holding, HoldingKind, Route, WordOf
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write, manifest_of
from tests.cohorts.dicom_files import Made, dicom, dicom_of

NBIA_LICENSE = (
    "The {0} collection is distributed under the {1} ({2}). "
    "By downloading the data, you agree to abide by terms of this license.\n"
)
CC_BY_3 = (
    "Creative Commons Attribution 3.0 Unported License",
    "http://creativecommons.org/licenses/by/3.0/",
)


def read(folder: Path, registry: Registry) -> tuple[Holding, ...]:
    """Return the data items of a folder."""
    return resolve([DataItem(folder=folder.name)], folder.parent, registry).holdings


@pytest.fixture
def without_pydicom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tcia_policy.cohorts.folders.folder.can_read_headers", lambda: False)


class TestDownloads:
    """DICOM files, in the layouts in which the archives' tools leave them."""

    def test_dicom_files_count_as_the_series_that_their_headers_name(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        one, two = idc.uids_of(idc.LIDC, 2)
        write("down/a/1.dcm", dicom_of(one))
        write("down/a/2.dcm", dicom_of(two))
        write("down/b/IM0001", dicom_of(one))
        (lidc,) = read(tmp_path / "down", registry)
        assert (lidc.id, lidc.series, lidc.items) == ("LIDC-IDRI", 2, ("down",))

    def test_a_download_of_nbia_counts_each_series_once_with_the_license_that_came_with_it(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        one, two = idc.uids_of(idc.LIDC, 2)
        rows = [f"{uid},LIDC-IDRI,./LIDC-IDRI/P1/study/{number}-CT" for number, uid in enumerate((one, two))]
        write("down/manifest-16/metadata.csv", "Series UID,Collection,File Location\n" + "\n".join(rows))
        write("down/manifest-16/LIDC-IDRI/LICENSE", NBIA_LICENSE.format("LIDC-IDRI", *CC_BY_3))
        for number, uid in enumerate((one, two)):
            for image in (1, 2, 3):
                write(f"down/manifest-16/LIDC-IDRI/P1/study/{number}-CT/1-{image}.dcm", dicom_of(uid))
        (lidc,) = read(tmp_path / "down", registry)
        assert (lidc.id, lidc.series) == ("LIDC-IDRI", 2)
        assert lidc.copy_license_file == "down/manifest-16/LIDC-IDRI/LICENSE"

    def test_what_the_project_says_of_its_copy_goes_before_the_license_file_of_the_download(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        write("down/LICENSE", NBIA_LICENSE.format("LIDC-IDRI", *CC_BY_3))
        write("down/a/1.dcm", dicom_of(idc.uids_of(idc.LIDC, 1)[0]))
        (lidc,) = resolve([DataItem(folder="down", license="CC-BY-4.0")], tmp_path, registry).holdings
        assert (lidc.copy_license, lidc.copy_license_file) == ("CC-BY-4.0", None)

    def test_each_license_file_is_for_the_images_below_it(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        for uid in idc.uids_of(idc.LIDC, 2):  # as NBIA's server packs them: a license file in each series
            write(f"down/{uid}/1.dcm", dicom_of(uid))
            write(f"down/{uid}/LICENSE", NBIA_LICENSE.format("LIDC-IDRI", *CC_BY_3))
        write("down/other/1.dcm", dicom_of(idc.uids_of(idc.CPTAC_SAR, 1)[0]))
        lidc, sar = read(tmp_path / "down", registry)
        assert (lidc.series, sar.copy_license_file) == (2, None)
        assert lidc.copy_license_file == f"down/{min(idc.uids_of(idc.LIDC, 2))}/LICENSE"

    def test_a_license_of_someone_elses_is_not_that_of_the_copy(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        write("down/LICENSE", "MIT License\n\nPermission is hereby granted, free of charge ...")
        write("down/1.dcm", dicom_of(idc.uids_of(idc.LIDC, 1)[0]))
        lidc, rest = read(tmp_path / "down", registry)
        assert (lidc.copy_license_file, rest.examples) == (None, ("LICENSE",))

    def test_folders_named_by_uuid_come_from_idc(self, registry: Registry, write: Write, tmp_path: Path) -> None:
        series = idc.series_of(idc.LIDC, 1)[0]
        write(f"down/{series.uuid}/00000000-0000-0000-0000-000000000001.dcm", dicom_of(series.uid))
        (lidc,) = read(tmp_path / "down", registry)
        assert (lidc.series, lidc.obtained_from) == (1, Route.IDC)

    def test_a_uuid_that_idc_never_had_says_nothing_of_the_place(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        write("down/00000000-0000-4000-8000-000000000001/1.dcm", dicom_of(idc.uids_of(idc.LIDC, 1)[0]))
        (lidc,) = read(tmp_path / "down", registry)
        assert lidc.obtained_from is Route.TCIA

    def test_a_series_whose_folder_holds_another_one_is_still_listed(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        listed, held = idc.uids_of(idc.CPTAC_SAR, 1)[0], idc.uids_of(idc.LIDC, 1)[0]
        write("down/metadata.csv", f"Series UID,File Location\n{listed},./a\n")
        write("down/a/1.dcm", dicom_of(held))
        assert {each.id for each in read(tmp_path / "down", registry)} == {"LIDC-IDRI", "CPTAC-SAR"}
        by_uuid = idc.series_of(idc.CPTAC_SAR, 1)[0].uuid
        write("uuid/m.s5cmd", f"cp s3://idc-open-data/{by_uuid}/* .\n")
        write(f"uuid/{by_uuid}/1.dcm", dicom_of(held))
        assert {each.dataset for each in read(tmp_path / "uuid", registry)} == {"LIDC-IDRI", "CPTAC-SAR"}

    def test_a_manifest_beside_its_files_counts_once_with_them(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        here, missing = idc.series_of(idc.LIDC, 2)
        write("down/m.s5cmd", "".join(f"cp s3://idc-open-data/{each.uuid}/* .\n" for each in (here, missing)))
        write(f"down/lidc_idri/P1/1.3.6.1.4.1.14519.5.2.1/CT_{here.uid}/a.dcm", dicom_of(here.uid))
        (lidc,) = read(tmp_path / "down", registry)
        assert (lidc.series, lidc.obtained_from) == (2, Route.IDC)

    def test_a_foreign_file_in_the_folder_of_a_series_is_not_missed(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        uid, foreign = idc.uids_of(idc.LIDC, 1)[0], idc.uids_of(idc.CPTAC_SAR, 1)[0]
        for name, series in {"1": uid, "2": foreign, "3": uid}.items():
            write(f"down/{uid}/{name}.dcm", dicom_of(series))
        assert {each.id for each in read(tmp_path / "down", registry)} == {"LIDC-IDRI", "CPTAC-SAR"}

    def test_a_header_goes_before_the_name_of_its_folder(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        uid, other = idc.uids_of(idc.LIDC, 1)[0], idc.uids_of(idc.CPTAC_SAR, 1)[0]
        write("down/m.tcia", manifest_of([uid]))
        write(f"down/{uid}/1.dcm", dicom_of(other))
        assert {each.id for each in read(tmp_path / "down", registry)} == {"LIDC-IDRI", "CPTAC-SAR"}

    def test_series_that_idc_does_not_have_count_as_the_collection_in_their_headers(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        write("down/1.dcm", dicom(Made("1.3.6.1.4.1.14519.5.2.1.999.1", project="CMB-AML")))
        write("down/2.dcm", dicom_of("1.3.6.1.4.1.14519.5.2.1.999.2"))
        aml, unknown = read(tmp_path / "down", registry)
        assert (aml.id, aml.on_word_of, aml.series) == ("CMB-AML", WordOf.ROWS, 1)
        assert (unknown.kind, unknown.series) == (HoldingKind.NOT_IN_IDC_INDEX, 1)

    def test_broken_files_are_counted_and_told(self, registry: Registry, write: Write, tmp_path: Path) -> None:
        whole = dicom_of(idc.uids_of(idc.LIDC, 1)[0])
        write("down/1.dcm", whole)
        write("down/2.dcm", whole[:200])
        write("down/3.dcm", b"")
        write("down/4.dcm", b"<html>not found</html>")
        lidc, rest = read(tmp_path / "down", registry)
        assert lidc.series == 1
        assert rest.name == "3 files in down not read (3 DICOM files that are cut off or name no series)"
        assert rest.examples == ("2.dcm", "3.dcm", "4.dcm")

    @pytest.mark.usefixtures("without_pydicom")
    def test_without_pydicom_the_paths_say_which_series_these_are(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        by_uid, by_modality, by_place = idc.uids_of(idc.LIDC, 3)
        by_uuid = idc.series_of(idc.CPTAC_SAR, 1)[0]
        write(f"down/LIDC-IDRI/P1/1.2.3/{by_uid}/1-01.dcm", b"x")
        write(f"down/lidc_idri/P1/1.3.6.1.4.1.14519.5.2.1/CT_{by_modality}/a.dcm", b"x")
        write(f"down/{by_uuid.uuid}/a.dcm", b"x")
        write("down/metadata.csv", f"Series UID,File Location\n{by_place},.\\LIDC-IDRI\\P1\\CT\n")
        write("down/LIDC-IDRI/P1/CT/1-01.dcm", b"x")
        write("down/unnamed/1.dcm", b"x")
        found = {each.id: each for each in read(tmp_path / "down", registry)}
        assert {each.series for each in found.values() if each.dataset == "LIDC-IDRI"} == {3}
        assert any(each.dataset == "CPTAC-SAR" for each in found.values())
        rest = next(each for each in found.values() if each.kind is HoldingKind.NOT_UNDERSTOOD)
        assert rest.examples == ("unnamed/1.dcm",)


class TestOtherFiles:
    """Cohort files, images that are no DICOM, and all else."""

    def test_a_folder_gives_all_its_cohort_files_and_counts_the_rest(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        write("cohort/b/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 2)))
        write("cohort/a.csv", "Series UID\n" + "\n".join(idc.uids_of(idc.LIDC, 3)))
        write("cohort/names.txt", "CPTAC-SAR\n")
        write("cohort/README.txt", "These are our manifests.\n")
        write("cohort/z/1.dcm", bytes(128) + b"DICM")
        write("cohort/z/brain.nii.gz", b"x")
        write("cohort/z/2.nii", b"x")
        write("cohort/.hidden", "not looked at")
        write("cohort/Thumbs.db", "not looked at")
        lidc, sar, rest = read(tmp_path / "cohort", registry)
        assert (lidc.id, lidc.series, lidc.items) == ("LIDC-IDRI", 3, ("cohort/a.csv", "cohort/b/m.tcia"))
        assert sar.id == "CPTAC-SAR"
        assert rest.kind is HoldingKind.NOT_UNDERSTOOD
        assert rest.name.startswith("4 files in cohort not read (2 NIfTI files, 1 table or text, 1 DICOM file that ")
        assert rest.examples == ("README.txt", "z/1.dcm", "z/2.nii")

    def test_images_that_are_named_after_a_series_count_as_it(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        uids = idc.uids_of(idc.LIDC, 6)
        for path in (f"subset0/{uids[0]}.mhd", f"subset0/{uids[0]}.raw", f"{uids[1]}.nii.gz", f"{uids[2]}_seg.nrrd"):
            write(f"luna/{path}", b"x")
        write(f"luna/CT_{uids[3]}/image.nii.gz", b"x")
        write(f"luna/{uids[4]}/slice_1.png", b"x")
        write(f"luna/{uids[5]}.zip", b"x")
        (lidc,) = read(tmp_path / "luna", registry)
        assert (lidc.id, lidc.series) == ("LIDC-IDRI", 6)

    def test_more_lists_than_are_read_are_counted(
        self, registry: Registry, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "COHORT_FILES", 1)
        for number, uid in enumerate(idc.uids_of(idc.LIDC, 3)):
            write(f"cohort/{number}.txt", uid)
        lidc, rest = read(tmp_path / "cohort", registry)
        assert (lidc.series, rest.name) == (1, "2 files in cohort not read (2 tables and texts)")


class TestPlaces:
    """Links, pipes, closed folders, and the system's own places."""

    def test_links_that_lead_out_are_passed_over_and_said(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        outside = write("outside/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
        inside = write("cohort/m.tcia", manifest_of(idc.uids_of(idc.CPTAC_SAR, 1))).parent
        (inside / "file").symlink_to(outside)
        (inside / "folder").symlink_to(outside.parent)
        (inside / "nowhere").symlink_to("missing")
        (inside / "round").symlink_to("round")
        sar, rest = read(inside, registry)
        assert sar.id == "CPTAC-SAR"
        assert rest.name == "4 files in cohort not read (2 links that lead out of it, 2 links that lead nowhere)"
        assert rest.examples == ("file", "folder", "nowhere")

    def test_links_within_the_folder_lose_nothing(self, registry: Registry, write: Write, tmp_path: Path) -> None:
        stored = write("cohort/.git/annex/1", dicom_of(idc.uids_of(idc.LIDC, 1)[0]))  # as DataLad keeps files
        (tmp_path / "cohort" / "1.dcm").symlink_to(stored)
        (tmp_path / "cohort" / "loop").symlink_to(tmp_path / "cohort")
        (lidc,) = read(tmp_path / "cohort", registry)
        assert (lidc.id, lidc.series) == ("LIDC-IDRI", 1)

    def test_pipes_and_sockets_are_passed_over(self, registry: Registry, write: Write, tmp_path: Path) -> None:
        write("cohort/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
        os.mkfifo(tmp_path / "cohort" / "pipe.dcm")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.path.relpath(tmp_path / "cohort" / "socket"))
            _lidc, rest = read(tmp_path / "cohort", registry)
        assert rest.name == "2 files in cohort not read (2 devices, sockets and pipes)"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_closed_folder_within_is_passed_over_and_said(
        self, registry: Registry, write: Write, tmp_path: Path
    ) -> None:
        secret = write("cohort/secret/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1))).parent
        write("cohort/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
        secret.chmod(0)
        _lidc, rest = read(tmp_path / "cohort", registry)
        assert rest.name == "1 file in cohort not read (1 file or folder without permission to read)"

    @pytest.mark.parametrize("place", ["/", "/proc", "/proc/self", "/sys", "/dev"])
    def test_the_systems_own_folders_end_at_once_with_an_error(
        self, registry: Registry, tmp_path: Path, place: str
    ) -> None:
        with pytest.raises(InputError, match=r"is (the root|a folder) of the (file )?system(.|\n)*name the folder"):
            resolve([DataItem(folder=place)], tmp_path, registry)
        (tmp_path / "link").symlink_to(place)
        with pytest.raises(InputError, match="system"):
            resolve([DataItem(folder="link")], tmp_path, registry)

    def test_unusable_folders_are_one_error_each(
        self, registry: Registry, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "empty").mkdir()
        file = write("full/m.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
        write("full/n.tcia", manifest_of(idc.uids_of(idc.LIDC, 1)))
        monkeypatch.setattr(limits, "FOLDER_FILES", 1)
        monkeypatch.setattr("tcia_policy.cohorts.folders.folder.read_cohort", lambda _: pytest.fail("a file was read"))
        for name, problem in {
            "nowhere": "no such folder",
            "empty": "has no files in it",
            str(file): "is a file, not a folder\n  a cohort file is `manifest:`",
            "full": "has more than 1 files",
        }.items():
            with pytest.raises(InputError, match=problem):
                resolve([DataItem(folder=name)], tmp_path, registry)


def test_a_folder_has_data_where_anything_in_it_counts(registry: Registry, write: Write, tmp_path: Path) -> None:
    write("a/x/1.dcm", b"x")
    write("b/x.txt", "NLST")
    write("c/README.txt", "nothing")
    write("c/1.nii", b"x")
    write("d/1.3.6.1.4.1.14519.5.2.1.6279.6001.1.nii", b"x")
    assert {name: has_data(tmp_path / name, registry.knows) for name in "abcd"} == {
        "a": True,
        "b": True,
        "c": False,
        "d": True,
    }
