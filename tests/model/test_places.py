"""The places that data come from, in any spelling; an unknown one is no place."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tcia_policy.cohorts import resolve
from tcia_policy.errors import InputError
from tcia_policy.model import DataItem, Route
from tcia_policy.model.places import load_routes, place_of
from tcia_policy.registry import Registry


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("tcia", "tcia"),
        ("nbia", "tcia"),
        ("NBIA Data Retriever", "tcia"),
        ("the cancer imaging archive", "tcia"),
        ("https://wiki.cancerimagingarchive.net/display/Public/LIDC-IDRI", "tcia"),
        ("https://portal.imaging.datacommons.cancer.gov/explore/", "idc"),
        ("Imaging Data Commons", "idc"),
        ("general_commons", "general-commons"),
        ("Proteomic Data Commons", "pdc"),
        ("GDC", "gdc"),
        ("https://portal.gdc.cancer.gov", "gdc"),
        ("dbGaP", "dbgap"),
        ("cptac-data-portal", "cptac-portal"),
        ("CPTAC DATA PORTAL", "cptac-portal"),
        ("cdas", "cdas"),
        ("kaggle", "kaggle"),
        ("www.kaggle.com/datasets/some/lungs", "kaggle"),
        ("huggingface", "hugging-face"),
        ("Hugging Face", "hugging-face"),
        ("hf", "hugging-face"),
        ("Zenodo.org", "zenodo"),
        ("synapse", "synapse"),
        ("grand-challenge", "grand-challenge"),
        ("luna16.grand-challenge.org", "grand-challenge"),
        ("aws", "aws"),
        ("institution", "institution"),
        ("OTHER", "other"),
    ],
)
def test_a_place_is_known_as_people_write_it(written: str, place: str) -> None:
    assert DataItem.model_validate({"dataset": "X", "obtained_from": written}).obtained_from == place


def test_every_place_is_known_by_its_own_word_and_no_spelling_is_of_two() -> None:
    assert [place_of(route.value) for route in Route] == list(Route)
    written = [name for each in load_routes() for name in (*each.spellings, *each.hosts)]
    assert len(written) == len({name.casefold() for name in written})


@pytest.mark.parametrize("written", ["", " ", "-", "my cousin", "kaggle.com.example.org", "cia", "TCGA"])
def test_what_is_no_place_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="is no place that is known here"):
        DataItem.model_validate({"dataset": "X", "obtained_from": written})


def test_a_misspelt_place_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(ValueError, match="did you mean 'Kaggle"):
        place_of("Kagle")


def test_a_place_that_is_no_text_is_no_place() -> None:
    with pytest.raises(ValidationError):
        DataItem.model_validate({"dataset": "X", "obtained_from": 3})


def test_a_misspelt_key_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "routes.yaml").write_text("routes:\n  - {place: moon, spellings: [Moon]}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_routes(tmp_path)
    assert raised.value.line == 2


def test_a_copy_that_was_obtained_from_nbia_is_tcias() -> None:
    item = DataItem.model_validate({"dataset": "LIDC-IDRI", "obtained_from": "NBIA"})
    (holding,) = resolve([item], Path(), Registry.load()).holdings
    assert holding.obtained_from is Route.TCIA
