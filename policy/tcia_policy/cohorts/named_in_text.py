"""What a text names as a dataset: by its DOI or its page among other words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tcia_policy.cohorts.cohort import Line
from tcia_policy.files import limits

# Where datasets have their pages and DOIs, within a line of other words.
_NAMED = re.compile(
    r"(?:https?://)?(?:[a-z0-9\-]{1,40}\.){0,3}(?:cancerimagingarchive\.net|doi\.org)/[^\s<>\"'`|\\^{}\[\]]{1,300}"
    r"|(?:doi:\s{0,2}|(?<![\d./]))10\.\d{4,9}/[^\s<>\"'`|\\^{}\[\]]{1,200}",
    re.IGNORECASE,
)
_BEHIND = ".,;:!?)]*_"


def dois_and_pages_in(line: str) -> list[str]:
    """Return the DOIs and the addresses of datasets' pages in a line."""
    if "10." not in line and "cancerimagingarchive.net" not in line:
        return []
    return list(dict.fromkeys(match.group().rstrip(_BEHIND) for match in _NAMED.finditer(line)))


def lines_above(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Line, ...]:
    """Return what may name a dataset in the rows above the headings of a table, by line: `Collection: HNSCC`."""
    return tuple(Line(number, text) for number, cells in rows for text in dict.fromkeys(_texts(cells)))


def _texts(cells: Sequence[str]) -> Iterator[str]:
    for cell in cells:
        named = dois_and_pages_in(cell)
        behind = cell.rpartition(":")[2]
        for text in named or (cell, behind):
            name = text.strip(" \t\"'#")
            if 0 < len(name) <= limits.DATASET_NAME:
                yield name
