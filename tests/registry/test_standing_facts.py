"""The facts on a dataset, each under a name that lasts."""

import pytest

from tcia_policy.model import Contact, Creator
from tcia_policy.registry import Registry
from tcia_policy.registry.licenses import UNRECOGNIZED
from tcia_policy.registry.standing_facts import FactKind, Key, facts_of, in_citation
from tcia_policy.registry.watched import watched
from tests.registry.histories import BY4, JULY, NC4, REGISTERED, changed, claim, images


def test_a_name_is_read_as_it_is_written() -> None:
    registry = Registry.load()
    for name in ("LIDC-IDRI", "NSCLC-Radiomics", "CPTAC-LUAD"):
        dataset = registry.get(name)
        for key in watched(dataset, [part.id for part in dataset.distributions], registry.registered):
            assert Key.parse(str(key)) == key
    with pytest.raises(ValueError, match="nonsense"):
        Key.parse("nonsense/1")


def test_what_counts_is_told_and_what_each_source_states_beside_it() -> None:
    facts = facts_of(changed(images(claim(BY4, JULY), claim(NC4, JULY, by="idc"))), REGISTERED)
    assert facts[Key(FactKind.LICENSE, "1")].says == f"{BY4} or {NC4}"
    assert facts[Key(FactKind.ACCESS, "1")].says == "open"
    assert facts[Key(FactKind.STATEMENT, "1", "idc")].says == NC4


def test_of_a_license_that_is_not_described_the_wording_counts() -> None:
    part = images(claim(UNRECOGNIZED, JULY).model_copy(update={"stated_as": "Ask\u202e us"}))
    assert facts_of(changed(part), REGISTERED)[Key(FactKind.LICENSE, "1")].says == f"{UNRECOGNIZED} (Ask us)"


def test_a_reference_counts_by_what_a_reader_prints() -> None:
    citation = changed(images()).citation
    full, short = (
        in_citation(citation.model_copy(update={"creators": (Creator(family="Clark", given=given),)}))
        for given in ("Kenneth Wayne", "K. W.")
    )
    assert full == short
    assert in_citation(citation.model_copy(update={"truncated": True})) != in_citation(citation)


def test_two_contacts_of_one_name_are_both_there() -> None:
    people = (
        Contact(name="Desk", email="a@example.org", source="tcia"),
        Contact(name="Desk", email="b@example.org", source="tcia"),
    )
    says = facts_of(changed(images(), contacts=people), REGISTERED)[Key(FactKind.CONTACT, of="Desk")].says
    assert "a@example.org" in says
    assert "b@example.org" in says
