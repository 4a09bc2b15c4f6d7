"""Days, written in one way."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from tcia_policy.model.base import Day

DAY = TypeAdapter(Day)


def test_a_day_is_read() -> None:
    assert DAY.validate_python("2024-02-29") == date(2024, 2, 29)
    assert DAY.validate_python(date(2024, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-13-40", "not a day of the calendar"),
        ("2023-02-29", "not a day of the calendar"),
        ("yesterday", "write it as"),
        (20240101, "write it as"),
    ],
)
def test_what_is_no_day_says_how_to_write_one(written: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        DAY.validate_python(written)
