"""Single values of a registry: each that cannot be right is told, with its place and what would be right."""

from datetime import date
from typing import Any

import pytest

from tcia_policy.importers.verify.values import Known, wrong_values
from tcia_policy.model import Contact, Creator, Derivation, OtherName
from tcia_policy.registry.licenses import NONE_STATED
from tests.importers.verify.made import SOURCE, TODAY, dataset, notice

KNOWN = Known(frozenset({"CC-BY-4.0", "CC-BY-3.0"}), frozenset({SOURCE}), frozenset({"Two"}), TODAY)


def test_a_dataset_of_an_import_is_right() -> None:
    assert list(wrong_values(dataset(), KNOWN)) == []


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"doi": "10.7937/LUNG"}, "doi", "is no DOI as the registry writes it: '10.7937/LUNG'"),
        ({"doi": "https://doi.org/10.7937/lung"}, "doi", "is no DOI as the registry writes it"),
        ({"doi": "lung"}, "doi", "is no DOI as the registry writes it"),
        ({"notices": (notice(doi="10.1118/1.3528204."),)}, "notices.0.doi", "is no DOI as the registry writes it"),
        ({"notices": (notice(as_of=date(2030, 6, 2)),)}, "notices.0.as_of", "is in the future: 2030-06-02"),
        ({"notices": (notice(source="hearsay"),)}, "notices.0.source", "a source that is not described: 'hearsay'"),
        ({"withdrawn": date(2031, 1, 1)}, "withdrawn", "is in the future: 2031-01-01"),
        ({"sources": ("hearsay",)}, "sources.0", "names a source that is not described: 'hearsay'"),
        (
            {"derived_from": (Derivation(dataset="Three", named="Three", source=SOURCE, as_of=TODAY),)},
            "derived_from.0.dataset",
            "names a dataset that the registry does not have: 'Three'",
        ),
        (
            {"contacts": (Contact(name="A", email="a at b", source=SOURCE),)},
            "contacts.0.email",
            "is no address of mail",
        ),
        (
            {"also_called": (OtherName(name="10.7937/LUNG.2", source=SOURCE, as_of=TODAY),)},
            "also_called.0.name",
            "is no DOI as the registry writes it",
        ),
    ],
)
def test_what_cannot_be_right_is_told_at_its_place(fields: dict[str, Any], field: str, problem: str) -> None:
    (found,) = wrong_values(dataset(**fields), KNOWN)
    assert ".".join(map(str, found.place)) == field
    assert problem in found.problem
    assert found.right


def test_a_day_that_an_archive_plans_may_be_in_the_future() -> None:
    part = dataset().distributions[0].model_copy(update={"updated": date(2031, 1, 1)})
    assert list(wrong_values(dataset(distributions=(part,)), KNOWN)) == []


def test_a_license_is_one_that_the_rules_describe_or_stands_for_a_label_that_none_lists() -> None:
    part = dataset().distributions[0]
    for license_id, wrong in (
        ("CC-BY-9.0", 1),
        ("LicenseRef-unrecognized-CC-BY-9.0", 0),
        (NONE_STATED, 0),
        ("CC-BY-3.0", 0),
    ):
        claims = (part.claims[0].model_copy(update={"license": license_id}),)
        parts = (part.model_copy(update={"claims": claims}),)
        assert len(list(wrong_values(dataset(distributions=parts), KNOWN))) == wrong


def test_an_orcid_has_the_last_digit_that_the_others_give() -> None:
    for orcid, wrong in (("0000-0002-1825-0097", 0), ("0000-0002-1825-0098", 1)):
        creators = (Creator(family="Carberry", orcid=orcid),)
        citation = dataset().citation.model_copy(update={"creators": creators})
        assert len(list(wrong_values(dataset(citation=citation), KNOWN))) == wrong
