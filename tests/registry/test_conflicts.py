"""Where sources disagree on a license, and only there."""

from tcia_policy.registry.conflicts import conflicts_in
from tcia_policy.registry.standing import Registered
from tests.engine.small import dataset, known_data, licenses, own, part, whole

REGISTERED = Registered(licenses(), known_data([]).sources)


def test_parts_with_the_same_claims_are_one_conflict_and_parts_that_agree_are_none() -> None:
    disputed = (own("CC-BY-4.0"), whole("CC-BY-NC-4.0"))
    data = dataset("A", part("images", *disputed), part("labels", *disputed), part("tables", own("CC-BY-4.0")))
    (conflict,) = conflicts_in([data], REGISTERED)
    assert (conflict.dataset, conflict.distributions) == (data.id, ("images", "labels"))
    assert tuple(item.claim for item in conflict.claims) == disputed
    assert conflict.is_open


def test_a_second_source_that_says_the_same_is_no_conflict() -> None:
    data = dataset("A", part("images", own("CC-BY-4.0"), whole("CC-BY-4.0")))
    assert list(conflicts_in([data], REGISTERED)) == []


def test_a_difference_that_time_or_scope_explains_is_listed_and_not_open() -> None:
    images = part("images", own("CC-BY-4.0"), whole("CC-BY-4.0"), whole("CC-BY-NC-4.0"))
    tables = part("tables", own("CC-BY-NC-4.0"))
    (conflict,) = conflicts_in([dataset("A", images, tables)], REGISTERED)
    assert [item.standing.value for item in conflict.claims] == ["counts", "counts", "other-part"]
    assert not conflict.is_open
