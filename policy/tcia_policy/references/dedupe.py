"""Which references are written, and in which order: the same in every format."""

from collections.abc import Sequence

from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key


def unique_by_doi(citations: Sequence[Citation]) -> list[Citation]:
    """Return one citation for each DOI (the one that was read last), sorted by key."""
    of_work: dict[str, list[Citation]] = {}
    for citation in citations:
        of_work.setdefault(citation.doi.lower(), []).append(citation)
    return sorted(map(_latest, of_work.values()), key=citation_key)


def _latest(citations: Sequence[Citation]) -> Citation:
    if len(citations) == 1:
        return citations[0]
    return max(citations, key=lambda each: (each.as_of, each.model_dump_json()))
