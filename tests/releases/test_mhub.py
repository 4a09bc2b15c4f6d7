from tcia_policy.releases.mhub import read_meta
from tcia_policy.releases.model import Released, Topic
from tests.releases.readers import as_json, file_in, places, printed_in, read_by, texts, unread

META = {
    "name": "nodules",
    "title": "Nodule finder",
    "summary": {"description": "Finds nodules in CT."},
    "details": {
        "cite": "Doe J. Nodules. 2024.",
        "license": {"code": "MIT", "weights": "CC BY-NC 4.0"},
        "publications": [{"title": "Nodules", "uri": "https://doi.org/10.5555/12345678"}],
    },
    "info": {
        "training": {
            "text": "Trained on 489 scans of LIDC-IDRI.",
            "references": [{"label": "LIDC-IDRI", "uri": "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"}],
        },
        "evaluation": {"text": "Tested on NLST.", "references": [{"label": "NLST", "uri": "https://example.org"}]},
    },
}


def test_code_and_weights_have_licenses_of_their_own() -> None:
    read = read_by(read_meta, "meta.json", as_json(META))
    assert [(each.text, each.says) for each in read.about(Topic.LICENSE)] == [
        ("MIT", Released.CODE),
        ("CC BY-NC 4.0", Released.MODEL),
    ]
    assert places(read, Topic.LICENSE)[1] == "meta.json:11 details.license.weights = CC BY-NC 4.0"


def test_the_data_of_training_and_of_evaluation_are_told_apart() -> None:
    read = read_by(read_meta, "meta.json", as_json(META))
    assert (texts(read, Topic.MADE_FROM), texts(read, Topic.TESTED_ON)) == (["LIDC-IDRI"], ["NLST"])
    assert "Trained on 489 scans of LIDC-IDRI." in printed_in(read)
    assert texts(read, Topic.CITATION) == ["Doe J. Nodules. 2024.", "Nodules"]


def test_weights_without_a_license_are_told() -> None:
    details = {**META["details"], "license": {"code": "MIT", "weights": "N/A"}}  # type: ignore[dict-item]
    read = read_by(read_meta, "meta.json", as_json({**META, "details": details}))
    assert unread(read) == ["meta.json:11: `details.license.weights` is 'N/A', which is no license"]
    details = {**META["details"], "license": {}}  # type: ignore[dict-item]
    read = read_by(read_meta, "meta.json", as_json({**META, "details": details}))
    assert unread(read) == ["meta.json:9: `details.license` is empty"]


def test_another_meta_json_is_passed_over() -> None:
    assert read_meta(file_in({"meta.json": '{"details": "x"}'}, "meta.json")) is None
