"""Who may grant rights in a dataset, by name or address."""

import pytest

from tcia_policy.engine.grantors import may_grant, owners_in_words
from tcia_policy.registry import Registry

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    "grantor",
    [
        "Hugo Aerts",
        "hugo  AERTS",
        "Prof. Dr. Hugo J. W. L. Aerts, PhD",
        "H. Aerts",
        "Aerts, Hugo",
        "Hugo Aerts (Dana-Farber Cancer Institute)",
        "Hugo Aerts <hugo_aerts@dfci.harvard.edu>",
        "HUGO_AERTS@dfci.harvard.edu",
        "Emmanuel Rios Velazquez",
        "B. Haibe-Kains",
    ],
)
def test_a_recorded_contact_or_creator_may_grant(grantor: str) -> None:
    assert may_grant(grantor, REGISTRY.get("NSCLC-Radiomics"))


@pytest.mark.parametrize(
    "grantor",
    [
        "my cousin",
        "Aerts",
        "Ann Aerts",
        "a friend of Hugo Aerts",
        "on behalf of Hugo Aerts",
        "Hugo Aertsen",
        "TCIA Help Desk",
        "help@cancerimagingarchive.net",
        "aerts@example.org",
        "Hugo",
        "-",
    ],
)
def test_nobody_else_may(grantor: str) -> None:
    assert not may_grant(grantor, REGISTRY.get("NSCLC-Radiomics"))


def test_accents_do_not_matter() -> None:
    assert may_grant("Martin Vallieres", REGISTRY.get("TCGA-LGG-Mask"))


def test_the_owners_are_named_with_their_addresses_or_as_the_citation_has_them() -> None:
    assert owners_in_words(REGISTRY.get("NSCLC-Radiomics")) == "Hugo Aerts (hugo_aerts@dfci.harvard.edu)"
    assert "Saha" in owners_in_words(REGISTRY.get("Duke-Breast-Cancer-MRI"))
    assert owners_in_words(REGISTRY.get("Duke-Breast-Cancer-MRI")).endswith("and others")
