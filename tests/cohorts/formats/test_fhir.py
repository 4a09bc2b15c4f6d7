"""ImagingStudy of FHIR."""

import json

import pytest

from tcia_policy.cohorts import read_cohort
from tests.cohorts.conftest import Write
from tests.cohorts.records.made_up import P1, S1, S2, S3, T1, listed, listed_in

STUDY = {
    "resourceType": "ImagingStudy",
    "identifier": [{"system": "urn:dicom:uid", "value": f"urn:oid:{T1}"}],
    "subject": {"reference": f"Patient/{P1}"},
    "series": [{"uid": S1, "instance": [{"uid": S3}]}, {"uid": f"urn:oid:{S2}"}],
}
WITHOUT_SERIES = {key: value for key, value in STUDY.items() if key != "series"}
OF_PATIENT = {key: value for key, value in WITHOUT_SERIES.items() if key != "identifier"}
BUNDLE = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}, {"resource": STUDY}]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (STUDY, {"SeriesInstanceUID": [S1, S2]}),
        (WITHOUT_SERIES, {"StudyInstanceUID": [T1]}),
        (OF_PATIENT, {"PatientID": [P1]}),
        (BUNDLE, {"SeriesInstanceUID": [S1, S2]}),
        ({"resourceType": "ImagingStudy", "uid": f"urn:oid:{T1}"}, {"StudyInstanceUID": [T1]}),
    ],
)
def test_series_count_else_the_study_else_the_patient(write: Write, data: object, expected: object) -> None:
    assert listed_in(write("x.json", json.dumps(data))) == expected
    assert read_cohort(write("y.json", json.dumps(data, indent=2))).format_name == "ImagingStudy of FHIR"


def test_bulk_exports_have_one_a_line(write: Write) -> None:
    text = f"{json.dumps(STUDY)}\n{json.dumps(WITHOUT_SERIES)}\n"
    assert listed_in(write("x.ndjson", text)) == {"SeriesInstanceUID": [S1, S2], "StudyInstanceUID": [T1]}


def test_a_study_that_names_nothing_is_counted(write: Write) -> None:
    cohort = read_cohort(write("x.json", json.dumps([STUDY, {"resourceType": "ImagingStudy", "id": "a7"}])))
    assert [line.text for line in cohort.unread.examples] == ["ImagingStudy a7"]


def test_a_series_whose_uid_is_none_is_counted(write: Write) -> None:
    study = {**STUDY, "series": [{"uid": S1}, {"uid": "series-7"}, {"number": 3}]}
    cohort = read_cohort(write("x.json", json.dumps(study)))
    assert listed(cohort) == {"SeriesInstanceUID": [S1]}
    assert [line.text for line in cohort.unread.examples] == ["series-7"]


def test_what_is_no_json_after_all_is_read_as_a_list(write: Write) -> None:
    assert list(listed(read_cohort(write("x.json", json.dumps(STUDY)[:-1])))) != []
