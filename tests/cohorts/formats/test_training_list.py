"""Lists of the cases that a model is trained and tested on."""

import json

import pytest

from tcia_policy.cohorts import read_cohort
from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.errors import InputError
from tests.cohorts.conftest import Write
from tests.cohorts.uids_for_tests import OTHER, SERIES

NNUNET = {
    "name": "Nodules",
    "reference": "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX",
    "licence": "CC BY 3.0",
    "modality": {"0": "CT"},
    "labels": {"0": "background"},
    "numTraining": 2,
    "training": [
        {"image": f"./imagesTr/{SERIES}.nii.gz", "label": f"./labelsTr/{OTHER}.nii.gz"},
        {"image": "./imagesTr/la_007_0000.nii.gz", "label": "./labelsTr/la_007.nii.gz"},
    ],
    "test": ["./imagesTs/LIDC-IDRI-0001_0000.nii.gz"],
}


def test_cases_count_by_their_images_and_those_without_uids_are_not_dropped(write: Write) -> None:
    cohort = read_cohort(write("dataset.json", json.dumps(NNUNET, indent=2)))
    assert cohort.format_name == "training list"
    assert list(cohort.listed[EntryKind.UID]) == [SERIES]
    names = ["la_007", "LIDC-IDRI-0001", "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"]
    assert [name.text for name in cohort.names] == names
    assert [name.number for name in cohort.names] == [18, 23, 3]


@pytest.mark.parametrize(
    "data",
    [
        {"training": [{"fold": 0, "image": f"img/{SERIES}.nii.gz", "label": "x.nii.gz"}]},
        {"train": [[f"{SERIES}_t1.nii.gz", f"{SERIES}_t2.nii.gz"]], "val": []},
        [{"train": [SERIES], "val": []}],
        {"fold_0": {"train": [SERIES]}, "fold_1": {"val": [SERIES]}},
        {"train_files": {"case1": {"image": f"{SERIES}.nrrd"}}},
    ],
)
def test_splits_in_any_form_give_their_series(write: Write, data: object) -> None:
    cohort = read_cohort(write("split.json", json.dumps(data)))
    assert cohort.format_name == "training list"
    assert list(cohort.listed[EntryKind.UID]) == [SERIES]


def test_records_that_name_their_series_are_read_as_records(write: Write) -> None:
    cohort = read_cohort(write("a.json", json.dumps({"train": [{"SeriesInstanceUID": SERIES, "image": "a.nii.gz"}]})))
    assert cohort.series == (SERIES,)


def test_a_description_without_cases_says_what_to_name(write: Write) -> None:
    text = json.dumps({"channel_names": {"0": "CT"}, "labels": {"background": 0}, "numTraining": 32})
    with pytest.raises(InputError, match="without its cases; name a list of the series"):
        read_cohort(write("dataset.json", text))


def test_a_case_without_images_is_counted(write: Write) -> None:
    cohort = read_cohort(write("a.json", json.dumps({"training": [{"label": "a.nii.gz"}, {"image": f"{SERIES}.mha"}]})))
    assert cohort.unread.count == 1
