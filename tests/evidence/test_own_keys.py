"""The keys by which authors cite what they owe."""

from datetime import date

import pytest

from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, SourceLocation
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.own_keys import keys_of
from tcia_policy.evidence.references import References
from tcia_policy.evidence.verify_citations import CitationVerifier
from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.registry import Registry

DOI = "10.7937/k9/tcia.2015.lo9ql9sx"
WORK = Citation(
    creators=(), year=2015, title="Data From LIDC-IDRI", publisher="x", doi=DOI, source="x", as_of=date(2026, 1, 1)
)
PLACE = SourceLocation("refs.bib", 1)


def key(*entries: Entry, cited: str = "none") -> str:
    manuscript = Manuscript(("paper.tex",), entries=entries, citations=(CitationKeyUse(cited, PLACE),))
    verifier = CitationVerifier(
        References(manuscript, [DOI]), DatasetUses(manuscript, Registry.load()), {DOI: WORK}, datasets={}
    )
    return keys_of([WORK], verifier, manuscript)[DOI]


def entry(name: str, place: SourceLocation = PLACE) -> Entry:
    return Entry(name, DOI, place)


def test_the_key_of_the_entry_is_the_authors_and_one_that_is_cited_comes_first() -> None:
    assert key(entry("a"), entry("b")) == "a"
    assert key(entry("a"), entry("b"), cited="b") == "b"


@pytest.mark.parametrize("place", [SourceLocation("paper.docx", 3, "paragraph")])
def test_without_an_entry_it_is_the_key_of_a_new_one(place: SourceLocation) -> None:
    new = citation_key(WORK)
    assert key() == new
    assert key(entry("item-12", place)) == new
    assert key(Entry(new.upper(), "another", PLACE)) == f"{new}-2"
