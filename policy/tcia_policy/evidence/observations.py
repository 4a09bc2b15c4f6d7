"""Facts that a manuscript and its license files show and that the project does not state."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UndeclaredDataset:
    """A dataset of the registry that the manuscript names or cites and the project does not declare.

    `written` is its name or DOI as it stands at `place`, which is spelled as users read it (`paper/main.tex:8`).
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

    `field` is its place in the project (`permissions[0]`), `place` that place in words, with its line.
    """

    field: str
    text: str
    place: str
    problem: str
    right: str


@dataclass(frozen=True)
class EvidenceObserved:
    """Evidence that counts for nothing or has ended, grants in doubt or that fall short, and unsigned positions."""

    unusable: tuple[EvidenceRemark, ...] = ()
    doubtful: tuple[EvidenceRemark, ...] = ()
    short: tuple[EvidenceRemark, ...] = ()
    unsigned: tuple[EvidenceRemark, ...] = ()
    ended: tuple[EvidenceRemark, ...] = ()


@dataclass(frozen=True)
class Observations:
    """Everything seen. `unread`: a manuscript is named, and nothing of it could be read."""

    unread: bool = False
    cited: tuple[UndeclaredDataset, ...] = ()
    named: tuple[UndeclaredDataset, ...] = ()
    license_files: tuple[DifferingLicenseFile, ...] = ()
    evidence: EvidenceObserved = EvidenceObserved()


NOTHING_OBSERVED = Observations()
