"""Where sources disagree on a license, and only there."""

from tcia_policy.registry.conflicts import conflicts_in
from tests.engine.small import dataset, own, part, whole


def test_parts_with_the_same_claims_are_one_conflict_and_parts_that_agree_are_none() -> None:
    disputed = (own("CC-BY-4.0"), whole("CC-BY-NC-4.0"))
    data = dataset("A", part("images", *disputed), part("labels", *disputed), part("tables", own("CC-BY-4.0")))
    (conflict,) = conflicts_in([data])
    assert (conflict.dataset, conflict.distributions, conflict.claims) == (data.id, ("images", "labels"), disputed)


def test_a_second_source_that_says_the_same_is_no_conflict() -> None:
    assert list(conflicts_in([dataset("A", part("images", own("CC-BY-4.0"), whole("CC-BY-4.0")))])) == []
