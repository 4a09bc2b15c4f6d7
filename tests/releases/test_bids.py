from tcia_policy.releases.bids import read_description
from tcia_policy.releases.model import Topic
from tests.releases.readers import as_json, file_in, places, read_by, texts

DESCRIPTION = {
    "Name": "Nodule segmentations",
    "BIDSVersion": "1.8.0",
    "License": "This dataset is made available\nunder CC0.",
    "SourceDatasets": [{"DOI": "doi:10.7937/K9/TCIA.2015.LO9QL9SX", "URL": "https://example.org"}, {"URL": "n/a"}],
    "HowToAcknowledge": "Cite Doe 2024.",
    "ReferencesAndLinks": ["https://doi.org/10.5555/12345678"],
}


def test_a_dataset_says_its_license_sources_and_citations() -> None:
    read = read_by(read_description, "dataset_description.json", as_json(DESCRIPTION))
    assert places(read, Topic.LICENSE) == [
        "dataset_description.json:4 License = This dataset is made available under CC0."
    ]
    assert texts(read, Topic.MADE_FROM) == ["doi:10.7937/K9/TCIA.2015.LO9QL9SX"]
    assert texts(read, Topic.CITATION) == ["Cite Doe 2024.", "https://doi.org/10.5555/12345678"]


def test_another_description_is_passed_over() -> None:
    name = "dataset_description.json"
    assert read_description(file_in({name: "{}"}, name)) is None
