"""Lists, counts and sizes as a sentence has them."""

from collections.abc import Iterable, Sequence
from itertools import islice

MB_PER_GB = 1000  # decimal, as disks and networks have it


def joined(items: Sequence[str], last: str = "and") -> str:
    """Return `a`, `a and b`, or `a, b and c`, with `last` before the last; empty for no items."""
    if len(items) < 2:  # noqa: PLR2004
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def one_of(items: Sequence[str]) -> str:
    """Return `a`, `a or b`, or `a, b or c`."""
    return joined(items, "or")


def quoted(items: Sequence[str]) -> list[str]:
    """Return each item between quotation marks, as messages show what a user typed."""
    return [repr(item) for item in items]


def first_few(items: Iterable[object], shown: int = 3) -> str:
    """Return the first few items, and dots where there are more: `a, b, c, ...`."""
    some = [str(item) for item in islice(items, shown + 1)]
    return ", ".join([*some[:shown], *(["..."] if len(some) > shown else [])])


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Return `1 agreement`, `2 agreements`, `1,018 series`. `plural` is `singular` with an s where left out."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def size(megabytes: float) -> str:
    """Return `124.5 GB` for 124512.4 MB (10**6 bytes)."""
    value = megabytes
    for unit in ("MB", "GB"):
        if value < MB_PER_GB:
            return f"{value:,.1f} {unit}"
        value /= MB_PER_GB
    return f"{value:,.1f} TB"


def first_of(words: Sequence[str], most: int = 4) -> list[str]:
    """Return the first of the words, and how many more there are: `["a", "b", "7 more"]`."""
    more = len(words) - most
    return list(words) if more <= 1 else [*words[:most], f"{more} more"]
