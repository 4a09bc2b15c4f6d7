"""What the rows of a table list, by its columns."""

import pytest

from tcia_policy.cohorts import Line, read_cohort
from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.model import Route
from tests.cohorts.conftest import Write
from tests.cohorts.records.made_up import DOI, P1, P2, S1, S2, S3, T1, T2, U1, U2, beside, listed, listed_in


def test_all_columns_of_series_count(write: Write) -> None:
    text = f"image_SeriesInstanceUID,seg_SeriesInstanceUID,SeriesInstanceUID\n{S1},{S2},\n{S1},NA,{S3}\n"
    cohort = read_cohort(write("x.csv", text))
    assert listed(cohort) == {"SeriesInstanceUID": [S1, S2, S3]}
    assert cohort.empty == 2


def test_two_columns_of_one_name_both_count(write: Write) -> None:
    text = f"SeriesInstanceUID,Modality,SeriesInstanceUID\n{S1},CT,{S2}\n"
    assert listed_in(write("x.csv", text)) == {"SeriesInstanceUID": [S1, S2]}


def test_a_row_is_judged_by_its_most_exact_column(write: Write) -> None:
    rows = [
        f"{S1},{U1},{T1},{P1},LIDC-IDRI",
        f",{U2},{T1},{P1},LIDC-IDRI",
        f"nan,,{T2},{P1},LIDC-IDRI",
        f"N/A,-,?,{P2},TCGA-GBM",
        ",,,,NLST",
    ]
    head = "SeriesInstanceUID,crdc_series_uuid,StudyInstanceUID,PatientID,Collection"
    cohort = read_cohort(write("x.csv", "\n".join([head, *rows])))
    assert listed(cohort) == {
        "SeriesInstanceUID": [S1],
        "crdc_series_uuid": [U2],
        "StudyInstanceUID": [T2],
        "PatientID": [P2],
    }
    assert cohort.names == (Line(6, "NLST"),)
    assert cohort.empty == 1 + 2 + 3 + 4
    assert beside(cohort)[P2] == Beside(("TCGA-GBM",))


def test_what_is_less_exact_stands_beside_the_doi_before_the_collection(write: Write) -> None:
    head = "Collection,SeriesInstanceUID,Data Description URI,License Name,License URL"
    rows = [
        f"LIDC-IDRI,{S1},https://doi.org/{DOI},Creative Commons Attribution 3.0 Unported License,https://cc",
        f"LIDC-IDRI,{S2},{P1},,https://creativecommons.org/licenses/by/4.0/",
        f",{S3},NA,,",
    ]
    cohort = read_cohort(write("metadata.csv", "\n".join([head, *rows])))
    assert beside(cohort) == {
        S1: Beside(
            (f"https://doi.org/{DOI}", "LIDC-IDRI"),
            "Creative Commons Attribution 3.0 Unported License",
            ("https://cc",),
        ),
        S2: Beside(("LIDC-IDRI",), "https://creativecommons.org/licenses/by/4.0/"),
        S3: Beside(),
    }


def test_of_a_series_in_several_rows_all_that_they_say_counts(write: Write) -> None:
    text = f"SeriesInstanceUID,Collection\n{S1},\n{S1},LIDC-IDRI\n{S1},NLST\n"
    assert beside(read_cohort(write("x.csv", text)))[S1] == Beside(("LIDC-IDRI",), others=(Beside(("NLST",)),))


def test_a_paper_has_a_doi_too_and_then_the_collection_is_the_name(write: Write) -> None:
    cohort = read_cohort(write("x.csv", "DOI,collection\n10.1038/s41597-1,lidc_idri\n"))
    assert cohort.names == (Line(2, "10.1038/s41597-1"),)
    assert cohort.other_names == {"10.1038/s41597-1": ("lidc_idri",)}


def test_numbers_are_no_patients_and_their_rows_are_judged_by_their_datasets(write: Write) -> None:
    cohort = read_cohort(write("x.csv", "pid,PatientID,Collection\n1,100012,NLST\n2,100013,NLST\n"))
    assert listed(cohort) == {}
    assert cohort.names == (Line(2, "NLST"),)
    alone = read_cohort(write("y.csv", f"PatientID\n100012\n{P1}\n"))
    assert listed(alone) == {"PatientID": [P1]}
    assert alone.unread.examples == (Line(2, "100012"),)


def test_a_column_case_of_numbers_lists_no_patients(write: Write) -> None:
    assert listed_in(write("x.csv", f"Case,Series UID\n1,{S1}\n2,{S2}\n")) == {"SeriesInstanceUID": [S1, S2]}
    assert listed_in(write("y.csv", f"Case,Age\n{P1},50\n{P2},60\n")) == {"PatientID": [P1, P2]}


def test_a_column_series_id_of_numbers_lists_no_series(write: Write) -> None:
    text = f"series_id,StudyInstanceUID\n1,{T1}\n2,{T2}\n"
    assert listed_in(write("x.csv", text)) == {"StudyInstanceUID": [T1, T2]}


def test_uids_that_became_numbers_are_counted_and_the_spreadsheet_is_named(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"SeriesInstanceUID\n1.36E+55\n{S1}\n1.5\n"))
    assert cohort.unread.examples == (Line(2, "1.36E+55"), Line(4, "1.5"))
    assert "a spreadsheet has turned UIDs into numbers" in (cohort.remark or "")


def test_uids_are_found_in_columns_that_nobody_would_call_so(write: Write) -> None:
    text = f"ProxID,T2AxialUID,SOPInstanceUID,score\n0001,{S1},{S3},1.5\n0002,{S2},{S3},2.5\n"
    assert listed_in(write("x.csv", text)) == {"UID": [S1, S2]}


def test_uids_are_found_within_paths(write: Write) -> None:
    text = f"patient_id,image file path\nP_00001,Mass-Training_P_00001/{T1}/{S1}/000000.dcm\n"
    assert list(read_cohort(write("x.csv", text)).listed[EntryKind.UID]) == [S1]


DRS = "drs://nci-crdc.datacommons.io/dg.4DFC/"


def test_files_of_a_data_commons_are_known_by_the_series_in_their_names(write: Write) -> None:
    text = f"drs_uri,name,collection,patient_id\n{DRS}{U1},{S1}.zip,LGG-1p19qDeletion,LGG-315\n"
    cohort = read_cohort(write("gc.csv", text))
    assert listed(cohort) == {"UID": [S1]}
    assert beside(cohort)[S1] == Beside(("LGG-1p19qDeletion",))
    assert cohort.origin is not None
    assert cohort.origin.route is Route.GENERAL_COMMONS


@pytest.mark.parametrize(
    ("text", "route"),
    [
        (f"drs_uri,Collection\n{DRS}{U1},CMB-AML\n", Route.CTDC),
        (f"drs_uri,dbGaPStudyAccession\n{DRS}{U1},phs002192\n", Route.CTDC),
        (f"drs_uri,Collection\n{DRS}{U1},HNSCC\n", Route.GENERAL_COMMONS),
        (f"drs_uri,crdc_series_uuid\ndrs://dg.4DFC:{U1},{U1}\n", Route.IDC),
        (f"PatientID,crdc_series_uuid\n{P1},{U1}\n", Route.IDC),
        (f"PatientID,gcs_url\n{P1},gs://idc-open-data/{U1}/{U2}.dcm\n", Route.IDC),
        (f"Series UID,Data Description URI,File Location\n{S1},{DOI},./x\n", Route.TCIA),
    ],
)
def test_columns_and_addresses_show_where_files_came_from(write: Write, text: str, route: Route) -> None:
    origin = read_cohort(write("x.csv", text)).origin
    assert origin is not None
    assert origin.route is route


def test_a_table_of_series_alone_shows_no_origin(write: Write) -> None:
    assert read_cohort(write("x.csv", f"SeriesInstanceUID,Collection\n{S1},LIDC-IDRI\n")).origin is None


def test_images_of_pathdb_are_of_their_dataset_and_no_series_of_their_patient(write: Write) -> None:
    url = "https://pathdb.cancerimagingarchive.net/system/files/wsi/x/a.svs"
    text = f"collectionName,collectionId,subjectId,imageUrl\nCPTAC-LUAD,10,C3L-00001,{url}\n"
    cohort = read_cohort(write("pathdb.csv", text))
    assert listed(cohort) == {}
    assert cohort.names == (Line(2, "CPTAC-LUAD"),)
    assert cohort.origin is not None
    assert "PathDB" in cohort.origin.because


def test_an_image_of_pathdb_beside_a_series_counts_too(write: Write) -> None:
    url = "https://pathdb.cancerimagingarchive.net/system/files/wsi/x/a.svs"
    cohort = read_cohort(
        write("x.csv", f"SeriesInstanceUID,imageUrl,Collection\n{S1},{url},CPTAC-LUAD\n{S2},,CPTAC-SAR\n")
    )
    assert listed(cohort) == {"SeriesInstanceUID": [S1, S2]}
    assert cohort.names == (Line(2, "CPTAC-LUAD"),)
    cohort = read_cohort(write("y.csv", f"SeriesInstanceUID,imageUrl\n{S1},{url}\n"))
    assert cohort.unread.examples == (Line(2, url),)


def test_patients_are_known_by_their_form_under_any_heading(write: Write) -> None:
    text = f"patient_id,nodule,image\n1,0,{P1}/0001_NI000\n2,0,LIDC-IDRI-0002/0002_NI000\n"
    assert listed_in(write("x.csv", text)) == {"PatientID": [P1, "LIDC-IDRI-0002"]}
    text = f",train,val\n0,{P2},TCGA-02-0006\n1,TCGA-02-0007,\n"
    assert listed(read_cohort(write("y.csv", text))) == {"PatientID": [P2, "TCGA-02-0006", "TCGA-02-0007"]}


def test_slides_of_tcga_are_of_their_patients(write: Write) -> None:
    text = f"case_id,slide_id\n{P2}-01Z-00-DX1,{P2}-01Z-00-DX1.svs\n"
    assert listed_in(write("x.csv", text)) == {"PatientID": [P2]}


def test_headings_again_are_no_patients(write: Write) -> None:
    assert listed_in(write("x.csv", f"PatientID,Sex\n{P1},M\nPatientID,Sex\n{P2},F\n")) == {"PatientID": [P1, P2]}


def test_a_number_of_a_patient_without_a_series_is_told(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"pid,series_uid\n100012,{S1}\n100013,\n"))
    assert cohort.series == (S1,)
    assert cohort.empty == 1
    assert not cohort.unread.count  # `pid` may be anything
    cohort = read_cohort(write("y.csv", f"PatientID,series_uid\n100012,{S1}\n100013,\n"))
    assert cohort.unread.examples == (Line(3, "100013"),)


@pytest.mark.parametrize("first", ["#2", "# 17", "#N/A", "#REF!", "#name?"])
def test_a_number_sign_and_an_error_of_a_spreadsheet_begin_a_row(write: Write, first: str) -> None:
    cohort = read_cohort(write("x.csv", f"note,SeriesInstanceUID,Collection\na,{S1},\n{first},{S2},HNSCC\n"))
    assert listed(cohort) == {"SeriesInstanceUID": [S1, S2]}
    assert beside(cohort)[S2] == Beside(("HNSCC",))


def test_a_comment_lists_nothing_but_where_another_column_does(write: Write) -> None:
    head = "note,SeriesInstanceUID,Collection"
    assert listed_in(write("x.csv", f"{head}\na,{S1},\n# made by me, in 2024, for HNSCC\n")) == {
        "SeriesInstanceUID": [S1]
    }
    assert listed_in(write("x.csv", f"{head}\na,{S1},\n#case,{S2},\n")) == {"SeriesInstanceUID": [S1, S2]}
    assert listed_in(write("x.csv", f"SeriesInstanceUID,PatientID\n{S1},\n#{S2},{P1}\n")) == {"SeriesInstanceUID": [S1]}


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        (f"PatientID,crdc_series_uuid\n{P2},\n", True),
        (f"PatientID,idc_version\n{P2},v17\n", False),
        (f"PatientID,idc_version\n{P2},v17\n{P1},\n", True),
        (f"PatientID,url\n{P2},\n,s3://idc-open-data/{U1}/x.dcm\n", True),
        (f"Collection,idc_version\nTCGA-GBM,\n{P2},v17\n", True),
        (f"PatientID,crdc_series_uuid\n,{U1}\n", False),
        (f"SeriesInstanceUID,idc_version\n{S1},\n", False),
    ],
)
def test_a_column_of_idcs_says_nothing_of_rows_in_which_it_is_empty(write: Write, text: str, *, unsure: bool) -> None:
    cohort = read_cohort(write("x.csv", text))
    assert cohort.from_idc
    assert cohort.origin_unsure is unsure


def test_a_bucket_whose_name_has_idc_within_a_word_is_not_idcs(write: Write) -> None:
    cohort = read_cohort(write("x.csv", f"PatientID,url\n{P1},\n,s3://acidcohort/{T1}/x.dcm\n"))
    assert cohort.origin is None


def test_a_line_of_one_endless_number_is_read_at_once(write: Write) -> None:
    cohort = read_cohort(write("x.txt", "0" * 900_000 + f".1.2\n{S1}\n"))
    assert listed(cohort) == {"UID": [S1]}
