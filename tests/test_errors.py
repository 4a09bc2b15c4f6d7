"""Errors that a user can mend."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError, InputErrors, Mistakes, not_shown, unreadable, unwritable


def test_an_error_says_where_what_is_wrong_and_what_would_be_right() -> None:
    error = InputError("unknown word", file=Path("a.yaml"), line=3, field="use.purpose", hint="one of a, b")
    assert str(error) == "a.yaml:3: use.purpose: unknown word\n  one of a, b"
    assert str(InputError("unknown word")) == "unknown word"


def test_an_error_told_again_keeps_what_is_not_said_anew() -> None:
    error = InputError("is empty", line=3, hint="fill it")
    assert str(error.at(file="a.yaml")) == "a.yaml:3: is empty\n  fill it"
    assert (
        str(error.at(file="b.yaml", line=9, field="data", hint="or drop it"))
        == "b.yaml:9: data: is empty\n  or drop it"
    )
    assert str(error) == "is empty\n  fill it"


def test_what_the_system_refuses_is_said_in_its_words() -> None:
    assert str(unreadable(PermissionError(13, "Permission denied"), "a")) == "a: cannot be read: Permission denied"
    assert str(unwritable(OSError("full"), "a")) == "a: cannot be written: full"


def test_several_mistakes_are_told_in_the_order_of_their_lines() -> None:
    mistakes = Mistakes()
    for line in (9, None, 2):
        with mistakes.noted():
            raise InputError("is wrong", file="a.yaml", line=line)
    with pytest.raises(InputErrors) as raised:
        mistakes.tell()
    assert [each.line for each in raised.value.mistakes] == [2, 9, None]
    assert str(raised.value) == "a.yaml:2: is wrong\na.yaml:9: is wrong\na.yaml: is wrong"
    assert (raised.value.line, raised.value.problem) == (2, "is wrong")


def test_one_mistake_is_told_as_it_is_and_none_is_not_told() -> None:
    mistakes = Mistakes()
    mistakes.tell()
    assert not mistakes
    mistakes.note(InputError("is wrong"))
    with pytest.raises(InputError) as raised:
        mistakes.tell()
    assert not isinstance(raised.value, InputErrors)
    assert raised.value.mistakes == (raised.value,)


def test_each_of_several_mistakes_is_told_again_with_what_is_new() -> None:
    errors = InputErrors([InputError("one", line=2), InputError("two", line=1)]).at(file="a.yaml")
    assert str(errors) == "a.yaml:1: two\na.yaml:2: one"


def test_what_is_more_than_twenty_mistakes_is_counted() -> None:
    errors = InputErrors(InputError("is wrong", line=line) for line in range(1, 24))
    assert len(str(errors).splitlines()) == 21
    assert str(errors).endswith("\n3 more mistakes are not shown; mend these first")
    assert not_shown(InputErrors(errors.mistakes[:21])) == "1 more mistake is not shown; mend these first"
    assert not_shown(errors.mistakes[0]) == ""
