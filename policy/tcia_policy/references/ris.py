"""References as RIS, as Zotero, EndNote and Mendeley read it.

- Data are `DATA` with the version in `ET` and the archive in `PB`: what Zotero calls version and repository, and
  EndNote's type Dataset has there too. `M3` is left out, since Zotero takes it for the DOI of a dataset.
- A name is `Family, Given, Suffix`, particles with the family. A comma within a part cannot be written and is dropped.
  Organizations end in a comma, without which EndNote and pandoc take their last word for a family name.
- RIS has no "et al."; where the source cut the creators off, a note (`N1`) says so.
"""

from collections.abc import Sequence

from rispy import RisWriter

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import ARTICLE, MORE_CREATORS, comma_name, doi_url, page_range, shown
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions
from tcia_policy.text.sanitize import clean


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
    first_page, last_page = page_range(citation.pages)
    values: dict[str, str | list[str]] = {
        "type_of_reference": "JOUR" if is_article else "DATA",
        "id": citation_key(citation),
        "authors": [name for name in map(comma_name, citation.creators) if name],
        "year": str(citation.year),
        "title": clean(citation.title),
        "secondary_title": shown(citation.container),
        "volume": shown(citation.volume),
        "number": shown(citation.issue),
        "start_page": first_page,
        "end_page": last_page,
        "edition": shown(citation.version),
        "publisher": shown(citation.publisher),
        "doi": clean(citation.doi),
        "urls": [doi_url(citation.doi).replace(";", "%3B")],  # a semicolon parts URLs
        "notes": [MORE_CREATORS] if citation.truncated else [],
    }
    return {name: value for name, value in values.items() if value}
