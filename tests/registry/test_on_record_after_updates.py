"""What was on record on the day of each update is what the registry said then, whatever came since."""

from hypothesis import given, settings

from tcia_policy.registry.changes import history_of, of_two
from tcia_policy.registry.on_record import dataset_on
from tcia_policy.registry.standing_facts import FactKind, terms_of
from tests.importers.refresh import small
from tests.registry.updates import LABELS, registered, updated


@given(LABELS)
@settings(max_examples=40)
def test_the_terms_of_each_day_can_be_told_later(labels: list[str | None]) -> None:
    contents = updated(labels)
    last = contents[-1]
    for day, then in zip(small.DAYS, contents, strict=False):
        was = terms_of(small.dataset(then), registered(then))
        told = terms_of(dataset_on(small.dataset(last), day, registered(last)), registered(last))
        assert {key: each.says for key, each in told.items()} == {key: each.says for key, each in was.items()}


@given(LABELS)
@settings(max_examples=40)
def test_a_history_has_the_changes_between_each_two_updates(labels: list[str | None]) -> None:
    contents = updated(labels)
    last = contents[-1]
    told = [
        (each.since, each.before, each.after, each.meaning)
        for each in history_of(small.dataset(last), registered(last))
        if each.kind is FactKind.LICENSE
    ]
    seen = [
        (day, each.before, each.after, each.meaning)
        for day, old, new in zip(small.DAYS[1:], contents, contents[1:], strict=False)
        for each in of_two(small.dataset(old), small.dataset(new), registered(old), registered(new))
        if each.kind is FactKind.LICENSE
    ]
    assert told == seen
