"""Columns whose headings do not say that they list series."""

import pytest

from tcia_policy.cohorts import read_cohort
from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.cohorts.records.by_cells import role_of_cells, shown_by_cells
from tcia_policy.cohorts.records.roles import Role
from tests.cohorts import idc
from tests.cohorts.conftest import Write
from tests.cohorts.records.made_up import P1, S1, S2, S3, T1, listed

ONE, TWO = idc.uids_of(idc.LIDC, 2)


@pytest.mark.parametrize("heading", ["instance_uid", "image uid", "SOPInstanceUID", "scan"])
def test_series_that_the_index_has_count_under_any_heading(write: Write, heading: str) -> None:
    cohort = read_cohort(write("x.csv", f"patient_id,{heading}\n{P1},{S1}\nLIDC-IDRI-0002,{ONE}\n"))
    assert listed(cohort) == {"SeriesInstanceUID": [S1, ONE]}
    assert not cohort.aside


def test_series_under_another_heading_count_beside_those_of_the_series_column(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"SeriesInstanceUID,reference\n{ONE},{TWO}\n"))
    assert listed(cohort) == {"SeriesInstanceUID": [ONE, TWO]}


def test_uids_that_nobody_knows_beside_a_series_are_counted_by_their_heading(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"SeriesInstanceUID,reference\n{S1},{S3}\n{S2},\n{S2},{S2}\n"))
    assert listed(cohort) == {"SeriesInstanceUID": [S1, S2]}
    assert cohort.aside == {("reference", None): 1}


def test_series_in_paths_beside_another_series_are_counted_too(write: Write) -> None:
    rows = [f"{S1},masks/{ONE}.nii.gz", f"{S2},images/{S2}.nii.gz", f"{S3},"]
    assert read_cohort(write("x.csv", "\n".join(["SeriesInstanceUID,mask", *rows]))).aside == {("mask", None): 1}
    of_study = f"SeriesInstanceUID,StudyInstanceUID,path\n{S1},{T1},down/{T1}/{S1}/1.dcm\n"
    assert not read_cohort(write("y.csv", of_study)).aside


def test_so_they_are_beside_a_study(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"StudyInstanceUID,scan\n{T1},{S1}\n"))
    assert listed(cohort) == {"StudyInstanceUID": [T1]}
    assert cohort.aside == {("scan", None): 1}


@pytest.mark.parametrize(
    ("text", "whole"),
    [(f"patient_id,instance_uid\n{P1},{S1}\n", EntryKind.PATIENT), (f"StudyUID,image\n{T1},{S1}\n", EntryKind.STUDY)],
)
def test_images_are_counted_where_a_whole_patient_or_study_counts_for_them(
    write: Write, text: str, whole: EntryKind
) -> None:
    assert list(read_cohort(write("x.csv", text)).aside) == [(text.split("\n", maxsplit=1)[0].split(",")[1], whole)]


def test_images_beside_their_series_are_not_told(write: Write) -> None:
    assert not read_cohort(write("x.csv", f"SeriesInstanceUID,SOPInstanceUID\n{S1},{S2}\n")).aside


def test_uids_of_classes_and_frames_are_nothing() -> None:
    shown = shown_by_cells(range(2), ["SOPClassUID", "FrameOfReferenceUID"], [[ONE, ONE]])
    assert not shown.roles
    assert not shown.aside


def test_a_column_is_what_most_of_its_cells_are() -> None:
    assert role_of_cells([S1, S2, "x"]) is Role.UID
    assert role_of_cells([S1, "x", "x", "x"]) is None
    assert role_of_cells([]) is None
