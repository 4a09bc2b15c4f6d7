"""Waiting: longer each time, never longer than the bound, and as a source asks."""

from email.utils import formatdate

import pytest

from tcia_policy.importers.online.pace import Pace, asked_to_wait


def test_each_wait_is_about_twice_as_long_up_to_a_bound() -> None:
    for tried, most in ((1, 2.0), (2, 4.0), (3, 8.0), (4, 16.0), (5, 30.0), (50, 30.0)):
        assert most / 2 <= Pace().wait(tried) <= most


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        (formatdate(0, usegmt=True), 0.0),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("9" * 40, None),
        ("Mon, 99 Foo 2030 00:00:00 GMT", None),
    ],
)
def test_what_a_source_asks_for_is_understood_or_left(said: str | None, seconds: float | None) -> None:
    assert asked_to_wait(said) == seconds
