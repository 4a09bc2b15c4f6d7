"""Errors that a user can mend."""

from pathlib import Path

from tcia_policy.errors import InputError, unreadable, unwritable


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
