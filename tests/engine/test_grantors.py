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
        "E. Rios Velazquez",
        "B. Haibe-Kains",
        "Lambin, P.",
        "P. Lambin, MD, Department of Radiation Oncology, Maastro Clinic",
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
        "Harry Aerts",
        "Helen Aerts",
        "Peter Lambin",
        "Philippe Lambin",
        "Emmanuel Rios Velazquez",
        "H. B. Aerts",
        "Hugo Smith-Aerts",
        "Hugo or Aerts",
        "Hugo nobody Aerts",
        "Hugo Aerts (declined)",
        "Hugo Aerts (declined by the Institute)",
        "Hugo Aerts (Not the Institute)",
        "Hugo Aerts, declined",
        "Hugo Aerts | refused",
        "Hugo Aerts; refused",
        "Hugo Aerts <refused>",
        "not Hugo Aerts",
        "Hugo Aerts and my cousin",
        "x%hugo_aerts@dfci.harvard.edu",
        "mallory@evil.com (not hugo_aerts@dfci.harvard.edu)",
        "mallory@evil.com <hugo_aerts@dfci.harvard.edu>",
        "unanswered mail to hugo_aerts@dfci.harvard.edu",
    ],
)
def test_nobody_else_may(grantor: str) -> None:
    assert not may_grant(grantor, REGISTRY.get("NSCLC-Radiomics"))


@pytest.mark.parametrize(("name", "grantor"), [("DLBCL-Morphology", "S")])
def test_one_word_is_nobody_in_particular(name: str, grantor: str) -> None:
    assert any(item.literal == grantor for item in REGISTRY.get(name).citation.creators)
    assert not may_grant(grantor, REGISTRY.get(name))


@pytest.mark.parametrize("grantor", ["Lung Image Database Consortium", "Lung Image Database Consortium (LIDC)"])
def test_an_organization_is_named_as_the_citation_names_it(grantor: str) -> None:
    assert may_grant(grantor, REGISTRY.get("RIDER Pilot"))
    assert not may_grant(f"not the {grantor}", REGISTRY.get("RIDER Pilot"))


def test_accents_do_not_matter() -> None:
    assert may_grant("Martin Vallieres", REGISTRY.get("TCGA-LGG-Mask"))


def test_the_owners_are_named_with_their_addresses_or_as_the_citation_has_them() -> None:
    assert owners_in_words(REGISTRY.get("NSCLC-Radiomics")) == "Hugo Aerts (hugo_aerts@dfci.harvard.edu)"
    assert "Saha" in owners_in_words(REGISTRY.get("Duke-Breast-Cancer-MRI"))
    assert owners_in_words(REGISTRY.get("Duke-Breast-Cancer-MRI")).endswith("and others")
