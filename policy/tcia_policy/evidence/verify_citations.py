"""Duties to cite against a manuscript: whether the work is cited, and if not, what else was seen of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tcia_policy.documents.model import Entry
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.mentions.stance import Stance
from tcia_policy.evidence.paper_marks import is_paper
from tcia_policy.evidence.references import References, Sighting, rank
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation, Dataset, Duty, DutyKind, Found, NoticeKind
from tcia_policy.references.bib_matching import OfWork, by_kind, is_of_kind, says_any_doi
from tcia_policy.registry import normalize_doi
from tcia_policy.text.name_keys import compare_key

PAPER_IS_NOT_DATA = "a paper is not the data citation"
_SERVES = (Found.CITED, Found.IN_DOUBT)
ABSENT = Sighting(Found.ABSENT, "not found in the manuscript")
UNTITLED = Sighting(Found.ABSENT, "its DOI was not found in the manuscript, and the registry does not have its title")


def dois_that_serve(duty: Duty) -> tuple[str, ...]:
    """Return the DOI that a duty asks to be cited, then those that may be cited instead (`printed`), in lower case."""
    if duty.kind is not DutyKind.CITE or duty.doi is None:
        return ()
    others = [normalize_doi(name) for names in duty.printed for name in names]
    return tuple(dict.fromkeys((duty.doi, *(doi for doi in others if doi is not None))))


@dataclass(frozen=True)
class CitationVerifier:
    """Looks for citations in a manuscript. Its `references` know all DOIs that a duty may ask for.

    `owed` are the citations, and `datasets` the datasets, by DOI in lower case; a dataset has all its DOIs.
    """

    references: References
    uses: DatasetUses
    owed: Mapping[str, Citation]
    datasets: Mapping[str, Dataset]

    def verify(self, duty: Duty) -> Sighting:
        """Return the best sighting of the work that a duty asks to be cited, or of one that may be cited instead."""
        doi, *others = dois_that_serve(duty)
        seen = self._reference(doi)
        if seen.found is Found.CITED:
            return seen
        instead = [found for other in others if (found := self.references.by_doi(other)) is not None]
        serving = [found for found in (*instead, *self._of_one_work(doi)) if found.found in _SERVES]
        return min((*serving, seen), key=rank)

    def _of_one_work(self, doi: str) -> Iterator[Sighting]:
        """Yield where another DOI of the same work is cited, such as that of a version, and which it is."""
        dataset = self.datasets.get(doi)
        for other in () if dataset is None else dataset.dois:
            seen = self.references.by_doi(other) if other != doi else None
            if seen is not None:
                yield replace(seen, where=f"{seen.where}; by {other}, another DOI of the same work", key=None)

    def _reference(self, doi: str) -> Sighting:
        citation, dataset = self.owed.get(doi), self.datasets.get(doi)
        seen = self._unless_denied(self._by_doi_or_title(doi, citation), dataset)
        if seen is not None and seen.found in _SERVES:
            return seen
        if dataset is None:
            return seen or self._as_far_as_known(UNTITLED if citation is None else ABSENT)
        seen = self._where_named(seen, dataset.id) if seen is not None else self._by_name(dataset)
        paper = self._paper_of(dataset)
        return seen if paper is None else replace(seen, where="; ".join(filter(None, (seen.where, paper))))

    def _by_doi_or_title(self, doi: str, citation: Citation | None) -> Sighting | None:
        seen = self.references.by_doi(doi)
        if citation is None or (seen is not None and seen.found not in (Found.NAMED, Found.LISTED)):
            return seen
        return self.references.by_title(citation, self._titled(citation)) or seen

    def _unless_denied(self, seen: Sighting | None, dataset: Dataset | None) -> Sighting | None:
        """Return the sighting, which is no citation where the text cites data only to say that it did not use them.

        Of data that only a list of references cites, the text has to deny the use wherever it names them.
        """
        if seen is None or dataset is None or seen.found not in _SERVES:
            return seen
        where_cited = self.uses.said_where_cited(dataset.id)
        said = where_cited or self.uses.said.get(dataset.id)
        denials = {Stance.DENIED} if where_cited is None else {Stance.DENIED, Stance.IN_PART}
        if said is None or said.said.stance not in denials:
            return seen
        return replace(seen, found=Found.NAMED, where=f"{seen.where}{said.said.why}")

    def _where_named(self, seen: Sighting, dataset: str) -> Sighting:
        """Return the sighting of a work that is listed and not cited, to be cited where the text names the data."""
        use = self.uses.named_as_used.get(dataset) if seen.found is Found.LISTED else None
        return seen if use is None else replace(seen, at=(str(use.place),))

    def _by_name(self, dataset: Dataset) -> Sighting:
        entries = [self.references.of_entry(entry) for entry in self._named(dataset)]
        listed = self.uses.cited_by_name.get(dataset.id)
        if listed is not None:
            entries.append(listed)
        if entries:
            return min(entries, key=rank)
        use = self.uses.named.get(dataset.id)
        if use is None:
            return self._as_far_as_known(ABSENT)
        if self.references.unresolved is None:
            return Sighting(Found.NAMED, f"named in {use.place}, but not cited", (str(use.place),))
        return self._as_far_as_known(Sighting(Found.NAMED, f"named in {use.place}", (str(use.place),)))

    def _titled(self, citation: Citation) -> list[Entry]:
        """Return the entries without a known DOI that have the title of a work.

        Those that name other data instead are not of data, nor are papers that are called what the data are called.
        """
        dataset = self.datasets.get(citation.doi.lower())
        return [entry for entry in self.references.matches.titled(citation) if not self._is_of_other(entry, dataset)]

    def _is_of_other(self, entry: Entry, dataset: Dataset | None) -> bool:
        if dataset is None:
            return False
        if is_paper(entry):
            return True
        if compare_key(entry.title or "") == compare_key(dataset.citation.title):
            return False
        named = self.uses.named_in(entry)
        return bool(named) and dataset.id not in named

    def _named(self, dataset: Dataset) -> list[Entry]:
        """Return the entries of data without any DOI that name a dataset."""
        named = self.uses.entries_by_name.get(dataset.id, ())
        return [entry for entry in named if is_of_kind(entry, dataset.citation)]

    def entries_of(self, citation: Citation, others: Iterable[str] = ()) -> OfWork:
        """Return the entries of a work: those by which `verify` finds it cited, once the text cites them.

        `others` are the DOIs (in lower case) that may be cited instead.
        """
        doi, matches = citation.doi.lower(), self.references.matches
        dataset = self.datasets.get(doi)
        dois = dict.fromkeys((doi, *others, *(() if dataset is None else dataset.dois)))
        known = [*self._titled(citation), *(() if dataset is None else self._named(dataset))]
        return OfWork(
            with_doi=by_kind((entry for each in dois for entry in matches.with_doi(each)), citation),
            without_doi=by_kind((entry for entry in known if not says_any_doi(entry)), citation),
            with_another_doi=by_kind((entry for entry in known if says_any_doi(entry)), citation),
        )

    def _paper_of(self, dataset: Dataset) -> str | None:
        """Return where a paper on the dataset is cited, because authors often take it for the citation of the data."""
        for notice in dataset.notices:
            seen = self.references.by_doi(notice.doi) if notice.doi is not None else None
            if notice.kind is NoticeKind.CITATION and seen is not None and seen.found is Found.CITED:
                return f"its paper is {seen.where}; {PAPER_IS_NOT_DATA}"
        return None

    def _as_far_as_known(self, seen: Sighting) -> Sighting:
        """Return the sighting with a note if a cited key has no entry: that key may mean the work."""
        key = self.references.unresolved
        if key is None:
            return seen
        return replace(seen, where=f"{seen.where}; no entry was read for the cited key {key}, which may mean it")
