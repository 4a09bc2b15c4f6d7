"""Names made safe: for files, for ids, and for comparison."""

from collections.abc import Iterable


def unique(names: Iterable[str]) -> list[str]:
    """Return the names in their order. A name that was there before gets `-2`, `-3` and so on."""
    taken: set[str] = set()
    result = []
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            number += 1
            candidate = f"{name}-{number}"
        taken.add(candidate)
        result.append(candidate)
    return result
