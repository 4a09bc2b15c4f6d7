"""Names of data on the user's word that are those of datasets of the registry."""

import pytest

from tcia_policy.registry import Registry
from tcia_policy.registry.name_likeness import (
    SpokenOf,
    dataset_named_in,
    dataset_of_doi,
    spoken_of,
    spoken_of_by_own,
)

REGISTRY = Registry.load()
ENTRIES = REGISTRY.entries


@pytest.mark.parametrize(
    ("name", "dataset"),
    [("LIDC-IDRI (Kaggle)", "LIDC-IDRI"), ("our lidc_idri, resampled", "LIDC-IDRI"), ("NLST subset", "NLST")],
)
def test_a_name_with_something_around_it_is_found(name: str, dataset: str) -> None:
    assert dataset_named_in(name, ENTRIES) == dataset


@pytest.mark.parametrize("name", ["Chest CT of our hospital", "the exact scans to catch", "", "…"])
def test_an_everyday_name_is_none(name: str) -> None:
    assert dataset_named_in(name, ENTRIES) is None


def test_no_dataset_passes_as_own_by_its_name_or_doi() -> None:
    named = [(entry.id, name) for entry in ENTRIES for name in (entry.id, *entry.dois, *entry.aliases, entry.title)]
    assert [each for each in named if spoken_of_by_own(each[1], "", REGISTRY) == SpokenOf()] == []


def test_no_dataset_passes_as_own_by_its_description() -> None:
    missed = [entry.id for entry in ENTRIES if spoken_of_by_own("CT", f"{entry.id}, resampled", REGISTRY) == SpokenOf()]
    assert missed == []


def test_no_doi_of_the_registry_passes_with_something_behind_it() -> None:
    behind = ("", "/v1", ".v2", "v3", "/")
    assert [entry.id for entry in ENTRIES for end in behind if not dataset_of_doi(entry.doi + end, REGISTRY)] == []


@pytest.mark.parametrize(
    "name", ["data from TCIA", "our TCIA download", "Head and neck TCIA", "10.7937/tcia.2019.xxxxx"]
)
def test_data_from_elsewhere_with_the_name_of_tcia_are_asked_about(name: str) -> None:
    assert spoken_of(name, REGISTRY).others is not None


@pytest.mark.parametrize(
    "name", ["BraTS2020", "BraTS 2021", "KiTS23", "DDSM", "TotalSegmentator", "TCGA", "CPTAC", "MSD"]
)
def test_own_data_with_the_name_of_a_challenge_or_a_program_are_asked_about(name: str) -> None:
    assert spoken_of_by_own(name, "", REGISTRY) != SpokenOf()


@pytest.mark.parametrize(
    "text", ["Prostate MRI of 2019", "invasive ductal carcinoma (IDC)", "biopsy kits", "the exact day"]
)
def test_plain_words_speak_of_no_data_of_others(text: str) -> None:
    assert spoken_of_by_own("Our images", text, REGISTRY) == SpokenOf()
