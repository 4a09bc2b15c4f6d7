import pytest

from tcia_policy.releases.model import Released, Topic
from tcia_policy.releases.nnunet import read_dataset, read_plans
from tests.releases.readers import as_json, file_in, places, read_by, texts

DATASET = {
    "channel_names": {"0": "CT"},
    "labels": {"background": 0, "nodule": 1},
    "numTraining": 40,
    "file_ending": ".nii.gz",
    "name": "Dataset017_LungNodules",
    "reference": "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX",
}
PLANS = {"dataset_name": "Dataset017_LungNodules", "plans_name": "nnUNetPlans", "configurations": {}}


@pytest.mark.parametrize("key", ["license", "licence"])
def test_both_spellings_of_the_license_are_read(key: str) -> None:
    read = read_by(read_dataset, "dataset.json", as_json({**DATASET, key: "CC-BY-SA 4.0"}))
    assert places(read, Topic.LICENSE) == [f"dataset.json:13 {key} = CC-BY-SA 4.0"]
    assert (read.released, texts(read, Topic.TITLE)) == (Released.DATA, ["LungNodules"])
    assert texts(read, Topic.MADE_FROM) == ["https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"]


def test_beside_plans_it_is_about_the_data_that_weights_were_trained_on() -> None:
    read = read_by(
        read_dataset,
        "dataset.json",
        as_json(
            {**DATASET, "licence": "CC BY 4.0"},
        ),
        {"plans.json": "{}"},
    )
    assert (read.released, read.has_license_field) == (Released.MODEL, False)
    assert texts(read, Topic.DATA_LICENSE) == ["CC BY 4.0"]
    assert texts(read, Topic.LICENSE) == []
    assert "LungNodules" in texts(read, Topic.MADE_FROM)


def test_plans_name_the_data() -> None:
    read = read_by(read_plans, "plans.json", as_json(PLANS))
    assert texts(read, Topic.MADE_FROM) == ["LungNodules"]


def test_words_in_place_of_an_address_are_a_citation() -> None:
    read = read_by(read_dataset, "dataset.json", as_json({**DATASET, "reference": "Our ward, 2023"}))
    assert (texts(read, Topic.MADE_FROM), texts(read, Topic.CITATION)) == ([], ["Our ward, 2023"])


def test_other_files_are_passed_over() -> None:
    assert read_dataset(file_in({"dataset.json": '{"labels": {}}'}, "dataset.json")) is None
    assert read_plans(file_in({"plans.json": "[]"}, "plans.json")) is None
