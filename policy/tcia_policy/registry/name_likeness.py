"""Names that people give to data of their own, or from elsewhere, and that are those of datasets of the registry."""

import re
from collections.abc import Iterable, Mapping

from tcia_policy.registry.index import IndexEntry
from tcia_policy.text.name_keys import compare_key

_WORD = re.compile(r"[^\W_]+")
LONGEST_NAME = 24  # words
LEAST_LETTERS = 4
# Datasets whose name is a word of everyday language: these count in the registry's own spelling only.
ORDINARY = frozenset({"catch", "exact", "remind"})


def dataset_named_in(name: str, entries: Iterable[IndexEntry]) -> str | None:
    """Return the dataset whose id, alias or title stands in `name`, in any spelling; the longest name counts.

    `LIDC-IDRI` for `LIDC IDRI (Kaggle)` and `our lidc_idri, resampled`; `None` for `Chest CT of our hospital`.
    """
    known = _names(entries)
    words = _WORD.findall(name)[: 2 * LONGEST_NAME]
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            key = compare_key("".join(words[start : start + length]))
            found = known.get(key)
            if found is not None and (key not in ORDINARY or words[start] == found):
                return found
    return None


def _names(entries: Iterable[IndexEntry]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for name in (entry.id, *entry.aliases, entry.title):
            key = compare_key(name)
            if len(key) >= LEAST_LETTERS:
                found.setdefault(key, entry.id)
    return found
