"""Headings in any spelling."""

import re
from pathlib import Path

import pytest

from tcia_policy.cohorts.records.roles import Role, heads_a_list, is_of_images, may_be_series, meaning_of, names_images

SPELLINGS = {
    Role.SERIES: [
        *("SeriesInstanceUID", "Series Instance UID", "series_uid", "Series UID", "seriesuid", "SeriesInstanceUIDs"),
        *("image_SeriesInstanceUID", "DCMSerUID", "RefSerieUID", "CT_series_uid", "SeriesInstanceUID_x", "(0020,000E)"),
        *("Referenced Series Instance UID", "SEG_SeriesUID", "tcia_series_instance_uid", "DICOMSeriesInstanceUID"),
        *("idc.SeriesInstanceUID", "0020000e", "serie_uid", "ct.seriesInstanceUid"),
        *("SeriesInstUID", "segSeriesInstancceUIDs"),
    ],
    Role.SERIES_UUID: ["crdc_series_uuid", "series_uuid", "Series UUID"],
    Role.ADDRESS: ["gcs_url", "aws_url", "s3_uri", "series_aws_url", "series_gcs_url", "gcs_uri", "file_s3_path"],
    Role.DRS: ["drs_uri", "DRS URI"],
    Role.STUDY: ["StudyInstanceUID", "study_uid", "StudyUID", "Study UID", "(0020,000D)", "tcia_study_instance_uid"],
    Role.PATIENT: [
        *(
            "PatientID",
            "Patient ID",
            "patient_id",
            "Subject ID",
            "subjectId",
            "case_id",
            "Participant ID",
            "PatientIDs",
        ),
        *("PatientIDs", "tcia_case_id", "case_submitter_id", "bcr_patient_barcode", "(0010,0020)", "TCIA code"),
    ],
    Role.DOI: ["DOI", "source_DOI", "Data Description URI", "CollectionURI", "dataset_doi"],
    Role.DATASET: ["collection_id", "Collection", "Collection Name", "collectionName", "analysis_result_id", "Dataset"],
    Role.LICENSE: ["License", "License Name", "LicenseName", "License URL", "license_short_name", "LicenseURI"],
}


@pytest.mark.parametrize(
    ("role", "heading"), [(role, each) for role, spellings in SPELLINGS.items() for each in spellings]
)
def test_a_heading_is_known_in_any_spelling(role: Role, heading: str) -> None:
    meaning = meaning_of(heading)
    assert meaning is not None
    assert meaning.role is role
    assert meaning.sure


@pytest.mark.parametrize("heading", ["Series ID", "Study ID", "Case", "Subject", "Patient", "pid", "url", "Project"])
def test_a_heading_that_may_mean_else_is_not_sure(heading: str) -> None:
    meaning = meaning_of(heading)
    assert meaning is not None
    assert not meaning.sure


@pytest.mark.parametrize(
    "heading",
    [
        *("SOPInstanceUID", "SOP Class UID", "FrameOfReferenceUID", "user_uid", "SeriesNumber", "Series Description"),
        *("num_series_uids", "idc_case_id", "StudyDate", "Modality", "Series_Instance_UID_count", "crdc_study_uuid"),
        "series_study_id",
        "which of the series UIDs of this patient shall be taken, and for what reason",
    ],
)
def test_other_headings_mean_nothing(heading: str) -> None:
    assert meaning_of(heading) is None


@pytest.mark.parametrize("heading", ["SourceSeriesForImageSegmentation", "reference_ct", "CT", ""])
def test_uids_under_other_headings_may_be_series(heading: str) -> None:
    assert may_be_series(heading)


@pytest.mark.parametrize("heading", ["instance_uid", "segmentationSOPInstanceUID", "ReferencedImage"])
def test_uids_under_headings_of_images_may_not(heading: str) -> None:
    assert not may_be_series(heading)
    assert names_images(heading)


@pytest.mark.parametrize(
    "heading", ["SOPClassUID", "FrameOfReferenceUID", "scan", "StudyInstanceUID", "SourceSeriesForImageSegmentation"]
)
def test_other_headings_name_no_images(heading: str) -> None:
    assert not names_images(heading)


def test_a_heading_may_stand_above_a_list() -> None:
    assert heads_a_list("Series ID")
    assert heads_a_list("SeriesInstanceUIDs: ")
    assert heads_a_list("train_scans")
    assert heads_a_list('"ct_image_list":')
    assert not heads_a_list("LIDC-IDRI")
    assert not heads_a_list("tcga_gbm")
    assert not heads_a_list("ct_images_in_covid_19")
    assert not heads_a_list("Collection")


def test_the_members_of_instances_are_images() -> None:
    assert is_of_images("instances")
    assert is_of_images("SOPInstanceUIDs")
    assert not is_of_images("images")


def test_names_of_analyses_come_before_those_of_collections() -> None:
    ranks = [
        meaning.rank for each in ("analysis_result_id", "collection_id", "Project") if (meaning := meaning_of(each))
    ]
    assert ranks == sorted(ranks)
    assert len(ranks) == 3


def test_the_documentation_names_headings_that_are_known() -> None:
    page = (Path(__file__).parents[3] / "docs" / "cohorts.md").read_text(encoding="utf-8")
    table = page.split("### Which columns count")[1].split("What is less exact")[0]
    headings = [heading for row in table.splitlines() if row.startswith("| ") for heading in re.findall("`(.+?)`", row)]
    assert len(headings) > 25
    assert [heading for heading in headings if meaning_of(heading) is None] == []
