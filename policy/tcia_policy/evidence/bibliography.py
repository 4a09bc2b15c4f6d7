"""The entries of an author's bibliography for what a study owes, found as they are found in its manuscript."""

from collections.abc import Mapping, Sequence

from tcia_policy.documents.model import Entry, Manuscript
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.references import References
from tcia_policy.evidence.verify_citations import CitationVerifier, dois_that_serve
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation, Dataset, Duty
from tcia_policy.references.bib_matching import OfWork, without_doubtful
from tcia_policy.registry import Registry


@dataclass(frozen=True)
class Bibliography:
    """The duties to cite, and the datasets that are known. Calling it is a `Finder`."""

    duties: Sequence[Duty]
    datasets: Sequence[Dataset]
    registry: Registry

    def __call__(self, entries: Sequence[Entry], citations: Sequence[Citation]) -> Mapping[str, OfWork]:
        """Return, by the DOI of each citation in lower case, the entries of its work.

        An entry that several works would have by title or name alone is given to none.
        """
        manuscript = Manuscript(entries=tuple(entries))
        datasets = {doi: dataset for dataset in self.datasets for doi in dataset.dois}
        instead = {
            doi: others for duty in self.duties if (served := dois_that_serve(duty)) for doi, *others in [served]
        }
        asked = [citation.doi for citation in citations]
        others = [doi for each in instead.values() for doi in each]
        verifier = CitationVerifier(
            references=References(manuscript, [*asked, *others, *datasets]),
            uses=DatasetUses(manuscript, self.registry),
            owed={citation.doi: citation for citation in citations},
            datasets=datasets,
        )
        found = {each.doi.lower(): verifier.entries_of(each, instead.get(each.doi.lower(), ())) for each in citations}
        return without_doubtful(found)
