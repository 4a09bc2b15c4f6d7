"""The base of every shared type: frozen, and closed to unknown fields; and days, written in one way."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tcia_policy.lazy import pattern

_DAY = pattern(r"\d{4}-\d{2}-\d{2}")


class Contract(BaseModel):
    """A fact or a result: immutable, and an unknown field is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _written_as_a_day(value: object) -> object:
    """Return the value. Raise `ValueError` for a number, for another way to write a day, and for a day that is none."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("is not a day of the calendar; write year, month and day as 2026-11-22") from None
    if isinstance(value, (str, int, float)):
        raise ValueError("is not a day; write it as 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
"""A calendar day, written `2026-11-22` and in no other way: a number of seconds is none."""

YesNo = Annotated[bool, Field(strict=True)]
"""A yes or no, written `true` or `false` and in no other way: `yes`, `on` and `1` are none."""
