from tcia_policy.releases.model import Released, Topic
from tcia_policy.releases.monai import read_metadata
from tests.releases.readers import as_json, file_in, places, printed_in, read_by

BUNDLE = {
    "version": "0.1.0",
    "monai_version": "1.4.0",
    "name": "Nodule finder",
    "copyright": "Copyright (c) Our Lab",
    "data_source": "LIDC-IDRI from https://www.cancerimagingarchive.net/collection/lidc-idri/.",
    "intended_use": "Not for clinical use",
    "references": ["Doe J. Nodules. https://doi.org/10.5555/12345678"],
    "network_data_format": {"inputs": {}, "outputs": {}},
}


def test_a_bundle_says_its_name_data_and_references_with_their_lines() -> None:
    read = read_by(read_metadata, "configs/metadata.json", as_json(BUNDLE))
    assert (read.released, read.has_license_field) == (Released.MODEL, False)
    (made_from,) = read.about(Topic.MADE_FROM)
    assert (made_from.place.number, made_from.link) == (6, "https://www.cancerimagingarchive.net/collection/lidc-idri/")
    assert places(read, Topic.CITATION) == [
        "configs/metadata.json:9 references[0] = Doe J. Nodules. https://doi.org/10.5555/12345678"
    ]


def test_what_people_read_is_prose_and_its_references_are_printed() -> None:
    read = read_by(read_metadata, "configs/metadata.json", as_json(BUNDLE))
    assert "Not for clinical use" in printed_in(read)
    (references,) = (block for block in read.text.prose if block.is_references)
    assert references.place(0).number == 9


def test_other_metadata_are_no_bundle() -> None:
    assert read_metadata(file_in({"metadata.json": "[1]"}, "metadata.json")) is None
    assert read_metadata(file_in({"metadata.json": '{"version": "1"}'}, "metadata.json")) is None


def test_a_license_that_is_there_is_read_and_one_that_is_empty_is_told() -> None:
    read = read_by(read_metadata, "configs/metadata.json", as_json({**BUNDLE, "license": {"name": ""}}))
    assert [str(each) for each in read.unread_licenses] == [
        "configs/metadata.json:15: `license` is an object without name and address, of which no license is read; "
        "write the license's SPDX identifier"
    ]
