"""The facts of the vocabulary, as sentences."""

from collections.abc import Sequence
from typing import Any

from tcia_policy.rules.vocabulary import VOCABULARY


def sentence(fact: str, value: Any) -> str:
    """Return `the license prohibits commercial use`; for a yes or no, its clause.

    `license`, which stands for all facts of a license in an example, is named by its identifier.
    """
    values = value if isinstance(value, list) else [value]
    known = VOCABULARY.get(fact)
    if known is None:
        return f"the {fact} is {listed([str(item) for item in values], 'or')}"
    if known.is_yes_or_no:
        clause = known.sentence or known.label.removeprefix("whether ")
        return clause if values == [True] else f"it is not so that {clause}"
    words = listed([known.word(str(item)) for item in values], "or") or "none"
    return known.sentence.format(words) if known.sentence is not None else f"{known.label} is {words}"


def listed(items: Sequence[str], last: str) -> str:
    """Return `a, b or c`, with `last` before the last."""
    return f" {last} ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)
