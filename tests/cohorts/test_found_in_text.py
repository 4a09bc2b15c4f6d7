"""What one line of any text lists."""

from pathlib import Path

import pytest

from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.found_in_text import Found, found_in, series_uuid_of
from tcia_policy.cohorts.uids import is_uid_alone, looks_like_uid
from tests.cohorts.uids_for_tests import IMAGE, SERIES, STUDY, UUID
from tests.cohorts.uids_for_tests import OTHER_UUID as OTHER
from tests.work import IN_PROPORTION, growth

A_SERIES = Found(EntryKind.SERIES, SERIES)
A_STUDY = Found(EntryKind.STUDY, STUDY)
A_UID = Found(EntryKind.UID, SERIES)
A_UUID = Found(EntryKind.SERIES_UUID, UUID)


@pytest.mark.parametrize(
    "address",
    [
        "cp s3://idc-open-data/{}/* .",
        f"s5cmd cp s3://idc-open-data-cr/{{}}/{OTHER}.dcm out/",
        "gsutil -m cp -r gs://public-datasets-idc/{} .",
        "rclone copy s3:x https://s3.amazonaws.com/idc-open-data-two/{}/",
        f"curl -O https://idc-open-data.s3.us-east-1.amazonaws.com/{{}}/{OTHER}.dcm",
        "wget https://storage.googleapis.com/public-datasets-idc/{}/",
        "https://volview.kitware.app/?urls=[s3://idc-open-data/{}]",
        "drs://dg.4DFC:{}",
        "drs://nci-crdc.datacommons.io/dg.4DFC/{}",
    ],
)
def test_the_folder_in_a_bucket_is_a_series(address: str) -> None:
    assert found_in(address.format(UUID)) == [A_UUID]
    assert found_in(address.format(UUID.upper())) == [A_UUID]


def test_a_second_address_on_a_line_counts_too() -> None:
    line = f"cp s3://idc-open-data/{UUID}/* s3://idc-open-data-two/{OTHER}/* ."
    assert found_in(line) == [A_UUID, Found(EntryKind.SERIES_UUID, OTHER)]
    assert series_uuid_of(line) == UUID


@pytest.mark.parametrize("address", [f"s3://gdc-tcga-open/{UUID}/a.svs", f"cp s3://idc-open-data/{UUID}.dcm .", UUID])
def test_other_buckets_and_single_files_have_no_series_of_idc(address: str) -> None:
    assert found_in(address) == []
    assert series_uuid_of(address) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"https://host/dicomweb/studies/{STUDY}/series/{SERIES}/instances/{IMAGE}", [A_SERIES]),
        (f"https://host/dicomweb/studies/{STUDY}", [A_STUDY]),
        (f"https://viewer.ohif.org/viewer?StudyInstanceUIDs={STUDY}", [A_STUDY]),
        (f"https://v/viewer?StudyInstanceUIDs={STUDY}&SeriesInstanceUIDs={SERIES}", [A_SERIES]),
        (f"https://v/viewer?StudyInstanceUIDs={STUDY}&initialSeriesInstanceUID={SERIES}", [A_STUDY]),
        (f"https://v/viewer?StudyInstanceUIDs={STUDY}%2C{IMAGE}", [A_STUDY, Found(EntryKind.STUDY, IMAGE)]),
        (f"https://v/v3/viewer/?StudyInstanceUIDs={STUDY},{SERIES}", [A_STUDY, A_UID]),
        (f"https://v/slim/studies/{STUDY}/series/{SERIES}", [A_SERIES]),
        (f"https://services.cancerimagingarchive.net/nbia-api/getImage?SeriesInstanceUID={SERIES}", [A_SERIES]),
    ],
)
def test_addresses_of_viewers_and_services_say_what_they_show(address: str, found: list[Found]) -> None:
    assert found_in(f"see [{address}].") == found


@pytest.mark.parametrize(
    "path",
    [
        "LIDC-IDRI/LIDC-IDRI-0001/{study}/{series}/1-001.dcm",
        "{study}/{series}/{image}.dcm",
        "{study}/{series}/",
        "{study}/{series}",
        "D:\\data\\{study}\\{series}\\000001.dcm",
        "lidc_idri/LIDC-IDRI-0001/{study}/CT_{series}/28621ba9-1aca-4aab-a2a1-f6d2c3e2ab19.dcm",
        "subset0/{series}.mhd",
        "d41d8cd98f00b204e9800998ecf8427e  {series}/1-001.dcm",
        "{study}/{series}.nii.gz",
        "seg/{series}_seg.nrrd",
        "npy/images_{series}.mhd_1123_pos-79.93305233_81.93715229_-169.4337204_size10x10.npy",
        "The series {series}, and no other.",
    ],
)
def test_a_path_lists_its_series(path: str) -> None:
    assert found_in(path.format(study=STUDY, series=SERIES, image=IMAGE)) == [A_UID]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f'"SeriesInstanceUID": "{SERIES}",', [A_SERIES]),
        (f"series_uid = '{SERIES}'", [A_SERIES]),
        (f"StudyInstanceUID: {STUDY}", [A_STUDY]),
        (f"SOPInstanceUID = {SERIES}", [A_UID]),
        ("SOPClassUID: 1.2.840.10008.5.1.4.1.1.2", []),
        (f"ImplementationClassUID: {IMAGE}", []),
        (f"{SERIES} {STUDY}", [A_UID, Found(EntryKind.UID, STUDY)]),
    ],
)
def test_the_words_before_a_uid_say_what_it_is(line: str, found: list[Found]) -> None:
    assert found_in(line) == found


@pytest.mark.parametrize(
    "number",
    ["1.5", "1.2.3", "192.168.1.1", "2020.01.02.10.11.12", "12.345678901234567890", "1.2.840.10008.1.2.1"],
)
def test_numbers_versions_and_addresses_of_networks_are_no_uids(number: str) -> None:
    assert not looks_like_uid(number)
    assert not is_uid_alone(number)
    assert found_in(f"x {number}, y/{number}/z") == []


def test_where_a_line_has_nothing_else_a_uid_may_be_short() -> None:
    assert is_uid_alone("1.2.3.4.5")
    assert is_uid_alone("2.25.7")
    assert not looks_like_uid("1.2.3.4.5")
    assert looks_like_uid("1.10208100496684191171185623181743763303902561688164491704604269")


@pytest.mark.parametrize("piece", ["9.", "1.2.3/", "s3://idc-", "idc.", "StudyInstanceUIDs=1.2,", "series uid "])
def test_a_long_line_takes_work_in_proportion_to_its_length(piece: str) -> None:
    assert growth(lambda size: found_in(piece * (size // len(piece))), 10_000) < IN_PROPORTION


KINDS = {
    "a series, by IDC's UUID": EntryKind.SERIES_UUID,
    "a series": EntryKind.SERIES,
    "a study": EntryKind.STUDY,
    "a series or a study": EntryKind.UID,
}


def test_the_lines_of_the_documentation_list_what_it_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cohorts.md").read_text(encoding="utf-8")
    section = page.split("| in a line | it lists |\n| --- | --- |\n")[1].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines()]
    assert len(rows) == 11
    for line, said in rows:
        kinds = [each.kind for each in found_in(line.strip("`"))]
        assert kinds == ([] if said.startswith("nothing") else [KINDS[said]]), line
