"""Days, written in one way; and results, which nothing checks where they are made."""

import json
import pickle
from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from tcia_policy.model.base import Day, Made

DAY = TypeAdapter(Day)


class Seen(Made):
    """Something that was seen."""

    name: str
    on: Day | None = None
    parts: tuple[str, ...] = ()


class SeenAgain(Seen):
    """The same, with how often."""

    times: int = 2


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


def test_a_result_has_what_it_was_made_of_and_its_defaults() -> None:
    made = Seen(name="lung", parts=("images",))
    assert (made.name, made.on, made.parts) == ("lung", None, ("images",))
    assert made.model_fields_set == {"name", "parts"}
    assert list(dict(SeenAgain(times=3, name="lung"))) == ["name", "on", "parts", "times"]


def test_a_result_is_equal_to_the_one_that_its_json_says() -> None:
    made = Seen(parts=("images",), name="lung", on=date(2026, 3, 1))
    written = made.model_dump_json()
    assert written == '{"name":"lung","on":"2026-03-01","parts":["images"]}'
    read = Seen.model_validate_json(written)
    assert read == made
    assert hash(read) == hash(made)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own
    assert made.model_copy(update={"name": "brain"}) == Seen(name="brain", on=date(2026, 3, 1), parts=("images",))


@pytest.mark.parametrize("given", [{"name": 3}, {"name": "lung", "on": "yesterday"}, {"name": "lung", "size": 1}, {}])
def test_a_result_that_is_read_is_checked(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Seen.model_validate(given)
    with pytest.raises(ValidationError):
        TypeAdapter(tuple[Seen, ...]).validate_json(json.dumps([given]))


def test_a_field_that_is_missing_or_unknown_is_an_error() -> None:
    with pytest.raises(TypeError, match="Seen: unknown or missing: name"):
        Seen()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Seen: unknown or missing: size"):
        Seen(name="lung", size=1)  # type: ignore[call-arg]


def test_what_is_made_needs_nothing_that_checks_it() -> None:
    class Light(Made):
        name: str

    assert Light(name="lung").model_copy(update={"name": "brain"}).name == "brain"
    assert not Light.__pydantic_complete__
