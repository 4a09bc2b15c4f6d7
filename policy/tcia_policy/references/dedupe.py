"""Which references are written, and in which order: the same in every format."""

from collections.abc import Sequence

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key


def unique_by_doi(citations: Sequence[Citation]) -> list[Citation]:
    """Return one citation for each DOI (the one that was read last), sorted by key."""
    latest = {}
    for citation in sorted(citations, key=lambda each: (each.as_of, each.model_dump_json())):
        latest[citation.doi.lower()] = citation
    return sorted(latest.values(), key=citation_key)
