"""What was seen of documents, and facts that a manuscript and its license files show and no project states."""

from tcia_policy.lazy import dataclass

SHORT_HASH = 12


@dataclass(frozen=True)
class DocumentSeen:
    """What was seen of one document. `problem` says why it counts for nothing, `right` what would be right."""

    sha256: str | None = None
    problem: str | None = None
    right: str | None = None


@dataclass(frozen=True)
class Spoken:
    """A word of the text, and the place where it stands."""

    word: str
    place: str


@dataclass(frozen=True)
class NothingNamed:
    """What shows that a manuscript without a name may have used data: the archive alone, or a word for data.

    `archive` is where TCIA or IDC is named. `data` is where it first speaks of data, or a part that was not read.
    """

    archive: Spoken | None = None
    data: Spoken | None = None


@dataclass(frozen=True)
class UndeclaredDataset:
    """A dataset of the registry that the manuscript names or cites and the project does not declare.

    `written` is its name or DOI as it stands at `place`, which is spelled as users read it (`paper/main.tex:8`), with
    what the text says there (`paper/main.tex:8, under “Related work”`).
    """

    dataset: str
    written: str
    place: str


@dataclass(frozen=True)
class DifferingLicenseFile:
    """A license file that says `found`, and not the license that the project states for its output (`stated`)."""

    output: str
    stated: str | None
    file: str
    found: str


@dataclass(frozen=True)
class EvidenceRemark:
    """What is to be said of a piece of evidence: what it is, where it stands, what is wrong, what would be right.

    `field` is its place in the project (`permissions[0]`), `place` that place in words, with its line. `name` is what
    tells it from all other evidence, wherever it stands.
    """

    field: str
    text: str
    place: str
    problem: str
    right: str
    name: str = ""


@dataclass(frozen=True)
class EvidenceObserved:
    """Evidence that counts for nothing or has ended, grants in doubt or that fall short, and unsigned positions."""

    unusable: tuple[EvidenceRemark, ...] = ()
    doubtful: tuple[EvidenceRemark, ...] = ()
    short: tuple[EvidenceRemark, ...] = ()
    unsigned: tuple[EvidenceRemark, ...] = ()
    ended: tuple[EvidenceRemark, ...] = ()


@dataclass(frozen=True)
class ReleaseRemark:
    """What is to be said of a statement of a release, `text`, at `place` (`model/README.md:3`).

    `other` is what it contradicts, or what else is meant, in words; empty where there is nothing.
    """

    place: str
    text: str
    other: str = ""


@dataclass(frozen=True)
class ReleaseObserved:
    """What the files of a release show of themselves, and against the project.

    `unread`: nothing in a folder says anything. `broken`: what could not be read. `unlicensed`: no file states a
    license. `not_understood`: a license that was not recognized. `disagreeing`: two licenses for one thing, in two
    files. `narrowed`: a sentence that gives less than a license. `differing`: another license than the project
    states. `undeclared`: data that the project does not declare; `named`: such data that the text only names.
    `base_models`: weights that the project does not declare. `unclear`: data of which no file says whether they are
    copies. `data_licenses`: a license of the data that is not understood; `other_data_licenses`: one that no source
    states of them.
    Where no project names the data, `asked` are those of which no file says that they were used, `denied` those that
    a file says were not.
    """

    unread: tuple[ReleaseRemark, ...] = ()
    broken: tuple[ReleaseRemark, ...] = ()
    unlicensed: tuple[ReleaseRemark, ...] = ()
    not_understood: tuple[ReleaseRemark, ...] = ()
    disagreeing: tuple[ReleaseRemark, ...] = ()
    narrowed: tuple[ReleaseRemark, ...] = ()
    differing: tuple[ReleaseRemark, ...] = ()
    undeclared: tuple[ReleaseRemark, ...] = ()
    named: tuple[ReleaseRemark, ...] = ()
    base_models: tuple[ReleaseRemark, ...] = ()
    unclear: tuple[ReleaseRemark, ...] = ()
    data_licenses: tuple[ReleaseRemark, ...] = ()
    other_data_licenses: tuple[ReleaseRemark, ...] = ()
    asked: tuple[ReleaseRemark, ...] = ()
    denied: tuple[ReleaseRemark, ...] = ()


@dataclass(frozen=True)
class Observations:
    """Everything seen. `unread`: a manuscript is named, and nothing of it could be read.

    Where no project names the data, the manuscript says which were used; then `asked` are those of which it does not
    say so, `denied` those that it says were not used, and there are no `cited` and `named`.
    `nothing_named`: the data are those that a manuscript names, and it names none; what it says of data all the same.
    """

    unread: bool = False
    nothing_named: NothingNamed | None = None
    cited: tuple[UndeclaredDataset, ...] = ()
    named: tuple[UndeclaredDataset, ...] = ()
    asked: tuple[UndeclaredDataset, ...] = ()
    denied: tuple[UndeclaredDataset, ...] = ()
    license_files: tuple[DifferingLicenseFile, ...] = ()
    evidence: EvidenceObserved = EvidenceObserved()
    release: ReleaseObserved = ReleaseObserved()


NOTHING_OBSERVED = Observations()
