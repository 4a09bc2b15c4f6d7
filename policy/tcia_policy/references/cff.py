"""References as the `references:` of a CITATION.cff, valid under the Citation File Format 1.2.0.

- CFF asks for at least one author: where none is known, it is the entity "Anonymous", as in the format's guide.
- CFF takes fewer characters in a DOI than DOIs may have; one that it does not take is given by `url` alone.
- Authors are unique in CFF: two of exactly the same name are written once.
- It has no "et al."; where the source cut the creators off, `notes` says so.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from tcia_policy.model import Citation, Creator
from tcia_policy.references.citation_parts import (
    ARTICLE,
    MORE_CREATORS,
    doi_url,
    kind,
    page_range,
    shown,
)
from tcia_policy.references.csl_json import csl_name
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions
from tcia_policy.text.sanitize import clean

# The pattern of the schema, https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema.json
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
# CFF's names for CSL's parts of a name.
_NAMES = {
    "literal": "name",
    "family": "family-names",
    "given": "given-names",
    "non-dropping-particle": "name-particle",
    "suffix": "name-suffix",
}
ANONYMOUS = {"name": "Anonymous"}


def write_cff(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return YAML with one key, `references`, to be pasted into a CITATION.cff. One reference for each DOI."""
    references = [cff_reference(citation) for citation in unique_by_doi(citations)]
    if not references:
        return ""
    return yaml.safe_dump({"references": references}, allow_unicode=True, sort_keys=False, width=10_000)


def cff_reference(citation: Citation) -> dict[str, Any]:
    """Return one reference: `data`, or `article` for papers."""
    is_article = citation.resource_type == ARTICLE
    first_page, last_page = page_range(citation.pages)
    publisher = shown(citation.publisher)
    values = {
        "type": "article" if is_article else "data",
        "title": clean(citation.title) or clean(citation.doi),
        "authors": _authors(citation) or [dict(ANONYMOUS)],
        "year": citation.year,
        "journal": shown(citation.container),
        "volume": shown(citation.volume),
        "issue": shown(citation.issue),
        "start": first_page,
        "end": last_page,
        "version": shown(citation.version),
        "publisher": {"name": publisher} if publisher else {},
        "data-type": "" if is_article else kind(citation),
        "doi": citation.doi if _DOI.fullmatch(citation.doi) else "",
        "url": doi_url(citation.doi),
        "notes": MORE_CREATORS if citation.truncated else "",
    }
    return {name: value for name, value in values.items() if value}


def _authors(citation: Citation) -> list[dict[str, str]]:
    authors: list[dict[str, str]] = []
    for author in map(_author, citation.creators):
        if author and author not in authors:
            authors.append(author)
    return authors


def _author(creator: Creator) -> dict[str, str]:
    """Return a person, or an entity; empty where nothing of the name can be shown."""
    return {_NAMES[part]: text for part, text in csl_name(creator).items()}
