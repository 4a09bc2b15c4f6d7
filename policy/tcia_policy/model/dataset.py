"""What is known of one dataset: a TCIA Collection, a TCIA Analysis Result, or an IDC source with its own DOI."""

from enum import StrEnum

from pydantic import Field, model_validator

from tcia_policy.model.base import Contract, Day
from tcia_policy.model.holding import Route
from tcia_policy.model.reference import Authority, Extent


class DatasetKind(StrEnum):
    """What the archive calls it."""

    COLLECTION = "collection"
    ANALYSIS_RESULT = "analysis-result"
    IDC_SOURCE = "idc-source"
    REISSUE = "re-issue"


class Archive(StrEnum):
    """Who publishes the record that the dataset file was made from."""

    TCIA = "tcia"
    IDC = "idc"
    ELSEWHERE = "elsewhere"


class Access(StrEnum):
    """Whether anyone may download, or only who has been approved."""

    OPEN = "open"
    CONTROLLED = "controlled"


class ClaimScope(StrEnum):
    """What a license claim speaks of.

    `distribution`: exactly this part. `collection`: the DICOM series of the whole collection; where such a source names
    several licenses, it does not say which part has which.
    """

    DISTRIBUTION = "distribution"
    COLLECTION = "collection"


class Source(Contract):
    """A place that facts were read from; one entry of `data/sources.yaml`.

    `as_of` is the day it was read; where that is not known, `before` is a day by which it was published. `defers_to`
    is the source whose newer statement on the very same part replaces what this one says. `copies` is the source whose
    labels this one repeats, as they were on its day: it is no second witness. `older_form_of` is the source of which
    this one is another, older field: it counts for a part only where that source says nothing of its day or later.
    `note` says how that is known. `until` is the day of the latest copy of it, if several were read.
    """

    id: str
    title: str
    publisher: str
    url: str
    as_of: Day | None = None
    before: Day | None = None
    version: str | None = None
    until: Day | None = None
    defers_to: str | None = None
    copies: str | None = None
    older_form_of: str | None = None
    note: str | None = None


class LicenseClaim(Contract):
    """One source's statement of a distribution's license (or access), with its date.

    `stated_as` is the source's own wording, `field` where it stood (`label`, `url`, `long name`): a source whose
    fields disagree makes two claims. `since` is the first day on which the source is on record with the same license,
    without a change until `as_of`; `until` is the last, if a later copy of the source repeats it.
    """

    license: str
    source: str
    as_of: Day
    since: Day | None = None
    until: Day | None = None
    stated_as: str
    field: str = "label"
    scope: ClaimScope = ClaimScope.DISTRIBUTION
    access: Access | None = None


class PastClaim(Contract):
    """What a source stated of a part before, as dated copies of it show from `first` to `last`.

    `license` is left out where the wording, `stated_as`, is none that is described here; both are left out where the
    source stated no license.
    """

    license: str | None = None
    source: str
    first: Day
    last: Day
    stated_as: str | None = None


class IdcRelease(Contract):
    """A version of `idc-index-data` (`22.1.5`): the version of IDC that it describes (22), with the days of both.

    `released` is the day of IDC's release, `packaged` that of the package.
    """

    version: str
    idc: int
    released: Day
    packaged: Day


class IdcRun(Contract):
    """The licenses that IDC's index gave the series of a dataset, from one version of `idc-index-data` to another.

    The versions are consecutive ones of `data/idc-releases.yaml`. With several licenses, some series had one and some
    the other; `unlabeled` says that series had none.
    """

    first: str
    last: str
    licenses: tuple[str, ...] = ()
    unlabeled: bool = False


class Distribution(Contract):
    """One downloadable part under one license: a row of TCIA's Data Access table, or the files IDC hosts for a DOI.

    `past` are the labels that the current ones replaced, oldest first. `listed` is false where its archive has it and
    hides it from the table of its page. `withdrawn` is the day on which its archive was first seen without it.
    """

    id: str
    title: str
    listed: bool = True
    withdrawn: Day | None = None
    data_types: tuple[str, ...] = ()
    file_types: tuple[str, ...] = ()
    updated: Day | None = None
    claims: tuple[LicenseClaim, ...]
    past: tuple[PastClaim, ...] = ()


class Creator(Contract):
    """A person (`family`, `given` in full or as initials, `suffix` such as `Jr.`) or a `literal` organization.

    `orcid` is the person's ORCID iD, such as `0000-0002-1825-0097`.
    """

    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    literal: str | None = None
    orcid: str | None = None

    @model_validator(mode="after")
    def _one_kind_of_name(self) -> "Creator":
        if (self.family is None) == (self.literal is None):
            raise ValueError("a creator needs exactly one of a family name and a literal")
        return self


class Citation(Contract):
    """A reference in DataCite's fields. `truncated`: the source cut the creators off and the rest is not known.

    `text` is the citation as the source prints it, with markup removed. `doi` is lower-case without a resolver;
    a paper that is cited beside data has `resource_type` `JournalArticle` and its `container` (journal, volume, pages).
    `creators_from` is the page that the creators were read from, where `source` itself cut them off.
    Only a paper may do without a `publisher`: it is known by its journal.
    """

    creators: tuple[Creator, ...]
    truncated: bool = False
    creators_from: str | None = None
    year: int
    title: str
    version: str | None = None
    publisher: str | None = None
    doi: str
    resource_type: str = "Dataset"
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    text: str | None = None
    source: str
    as_of: Day

    @model_validator(mode="after")
    def _is_published_somewhere(self) -> "Citation":
        if self.publisher is None and self.container is None:
            raise ValueError("a citation needs a publisher, or the journal that it appeared in")
        return self


class Derivation(Contract):
    """A dataset that this one was made from. `dataset` is a registry id; left out where the source names none of
    ours.
    """

    dataset: str | None = None
    named: str
    source: str
    as_of: Day


class Contact(Contract):
    """Whom a source names for questions about the data; `page` is where it does, if the source is many pages."""

    name: str
    email: str | None = None
    telephone: str | None = None
    page: str | None = None
    source: str


class NoticeKind(StrEnum):
    """What a source says of a dataset beside its license.

    `commercial-restriction`: TCIA's policy page lists it as not for commercial use. `noncommercial-statement`: its own
    page says in prose that it is for noncommercial use. `access`: which of its parts are open and which are not.
    """

    COMMERCIAL_RESTRICTION = "commercial-restriction"
    NONCOMMERCIAL_STATEMENT = "noncommercial-statement"
    COPYRIGHT = "copyright"
    ACCESS = "access"
    ACKNOWLEDGEMENT = "acknowledgement"
    CITATION = "citation"
    CONTACT = "contact"


class NoticeLevel(StrEnum):
    """Whether the source demands it or only asks for it."""

    REQUIRED = "required"
    REQUESTED = "requested"


class NoticeReference(Contract):
    """The page that a notice was read on; `url` is left out where it is not public."""

    title: str
    url: str | None = None


class Notice(Contract):
    """One such statement. `distributions` are the ids it covers; left out, it covers the whole dataset.

    `quote` is wording that users are asked to print, or a reference, verbatim; `summary` is ours. `doi` is what is to
    be cited, lower-case without a resolver. `reference` is the page itself, where `source` is a collection of pages;
    `authority` and `reading` say whose word it is and how far that was read.
    """

    kind: NoticeKind
    level: NoticeLevel
    summary: str = Field(min_length=1)
    quote: str | None = None
    doi: str | None = None
    distributions: tuple[str, ...] | None = None
    contacts: tuple[Contact, ...] = ()
    authority: Authority
    reading: Extent
    reference: NoticeReference | None = None
    source: str
    as_of: Day | None = None
    before: Day | None = None


class OtherName(Contract):
    """A name or an address by which people ask for a dataset, beside those that its own sources give it.

    `seen_in` is where it was seen (`tensorflow/datasets, issue 972`), and `url` the address of that place. `as_of` is
    the day on which that was read; where it is not known, `before` is a day by which it was there.
    """

    name: str
    seen_in: str | None = None
    url: str | None = None
    source: str
    as_of: Day | None = None
    before: Day | None = None


class DatasetVersion(Contract):
    """A version of a dataset that its archive states: its `number`, its day, and what it says was changed."""

    number: str
    day: Day | None = None
    says: str | None = None
    distributions: tuple[str, ...] = ()
    source: str


class FactChange(Contract):
    """A fact that a source states otherwise since `day`, as a short text before and after.

    `fact` is the field of the dataset, such as `title`, `citation` or `distributions`; `distribution` is the part that
    it is about, if it is about one. What a license was before is no change of this kind: `past` of the part has it.
    """

    day: Day
    fact: str
    distribution: str | None = None
    before: str | None = None
    after: str | None = None
    source: str


class Dataset(Contract):
    """Everything the registry knows of one dataset: one file under `data/datasets/`.

    `also_called` has names and addresses by which people ask for it, and the DOIs of its versions.
    `places` are where a dataset that neither TCIA nor IDC publishes is given out under the licenses recorded here.
    `idc_history` is what IDC's index said of its series, version by version, oldest first.
    `withdrawn` is the day on which its archive was first seen without it: what was known of it is kept.
    `versions` are those that its archive states, `changes` what an update of the registry found changed, oldest first.
    """

    id: str
    title: str
    kind: DatasetKind
    archive: Archive
    program: str | None = None
    doi: str
    page: str | None = None
    places: tuple[Route, ...] = ()
    aliases: tuple[str, ...] = ()
    also_called: tuple[OtherName, ...] = ()
    idc_collections: tuple[str, ...] = ()
    citation: Citation
    distributions: tuple[Distribution, ...]
    idc_history: tuple[IdcRun, ...] = ()
    derived_from: tuple[Derivation, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notices: tuple[Notice, ...] = ()
    listed: bool = True
    withdrawn: Day | None = None
    versions: tuple[DatasetVersion, ...] = ()
    changes: tuple[FactChange, ...] = ()
    sources: tuple[str, ...]

    @property
    def dois(self) -> tuple[str, ...]:
        """Return its DOI, and those of its versions: they count as one work."""
        return (self.doi, *(other.name for other in self.also_called if other.name.startswith("10.")))
