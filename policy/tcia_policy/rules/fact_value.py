"""The values of facts: the words that are known to hold of one, and those that may hold besides."""

from collections.abc import Mapping
from functools import lru_cache

from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class FactValue:
    """The words that are known to hold of a fact; `complete` is false where there may be more.

    `possible` are words that may hold besides, while no others do.
    """

    words: frozenset[str]
    complete: bool = True
    possible: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Return the hash of the words, which are told apart by little else: values are looked up very often."""
        return hash(self.words)


Facts = Mapping[str, FactValue]
"""What is known: a fact that is not in the mapping is unknown."""


@lru_cache(maxsize=10_000)
def known(*words: str) -> FactValue:
    """Return a value of exactly these words."""
    return FactValue(frozenset(words))


YES, NO = known("true"), known("false")


def truth(value: bool) -> FactValue:
    """Return a yes or no."""
    return YES if value else NO
