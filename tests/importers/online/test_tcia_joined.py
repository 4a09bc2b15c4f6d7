"""TCIA's records in one shape: whatever way v1 and v2 name what belongs to a record, and what they leave out."""

from typing import Any

import pytest

from tcia_policy.importers.online import tcia_joined

DATASETS = {
    "collections": (
        {"id": 1, "collection_short_title": "CT Images in COVID-19"},
        {"id": 2, "collection_short_title": "4D-Lung"},
        {"id": 3, "collection_short_title": False},
    ),
    "analysis-results": ({"id": 9, "result_short_title": "Res"},),
}


def related(**given: Any) -> tuple[object, object]:
    (version,) = tcia_joined.versions([{"id": 5, **given}], DATASETS)
    return version["related_collection"], version["related_analysis_result"]


@pytest.mark.parametrize(
    ("given", "collections", "results"),
    [
        ({"related_collections": ["CT-IMAGES-IN-COVID-19"]}, [1], []),
        ({"related_collections": "4D-Lung"}, [2], []),
        ({"related_collections": [{"title": "4D-Lung"}, {"label": "ct images in covid-19"}]}, [2, 1], []),
        ({"related_collections": [{"id": 2, "title": "Renamed"}]}, [2], []),
        ({"related_analysis_results": ["Res", "Res"]}, [], [9]),
        ({"related_collection": [2], "related_analysis_result": "9"}, [2], [9]),
        ({"related_collection": {"ID": 2}}, [2], []),
        ({"related_collections": [False, "", None, "Unheard of", [], {}]}, [], []),
        ({"related_collections": False, "related_analysis_results": [False]}, [], []),
        ({}, [], []),
    ],
)
def test_the_datasets_of_a_version_are_numbers(given: dict[str, Any], collections: object, results: object) -> None:
    assert related(**given) == (collections, results)


def v1(**collection: Any) -> dict[str, Any]:
    lists = {
        "collections": ({"id": 1, "slug": "alpha", **collection},),
        "analysis-results": (),
        "downloads": ({"id": 11, "download_title": "Images", "data_type": "CT", "file_type": ["DICOM"]}, {"id": "x"}),
        "citations": ({"id": 1_000, "tcia_citation_type": "Data Citation"},),
        "programs": ({"id": 77, "program_name": "Community"},),
    }
    datasets, _ = tcia_joined.joined(lists)
    return dict(datasets["collections"][0])


@pytest.mark.parametrize("named", [[11], ["11"], 11, [{"ID": 11, "post_title": "x"}], [11, False]])
def test_downloads_are_found_however_they_are_numbered(named: object) -> None:
    (download,) = v1(collection_downloads=named)["collection_downloads"]
    assert (download["id"], download["download title"], download["data type"]) == (11, "Images", ["CT"])
    assert "license" not in download


@pytest.mark.parametrize("named", [False, "", None, []])
def test_what_is_left_out_is_nothing(named: object) -> None:
    assert v1(collection_downloads=named, program=named, citations=named)["collection_downloads"] == []


def test_what_stands_in_a_record_already_stays() -> None:
    cited = {"id": 5, "tcia_citation_type": "Data Citation"}
    whole = v1(citations=[cited], program=["TCGA", {"program_name": "CPTAC"}])
    assert (whole["citations"], whole["program"]) == ([cited], ["TCGA", "CPTAC"])
