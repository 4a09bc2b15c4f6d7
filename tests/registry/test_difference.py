"""What two registries say otherwise."""

from datetime import date

from tcia_policy.model import Dataset, FactChange
from tcia_policy.registry.difference import DifferenceKind, differences, in_short
from tests.registry.small_registry import dataset, part

DAY = date(2026, 9, 1)
ONE = dataset("One", "10.1234/1", [part("1"), part("2")])


def test_that_a_source_was_read_again_is_no_difference() -> None:
    later = ONE.distributions[0].claims[0].model_copy(update={"as_of": DAY, "since": date(2026, 8, 21)})
    parts = (ONE.distributions[0].model_copy(update={"claims": (later,)}), ONE.distributions[1])
    assert differences([ONE], [ONE.model_copy(update={"distributions": parts})]) == ()
    assert in_short(()) == ""


def test_a_license_that_is_another_is_told_in_the_words_of_its_source() -> None:
    other = ONE.model_copy(update={"distributions": (part("1", license_="CC-BY-NC-3.0"), part("2"), part("3"))})
    found = differences([ONE], [other])
    assert [(each.kind, each.distribution, each.source, each.before, each.after) for each in found] == [
        (DifferenceKind.LICENSE, "1", "tcia", "CC-BY-4.0", "CC-BY-NC-3.0"),
        (DifferenceKind.LICENSE, "3", "tcia", None, "CC-BY-4.0"),
    ]
    assert in_short(found) == "2 licenses changed"


def test_datasets_are_new_lost_withdrawn_and_back() -> None:
    gone = ONE.model_copy(update={"withdrawn": DAY})
    cases: tuple[tuple[list[Dataset], list[Dataset], DifferenceKind, str], ...] = (
        ([], [ONE], DifferenceKind.NEW, "1 new dataset"),
        ([ONE], [], DifferenceKind.LOST, "1 dataset lost"),
        ([ONE], [gone], DifferenceKind.WITHDRAWN, "1 dataset withdrawn"),
        ([gone], [ONE], DifferenceKind.BACK, "1 dataset back"),
    )
    for before, after, kind, said in cases:
        found = differences(before, after)
        assert [each.kind for each in found] == [kind]
        assert in_short(found) == said


def test_other_facts_are_those_that_an_update_recorded() -> None:
    change = FactChange(day=DAY, fact="title", before="Old", after="New", source="tcia")
    old = ONE.model_copy(update={"changes": (change,)})
    new = old.model_copy(update={"changes": (change, change.model_copy(update={"after": "Newer"}))})
    (found,) = differences([old], [new])
    assert (found.kind, found.fact, found.after) == (DifferenceKind.FACT, "title", "Newer")
    assert in_short([found]) == "1 other fact changed"
