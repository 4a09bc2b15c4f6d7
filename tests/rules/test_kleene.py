"""Kleene's logic: what is unknown stays unknown, unless the rest decides."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.rules.kleene import Truth, all_of, any_of, negation

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ORDER = {FALSE: 0, UNKNOWN: 1, TRUE: 2}
values = st.sampled_from(Truth)


def test_false_and_unknown_is_false() -> None:
    assert all_of([FALSE, UNKNOWN]) is FALSE


def test_true_and_unknown_is_unknown() -> None:
    assert all_of([TRUE, UNKNOWN]) is UNKNOWN


def test_true_or_unknown_is_true() -> None:
    assert any_of([TRUE, UNKNOWN]) is TRUE


def test_false_or_unknown_is_unknown() -> None:
    assert any_of([FALSE, UNKNOWN]) is UNKNOWN


def test_not_unknown_is_unknown() -> None:
    assert negation(UNKNOWN) is UNKNOWN


def test_nothing_asked_is_true_and_nothing_offered_is_false() -> None:
    assert all_of([]) is TRUE
    assert any_of([]) is FALSE


@pytest.mark.parametrize(("first", "second"), list(product(Truth, Truth)))
def test_and_is_the_worse_and_or_the_better_of_two(first: Truth, second: Truth) -> None:
    assert ORDER[all_of([first, second])] == min(ORDER[first], ORDER[second])
    assert ORDER[any_of([first, second])] == max(ORDER[first], ORDER[second])


@given(st.lists(values))
def test_order_and_repetition_do_not_matter(parts: list[Truth]) -> None:
    for combine in (all_of, any_of):
        assert combine(parts) is combine([*reversed(parts), *parts])


@given(values, values, values)
def test_and_and_or_are_associative_and_distribute(one: Truth, two: Truth, three: Truth) -> None:
    assert all_of([one, all_of([two, three])]) is all_of([all_of([one, two]), three])
    assert any_of([one, any_of([two, three])]) is any_of([any_of([one, two]), three])
    assert all_of([one, any_of([two, three])]) is any_of([all_of([one, two]), all_of([one, three])])


@given(st.lists(values))
def test_not_turns_and_into_or(parts: list[Truth]) -> None:
    assert negation(all_of(parts)) is any_of(map(negation, parts))
    assert negation(any_of(parts)) is all_of(map(negation, parts))


@given(values)
def test_twice_not_is_nothing(value: Truth) -> None:
    assert negation(negation(value)) is value


@given(st.lists(values, min_size=1), st.data())
def test_learning_a_fact_never_turns_true_into_false(parts: list[Truth], data: st.DataObject) -> None:
    learned = [data.draw(values) if part is UNKNOWN else part for part in parts]
    for combine in (all_of, any_of):
        before, after = combine(parts), combine(learned)
        assert before in (UNKNOWN, after)
