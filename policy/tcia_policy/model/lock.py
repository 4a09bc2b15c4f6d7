"""The lock: what a study was judged from, and what came out, so that it shows later whether anything moved."""

from tcia_policy.files.mark import MARK
from tcia_policy.model.base import Contract, Day
from tcia_policy.model.file_kind import FileKind
from tcia_policy.model.terms import StatedLicense

LOCK_FILE = "tcia-policy.lock"
LOCK_VERSION = "1.0"


class LockedFile(Contract):
    """A file that was read, by its path from the project's folder, with its SHA-256."""

    kind: FileKind
    path: str
    sha256: str


class LockedPart(Contract):
    """A part that may have been used: what sources state of it, and the license and access that follow."""

    title: str | None = None
    stated: tuple[StatedLicense, ...] = ()
    governing: str | None = None
    access: str | None = None


class LockedItem(Contract):
    """A data item as it was resolved, with the claims that held for each of its parts."""

    id: str
    name: str
    dataset: str | None = None
    obtained_from: str
    version: str | None = None
    series: int | None = None
    parts: tuple[LockedPart, ...] = ()


class LockedDataset(Contract):
    """What the registry said of a dataset of the study, or of one that its data were made from, by the name of a fact.

    `license/43619` is the license that counts for that part, `access/43619` its access, `citation` the reference to the
    data; there are contacts and notices, too. Only parts that may have been used are there.
    """

    id: str
    facts: dict[str, str]


class LockedOutcome(Contract):
    """What came out, each by its id: what may be done, what is owed, what is open, what was decided.

    `verdicts` are by data item and activity (`lidc/train-model`), `outputs` by kind and license. `findings` are by rule
    and data item, `duties` have their status. `citations` have the reference in words, by DOI. `questions` have their
    text, `matters` the digest of what can be decided, `decisions` whether they count.
    """

    verdict: str
    verdicts: dict[str, str]
    outputs: dict[str, str]
    findings: dict[str, str]
    duties: dict[str, str]
    citations: dict[str, str]
    questions: dict[str, str]
    matters: dict[str, str]
    decisions: dict[str, str]


class Lock(Contract):
    """The digests of all that a study was judged from (`digests`, `files`), and what came out.

    `digests` are SHA-256 by the name of what they are of (`registry`, `rules`, `idc-index`), `versions` its versions.
    `datasets` are those of the registry that the data are of, or were made from; a lock of an older program has none.
    `rules` are those that spoke, with a digest of what each says in substance. Nothing in a lock depends on the day
    but `as_of`, the day it was made for, and what follows from that day.
    """

    schema_version: str = LOCK_VERSION
    written_by: str = MARK
    as_of: Day
    project_file: str
    versions: dict[str, str]
    digests: dict[str, str]
    files: tuple[LockedFile, ...]
    items: tuple[LockedItem, ...]
    datasets: tuple[LockedDataset, ...] = ()
    rules: dict[str, str]
    outcome: LockedOutcome
