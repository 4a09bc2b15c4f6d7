import pytest

from tcia_policy.errors import InputError
from tcia_policy.releases.model import Released, Topic
from tcia_policy.releases.zenodo import read_zenodo
from tests.releases.readers import as_json, places, printed_in, read_by, texts, unread

RECORD = {
    "title": "Marks",
    "upload_type": "dataset",
    "description": "<p>Marks on <b>LIDC-IDRI</b>.</p><p style='display: none'>Not NLST</p>",
    "license": {"id": "cc-by-4.0"},
    "references": ["Doe J. Scans. https://doi.org/10.5555/12345678"],
    "related_identifiers": [
        {"relation": "isDerivedFrom", "identifier": "10.7937/K9/TCIA.2015.LO9QL9SX"},
        {"relation": "isSupplementTo", "identifier": "10.5555/paper"},
        {"relation": "cites", "identifier": "10.5555/cited"},
    ],
}


def test_a_record_says_its_license_and_what_it_is_derived_from() -> None:
    read = read_by(read_zenodo, ".zenodo.json", as_json(RECORD))
    assert places(read, Topic.LICENSE) == [".zenodo.json:5 license = cc-by-4.0"]
    (source,) = read.about(Topic.MADE_FROM)
    assert (source.text, source.place.number, source.relation) == ("10.7937/K9/TCIA.2015.LO9QL9SX", 14, "isDerivedFrom")
    assert texts(read, Topic.CITATION) == ["Doe J. Scans. https://doi.org/10.5555/12345678", "10.5555/cited"]
    assert "Marks on LIDC-IDRI." in printed_in(read)
    assert "NLST" not in printed_in(read)


@pytest.mark.parametrize(
    ("kind", "released"),
    [
        ({"upload_type": "software"}, Released.CODE),
        ({"upload_type": "publication"}, Released.PUBLICATION),
        ({"resource_type": {"id": "image-photo"}}, Released.DATA),
        ({"resource_type": {"id": "model"}}, Released.MODEL),
        ({}, Released.UNKNOWN),
    ],
)
def test_the_kind_of_upload_is_what_is_released(kind: dict[str, object], released: Released) -> None:
    assert read_by(read_zenodo, ".zenodo.json", as_json(kind)).released is released


def test_the_newer_form_has_rights_below_metadata() -> None:
    read = read_by(read_zenodo, ".zenodo.json", as_json({"metadata": {"rights": [{"id": "cc-by-nc-4.0"}]}}))
    assert texts(read, Topic.LICENSE) == ["cc-by-nc-4.0"]


def test_an_empty_license_is_told() -> None:
    assert unread(read_by(read_zenodo, ".zenodo.json", as_json({"license": None}))) == [
        ".zenodo.json:2: `license` is empty"
    ]


@pytest.mark.parametrize("access", ["restricted", "closed", "embargoed"])
def test_a_record_that_is_not_open_gives_its_license_to_nobody_yet(access: str) -> None:
    text = f'{{"title": "Marks", "license": "cc-by-4.0", "access_right": "{access}"}}'
    assert unread(read_by(read_zenodo, ".zenodo.json", text))


def test_a_list_is_no_record() -> None:
    with pytest.raises(InputError, match="no object"):
        read_by(read_zenodo, ".zenodo.json", "[]")
