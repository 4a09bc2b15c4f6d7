"""Of which datasets and parts a study wants to know, and what."""

from pathlib import Path

from tcia_policy.model import Holding, HoldingKind, Route
from tcia_policy.registry.watched import WATCHED, parts_used, watched
from tests.registry.small_registry import dataset, part, registry_of


def holding(id_: str, *parts: str) -> Holding:
    return Holding(
        id=id_, name=id_, kind=HoldingKind.DATASET, dataset=id_, obtained_from=Route.TCIA, distributions=parts
    )


def test_the_parts_used_and_all_of_what_they_were_made_from_are_watched(tmp_path: Path) -> None:
    registry = registry_of(
        tmp_path,
        dataset("Made", "10.1234/1", [part("1"), part("2")], derived_from=["Origin"]),
        dataset("Origin", "10.1234/2", [part("3"), part("4")]),
    )
    found = parts_used([holding("Made", "1")], registry.get)
    assert found == {"Made": {"1"}, "Origin": {"3", "4"}}
    facts = watched(registry.get("Made"), found["Made"], registry.registered)
    assert {key.part for key in facts} == {None, "1"}
    assert {key.kind for key in facts} <= set(WATCHED)
