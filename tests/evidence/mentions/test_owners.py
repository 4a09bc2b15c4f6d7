"""Data of somebody's own, in words that a dataset is called by, too."""

import pytest

from tcia_policy.evidence.mentions.owners import is_of_another_owner


@pytest.mark.parametrize(
    "before",
    [
        "Riverside Children's ",
        "The Mayo ",
        "our ",
        "our own ",
        "an in-house ",
        "the hospital's ",
        "the Northfield ",
    ],
)
def test_an_institution_has_its_own(before: str) -> None:
    assert is_of_another_owner(f"{before}Pancreas CT", len(before), has_own_hyphens=False)


@pytest.mark.parametrize("before", ["The ", "TCIA's ", "the NIH ", "public ", "We used ", "", "1. Download "])
def test_an_archive_owns_nothing(before: str) -> None:
    assert not is_of_another_owner(f"{before}Pancreas CT", len(before), has_own_hyphens=False)


def test_a_name_with_its_own_hyphens_is_only_the_authors_own() -> None:
    assert not is_of_another_owner("Roth's Pancreas-CT", 7, has_own_hyphens=True)
    assert is_of_another_owner("our Pancreas-CT", 4, has_own_hyphens=True)
