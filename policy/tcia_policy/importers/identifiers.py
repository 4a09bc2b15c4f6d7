"""Names made safe: for files, for ids, and for comparison."""

import re
from collections.abc import Iterable


def slug(name: str) -> str:
    """Return `rider-neuro-mri` for `RIDER NEURO MRI`: lower-case ASCII letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "unnamed"


def key(name: str) -> str:
    """Return the name without case and punctuation: two names with one key mean the same."""
    return re.sub(r"[\W_]+", "", name.casefold())


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
