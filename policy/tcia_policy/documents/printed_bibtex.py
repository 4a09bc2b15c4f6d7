"""Entries of BibTeX that a document prints as they are: in a block of code, in `<pre>`, or as a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tcia_policy.documents.bibtex.read_bibtex import read_bib
from tcia_policy.documents.model import Entry, SourceLocation

_BIBTEX = re.compile(r"\s*@(?!comment\b|string\b|preamble\b)[A-Za-z]{3,20}\s*\{[^,{}\n]{0,200},", re.IGNORECASE)


def is_bibtex(text: str) -> bool:
    """Return whether a text begins with an entry."""
    return _BIBTEX.match(text) is not None


def printed_entries(text: str, place: SourceLocation, doubt: str | None = None) -> Iterator[Entry]:
    """Yield the entries of a text that begins at `place`. They are printed, and no key refers to them."""
    for entry in read_bib(text.encode(), place.file).entries:
        number = (place.number or 1) + (entry.place.number or 1) - 1
        yield replace(entry, key=None, printed=True, place=SourceLocation(place.file, number), doubt=doubt)
