"""The register of files that say what is released. A new format is one module with a reader, and one line here."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.model import ReleaseFile

Reader = Callable[[DocumentFile], ReleaseFile | None]
"""A reader returns what a file says; `None` where it turns out to be of another format.

It raises `InputError` where nothing of it can be read.
"""


@dataclass(frozen=True)
class ReleaseFormat:
    """One format: how a file of it is recognized, and what reads it.

    `names` are glob patterns for the end of a path in lower case (`configs/metadata.json`). `marks` are words of which
    one stands in the beginning of every such file, whatever its name; the names do not count then.
    `states_license` says that a file that cannot be read may have stated the license of what is released.
    `reader` is `module:function` of a `Reader`.
    """

    name: str
    names: tuple[str, ...]
    reader: str
    help: str
    marks: tuple[bytes, ...] = ()
    states_license: bool = True

    def has_name(self, path: PurePosixPath) -> bool:
        """Return whether a file is called as those of the format are."""
        lowered = path.as_posix().lower()
        return any(fnmatchcase(lowered, name) or fnmatchcase(lowered, f"*/{name}") for name in self.names)

    def has_mark(self, head: bytes) -> bool:
        """Return whether the beginning of a file has a word that only files of the format have."""
        return any(mark in head for mark in self.marks)

    def read(self, file: DocumentFile) -> ReleaseFile | None:
        """Return what a file of this format says, `None` where it is none. Raise `InputError` for one not readable."""
        reader: Reader = pkgutil.resolve_name(self.reader)
        return reader(file)


_HERE = "tcia_policy.releases"
FORMATS = (
    ReleaseFormat(
        "MONAI bundle",
        ("configs/metadata.json",),
        f"{_HERE}.monai:read_metadata",
        "name, copyright, data source, intended use, references",
        states_license=False,
    ),
    ReleaseFormat(
        "license of the training data",
        ("docs/data_license*", "data_license.txt"),
        f"{_HERE}.license_text:read_data_license",
        "the terms of the data that a MONAI bundle was trained on, each with its address",
    ),
    ReleaseFormat(
        "license text",
        (
            *("licen[cs]e", "licen[cs]e[-._]*", "copying*", "unlicense*", "*[-_]licen[cs]e"),
            *("*[-_]licen[cs]e.txt", "*[-_]licen[cs]e.md"),
        ),
        f"{_HERE}.license_text:read_license",
        "the text, which is compared with those of the licenses that are known",
    ),
    ReleaseFormat(
        "Hugging Face card",
        (
            *("readme.md", "readme", "readme.markdown", "model[-_]card.md", "modelcard.md"),
            *("dataset[-_]card.md", "datasetcard.md"),
        ),
        f"{_HERE}.hugging_face:read_card",
        "`license`, `license_name`, `license_link`, `datasets`, `base_model`, `model-index`, tags; without a header, "
        "the text",
    ),
)


def formats_by_name(path: PurePosixPath) -> tuple[ReleaseFormat, ...]:
    """Return the formats whose files may be called so, the most telling first."""
    return tuple(each for each in FORMATS if each.has_name(path))


def formats_by_mark(head: bytes) -> tuple[ReleaseFormat, ...]:
    """Return the formats that the beginning of a file shows, whatever it is called."""
    return tuple(each for each in FORMATS if each.has_mark(head))
