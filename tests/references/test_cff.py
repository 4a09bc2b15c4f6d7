"""The `references:` block within a whole CITATION.cff, checked against the schema of the Citation File Format 1.2.0."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.model import Citation, Creator
from tcia_policy.references.cff import write_cff
from tcia_policy.references.dedupe import unique_by_doi
from tests.references.made_up import ALL, CITATIONS, CLARK, LIDC, NAMES, NLST, citation, person
from tests.references.of_registry import every_citation

WRAPPER = "cff-version: 1.2.0\nmessage: Please cite this.\ntitle: A model\nauthors:\n- name: Us\n"


@cache
def schema() -> Any:
    """Return the schema that cffconvert ships, checked once: cffconvert itself checks it anew for every file."""
    cffconvert = pytest.importorskip("cffconvert")
    jsonschema = pytest.importorskip("jsonschema")
    path = Path(cffconvert.__file__).parent / "schemas" / "1.2.0" / "schema.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def read(block: str) -> Any:
    return yaml.load(block, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def validate(block: str) -> None:
    schema().validate(read(WRAPPER + block))


def test_a_dataset_is_data_with_its_version_publisher_and_doi() -> None:
    assert yaml.safe_load(write_cff((LIDC,))) == {
        "references": [
            {
                "type": "data",
                "title": "Data From LIDC-IDRI",
                "authors": [
                    {"family-names": "Armato", "given-names": "Samuel G.", "name-suffix": "III"},
                    {"family-names": "McLennan", "given-names": "Geoffrey"},
                    {"family-names": "Ginneken", "given-names": "Bram", "name-particle": "van"},
                ],
                "year": 2015,
                "version": "4",
                "publisher": {"name": "The Cancer Imaging Archive"},
                "data-type": "Dataset",
                "doi": "10.7937/k9/tcia.2015.lo9ql9sx",
                "url": "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
                "notes": "The source names these creators and leaves out the others (et al.).",
            }
        ]
    }


def test_a_paper_is_an_article_with_its_pages_and_an_organisation_an_entity() -> None:
    paper, dataset = yaml.safe_load(write_cff((CLARK, NLST)))["references"]
    assert (paper["type"], paper["journal"], paper["volume"], paper["issue"]) == (
        "article",
        "Journal of Digital Imaging",
        "26",
        "6",
    )
    assert (paper["start"], paper["end"]) == ("1045", "1057")
    assert dataset["authors"] == [{"name": "National Lung Screening Trial Research Team"}]


def test_without_a_known_creator_the_author_that_the_format_asks_for_is_anonymous() -> None:
    nameless = citation("10.7937/a", "T", Creator(literal="\u200b"))
    assert yaml.safe_load(write_cff((nameless,)))["references"][0]["authors"] == [{"name": "Anonymous"}]
    validate(write_cff((nameless,)))


def test_text_that_means_something_in_yaml_stays_text() -> None:
    odd = citation(
        "10.7937/a", "no: *x # - {", person("Null", "yes"), version="1.10", publisher="!!python/none", year=1
    )
    (found,) = yaml.safe_load(write_cff((odd,)))["references"]
    assert (found["title"], found["version"], found["publisher"]) == ("no: *x # - {", "1.10", {"name": "!!python/none"})
    assert found["authors"] == [{"family-names": "Null", "given-names": "yes"}]


def test_every_citation_there_is_is_valid_and_read_back() -> None:
    block = write_cff(every_citation())
    validate(block)
    for cited, found in zip(every_citation(), read(block)["references"], strict=True):
        assert (found["doi"], found["title"], found["year"]) == (cited.doi, cited.title, cited.year)
        families = [" ".join(filter(None, (a.get("name-particle"), a.get("family-names")))) for a in found["authors"]]
        assert families == [creator.family or "" for creator in cited.creators]


def test_cffconvert_takes_the_whole_file() -> None:
    cffconvert = pytest.importorskip("cffconvert")
    whole = cffconvert.Citation(WRAPPER + write_cff((*every_citation()[::40], *ALL)))
    whole.validate()
    assert "A model" in whole.as_apalike()


def test_evil_citations_are_valid_too() -> None:
    validate(write_cff(ALL))
    assert "Müller" in write_cff((NAMES,))
    assert not set(write_cff(ALL)) & set("\x1b\u202e\u202c\u200b\x00")


@settings(max_examples=60, deadline=None)
@given(st.lists(CITATIONS, min_size=1, max_size=3))
def test_any_citation_makes_a_valid_file(citations: list[Citation]) -> None:
    block = write_cff(citations)
    assert len(yaml.safe_load(block)["references"]) == len(unique_by_doi(citations))
    validate(block)
