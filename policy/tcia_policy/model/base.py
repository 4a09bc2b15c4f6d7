"""The bases of all shared types, which are frozen and closed to unknown fields; and days, written in one way."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tcia_policy.lazy import pattern

_DAY = pattern(r"\d{4}-\d{2}-\d{2}")


class Contract(BaseModel):
    """A fact or a result: immutable, and an unknown field is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Made(Contract):
    """A result that only this program makes, from values whose types mypy has checked: nothing checks them again.

    What pydantic needs to check values takes a tenth of a check to build, so that it is built only where it is used:
    where a result is read from JSON, which is checked as for every `Contract`, and where it is written.
    """

    if not TYPE_CHECKING:

        def __init__(self, /, **given: Any) -> None:
            """Take the values. Raise `TypeError` for a field that is not there, and for one that is missing."""
            cls = type(self)
            values = _values_left_out(cls).copy()
            values.update(given)
            if len(values) > len(_values_left_out(cls)) or _REQUIRED in values.values():
                wrong = [name for name in values if name not in cls.model_fields or values[name] is _REQUIRED]
                raise TypeError(f"{cls.__name__}: unknown or missing: {', '.join(wrong)}")
            for name, value in (
                ("__dict__", values),
                ("__pydantic_fields_set__", set(given)),
                ("__pydantic_extra__", None),
                ("__pydantic_private__", None),
            ):
                object.__setattr__(self, name, value)

        __init__.__pydantic_base_init__ = True  # pydantic, which checks JSON, does not call it


_REQUIRED = object()


@cache
def _values_left_out(cls: type[Made]) -> dict[str, Any]:
    """Return the default of each field; `_REQUIRED` for one that has none."""
    return {
        name: _REQUIRED if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in cls.model_fields.items()
    }


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
