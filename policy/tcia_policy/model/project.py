"""A study as its authors describe it: `tcia-policy.yaml`."""

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError
from pydantic_core.core_schema import with_info_after_validator_function

from tcia_policy.model.base import Contract, Day, YesNo
from tcia_policy.model.country import country_code, refuse_no_and_yes
from tcia_policy.model.described_license import DescribedLicense
from tcia_policy.model.evidence import Agreement, Answer, Permission, Positions
from tcia_policy.model.gate import GateWordText
from tcia_policy.model.holding import OtherKind, Route
from tcia_policy.model.places import Place
from tcia_policy.model.use import Activity, OutputKind
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.english import one_of


class Purpose(StrEnum):
    """Commercial or not, by the use and not by the user."""

    COMMERCIAL = "commercial"
    NONCOMMERCIAL = "noncommercial"


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


Name = Annotated[str, AfterValidator(_not_empty)]
Names = tuple[Name, ...]
FROM_DATA = ("made_from",)
FROM_TRAINING = ("trained_on", "tested_on", "base_model")
SOURCE_LISTS = (*FROM_TRAINING, *FROM_DATA, "made_with")


class Output(Contract):
    """Something released, and the license it shall carry (SPDX identifier or `LicenseRef-...`).

    `license_file` is where it says so: a LICENSE file, or a card with a YAML header that has `license:`.

    The lists say what it comes from, in the words of SPDX 3 and of Hugging Face's model cards. Each names items of
    `data`, by `id` or by what the item names. Of a model, `trained_on` has its training data, `tested_on` the data that
    it was only tested on, `base_model` the weights that it was fine-tuned from. Of anything else, `made_from` has the
    data. `made_with` has the models and software that were used to make it. A list that is left out may be anything: it
    counts as all data that it can hold (`tested_on` as none beside the others).
    """

    kind: OutputKind
    license: str | None = None
    license_file: str | None = None
    trained_on: Names | None = Field(default=None, min_length=1)
    tested_on: Names | None = None
    base_model: Names | None = None
    made_from: Names | None = Field(default=None, min_length=1)
    made_with: Names | None = None

    @property
    def name(self) -> str:
        """Return `model under Apache-2.0`."""
        return self.kind.value + (f" under {self.license}" if self.license else "")

    @property
    def has_lists(self) -> bool:
        """Return whether the output says of anything that it comes from it."""
        return any(getattr(self, name) is not None for name in SOURCE_LISTS)

    @model_validator(mode="after")
    def _has_the_lists_of_its_kind(self) -> "Output":
        others = FROM_DATA if self.kind is OutputKind.MODEL else FROM_TRAINING
        for name in others:
            if getattr(self, name) is not None:
                fit = [each for each in SOURCE_LISTS if each not in others]
                raise ValueError(f"`{name}` does not fit {self.kind.value}; use {one_of(fit)}")
        return self


Country = Annotated[str, BeforeValidator(refuse_no_and_yes, json_schema_input_type=str), AfterValidator(country_code)]


class Use(Contract):
    """What the study does. A field left out is unknown, not "none"."""

    purpose: Purpose | None = None
    activities: tuple[Activity, ...] | None = Field(default=None, min_length=1)
    outputs: tuple[Output, ...] | None = None
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2")


class OtherData(Contract):
    """Something from outside the registry, on the user's word. A license left out is unknown.

    `kind` says what it is: data (also where it is left out), a model such as pretrained weights, or software.
    """

    name: str = Field(min_length=1)
    kind: OtherKind | None = None
    license: str | None = None
    doi: str | None = None


class OwnData(Contract):
    """The institution's own data, on the project's word that it holds the rights. They need no license of others."""

    name: Name
    description: str | None = Field(default=None, max_length=2000)


def _item_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text):
        raise ValueError("is not an id; use letters, digits, `.`, `_` and `-`, at most 64 of them, such as `lidc`")
    return text


ITEM_KINDS = ("dataset", "collection", "analysis_result", "doi", "series", "manifest", "folder", "other", "own")


OF_COPY = ("license", "license_file", "altered")
OF_DATASET = ("distributions", "version")


def _check_own(item: "DataItem") -> None:
    """Raise `ValueError` for what own data cannot have: parts, a version, and a place that gave them out."""
    of_dataset = [name for name in OF_DATASET if getattr(item, name) is not None]
    if of_dataset:
        raise ValueError(f"`{of_dataset[0]}` is for a dataset; own data have none: leave it out")
    if item.obtained_from not in (None, Route.INSTITUTION, Route.OTHER):
        raise ValueError("own data are not obtained from elsewhere; leave `obtained_from` out, or name the dataset")


class DataItem(Contract):
    """One entry of `data`: exactly one of the kinds in `ITEM_KINDS`, and what narrows it down.

    `id` is a name of your choice, by which outputs can say that they come from this item. `license` and `license_file`
    are what came with your copy of a dataset, `altered` says whether the place that it is from had changed it.
    `changes` is what was done to the data before they are shared, as an attribution must say it.
    """

    id: Annotated[str, AfterValidator(_item_id)] | None = None
    dataset: Name | None = None
    collection: Name | None = None
    analysis_result: Name | None = None
    doi: Name | None = None
    series: Name | None = None
    manifest: Name | None = None
    folder: Name | None = None
    other: OtherData | None = None
    own: OwnData | None = None
    distributions: tuple[str, ...] | None = Field(default=None, min_length=1)
    version: str | None = None
    obtained_from: Place | None = None
    obtained_on: Day | None = None
    license: Name | None = None
    license_file: Name | None = None
    altered: YesNo | None = None
    changes: str | None = Field(default=None, min_length=1, max_length=2000)

    @classmethod
    def key_for(cls, text: str) -> str:
        """Return the key under which a text belongs that stands in place of a whole item."""
        if normalize_doi(text) is not None:
            return "doi"
        if re.fullmatch(r"[\d.]{10,64}", text):
            return "series"
        if text.endswith(("/", "\\")):
            return "folder"
        return "manifest" if re.search(r"[/\\]|\.(?:tcia|csv|tsv|txt|s5cmd)$", text.lower()) else "dataset"

    @model_validator(mode="after")
    def _exactly_one_kind(self) -> "DataItem":
        given = [kind for kind in ITEM_KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            named = " and ".join(given) or "none of them"
            raise ValueError(f"an item needs exactly one of {', '.join(ITEM_KINDS)}; this one has {named}")
        of_copy = [name for name in OF_COPY if getattr(self, name) is not None]
        if self.own is not None and of_copy:
            raise ValueError(f"`{of_copy[0]}` is for a copy of a dataset; own data need no license")
        if self.own is not None:
            _check_own(self)
        if self.other is not None and of_copy:
            raise ValueError(f"`{of_copy[0]}` is for a copy of a dataset; `other` has its license within it")
        return self


class CptacStatus(Contract):
    """CPTAC's freedom-to-publish criteria for the data used, as the user knows them; a key left out is unknown."""

    global_paper_published: YesNo | None = None
    raw_data_public_since: Day | None = None
    steering_committee_approval: YesNo | None = None


NO_DATA_ALLOWED = "no_data_allowed"
"""The key of pydantic's context by which a result is read: a manuscript may name no data, a project has some."""


class _SomeData:
    """Asks for at least one item, but not where a result is read back that found none."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return with_info_after_validator_function(_some_data, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        in_files = {"minItems": 1} if handler.mode == "validation" else {}
        return {**handler(schema), **in_files}


def _some_data(items: tuple[DataItem, ...], info: ValidationInfo) -> tuple[DataItem, ...]:
    if not items and not (info.context or {}).get(NO_DATA_ALLOWED):
        raise PydanticKnownError("too_short", {"field_type": "Tuple", "min_length": 1, "actual_length": 0})
    return items


class Reviewer(Contract):
    """Somebody who may decide on this project, and in which role (`counsel`, `data-steward`).

    `email` is the address by which lists of keys know them: that of an SSH key in a file of allowed signers, or of a
    GPG key.
    """

    name: Name
    role: Name
    email: Name | None = None


class GateStated(Contract):
    """What stops `check`, `report`, `notices` and `render` on this project, in the words of `--fail-on`.

    They are `prohibited`, `open`, `undetermined`, `unverified` (each with those before it), `stale` and `expiring:30`.
    """

    fail_on: tuple[GateWordText, ...] = Field(min_length=1, max_length=20)


class Project(Contract):
    """The study: what data it used, what it does with them, and what evidence it has. Paths are relative to the file.

    `licenses` are licenses that the project describes itself, for data from elsewhere, copies and outputs.
    `not_used` are datasets that the manuscript names or cites and the study did not use. `release` are the folders that
    are about to be published: what their files say is compared with the rest.
    `authors` are those who wrote the project; they may not decide on it. `reviewers` are those who may. `gate` says
    what stops a command.
    """

    title: str | None = Field(default=None, max_length=1000)
    use: Use = Use.model_construct()
    positions: Positions = Positions.model_construct()
    data: Annotated[tuple[DataItem, ...], _SomeData()]
    licenses: tuple[DescribedLicense, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    permissions: tuple[Permission, ...] = ()
    answers: tuple[Answer, ...] = ()
    cptac: CptacStatus = CptacStatus.model_construct()
    manuscript: tuple[str, ...] | None = None
    release: tuple[Name, ...] | None = Field(default=None, min_length=1)
    not_used: tuple[Name, ...] = ()
    authors: tuple[Name, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    gate: GateStated | None = None
