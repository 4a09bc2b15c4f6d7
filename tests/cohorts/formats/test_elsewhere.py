"""Manifests of other commons, in which nothing is taken for data of TCIA's."""

import json

import pytest

from tcia_policy.cohorts import read_cohort
from tcia_policy.model import Route
from tests.cli.run import run
from tests.cohorts.conftest import Write
from tests.cohorts.uids_for_tests import OTHER_UUID, SERIES, UUID

GDC = f"id\tfilename\tmd5\tsize\tstate\n{UUID}\tTCGA-05-4244-01Z-00-DX1.svs\td41d8cd9\t12\treleased\n"
SHEET = (
    "File ID\tFile Name\tData Category\tData Type\tProject ID\tCase ID\tSample ID\tSample Type\n"
    f"{UUID}\ta.tsv\tTranscriptome Profiling\tGene Expression\tTCGA-LUAD\tTCGA-05-4244\tTCGA-05-4244-01A\tTumor\n"
)
PDC = f"File ID,File Name,Run Metadata ID,PDC Study ID\n{UUID},a.raw,r,PDC000153\n"
GEN3 = json.dumps([{"object_id": f"dg.4DFC/{UUID}", "file_name": "TCGA-05-4244.bam", "file_size": 1}])


@pytest.mark.parametrize(
    ("text", "route", "portal"),
    [
        (GDC, Route.GDC, "portal.gdc.cancer.gov"),
        (SHEET, Route.GDC, "portal.gdc.cancer.gov"),
        (PDC, Route.PDC, "pdc.cancer.gov"),
        (GEN3, Route.OTHER, "the portal that it was exported from"),
    ],
)
def test_its_files_are_counted_and_it_says_who_can_tell_what_they_are(
    write: Write, text: str, route: Route, portal: str
) -> None:
    cohort = read_cohort(write("gdc_manifest.txt", text))
    assert cohort.format_name == "manifest of another commons"
    assert not cohort.lists_entries
    assert not cohort.names
    assert cohort.unread.count == 1
    assert cohort.origin is not None
    assert cohort.origin.route is route
    assert portal in (cohort.remark or "")


def test_its_patients_are_told_and_their_images_elsewhere_are_other_files(write: Write) -> None:
    cohort = read_cohort(write("sheet.tsv", SHEET))
    assert "it names 1 patient, whose images at TCIA and IDC are other files" in (cohort.remark or "")
    assert "patient" not in (read_cohort(write("pdc.csv", PDC)).remark or "")


def test_a_sample_sheet_that_was_cut_down_is_still_one(write: Write) -> None:
    text = f"File ID,File Name,Case ID,Sample ID,label\n{UUID},a.svs,TCGA-05-4244,TCGA-05-4244-01A,1\n"
    cohort = read_cohort(write("labels.csv", text))
    assert (cohort.format_name, cohort.lists_entries) == ("manifest of another commons", False)


def test_a_check_of_one_is_undetermined_and_names_the_portal(write: Write) -> None:
    ran = run("check", str(write("gdc_manifest.txt", GDC)))
    assert ran.code == 3
    assert "portal.gdc.cancer.gov" in ran.out + ran.err


def test_a_table_of_files_that_names_series_is_no_such_manifest(write: Write) -> None:
    text = f"id,filename,md5,size,SeriesInstanceUID\n{OTHER_UUID},a.dcm,d41d8cd9,12,{SERIES}\n"
    assert read_cohort(write("files.csv", text)).series == (SERIES,)
