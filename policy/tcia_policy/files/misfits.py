"""What is wrong with data that do not fit a model, in words for people, with what would be right.

Pydantic finds it; none of its words, and no name of a type, gets to the reader. Its kinds of errors are at
https://docs.pydantic.dev/latest/errors/validation_errors/.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from tcia_policy.files.model_shape import (
    A_DAY,
    YamlPath,
    entry_of,
    expected_at,
    fields_of,
    homes_of,
    key_for,
    key_of,
    model_of,
    pair,
    sample,
    words_of,
    written,
)
from tcia_policy.lazy import dataclass
from tcia_policy.text.english import count, joined, one_of, quoted
from tcia_policy.text.suggest import did_you_mean, nearest

LONGEST_FOUND = 60  # characters of what was found
MOST_KEYS = 20
MOST_HOMES = 3

MISSING = "missing"
NEEDS_KEYS = ("model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type")
NEEDS_A_LIST = ("tuple_type", "list_type", "set_type", "frozen_set_type", "iterable_type")
NEEDS_A_WORD = ("enum", "literal_error")
OF_THE_PLACE = ("missing", "extra_forbidden")
OF_A_KEY = "[key]"  # what pydantic adds to the place of a key that does not fit
PROBLEMS = {
    "bool_type": ("is neither true nor false", "write `true` or `false`"),
    "bool_parsing": ("is neither true nor false", "write `true` or `false`"),
    "string_unicode": ("has characters that are no text", "write it anew"),
    "string_pattern_mismatch": ("is written in another way than is known here", None),
}
# How the kinds that are alike begin.
GROUPS = (
    (("date",), ("is not a day", f"write it as {A_DAY}")),
    (("int", "float", "decimal", "finite"), ("is not a number", "write digits alone, such as 30")),
    (("url",), ("is not an address", "write it as https://example.org/page")),
)
BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


@dataclass(frozen=True)
class Misfit:
    """What is wrong at a place in a file, and what would be right.

    `of_count` says that a list has too few entries, `meant` has the keys that an unknown one may be.
    """

    place: YamlPath
    problem: str
    hint: str | None = None
    of_count: bool = False
    meant: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wrong:
    """One error of pydantic: its kind, what was given, what is expected there, and the numbers that it speaks of."""

    kind: str
    message: str
    place: YamlPath
    given: object
    expected: Any
    context: Mapping[str, Any]
    root: type[BaseModel]
    around: Any

    @property
    def key(self) -> str:
        """Return the last step of the place: the key that is unknown or missing."""
        return str(self.place[-1]) if self.place else ""


def misfits(errors: Iterable[Mapping[str, Any] | ErrorDetails], model: type[BaseModel], data: object) -> list[Misfit]:
    """Return what is wrong in `data`, which do not fit `model`, each place once. `errors` are pydantic's."""
    found: dict[YamlPath, Misfit] = {}
    for error in errors:
        misfit = _in_words(_wrong(error, model, data))
        found.setdefault(misfit.place, misfit)
    misspelled = {(*place[:-1], key) for place, each in found.items() for key in each.meant}
    return [
        each
        for place, each in found.items()
        if not _follows(each, place, found) and not (each.problem == MISSING and place in misspelled)
    ]


def _follows(misfit: Misfit, place: YamlPath, found: Iterable[YamlPath]) -> bool:
    """Return whether a list is only too short because entries of it do not fit, which is told of these."""
    return misfit.of_count and any(len(other) > len(place) == _shared(other, place) for other in found)


def _shared(one: YamlPath, other: YamlPath) -> int:
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))


def _wrong(error: Mapping[str, Any] | ErrorDetails, model: type[BaseModel], data: object) -> _Wrong:
    kind = str(error["type"])
    place = _place_in(data, error["loc"], keeps_last=kind in OF_THE_PLACE)
    around = expected_at(model, place[:-1])
    return _Wrong(
        kind=kind,
        message=str(error.get("msg", "")),
        place=place,
        given=error.get("input"),
        expected=key_of(around) if OF_A_KEY in error["loc"] else expected_at(model, place),
        context=error.get("ctx") or {},
        root=model,
        around=around,
    )


def _place_in(data: object, steps: YamlPath, *, keeps_last: bool) -> YamlPath:
    """Return as much of pydantic's place as the data have; it adds the names of types where several may stand."""
    place: YamlPath = ()
    for number, step in enumerate(steps, start=1):
        is_there = step in data if isinstance(data, Mapping) else isinstance(data, list) and step in range(len(data))
        if not is_there:
            return (*place, step) if keeps_last and number == len(steps) else place
        data = data[step]  # type: ignore[index]
        place = (*place, step)
    return place


def _in_words(wrong: _Wrong) -> Misfit:
    tell = _TELLERS.get(wrong.kind, _of_the_rest)
    return tell(wrong)


def _unknown_key(wrong: _Wrong) -> Misfit:
    model = model_of(wrong.around)
    keys = [] if model is None else list(fields_of(model))
    homes = homes_of(wrong.root, wrong.key)
    meant = nearest(wrong.key, keys, as_a_whole=True)
    elsewhere = f"it is a key of {one_of([_home(place) for place in homes[:MOST_HOMES]])}" if homes else ""
    hint = " ".join(filter(None, (did_you_mean(meant), elsewhere)))
    listed = f"the keys here are {_listed(keys)}" if keys else None
    return Misfit(wrong.place, "unknown key", hint or listed, meant=tuple(meant))


def _listed(keys: Iterable[str]) -> str:
    return joined(list(keys)[:MOST_KEYS])


def _home(place: str) -> str:
    return f"an entry of `{place[:-2]}`" if place.endswith("[]") else f"`{place}`"


def _missing(wrong: _Wrong) -> Misfit:
    words = words_of(wrong.expected)
    if words:
        return Misfit(wrong.place, MISSING, f"add `{wrong.key}: ...`, which is {one_of(quoted(words))}")
    return Misfit(wrong.place, MISSING, f"add `{wrong.key}: {sample(wrong.expected)}`")


def _unknown_word(wrong: _Wrong) -> Misfit:
    words = words_of(wrong.expected)
    if not isinstance(wrong.given, str):
        return _one_value(wrong)
    meant = did_you_mean(nearest(wrong.given[:LONGEST_FOUND], words))
    problem = f"unknown word {wrong.given[:LONGEST_FOUND]!r}"
    return Misfit(wrong.place, problem, meant or _words(words))


def _words(words: Sequence[str]) -> str | None:
    return f"write {one_of(quoted(words))}" if words else None


def _no_list(wrong: _Wrong) -> Misfit:
    key = next((step for step in reversed(wrong.place) if isinstance(step, str)), "")
    if isinstance(wrong.given, Mapping):
        hint = f"begin each entry with `- ` on a line of its own, or write `{key}: [{{...}}]`"
    elif isinstance(wrong.given, str):
        as_list = written(wrong.expected, wrong.given[:LONGEST_FOUND])
        hint = f"write `{key}: {as_list or sample(wrong.expected)}`"
    else:
        hint = f"write `{key}: {sample(wrong.expected)}`"
    return Misfit(wrong.place, f"needs a list{_found(wrong.given)}", hint)


def _no_keys(wrong: _Wrong) -> Misfit:
    model = model_of(wrong.expected)
    if isinstance(wrong.given, list):
        problem = "needs keys with values, and has a list"
    else:
        problem = f"needs keys with values{_found(wrong.given)}"
    if model is None:
        return Misfit(wrong.place, problem, "write `key: value` under it")
    keys = f"its keys are {_listed(fields_of(model))}"
    key = key_for(model, wrong.given) if isinstance(wrong.given, str) and wrong.given else None
    if key is None:
        return Misfit(wrong.place, problem, keys)
    assert isinstance(wrong.given, str)
    inner = pair(model, key, wrong.given[:LONGEST_FOUND])
    if wrong.place and isinstance(wrong.place[-1], int):
        return Misfit(wrong.place, problem, f"write `- {inner}`, or `{{{inner}}}` between brackets")
    return Misfit(wrong.place, problem, f"write `{wrong.key}: {{{inner}}}`; {keys}")


def _one_value(wrong: _Wrong) -> Misfit:
    """Return what is wrong with lists, keys, nothing, true or false where one text or word stands."""
    right = _words(words_of(wrong.expected))
    if isinstance(wrong.given, list):
        return Misfit(wrong.place, "takes one value, and has a list", right or "write the value without brackets")
    if isinstance(wrong.given, Mapping):
        quotes = "write the value alone; a text that has `: ` in it stands in quotation marks"
        return Misfit(wrong.place, "takes one value, and has keys", right or quotes)
    if wrong.given is None:
        return Misfit(wrong.place, "is empty", right or "write its value, or leave the entry out")
    in_quotes = f'write it in quotation marks, "{_spelled(wrong.given)}", if it is a text'
    return Misfit(wrong.place, f"needs a text{_found(wrong.given)}", right or in_quotes)


def _too_short(wrong: _Wrong) -> Misfit:
    given, least = wrong.given, wrong.context.get("min_length", 1)
    if not isinstance(given, (list, Mapping)) or not given:
        entry = entry_of(wrong.expected)
        hint = None if entry is None else f"write an entry, such as `[{sample(entry)}]`"
        return Misfit(wrong.place, "is an empty list", hint)
    problem = f"has {count(len(given), 'entry', 'entries')}, and needs {least}"
    return Misfit(wrong.place, problem, of_count=True)


def _too_long(wrong: _Wrong) -> Misfit:
    most = wrong.context.get("max_length", 0)
    return Misfit(wrong.place, f"has more than {count(most, 'entry', 'entries')}")


def _short_text(wrong: _Wrong) -> Misfit:
    least = wrong.context.get("min_length", 1)
    if least == 1:
        return Misfit(wrong.place, "is empty", "write it, or leave the key out")
    return Misfit(wrong.place, f"is too short{_found(wrong.given)}", f"it has at least {least} characters")


def _long_text(wrong: _Wrong) -> Misfit:
    most = count(wrong.context.get("max_length", 0), "character")
    return Misfit(wrong.place, "is too long", f"it has at most {most}")


def _out_of_bounds(wrong: _Wrong) -> Misfit:
    name, words = BOUNDS[wrong.kind]
    bound = wrong.context.get(name, "")
    return Misfit(wrong.place, f"is out of range{_found(wrong.given)}", f"it is {words} {bound}")


def _own_words(wrong: _Wrong) -> Misfit:
    """Return what one of our own checks says, in which a semicolon parts what is wrong from what would be right."""
    text = wrong.message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    problem, _, hint = text.partition("; ")
    return Misfit(wrong.place, f"{problem}{_found(wrong.given) if isinstance(wrong.given, str) else ''}", hint or None)


def _of_the_rest(wrong: _Wrong) -> Misfit:
    problem, hint = PROBLEMS.get(wrong.kind) or next(
        (words for beginnings, words in GROUPS if wrong.kind.startswith(beginnings)), ("does not fit here", None)
    )
    return Misfit(wrong.place, f"{problem}{_found(wrong.given)}", hint)


def _found(given: object) -> str:
    """Return what was found, in brackets; nothing for a list or for keys, which are long."""
    if isinstance(given, str):
        return f" (found {given[:LONGEST_FOUND]!r})"
    if given is None:
        return " (found nothing)"
    return f" (found {_spelled(given)})" if isinstance(given, (bool, int, float)) else ""


def _spelled(given: object) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)[:LONGEST_FOUND]


_TELLERS: Mapping[str, Callable[[_Wrong], Misfit]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    **dict.fromkeys(NEEDS_A_WORD, _unknown_word),
    **dict.fromkeys(NEEDS_A_LIST, _no_list),
    **dict.fromkeys(NEEDS_KEYS, _no_keys),
    "string_type": _one_value,
    "too_short": _too_short,
    "too_long": _too_long,
    "string_too_short": _short_text,
    "string_too_long": _long_text,
    **dict.fromkeys(BOUNDS, _out_of_bounds),
    **dict.fromkeys(("value_error", "assertion_error"), _own_words),
}
