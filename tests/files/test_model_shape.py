"""What a model expects at a place, and how it is written."""

from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from tcia_policy.files import model_shape


class Kind(Enum):
    MODEL = "model"
    TEXT = "text"


class Output(BaseModel):
    kind: Kind
    license: str | None = None


class Study(BaseModel):
    title: str | None = None
    word: Literal["a", "b"] | None = None
    outputs: tuple[Output, ...] | None = None
    named: dict[str, Output] = Field(default_factory=dict)
    from_: Annotated[str, "x"] = Field("", alias="from")
    files: list[str] = []


def test_the_keys_are_those_that_a_file_has() -> None:
    assert list(model_shape.fields_of(Study)) == ["title", "word", "outputs", "named", "from", "files"]


def test_the_words_at_a_place_are_those_of_an_enumeration() -> None:
    assert model_shape.words_of(model_shape.expected_at(Study, ("outputs", 1, "kind"))) == ("model", "text")
    assert model_shape.words_of(model_shape.expected_at(Study, ("named", "x", "kind"))) == ("model", "text")
    assert model_shape.words_of(model_shape.expected_at(Study, ("word",))) == ("a", "b")
    assert model_shape.words_of(model_shape.expected_at(Study, ("nothing", 3))) == ()


def test_a_key_has_its_home_elsewhere() -> None:
    assert model_shape.homes_of(Study, "license") == ["outputs[]"]
    assert model_shape.homes_of(Study, "title") == []


@pytest.mark.parametrize(
    ("place", "text", "written"),
    [
        (("files",), "a.tex, b.bib", "[a.tex, b.bib]"),
        (("outputs",), "model", "[{kind: model}]"),
        (("outputs", 0), "model", "{kind: model}"),
        (("title",), "A: b", '"A: b"'),
        (("title",), "true", '"true"'),
    ],
)
def test_a_text_is_written_as_is_expected(place: tuple[str | int, ...], text: str, written: str) -> None:
    assert model_shape.written(model_shape.expected_at(Study, place), text) == written


def test_a_sample_shows_what_a_value_looks_like() -> None:
    assert model_shape.sample(model_shape.expected_at(Study, ("outputs",))) == "[{kind: ...}]"
    assert model_shape.sample(model_shape.expected_at(Study, ("word",))) == "a"
