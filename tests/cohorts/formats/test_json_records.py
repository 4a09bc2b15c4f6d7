"""JSON, JSON Lines and YAML, in the layouts that programs write."""

import gzip
import json

import pytest

from tcia_policy.cohorts import Line, read_cohort
from tcia_policy.cohorts.cohort import Beside
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.cohorts.conftest import Write
from tests.cohorts.records.made_up import P1, P2, S1, S2, S3, T1, U1, beside, listed, listed_in

SERIES = {"SeriesInstanceUID": [S1, S2]}
SPLIT = {"columns": ["PatientID", "SeriesInstanceUID"], "index": [0, 1], "data": [[P1, S1], [P2, S2]]}
TABLE = {"schema": {"fields": [{"name": "x"}]}, "data": [{"SeriesInstanceUID": S1}, {"SeriesInstanceUID": S2}]}
NESTED = {
    "cohort": "mine",
    "patients": [
        {"PatientID": P1, "series": [{"SeriesInstanceUID": S1, "n": 3}, {"SeriesInstanceUID": S2}]},
        {"PatientID": P1, "series": [{"SeriesInstanceUID": S2, "instances": [{"SOPInstanceUID": f"{S1}.7"}]}]},
    ],
}
DICOM = [{"0020000E": {"vr": "UI", "Value": [uid]}, "00100020": {"vr": "LO", "Value": [P1]}} for uid in (S1, S2)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param([{"SeriesInstanceUID": S1}, {"SeriesInstanceUID": S2}], id="records"),
        pytest.param({"series": [{"series_uid": S1}, {"series_uid": S2}]}, id="records within an object"),
        pytest.param({"SeriesInstanceUID": [S1, S2], "PatientID": [P1, P2]}, id="columns in lists"),
        pytest.param({"SeriesInstanceUID": {"0": S1, "1": S2}, "x": {"0": 1, "1": 2}}, id="pandas by columns"),
        pytest.param({"0": {"SeriesInstanceUID": S1}, "1": {"SeriesInstanceUID": S2}}, id="pandas by rows"),
        pytest.param(SPLIT, id="pandas split"),
        pytest.param(TABLE, id="pandas table"),
        pytest.param(NESTED, id="nested"),
        pytest.param(DICOM, id="DICOM JSON"),
        pytest.param({"SeriesInstanceUIDs": [S1, S2]}, id="a list under a heading"),
        pytest.param({"cohort": {"ct_series_uid": S1, "seg_series_uid": S2}}, id="several of one object"),
    ],
)
def test_json_in_any_layout(write: Write, data: object) -> None:
    assert listed_in(write("x.json", json.dumps(data))) == SERIES
    assert listed_in(write("y.json", json.dumps(data, indent=2))) == SERIES
    assert listed_in(write("z.json.gz", gzip.compress(json.dumps(data).encode("utf-8-sig")))) == SERIES


@pytest.mark.parametrize(
    "data",
    [[S1, S2], {"train": [S1], "val": [S2]}, {S1: {"label": 1}, S2: {"label": 0}}, {"x": {S1: "train", S2: [1.5]}}],
)
def test_uids_that_nobody_says_the_kind_of(write: Write, data: object) -> None:
    assert listed_in(write("x.json", json.dumps(data))) == {"UID": [S1, S2]}


def test_series_by_study_and_patient_with_their_images(write: Write) -> None:
    of_series = {"description": "CT", "1": {"instances": {f"{S1}.7": "1.dcm"}, "instance_uid": f"{S1}.8"}}
    path = write("crawled.json", json.dumps({"a": {T1: {"description": "x", S1: of_series, S2: of_series}}}))
    assert listed_in(path) == {"UID": [S1, S2]}


def test_a_source_series_is_one(write: Write) -> None:
    data = {"Measurements": [{"SourceSeriesForImageSegmentation": S1, "segmentationSOPInstanceUID": f"{S1}.7"}]}
    assert listed_in(write("sr.json", json.dumps(data))) == {"UID": [S1]}


def test_keys_may_be_patients_with_a_day(write: Write) -> None:
    data = {"ProstateX-0000_07-07-2011": "1_2", "ProstateX-0001_07-08-2011": "3_4"}
    assert listed_in(write("mapping.json", json.dumps(data))) == {"PatientID": ["ProstateX-0000", "ProstateX-0001"]}


@pytest.mark.parametrize(
    ("data", "hint"),
    [({"model": {"depth": 3}}, "it is JSON; its series count"), ({"cells": [], "nbformat": 4}, "it is a notebook")],
)
def test_what_lists_nothing_has_a_hint(write: Write, data: object, hint: str) -> None:
    with pytest.raises(InputError, match="lists no series") as raised:
        read_cohort(write("x.json", json.dumps(data)))
    assert hint in str(raised.value)


def test_what_stands_around_a_record_stands_beside_its_entries(write: Write) -> None:
    data = [
        {"collection": "LIDC-IDRI", "license": "CC BY 3.0", "series": [{"SeriesInstanceUID": S1}]},
        {"collection": "NLST", "studies": [{"StudyInstanceUID": T1, "series": []}]},
        {"collection": "TCGA-GBM"},
    ]
    cohort = read_cohort(write("x.json", json.dumps(data, indent=1)))
    assert beside(cohort) == {S1: Beside(("LIDC-IDRI",), "CC BY 3.0"), T1: Beside(("NLST",))}
    assert [name.text for name in cohort.names] == ["TCGA-GBM"]
    assert cohort.names[0].number == 21


def test_the_key_of_a_study_counts_where_no_series_stands_under_it(write: Write) -> None:
    data = {T1: {"series": [S1]}, S3: {}}
    assert listed_in(write("x.json", json.dumps(data))) == {"SeriesInstanceUID": [S1], "UID": [S3]}


def test_patients_are_keys_too(write: Write) -> None:
    assert listed_in(write("x.json", json.dumps({P1: {"age": 3}, P2: {"age": 4}}))) == {"PatientID": [P1, P2]}
    assert listed_in(write("y.json", json.dumps({P1: [S1], P2: [S2]}))) == {"UID": [S1, S2]}


def test_what_is_not_understood_has_its_line(write: Write) -> None:
    data = [{"SeriesInstanceUID": S1}, {"SeriesInstanceUID": "1.5"}, {"SeriesInstanceUID": None, "n": 1}]
    cohort = read_cohort(write("x.json", json.dumps(data, indent=1)))
    assert cohort.series == (S1,)
    assert cohort.unread.examples == (Line(6, "1.5"),)
    assert cohort.empty == 1


def test_what_stands_among_entries_is_not_passed_over(write: Write) -> None:
    cohort = read_cohort(write("x.json", json.dumps({"a": {"held out": [S1, "case_7", ""]}})))
    assert [line.text for line in cohort.unread.examples] == ["case_7"]
    code = {"cells": [{"cell_type": "code", "source": ["import os\n", f"uid = '{S1}'\n"]}]}
    assert not read_cohort(write("x.ipynb", json.dumps(code))).unread.count


def test_ids_in_few_lines_of_a_cell_of_a_notebook_all_count(write: Write) -> None:
    lines = [f"{number} {P1}/CT_{number}.nii.gz\n" for number in range(3)] + ["a line\n"] * 60 + [f"{P2}\n"]
    cells = [{"cell_type": "code", "outputs": [{"text": lines}, {"text": [f"7 {P1}\n"]}]}]
    assert listed_in(write("x.ipynb", json.dumps({"cells": cells}))) == {"PatientID": [P1, P2]}


def test_what_a_notebook_shows_has_series_and_patients_in_turn(write: Write) -> None:
    rows = [f"      <td>{cell}</td>\n" for cell in (P1, S1, S2, P2, S3)]
    cells = [{"cell_type": "code", "outputs": [{"data": {"text/html": ["<table>\n", *rows]}}]}]
    cohort = read_cohort(write("x.ipynb", json.dumps({"cells": cells})))
    assert listed(cohort) == {"PatientID": [P1, P2], "UID": [S1, S2, S3]}
    assert not cohort.unread.count


def test_keys_may_be_names_of_files(write: Write) -> None:
    data = {f"{S1}.json": "centroids", f"CT_{S2}/": "images", "x": 1}
    assert listed_in(write("x.json", json.dumps(data))) == {"UID": [S1, S2]}
    text = f"sample:\n  input:\n    {S1}.json: centroids\n    CT_{S2}/: images\n"
    assert listed_in(write("x.yml", text)) == {"UID": [S1, S2]}


def test_commands_of_s5cmd_in_json_are_no_manifest(write: Write) -> None:
    records = [{"id": 1, "s5cmd_manifest_aws": f"cp s3://idc-open-data/{U1}/* ."}]
    cohort = read_cohort(write("x.json", json.dumps(records, indent=1)))
    assert cohort.format_name == "JSON file"
    assert listed(cohort) == {"crdc_series_uuid": [U1]}
    assert not cohort.unread.count


def test_json_lines(write: Write) -> None:
    lines = [{"SeriesInstanceUID": S1, "collection_id": "nlst"}, {"SeriesInstanceUID": "x"}, {"crdc_series_uuid": U1}]
    text = "\n".join([*map(json.dumps, lines), "{broken", "", json.dumps({"PatientID": P1})])
    cohort = read_cohort(write("x.jsonl", text))
    assert cohort.format_name == "JSON Lines file"
    assert listed(cohort) == {"SeriesInstanceUID": [S1], "crdc_series_uuid": [U1], "PatientID": [P1]}
    assert cohort.unread.examples == (Line(2, "x"), Line(4, "{broken"))
    assert cohort.from_idc


def test_lists_of_names(write: Write) -> None:
    cohort = read_cohort(write("x.json", json.dumps({"datasets": ["LIDC-IDRI", "NLST"]})))
    assert [name.text for name in cohort.names] == ["LIDC-IDRI", "NLST"]
    cohort = read_cohort(write("y.json", json.dumps(["LIDC-IDRI", S1])))
    assert [name.text for name in cohort.names] == ["LIDC-IDRI"]
    assert listed(cohort) == {"UID": [S1]}


@pytest.mark.parametrize(
    "text",
    [
        f"- SeriesInstanceUID: {S1}\n- SeriesInstanceUID: {S2}\n",
        f"# mine\nseries_uids:\n  - {S1}\n  - {S2}\n",
        f"SeriesInstanceUIDs: \n- {S1}\n- {S2}\n",
        f"patients:\n  {P1}:\n    series: ['{S1}', '{S2}']\n",
        f"---\nSeriesInstanceUID: [{S1}, {S2}]\nPatientID: [{P1}, {P2}]\n",
    ],
)
def test_yaml(write: Write, text: str) -> None:
    assert listed_in(write("x.yaml", text)) == SERIES


def test_a_project_file_is_no_cohort(write: Write) -> None:
    for text in ("use: {purpose: commercial}\ndata: [{dataset: NLST}]\n", "data:\n- dataset: NLST\n"):
        assert read_cohort(write("tcia-policy.yaml", text)).format_name == "list"


def test_what_is_no_json_after_all_is_read_as_text(write: Write) -> None:
    assert listed(read_cohort(write("x.txt", f"['{S1}', '{S2}']"))) == {"UID": [S1, S2]}


def test_what_is_nested_too_deep_is_one_error(write: Write) -> None:
    with pytest.raises(InputError, match="nested more than 40 levels deep"):
        read_cohort(write("x.json", '{"a":' * 50 + f'"{S1}"' + "}" * 50))
    assert read_cohort(write("y.json", "[" * 100_000 + f'"{S1}"')).format_name == "list"


def test_no_json_of_anything_else_lists_series(write: Write) -> None:
    with pytest.raises(InputError, match="is a JSON file that lists no series"):
        read_cohort(write("x.json", json.dumps({"a": [1.5, 2.5], "b": {"c": "d"}})))


def test_json_of_one_long_line(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    data = [{"SeriesInstanceUID": f"{S1}.{number}"} for number in range(20_000)]
    assert len(read_cohort(write("x.json", json.dumps(data))).series) == 20_000
    monkeypatch.setattr(limits, "COHORT_JSON", 1_000_000)
    with pytest.raises(InputError, match="holds more than 1,000,000 bytes"):
        read_cohort(write("x.json", json.dumps(data)))


def test_a_key_that_is_given_twice_has_all_its_values(write: Write) -> None:
    text = f'{{"SeriesInstanceUID": "{S1}", "PatientID": "{P1}", "SeriesInstanceUID": "{S2}"}}'
    assert listed(read_cohort(write("x.json", text)))["SeriesInstanceUID"] == [S1, S2]
    assert listed(read_cohort(write("x.jsonl", f"{text}\n{text}\n")))["SeriesInstanceUID"] == [S1, S2]


def test_json_of_more_values_than_memory_is_for(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COHORT_JSON_VALUES", 1_000)
    with pytest.raises(InputError, match="holds more than 1,000 values"):
        read_cohort(write("x.json", "[" + "[]," * 1_000 + f'"{S1}"]'))
