"""Which datasets a cohort file is named after: `TCIA-CPTAC-SAR_v9_20230224.tcia` after CPTAC-SAR."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tcia_policy.model import Dataset
from tcia_policy.registry import IndexEntry, Registry

_WORD = re.compile(r"[^\W_]+")


def datasets_named_in_filename(file: Path, registry: Registry) -> tuple[str, ...]:
    """Return the ids of the datasets whose id stands in the file's name as whole words, in any case.

    The longest wins (`CPTAC-PDA-Tumor-Annotations` is not `CPTAC-PDA`). A name that is one word without a digit must be
    spelled as in the registry: `catch` in a file name is seldom CATCH.
    """
    words = _WORD.findall(file.stem)
    folded = [word.casefold() for word in words]
    spans: dict[tuple[int, int], dict[str, None]] = {}
    for id_, name in _ids_in_words(registry.entries):
        for span in _spans(name, words, folded):
            spans.setdefault(span, {})[id_] = None
    longest = [span for span in sorted(spans) if not any(_is_within(span, other) for other in spans)]
    return tuple(dict.fromkeys(id_ for span in longest for id_ in spans[span]))


def filename_mismatch(named_in_filename: Iterable[str], held: str, registry: Registry) -> str | None:
    """Return the datasets that a file is named after, or `None` where `held` is one of them or a relative of one."""
    names = tuple(named_in_filename)
    if not names or any(_are_related(registry, held, name) for name in names):
        return None
    return " and ".join(names)


@cache
def _ids_in_words(entries: tuple[IndexEntry, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((entry.id, tuple(_WORD.findall(entry.id))) for entry in entries)


def _spans(name: tuple[str, ...], words: list[str], folded: list[str]) -> Iterable[tuple[int, int]]:
    if not name:
        return
    wanted = [word.casefold() for word in name]
    exactly = len(name) == 1 and name[0].isalpha()
    for start in range(len(words) - len(name) + 1):
        end = start + len(name)
        if folded[start:end] == wanted and (not exactly or words[start] == name[0]):
            yield start, end


def _is_within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _are_related(registry: Registry, one: str, other: str) -> bool:
    """Return whether they are the same, share an IDC collection, or one was made from the other."""
    if one == other:
        return True
    first, second = registry.get(one), registry.get(other)
    shared = set(first.idc_collections) & set(second.idc_collections)
    return bool(shared) or one in _origins(second) or other in _origins(first)


def _origins(dataset: Dataset) -> set[str]:
    return {origin.dataset for origin in dataset.derived_from if origin.dataset is not None}
