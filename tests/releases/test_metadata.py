import pytest

from tcia_policy.errors import InputError
from tcia_policy.releases.metadata import read_metadata
from tcia_policy.releases.model import Released, Topic
from tests.releases.readers import file_in, places, read_by, texts, unread

RDF = """type: model
name: Nodule net
license: CC-BY-NC-4.0
cite:
  - text: Doe J. Nodules.
    doi: 10.5555/12345678
training_data:
  id: our-lab/scans
parent:
  id: our-lab/unet
"""


def test_a_model_of_the_bioimage_zoo() -> None:
    read = read_by(read_metadata, "rdf.yaml", RDF)
    assert (read.released, places(read, Topic.LICENSE)) == (Released.MODEL, ["rdf.yaml:3 license = CC-BY-NC-4.0"])
    assert (texts(read, Topic.MADE_FROM), texts(read, Topic.BASE_MODEL)) == (["our-lab/scans"], ["our-lab/unet"])
    assert [(each.text, each.link) for each in read.about(Topic.CITATION)] == [("Doe J. Nodules.", "10.5555/12345678")]


@pytest.mark.parametrize("key", ["license", "licence", "licenses", "License"])
def test_a_license_field_of_no_known_format_is_read(key: str) -> None:
    assert texts(read_by(read_metadata, "metadata.json", f'{{"{key}": "cc-by-nc-4.0"}}'), Topic.LICENSE) == [
        "cc-by-nc-4.0"
    ]
    assert unread(read_by(read_metadata, "metadata.json", f'{{"{key}": null}}')) == [
        f"metadata.json:1: `{key}` is empty"
    ]


def test_a_file_without_a_license_field_is_passed_over() -> None:
    assert read_metadata(file_in({"metadata.json": '{"shape": [1]}'}, "metadata.json")) is None
    assert read_metadata(file_in({"meta.yaml": "- a"}, "meta.yaml")) is None
    assert read_metadata(file_in({"model.yaml": "a: !tag b"}, "model.yaml")) is None


def test_a_file_that_cannot_be_read_and_may_have_one_is_told() -> None:
    with pytest.raises(InputError):
        read_metadata(file_in({"model.yaml": "license: &x mit"}, "model.yaml"))
