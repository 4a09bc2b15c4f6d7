"""Kleene's three values: what depends on a fact that nobody stated is neither true nor false, but unknown."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """True, false, or not known."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


def all_of(values: Iterable[Truth]) -> Truth:
    """Return false if any is false, else unknown if any is unknown, else true."""
    found = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return value
        if value is Truth.UNKNOWN:
            found = value
    return found


def any_of(values: Iterable[Truth]) -> Truth:
    """Return true if any is true, else unknown if any is unknown, else false."""
    found = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return value
        if value is Truth.UNKNOWN:
            found = value
    return found


def negation(value: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}[value]
