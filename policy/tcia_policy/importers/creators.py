"""Full creator lists for data citations that APA cuts off after the nineteenth creator.

One record a DOI, with the page its creators were read from; used where they agree with what the citation shows.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from tcia_policy.errors import InputError
from tcia_policy.importers.dataset_sources import CURATED_CREATORS
from tcia_policy.importers.person_names import person, render_creator
from tcia_policy.importers.snapshots import parse_records, recorded_on
from tcia_policy.importers.tcia import Doi
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.lazy import dataclass
from tcia_policy.model import Citation, Creator, Source

SOURCE = CURATED_CREATORS
FILE = "curated/authors.json"

Name = Annotated[str, Field(min_length=1, max_length=300)]


class Author(BaseModel):
    """A creator as the page has it: a person by `family` and `given`, or a `literal` name."""

    family: Name | None = None
    given: Name | None = None
    literal: Name | None = None

    def creator(self) -> Creator:
        """Return the same as a creator of the registry."""
        if self.literal is not None:
            return Creator(literal=self.literal)
        if self.family is not None and self.given is not None:
            return person(self.family, self.given)
        return Creator(family=self.family)


class AuthorRecord(BaseModel):
    """The creators of one DOI, and the page they were read from."""

    doi: Doi
    authors: tuple[Author, ...] = Field(min_length=1, max_length=1_000)
    source: Name


@dataclass(frozen=True)
class FullList:
    """All creators of one data citation, and the page they were read from."""

    creators: tuple[Creator, ...]
    page: str

    def disagreement(self, cut: Citation) -> str | None:
        """Return how the creators that a cut-off citation shows differ from the first and the last of these."""
        shown = [render_creator(creator) for creator in cut.creators]
        here = [render_creator(creator) for creator in self.creators]
        expected = [*here[: len(shown) - 1], here[-1]]
        for number, (name, other) in enumerate(zip(shown, expected, strict=False), start=1):
            if _folded(name) != _folded(other):
                return f"creator {number} is {name!r} in the citation and {other!r} in the list"
        return (
            None if len(here) > len(shown) else f"the list has no more than the {len(shown)} creators of the citation"
        )


def read(folder: Path) -> Mapping[str, FullList]:
    """Return the lists by DOI. Raise `InputError` for a DOI given twice or a record of another shape."""
    lists: dict[str, FullList] = {}
    for record in parse_records(folder / FILE, AuthorRecord):
        if record.doi in lists:
            raise InputError("the DOI is listed twice", file=folder / FILE, field=record.doi)
        lists[record.doi] = FullList(tuple(author.creator() for author in record.authors), record.source)
    return lists


def completed(citation: Citation, full: FullList | None) -> tuple[Citation, str | None]:
    """Return the citation with all of its creators if they were cut off and `full` agrees, or why they stay cut off."""
    if not citation.truncated:
        return citation, None
    problem = "no full list is recorded" if full is None else full.disagreement(citation)
    if full is None or problem is not None:
        return citation, f"the creators stay cut off: {problem}"
    return _complete(citation, full), None


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    return Source(
        id=SOURCE,
        title="Full creator lists of data citations that APA cuts off, from copies of DataCite records",
        publisher="DataCite and others; each citation names the page",
        url="https://api.datacite.org/dois?prefix=10.7937",
        as_of=recorded_on(inputs.recordings, FILE),
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Complete the creators of the citations that cut them off; a remark says where they stay so, and why."""
    lists = read(inputs.recordings)
    datasets, remarks = [], []
    for dataset in collected.datasets:
        citation, problem = completed(dataset.citation, lists.get(dataset.doi))
        datasets.append(dataset.model_copy(update={"citation": citation}))
        remarks += [f"{dataset.id}: {problem}"] if problem else []
    return collected.with_(datasets, remarks=remarks)


UPSTREAM = Upstream(describe, add)


def _complete(cut: Citation, full: FullList) -> Citation:
    """Return the citation with all of its creators, and the page they come from."""
    return cut.model_copy(update={"creators": full.creators, "truncated": False, "creators_from": full.page})


def _folded(name: str) -> str:
    return name.casefold().replace("’", "'")
