"""What the files of a release say, whatever format they are in: what every reader gives."""

from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum

from tcia_policy.documents.model import Manuscript, Problem, SourceLocation
from tcia_policy.lazy import dataclass


class Topic(StrEnum):
    """What a statement is about.

    `LICENSE` is the license of what is released; `DATA_LICENSE` that of the data that it was made from (MONAI's
    `data_license.txt`). `MADE_FROM` is data that it was made from or trained on, `TESTED_ON` data that it was only
    tested on, `BASE_MODEL` the weights that it was made from. `CITATION` is a work that is to be cited, or its DOI.
    `TERMS` are conditions beside the license that whoever wants the release has to agree to.
    """

    TITLE = "title"
    LICENSE = "license"
    DATA_LICENSE = "data-license"
    MADE_FROM = "made-from"
    TESTED_ON = "tested-on"
    BASE_MODEL = "base-model"
    CITATION = "citation"
    TERMS = "terms"


class Released(StrEnum):
    """What a file says is released. `UNKNOWN`: it does not say."""

    MODEL = "model"
    DATA = "data"
    CODE = "code"
    PUBLICATION = "publication"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stated:
    """One statement of a file: `text` as it stands there, in `field` (`datasets[0]`), at `place`.

    `link` is an address that the file gives with it (`license_link`). `covers` are the paths that it is about where it
    is not about the whole release: glob patterns below its folder, as in REUSE.toml. `says` is what is released under
    it, where the statement tells. `relation` is how the two belong together, in the file's words (`quantized`,
    `isDerivedFrom`).
    """

    topic: Topic
    text: str
    field: str
    place: SourceLocation
    link: str | None = None
    covers: tuple[str, ...] = ()
    says: Released | None = None
    relation: str | None = None


@dataclass(frozen=True)
class ReleaseFile:
    """One file that says something of the release. `format` is the name of its format in the register.

    `has_license_field` says that files of this format state the license of what is released, so that one without it
    lacks it. `text` is what a reader of the file sees, as every document: names, citations and wordings are looked for
    in it. `unread_licenses` are license fields that are there and were not understood, or the whole file where that
    may have stated one: the license is unknown then, whatever else is stated. `problems` are what else was not
    understood. Nothing of either counts as said.
    """

    file: str
    format: str
    released: Released
    stated: tuple[Stated, ...] = ()
    has_license_field: bool = False
    text: Manuscript = field(default_factory=Manuscript)
    unread_licenses: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def about(self, topic: Topic) -> tuple[Stated, ...]:
        """Return what the file says of one topic, in its order."""
        return tuple(each for each in self.stated if each.topic is topic)


@dataclass(frozen=True)
class Release:
    """A folder or file that is about to be published, as its own files describe it.

    `shown` is how the user spells it. `passed_over` are the files that say nothing of licenses or data (code, weights,
    images), as paths below it, as far as they are worth a word. `is_folder` is false for a zip and for one file.
    """

    shown: str
    files: tuple[ReleaseFile, ...] = ()
    passed_over: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_folder: bool = False

    def about(self, topic: Topic) -> Sequence[Stated]:
        """Return what all files say of one topic, in the order of the files."""
        return tuple(each for file in self.files for each in file.about(topic))
