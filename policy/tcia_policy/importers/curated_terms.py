"""What the pages of single datasets ask for beside their license: notices and contacts.

The recording collects such terms from many pages, each entry with its page, its day and how sure it is.
`data/curated/terms.yaml` says, entry by entry, what is taken over and in which words of ours, and what is left out and
why.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.importers.snapshots import parse_records, recorded_on
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Authority,
    Contact,
    Dataset,
    Extent,
    Notice,
    NoticeKind,
    NoticeLevel,
    NoticeReference,
    Source,
)
from tcia_policy.model.base import Contract
from tcia_policy.text.doi import normalize_doi

SOURCE = "collection-terms"
FILE = "curated/terms.json"
TERMS = "terms.yaml"

_ADDRESS = re.compile(r"(?P<url>https?://\S+)(?: \((?P<how>.*)\))?")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")
_SAYS_QUOTE = re.compile(r"\bquote\b", re.IGNORECASE)

Kind = Literal["citation", "acknowledgement", "contact", "restriction", "embargo"]
Text = Annotated[str, Field(min_length=1, max_length=4_000)]


def _day(value: object) -> object:
    if value is not None and (not isinstance(value, str) or _DAY.fullmatch(value) is None):
        raise ValueError(f"is not a day, month or year: {str(value)[:40]!r}")
    return value


class Term(BaseModel):
    """One entry of the recording.

    `source_url` is a page, or says in words where it was read; `as_of` is a day, a month or a year.
    """

    dataset: Text
    kind: Kind
    level: NoticeLevel
    text: Text
    doi: Text | None
    source_url: Text
    as_of: Annotated[Text | None, BeforeValidator(_day)]
    confidence: Literal["high", "medium"]

    @property
    def authority(self) -> Authority:
        """Return whose word the term is: that of the page itself, or of somebody who copied or described it."""
        return Authority.THIRD_PARTY_COPY if self.confidence == "medium" else Authority.OFFICIAL_STATEMENT

    @property
    def reading(self) -> Extent:
        """Return how far it was read: of the page itself all that counts only where the entry quotes it."""
        is_whole = self.confidence == "medium" or _SAYS_QUOTE.search(self.text)
        return Extent.FULL if is_whole else Extent.PART

    @property
    def cited(self) -> str | None:
        """Return the DOI, unless the entry has only the beginning of one."""
        return None if self.doi is None or self.doi.endswith(".") else normalize_doi(self.doi)

    @property
    def page(self) -> str | None:
        """Return the address of the page, or `None` where the source is not a page."""
        address = _ADDRESS.fullmatch(self.source_url)
        return None if address is None else address["url"]


class Which(Contract):
    """Which entries are meant: `dataset` and `source` may have `*` and `?`."""

    dataset: str
    kind: Kind | None = None
    doi: str | None = None
    source: str = "*"

    def fits(self, term: Term) -> bool:
        """Return whether `term` is one of them; a DOI or kind left out is any."""
        return (
            fnmatchcase(term.dataset, self.dataset)
            and fnmatchcase(term.source_url, self.source)
            and self.kind in (None, term.kind)
            and (self.doi is None or (term.doi or "").lower() == self.doi.lower())
        )


class Person(Contract):
    """Whom a page names."""

    name: str
    email: str | None = None


class CuratedTerm(Which):
    """One entry that becomes a notice, on its own dataset or those it is `on`; of `parts` by title, or of all."""

    kind: Kind
    becomes: NoticeKind
    summary: str
    quote: str | None = None
    on: tuple[str, ...] | None = None
    parts: tuple[str, ...] | None = None
    contacts: tuple[Person, ...] = ()

    @property
    def datasets(self) -> tuple[str, ...]:
        """Return the ids of the datasets that get the notice."""
        return self.on or (self.dataset,)


class HelpDesk(Person):
    """The help desk, and the datasets whose pages name it and nobody else."""

    of: tuple[str, ...]


class LeftOut(Contract):
    """Entries that are not taken over."""

    why: str
    entries: tuple[Which, ...]


class Title(Contract):
    """What pages are called whose address begins like this."""

    begins: str
    title: str


class Decisions(Contract):
    """The whole of `data/curated/terms.yaml`."""

    titles: tuple[Title, ...] = ()
    help_desk: HelpDesk | None = None
    taken: tuple[CuratedTerm, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The decisions, each with the entry it is on; `remarks` name the entries on which there is none."""

    file: Path
    recorded_on: date
    titles: tuple[Title, ...]
    taken: tuple[tuple[CuratedTerm, Term], ...]
    contacts: Mapping[str, tuple[Contact, ...]]
    remarks: tuple[str, ...]

    def annotate(self, dataset: Dataset) -> Dataset:
        """Return the dataset with its notices and contacts. Raise `InputError` for a part that it does not have."""
        notices = [self._notice(taken, term, dataset) for taken, term in self.taken if dataset.id in taken.datasets]
        contacts = self.contacts.get(dataset.id, ())
        if not notices and not contacts:
            return dataset
        return dataset.model_copy(
            update={"notices": (*dataset.notices, *notices), "contacts": (*dataset.contacts, *contacts)}
        )

    def check_datasets(self, known: Iterable[str]) -> None:
        """Raise `InputError` where a decision is on a dataset that is not there."""
        named = {*self.contacts, *(name for taken, _ in self.taken for name in taken.datasets)}
        unknown = sorted(named - set(known))
        if unknown:
            raise InputError(f"no dataset is called {unknown[0]!r}", file=self.file)

    def _notice(self, taken: CuratedTerm, term: Term, dataset: Dataset) -> Notice:
        as_of, before = _when(term.as_of, self.recorded_on)
        return Notice(
            kind=taken.becomes,
            level=term.level,
            summary=taken.summary,
            quote=taken.quote,
            doi=term.cited,
            distributions=None if taken.parts is None else self._parts(taken.parts, dataset),
            contacts=tuple(Contact(name=item.name, email=item.email, source=SOURCE) for item in taken.contacts),
            authority=term.authority,
            reading=term.reading,
            reference=_reference(term, self.titles),
            source=SOURCE,
            as_of=as_of,
            before=before,
        )

    def _parts(self, titles: tuple[str, ...], dataset: Dataset) -> tuple[str, ...]:
        ids = tuple(part.id for part in dataset.distributions if part.title in titles)
        missing = set(titles) - {part.title for part in dataset.distributions}
        if missing:
            raise InputError(f"{dataset.id} has no part {min(missing)!r}", file=self.file)
        return ids


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    return Source(
        id=SOURCE,
        title="Terms that single datasets ask for, from their pages and from copies of them",
        publisher="The Cancer Imaging Archive and others; each notice names the page",
        url="https://www.cancerimagingarchive.net/",
        as_of=recorded_on(inputs.recordings, FILE),
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add the notices and contacts of the terms that are taken over. A remark names each term without a decision."""
    terms = read(inputs.recordings, inputs.decisions)
    terms.check_datasets(dataset.id for dataset in collected.datasets)
    return collected.with_(map(terms.annotate, collected.datasets), remarks=terms.remarks)


UPSTREAM = Upstream(describe, add)


def read(folder: Path, decisions: Path) -> Terms:
    """Return the recorded terms with the decisions on them.

    Raise `InputError` for an entry of another shape, for a decision that fits no entry or several, for a quote that
    the entry does not have, and for a contact that is not the help desk.
    """
    terms = tuple(parse_records(folder / FILE, Term))
    decided = located_yaml.read(decisions).parse(Decisions)
    taken = tuple((item, _only(item, terms, decisions)) for item in decided.taken)
    desk = tuple(_desk_entries(decided.help_desk, terms, decisions))
    settled = [*(term for _, term in taken), *desk]
    left = [which for group in decided.left_out for which in group.entries]
    open_ = [term for term in terms if term not in settled and not any(which.fits(term) for which in left)]
    return Terms(
        file=decisions,
        recorded_on=recorded_on(folder, FILE),
        titles=decided.titles,
        taken=taken,
        contacts={term.dataset: (_desk(decided.help_desk, term),) for term in desk if decided.help_desk is not None},
        remarks=tuple(f"{term.dataset}: {decisions.name} has no decision on a {term.kind} of {FILE}" for term in open_),
    )


def _only(taken: CuratedTerm, terms: Sequence[Term], file: Path) -> Term:
    field = f"{taken.dataset}, {taken.kind}{f', {taken.doi}' if taken.doi else ''}"
    found = [term for term in terms if taken.fits(term) and (taken.doi is None) == (term.doi is None)]
    if len(found) != 1:
        raise InputError(f"fits {len(found)} entries of {FILE}, not one", file=file, field=field)
    if taken.quote is not None and taken.quote not in " ".join(found[0].text.split()):
        raise InputError("has a quote that is not in the entry", file=file, field=field)
    return found[0]


def _desk_entries(desk: HelpDesk | None, terms: Sequence[Term], file: Path) -> Iterator[Term]:
    for name in () if desk is None else desk.of:
        found = [term for term in terms if term.dataset == name and term.kind == "contact" and term.page is not None]
        if len(found) != 1 or "helpdesk" not in found[0].text.lower().replace(" ", ""):
            raise InputError(f"no page of {name!r} names the help desk", file=file, field="help_desk")
        yield found[0]


def _desk(desk: HelpDesk, term: Term) -> Contact:
    return Contact(name=desk.name, email=desk.email, page=term.page, source=SOURCE)


def _when(as_of: str | None, recorded: date) -> tuple[date | None, date | None]:
    """Return the day, or where it is not known the last day on which it may have been.

    That is the last day of the month or year, or the day of the recording.
    """
    parts = _DAY.fullmatch(as_of or "")
    if parts is None:
        return None, recorded
    year, month = int(parts["year"]), int(parts["month"] or 12)
    if parts["day"] is not None:
        return date(year, month, int(parts["day"])), None
    return None, date(year, month, calendar.monthrange(year, month)[1])


def _reference(term: Term, titles: Sequence[Title]) -> NoticeReference:
    """Return the page by its title and address; a source that is not an address keeps its own words."""
    address = _ADDRESS.fullmatch(term.source_url)
    if address is None:
        return NoticeReference(title=term.source_url)
    title = next((item.title for item in titles if address["url"].startswith(item.begins)), address["url"])
    how = f" ({address['how']})" if address["how"] else ""
    return NoticeReference(title=f"{title}{how}", url=address["url"])
