"""Papers that public lists of citations have beside the data citations: `data/curated/citation-lists.yaml`."""

from functools import cache
from pathlib import Path

from pydantic import Field

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import curated
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import Authority, Dataset, Extent, Notice, NoticeKind, NoticeLevel, NoticeReference, Source
from tcia_policy.model.base import Contract

FILE = "citation-lists.yaml"


class ListedPaper(Contract):
    """One paper that the list has for a dataset; `doi` is lower-case without a resolver."""

    dataset: str
    doi: str
    summary: str = Field(min_length=1)


class CitationList(Contract):
    """The list, and what it has."""

    source: Source
    entries: tuple[ListedPaper, ...] = Field(min_length=1)

    def annotate(self, dataset: Dataset) -> Dataset:
        """Return the dataset with a notice for each paper that the list has for it."""
        found = tuple(self._notice(entry) for entry in self.entries if entry.dataset == dataset.id)
        return dataset.model_copy(update={"notices": (*dataset.notices, *found)}) if found else dataset

    def _notice(self, entry: ListedPaper) -> Notice:
        return Notice(
            kind=NoticeKind.CITATION,
            level=NoticeLevel.REQUESTED,
            summary=entry.summary,
            doi=entry.doi,
            authority=Authority.THIRD_PARTY_COPY,
            reading=Extent.FULL,
            reference=NoticeReference(title=self.source.title, url=self.source.url),
            source=self.source.id,
            as_of=self.source.as_of,
            before=self.source.before,
        )


@cache
def load_citation_list(folder: Path | None = None) -> CitationList:
    """Return the list in `citation-lists.yaml` of a folder of curated facts (the shipped one by default).

    Raise `InputError` with file, line and field for a key or day that is wrong or missing.
    """
    return located_yaml.read((folder or curated()) / FILE).parse(CitationList)


def _add(_inputs: Inputs, collected: Collected) -> Collected:
    return collected.with_(map(load_citation_list().annotate, collected.datasets))


UPSTREAM = Upstream(describe=lambda _inputs: load_citation_list().source, add=_add)
