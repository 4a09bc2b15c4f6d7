"""Years in text."""

import re

_STATED = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_PRINTED = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def stated_year(text: str) -> int | None:
    """Return the first number of four digits in a text that states a date, such as a field of a reference."""
    return _first(_STATED, text)


def printed_year(text: str) -> int | None:
    """Return the first number in running text that can be the year of a publication: 1800 to 2099."""
    return _first(_PRINTED, text)


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return None if found is None else int(found.group())
