"""Names of data on the user's word that are those of datasets of the registry."""

import pytest

from tcia_policy.registry import Registry
from tcia_policy.registry.name_likeness import dataset_named_in

ENTRIES = Registry.load().entries


@pytest.mark.parametrize(
    ("name", "dataset"),
    [("LIDC-IDRI (Kaggle)", "LIDC-IDRI"), ("our lidc_idri, resampled", "LIDC-IDRI"), ("NLST subset", "NLST")],
)
def test_a_name_with_something_around_it_is_found(name: str, dataset: str) -> None:
    assert dataset_named_in(name, ENTRIES) == dataset


@pytest.mark.parametrize("name", ["Chest CT of our hospital", "the exact scans to catch", "", "…"])
def test_an_everyday_name_is_none(name: str) -> None:
    assert dataset_named_in(name, ENTRIES) is None
