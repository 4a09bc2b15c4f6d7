"""The facts of the vocabulary, as sentences."""

from typing import Any

from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import one_of


def sentence(fact: str, value: Any) -> str:
    """Return `the license prohibits commercial use`; for a yes or no, its clause.

    `license`, which stands for all facts of a license in an example, is named by its identifier.
    """
    values = value if isinstance(value, list) else [value]
    known = VOCABULARY.get(fact)
    if known is None:
        return f"the {fact} is {one_of([str(item) for item in values])}"
    if known.is_yes_or_no:
        clause = known.sentence or known.label.removeprefix("whether ")
        return clause if values == [True] else f"it is not so that {clause}"
    words = one_of([known.word(str(item)) for item in values]) or "none"
    return known.sentence.format(words) if known.sentence is not None else f"{known.label} is {words}"
