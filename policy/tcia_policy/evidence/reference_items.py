"""The items of a printed list of references that cite data without any DOI."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tcia_policy.documents.model import TextBlock
from tcia_policy.lazy import pattern

LONGEST_ITEM = 4000  # characters; what is longer is no item, but a list whose items nobody can tell apart
_ITEM_BEGINS = pattern(r"\n[ \t]*\n|\n(?=[ \t]*(?:\[\d{1,4}\]|\d{1,4}[.)]|[-*•])\s)")
_ANY_DOI = pattern(r"10\.\s?\d{4,9}\s?/")
# A paper on data names the archive in its title at most; data have it as their publisher, or say that they are data.
_OF_DATA = pattern(
    r"cancer\s+imaging\s+archive|cancerimagingarchive\.net/|imaging\s+data\s+commons|\[\s*data\s?set\s*\]|\bdata\s+from\b",
    re.IGNORECASE,
)


def data_without_doi(prose: TextBlock) -> Iterator[TextBlock]:
    """Yield each item of a printed list of references that speaks of data and has no DOI, as a text of its own.

    Linear in the length of the list.
    """
    text = prose.text
    begins = [0, *(match.end() for match in _ITEM_BEGINS.finditer(text)), len(text)]
    for start, end in pairwise(begins):
        item = text[start:end]
        if len(item) > LONGEST_ITEM or _ANY_DOI.search(item) or not _OF_DATA.search(item):
            continue
        place = prose.place(start + len(item) - len(item.lstrip()))
        yield TextBlock(place.file, item, numbers=(place.number or 1,), unit=place.unit)
