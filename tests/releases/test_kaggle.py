from tcia_policy.releases.kaggle import read_dataset, read_kernel, read_model
from tcia_policy.releases.model import Released, Topic
from tests.releases.readers import as_json, places, read_by, texts, unread


def test_a_dataset_has_a_list_of_licenses() -> None:
    data = {
        "title": "Marks",
        "id": "me/marks",
        "licenses": [{"name": "CC-BY-NC-SA-4.0"}],
        "description": "Of LIDC-IDRI",
    }
    read = read_by(read_dataset, "dataset-metadata.json", as_json(data))
    assert places(read, Topic.LICENSE) == ["dataset-metadata.json:5 licenses[0] = CC-BY-NC-SA-4.0"]
    assert (read.released, texts(read, Topic.TITLE)) == (Released.DATA, ["Marks"])


def test_a_license_without_a_name_is_told() -> None:
    read = read_by(read_dataset, "dataset-metadata.json", as_json({"title": "Marks", "licenses": [{}]}))
    assert unread(read) == ["dataset-metadata.json:4: `licenses[0]` is empty"]


def test_an_instance_of_a_model_has_the_license_and_the_model_need_not() -> None:
    instance = {"licenseName": "Apache 2.0", "trainingData": ["me/marks"], "baseModelInstance": "me/unet/pyTorch/base"}
    read = read_by(read_model, "model-instance-metadata.json", as_json(instance))
    assert (texts(read, Topic.LICENSE), texts(read, Topic.MADE_FROM)) == (["Apache 2.0"], ["me/marks"])
    assert (texts(read, Topic.BASE_MODEL), read.has_license_field) == (["me/unet/pyTorch/base"], True)
    assert not read_by(read_model, "model-metadata.json", as_json({"title": "Net"})).has_license_field


def test_a_notebook_names_what_it_takes() -> None:
    kernel = {"title": "Training", "dataset_sources": ["me/marks"], "model_sources": ["me/unet"]}
    read = read_by(read_kernel, "kernel-metadata.json", as_json(kernel))
    assert (texts(read, Topic.MADE_FROM), texts(read, Topic.BASE_MODEL)) == (["me/marks"], ["me/unet"])
