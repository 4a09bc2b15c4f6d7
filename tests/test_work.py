"""The counter that the tests of speed rest on."""

import sys

import pytest

from tests.work import IN_PROPORTION, growth, steps


def linear(size: int) -> int:
    return sum(len("x") for _ in range(size))


def quadratic(size: int) -> int:
    total = 0
    for _ in range(size):
        for _ in range(size):
            total += 1
    return total


def test_lines_and_calls_are_counted_the_same_each_time() -> None:
    assert steps(lambda: linear(100)) == steps(lambda: linear(100)) > 200


def test_twice_the_work_grows_twofold_and_nested_loops_fourfold() -> None:
    assert growth(linear, 500) == pytest.approx(2, abs=0.1)
    assert growth(quadratic, 50) == pytest.approx(4, abs=0.2)
    assert growth(quadratic, 50) > IN_PROPORTION


def test_what_is_loaded_once_on_the_way_is_no_growth() -> None:
    loaded: list[int] = []

    def loads_once(size: int) -> int:
        if size >= 1_000 and not loaded:
            loaded.append(linear(5_000))
        return linear(size)

    assert growth(loads_once, 500) < IN_PROPORTION
    assert loaded


def test_tracing_ends_with_the_function_even_where_it_fails() -> None:
    before = (sys.gettrace(), sys.getprofile())
    with pytest.raises(ZeroDivisionError):
        steps(lambda: 1 // 0)
    assert (sys.gettrace(), sys.getprofile()) == before
