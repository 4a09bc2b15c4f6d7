"""Which references are written, and in which order: the same in every format."""

from collections.abc import Sequence

from tcia_policy.citations.keys import citation_key
from tcia_policy.model import Citation


def each_once(citations: Sequence[Citation]) -> list[Citation]:
    """One citation for each DOI (the one that was read last), sorted by key."""
    latest = {}
    for citation in sorted(citations, key=lambda each: (each.as_of, each.model_dump_json())):
        latest[citation.doi.lower()] = citation
    return sorted(latest.values(), key=citation_key)
