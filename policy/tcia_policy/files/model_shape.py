"""What a pydantic model expects at a place: its keys, its words, and how a value of it is written in YAML."""

import json
import types
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tcia_policy.files.type_later import TypeLater
from tcia_policy.lazy import pattern

YamlPath = tuple[str | int, ...]

A_DAY = "2026-11-22"
_PLAIN = pattern(r"[A-Za-z0-9./][\w./@+-]*(?: [\w./@+-]+)*")
_NOT_TEXT = frozenset({"true", "false", "null"})
_LISTS = (tuple, list, set, frozenset)


def options_of(annotation: Any) -> Iterator[Any]:
    """Yield the types that a value may have, without `None` and without what only checks it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        meant, *said = get_args(annotation)
        yield from options_of(next((each.type for each in said if isinstance(each, TypeLater)), meant))
    elif origin in (Union, types.UnionType):
        for option in get_args(annotation):
            yield from options_of(option)
    elif annotation is not type(None):
        yield annotation


def expected_at(model: Any, place: YamlPath) -> Any:
    """Return the type that a model expects at a place within it; `None` where it expects nothing."""
    expected = model
    for step in place:
        expected = _within(expected, step)
    return expected


def _within(annotation: Any, step: str | int) -> Any:
    for option in options_of(annotation):
        origin, inner = get_origin(option), get_args(option)
        if isinstance(step, int) and origin in _LISTS and inner:
            return inner[0]
        if isinstance(step, str) and origin is dict:
            return inner[1]
        if isinstance(step, str) and is_model(option) and step in fields_of(option):
            return fields_of(option)[step].annotation
    return None


def is_model(option: Any) -> bool:
    """Return whether a type is a pydantic model."""
    return isinstance(option, type) and issubclass(option, BaseModel)


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model among the types that a value may have, if there is one."""
    return next((option for option in options_of(annotation) if is_model(option)), None)


def entry_of(annotation: Any) -> Any:
    """Return the type of the entries of a list; `None` where no list is expected."""
    return _within(annotation, 0)


def key_of(annotation: Any) -> Any:
    """Return the type of the keys of a mapping; `None` where no mapping is expected."""
    return next((get_args(option)[0] for option in options_of(annotation) if get_origin(option) is dict), None)


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a model by the keys that a file has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def words_of(annotation: Any) -> tuple[str, ...]:
    """Return the words of which a value is one; empty where it may be any."""
    words: list[str] = []
    for option in options_of(annotation):
        if get_origin(option) is Literal:
            words += [word for word in get_args(option) if isinstance(word, str)]
        elif isinstance(option, type) and issubclass(option, Enum):
            words += [str(member.value) for member in option]
    return tuple(dict.fromkeys(words))


def homes_of(model: type[BaseModel], key: str) -> list[str]:
    """Return the places within a model where a key may stand: `use`, `data[]`; not its own level."""
    return list(dict.fromkeys(place for place, keys in _levels(model, "", ()) if place and key in keys))


def _levels(model: type[BaseModel], place: str, above: Sequence[type[BaseModel]]) -> Iterator[tuple[str, list[str]]]:
    fields = fields_of(model)
    yield place, list(fields)
    for key, field in fields.items():
        for annotation, suffix in ((field.annotation, ""), (entry_of(field.annotation), "[]")):
            inner = model_of(annotation)
            if inner is not None and inner not in above:
                yield from _levels(inner, f"{place}.{key}{suffix}" if place else f"{key}{suffix}", (*above, model))


def key_for(model: type[BaseModel], text: str) -> str | None:
    """Return the key under which a text would stand that stands for the whole: `dataset` for an item of `data`.

    That is what the model itself says (`key_for`), the key of which the text is a word, or the first that is needed.
    """
    own = getattr(model, "key_for", None)
    if own is not None:
        return str(own(text))
    fields = fields_of(model)
    of_word = (key for key, field in fields.items() if text in words_of(field.annotation))
    needed = (key for key, field in fields.items() if field.is_required())
    return next(of_word, None) or next(needed, None)


def written(annotation: Any, text: str) -> str | None:
    """Return how a text is written where `annotation` is expected: `[a, b]`, `{dataset: LIDC-IDRI}`.

    `None` where it could not be a value of it.
    """
    entry = entry_of(annotation)
    if entry is not None:
        parts = [written(entry, part.strip()) for part in text.split(",") if part.strip()]
        known = [part for part in parts if part is not None]
        return f"[{', '.join(known)}]" if known and len(known) == len(parts) else None
    model = model_of(annotation)
    if model is None:
        return scalar(text)
    key = key_for(model, text)
    return None if key is None else f"{{{pair(model, key, text)}}}"


def pair(model: type[BaseModel], key: str, text: str) -> str:
    """Return a key of a model with a text as its value, a list where one is expected: `fail_on: [stale]`."""
    field = fields_of(model).get(key)
    return f"{key}: {(None if field is None else written(field.annotation, text)) or scalar(text)}"


def scalar(text: str) -> str:
    """Return a text as YAML has it: between quotation marks where it would not be read as this text."""
    return text if _PLAIN.fullmatch(text) and text not in _NOT_TEXT else json.dumps(text, ensure_ascii=False)


def sample(annotation: Any) -> str:
    """Return what a value may look like: a day, a word, `...` for a text, `[...]` for a list."""
    entry = entry_of(annotation)
    if entry is not None:
        return f"[{sample(entry)}]"
    model = model_of(annotation)
    if model is not None:
        key = key_for(model, "")
        return "{...}" if key is None else f"{{{key}: ...}}"
    words = words_of(annotation)
    if words:
        return words[0]
    options = list(options_of(annotation))
    return A_DAY if date in options else "true" if bool in options else "..."


def spell(place: YamlPath) -> str:
    """Return `data[2].doi` for `("data", 2, "doi")`."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
