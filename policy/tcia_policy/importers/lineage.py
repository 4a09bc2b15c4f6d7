"""Which datasets a dataset was made from, where several sources say so."""

from collections.abc import Iterable

from tcia_policy.model import Derivation


def merged(first: Iterable[Derivation], second: Iterable[Derivation]) -> tuple[Derivation, ...]:
    """Return one derivation for each dataset, sorted by its id; where both name one, as `first` has it."""
    by_dataset = {origin.dataset: origin for origin in (*second, *first)}
    return tuple(sorted(by_dataset.values(), key=lambda origin: origin.dataset or ""))
