"""What the files of a release say of it: a folder that is about to be published."""

from typing import Literal

from tcia_policy.model.base import Made

StatementTopic = Literal[
    "title", "license", "data-license", "made-from", "tested-on", "base-model", "citation", "terms"
]
ReleasedKind = Literal["model", "data", "code", "publication", "unknown"]


class ReleaseStatement(Made):
    """One thing that a file says, as it stands there, at `place` (`model/README.md:3`).

    `released` is what a license is for. `license` is what a stated license was recognized as, `None` where it was not
    understood. `datasets` are those of the registry that the text names; none where it names other data.
    """

    topic: StatementTopic
    text: str
    field: str
    place: str
    released: ReleasedKind | None = None
    license: str | None = None
    datasets: tuple[str, ...] = ()


class ReleaseFileRead(Made):
    """One file of a release, the format that it was read in, what it is about, and all that it says."""

    file: str
    format: str
    released: ReleasedKind = "unknown"
    says: tuple[ReleaseStatement, ...] = ()


class ReleaseName(Made):
    """A dataset of the registry that the text of a release names as `written`, in words or by its DOI.

    `place` tells where, and what the text says of it there (`model/README.md:7, where the text says that it was not
    used`).
    """

    dataset: str
    written: str
    place: str


class ReleaseRead(Made):
    """The releases that were read. `paths` are as the user spells them; `folders` are those that can be written into.

    `passed_over` are the files that say nothing of licenses or data, `problems` what could not be read or understood,
    `ours` those that this program wrote: they count for nothing until somebody made them their own. `names` are the
    datasets that the text names or cites, beside what the fields state.
    `selects` says that no project names the data, so that they are those that the files state or name. `digest` is the
    SHA-256 of what was read.
    """

    paths: tuple[str, ...]
    folders: tuple[str, ...] = ()
    files: tuple[ReleaseFileRead, ...] = ()
    passed_over: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    names: tuple[ReleaseName, ...] = ()
    selects: bool = False
    digest: str | None = None
