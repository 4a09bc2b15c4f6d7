"""`data/curated/names.yaml`: what people call datasets beside their names, each with the place where that was seen."""

from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import curated
from tcia_policy.model import Source
from tcia_policy.model.base import Contract, Day

FILE = "names.yaml"


class SeenAt(Contract):
    """The place where a name was seen; `as_of` is the day on which it was read, else `before` a day by which it was."""

    title: str = Field(min_length=1)
    url: str | None = None
    as_of: Day | None = None
    before: Day | None = None

    @model_validator(mode="after")
    def _has_one_day(self) -> "SeenAt":
        if (self.as_of is None) == (self.before is None):
            raise ValueError("needs exactly one of as_of and before")
        return self


class NameOfDataset(Contract):
    """A name of exactly one dataset."""

    name: str = Field(min_length=1)
    dataset: str
    seen: SeenAt


class PageOfDataset(Contract):
    """The number of a page of TCIA's wiki (`pageId`) that is about one dataset."""

    page: int = Field(gt=0)
    dataset: str
    seen: SeenAt


class DoiOfVersion(Contract):
    """The DOI of a version of a dataset that has another DOI in the registry; lower-case without a resolver."""

    doi: str
    dataset: str
    seen: SeenAt


class SharedName(Contract):
    """A name that is no dataset of the registry by itself, and so is asked about.

    `may_be` are the datasets that it may mean. `copy_of` are those whose data it has, passed on under terms of its own.
    `note` says what else there is to know, in a sentence.
    """

    name: str = Field(min_length=1)
    may_be: tuple[str, ...] = ()
    copy_of: tuple[str, ...] = ()
    note: str | None = None
    seen: SeenAt

    @model_validator(mode="after")
    def _says_something(self) -> "SharedName":
        if bool(self.may_be) and bool(self.copy_of):
            raise ValueError("takes either may_be or copy_of")
        if not (self.may_be or self.copy_of or self.note):
            raise ValueError("needs may_be, copy_of or a note")
        return self


class NamesInUse(Contract):
    """The whole file."""

    source: Source
    names: tuple[NameOfDataset, ...]
    pages: tuple[PageOfDataset, ...]
    shared: tuple[SharedName, ...]
    versions: tuple[DoiOfVersion, ...] = ()


@cache
def load_names(folder: Path | None = None) -> NamesInUse:
    """Return the names in `names.yaml` of a folder of curated facts (the shipped one by default).

    Raise `InputError` with file, line and field for a key or day that is wrong or missing.
    """
    return located_yaml.read((folder or curated()) / FILE).parse(NamesInUse)
