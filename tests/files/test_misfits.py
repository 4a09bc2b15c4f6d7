"""What does not fit a model, in words for people."""

import re
from typing import get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core.core_schema import ErrorType

from tcia_policy.files.misfits import Misfit, misfits
from tcia_policy.files.model_shape import YamlPath

# Words of pydantic and of Python, and the names of types.
JARGON = re.compile(
    r"\b(?:input|valid|tuple|dict|dictionary|mapping|instance|str|int|bool|enum|literal|permitted|forbidden|field|extra"
    r"|parse|datetime|integer|boolean|string|should|type|model_|object|callable|decimal)\b|\b(?-i:None|True|False)\b",
    re.IGNORECASE,
)


class Part(BaseModel):
    name: str
    size: int = Field(1, ge=1)


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: tuple[Part, ...] = Field(min_length=1)
    note: str | None = None


@pytest.mark.parametrize("kind", get_args(ErrorType))
@pytest.mark.parametrize("given", ["a", None, True, 3, [], {}, ["x"]])
def test_no_kind_of_error_speaks_of_types(kind: str, given: object) -> None:
    error = {"type": kind, "loc": ("note",), "msg": "Value error, is wrong; write x", "input": given, "ctx": {}}
    (misfit,) = misfits([error], Whole, {"note": given})
    said = f"{misfit.problem} {misfit.hint or ''}"
    assert not JARGON.search(re.sub(r"`[^`]*`|\"[^\"]*\"|'[^']*'|\(found [^)]*\)", "", said)), said
    assert misfit.problem


def fitting(data: object) -> dict[YamlPath, Misfit]:
    with pytest.raises(ValidationError) as raised:
        Whole.model_validate(data)
    return {each.place: each for each in misfits([dict(each) for each in raised.value.errors()], Whole, data)}


def test_a_list_is_not_too_short_where_its_entries_do_not_fit() -> None:
    found = fitting({"parts": ["lung", {"name": "brain", "size": 0}]})
    assert list(found) == [("parts", 0), ("parts", 1, "size")]
    assert found[("parts", 0)].hint == "write `- name: lung`, or `{name: lung}` between brackets"
    assert (found[("parts", 1, "size")].problem, found[("parts", 1, "size")].hint) == (
        "is out of range (found 0)",
        "it is at least 1",
    )


def test_a_text_in_place_of_a_list_is_shown_as_a_list() -> None:
    assert fitting({"parts": "lung, brain"})[("parts",)].hint == "write `parts: [{name: lung}, {name: brain}]`"


def test_what_is_missing_is_shown() -> None:
    assert fitting({})[("parts",)].hint == "add `parts: [{name: ...}]`"


def test_a_key_that_is_misspelled_is_not_missing_as_well() -> None:
    found = fitting({"part": [{"name": "lung"}]})
    assert list(found) == [("part",)]
    assert found[("part",)].hint == "did you mean 'parts'?"


def test_a_key_of_another_place_is_sent_there() -> None:
    assert fitting({"parts": [{"name": "lung"}], "size": 3})[("size",)].hint == "it is a key of an entry of `parts`"
