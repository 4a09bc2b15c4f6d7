"""References as RIS, as Zotero, EndNote and Mendeley read it.

- Data are `DATA` with the version in `ET` and the archive in `PB`: what Zotero calls version and repository, and
  EndNote's type Dataset has there too. `M3` is left out, since Zotero takes it for the DOI of a dataset.
- A name is `Family, Given, Suffix`, particles with the family. A comma within a part cannot be written and is dropped.
  Organizations end in a comma, without which EndNote and pandoc take their last word for a family name.
- RIS has no "et al."; where the source cut the creators off, a note (`N1`) says so.
"""

import re
from collections.abc import Sequence

from rispy import RisWriter

from tcia_policy.model import Citation, Creator
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.datacite_text import ARTICLE, doi_url
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions
from tcia_policy.text.sanitize import clean

MORE_CREATORS = "The source names these creators and leaves out the others (et al.)."
_PAGE_RANGE = re.compile(r"(?<=\w)\s*[-\u2010-\u2015]+\s*(?=\w)")


class _RisWriter(RisWriter):  # type: ignore[misc]
    """Without rispy's running numbers between references, which pandoc does not read."""

    def set_header(self, count: int) -> str:
        return ""


def write_ris(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return RIS of `citations`, one reference for each DOI, sorted by key (`ID`). UTF-8."""
    references = [ris_reference(citation) for citation in unique_by_doi(citations)]
    return str(_RisWriter().formats(references)) if references else ""


def ris_reference(citation: Citation) -> dict[str, str | list[str]]:
    """Return one reference in rispy's words."""
    is_article = citation.resource_type == ARTICLE
    first_page, last_page = page_range(citation.pages or "")
    values: dict[str, str | list[str]] = {
        "type_of_reference": "JOUR" if is_article else "DATA",
        "id": citation_key(citation),
        "authors": [name for name in map(comma_name, citation.creators) if name],
        "year": str(citation.year),
        "title": clean(citation.title),
        "secondary_title": clean(citation.container or ""),
        "volume": clean(citation.volume or ""),
        "number": clean(citation.issue or ""),
        "start_page": first_page,
        "end_page": last_page,
        "edition": clean(citation.version or ""),
        "publisher": clean(citation.publisher or ""),
        "doi": clean(citation.doi),
        "urls": [doi_url(citation.doi).replace(";", "%3B")],  # a semicolon parts URLs
        "notes": [MORE_CREATORS] if citation.truncated else [],
    }
    return {name: value for name, value in values.items() if value}


def comma_name(creator: Creator) -> str:
    """Return `van Ginneken, Bram` or `NLST Research Team,`; empty where nothing can be shown."""
    given, suffix = _part(creator.given), _part(creator.suffix)
    if creator.literal is not None or not given:
        whole = " ".join(part for part in (_part(creator.literal or creator.family), suffix) if part)
        return f"{whole}," if whole else ""
    return ", ".join(part for part in (_part(creator.family), given, suffix) if part)


def page_range(pages: str) -> tuple[str, str]:
    """Return the first and the last page; the last is empty where there is one page, or more than a range."""
    parts = _PAGE_RANGE.split(clean(pages))
    return (parts[0], parts[1]) if len(parts) == len(("first", "last")) else (clean(pages), "")


def _part(text: str | None) -> str:
    return clean((text or "").replace(",", " "))
