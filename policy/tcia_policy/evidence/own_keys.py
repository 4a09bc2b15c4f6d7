"""The keys by which authors cite what they owe: their own, and where they have none, those that `cite` would write."""

from collections.abc import Mapping, Sequence

from tcia_policy.documents.model import Entry, Manuscript
from tcia_policy.evidence.verify_citations import CitationVerifier
from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key, free_key
from tcia_policy.references.bib_matching import OfWork, without_doubtful


def keys_of(citations: Sequence[Citation], verifier: CitationVerifier, manuscript: Manuscript) -> Mapping[str, str]:
    """Return the key of each citation by its DOI. An entry that the text cites comes before others.

    The keys of Word's citation managers are no keys of authors. A new key is none that another entry has.
    """
    found = without_doubtful({each.doi.lower(): verifier.entries_of(each) for each in citations})
    taken = {entry.key.lower() for entry in manuscript.entries if entry.key is not None}
    return {each.doi: _key(each, found[each.doi.lower()], verifier, taken) for each in citations}


def _key(citation: Citation, found: OfWork, verifier: CitationVerifier, taken: set[str]) -> str:
    own = [entry for entry in found.serving if _is_of_author(entry)]
    cited = [entry for entry in own if verifier.references.is_cited(entry)]
    key = next((entry.key for entry in (*cited, *own) if entry.key is not None), None)
    return key or free_key(citation_key(citation), taken)


def _is_of_author(entry: Entry) -> bool:
    return entry.key is not None and entry.place.unit == "line"
