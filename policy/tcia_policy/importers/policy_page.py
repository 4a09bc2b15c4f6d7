"""What TCIA's page "Data Usage Policies and Restrictions" says of single datasets: `data/curated/policy-page.yaml`."""

from functools import cache
from pathlib import Path

from pydantic import Field

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import curated
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import Authority, Contact, Dataset, Distribution, Extent, Notice, NoticeKind, NoticeLevel, Source
from tcia_policy.model.base import Contract

FILE = "policy-page.yaml"


class Submitter(Contract):
    """Whom the page names for questions."""

    name: str
    email: str
    telephone: str | None = None


class Entry(Contract):
    """One line of the page, on a whole dataset or on its distributions of one `data_type`."""

    dataset: str
    kind: NoticeKind
    summary: str
    contact: Submitter
    data_type: str | None = None


class PolicyPage(Contract):
    """The page, and what it says."""

    source: Source
    entries: tuple[Entry, ...] = Field(min_length=1)

    def annotate(self, dataset: Dataset) -> Dataset:
        """Return the dataset with the notices and contacts that the page has for it.

        Raises `InputError` for an entry on a type of data that the dataset does not have.
        """
        entries = [entry for entry in self.entries if entry.dataset == dataset.id]
        if not entries:
            return dataset
        notices = (self._notice(entry, dataset.distributions) for entry in entries)
        contacts = (self._contact(entry) for entry in entries if entry.data_type is None)
        return dataset.model_copy(
            update={"notices": (*dataset.notices, *notices), "contacts": (*dataset.contacts, *contacts)}
        )

    def _notice(self, entry: Entry, distributions: tuple[Distribution, ...]) -> Notice:
        covered = tuple(part.id for part in distributions if entry.data_type in part.data_types)
        if entry.data_type is not None and not covered:
            raise InputError(f"{entry.dataset} has no data of type {entry.data_type!r}", file=curated() / FILE)
        return Notice(
            kind=entry.kind,
            level=NoticeLevel.REQUIRED,
            summary=entry.summary,
            distributions=covered if entry.data_type is not None else None,
            contacts=(self._contact(entry),),
            authority=Authority.INSTRUMENT,
            reading=Extent.FULL,
            source=self.source.id,
            before=self.source.before,
        )

    def _contact(self, entry: Entry) -> Contact:
        return Contact(**entry.contact.model_dump(), source=self.source.id)


@cache
def load_policy_page(folder: Path | None = None) -> PolicyPage:
    """Return the page's facts from `policy-page.yaml` of a folder of curated facts (the shipped one by default).

    Raises `InputError` with file, line and field for a key, kind or day that is wrong or missing.
    """
    return located_yaml.read((folder or curated()) / FILE).parse(PolicyPage)


def _add(_inputs: Inputs, collected: Collected) -> Collected:
    return collected.with_(map(load_policy_page().annotate, collected.datasets))


UPSTREAM = Upstream(describe=lambda _inputs: load_policy_page().source, add=_add)
