"""The evidence that a project records: agreements, grants, answers and legal positions, each with its document."""

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from tcia_policy.model.base import Contract, Day, YesNo
from tcia_policy.model.country import country_code
from tcia_policy.model.use import Activity, OutputKind

WORLDWIDE = "worldwide"


def _sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text.lower()):
        raise ValueError("is no SHA-256; it has 64 characters from 0 to 9 and a to f")
    return text.lower()


Sha256 = Annotated[str, AfterValidator(_sha256)]


class EvidenceDocument(Contract):
    """The document that shows a piece of evidence: a file at `path`, or a document that `held_by` keeps elsewhere.

    A project file may write the path alone. `sha256` is what the document has, in 64 hexadecimal digits; if it is
    stated and the file has another one, the file is not the document that is meant.
    """

    path: str | None = Field(default=None, min_length=1)
    held_by: str | None = Field(default=None, min_length=1)
    sha256: Sha256 | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_path(cls, value: object) -> object:
        if isinstance(value, str):
            if not value:
                raise ValueError("is empty; name the document, or who keeps it: {held_by: ...}")
            return {"path": value}
        if not isinstance(value, (dict, EvidenceDocument)):
            raise ValueError("names no document; write its path, or who keeps it: {held_by: ...}")
        return value

    @model_validator(mode="after")
    def _is_in_one_place(self) -> "EvidenceDocument":
        if (self.path is None) == (self.held_by is None):
            raise ValueError("needs exactly one of `path` and `held_by`")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of both ways to write it: a path alone, or the mapping."""
        mapping = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [{"type": "string", "minLength": 1}, mapping], "description": mapping.pop("description", "")}


def _accession(text: str) -> str:
    if not re.fullmatch(r"phs\d{6}(\.v\d+(\.p\d+)?)?", text):
        raise ValueError("is not a dbGaP accession; write it as phs004225 or phs004225.v1.p1")
    return text


def _territory(value: object) -> object:
    return value if value == WORLDWIDE or not isinstance(value, str) else [value]


def _worldwide_or_countries(value: tuple[str, ...] | str) -> tuple[str, ...] | str:
    return value if isinstance(value, str) else tuple(_country_in_list(item) for item in value)


def _country_in_list(text: str) -> str:
    try:
        return country_code(text)
    except ValueError as error:
        raise ValueError(f"{text!r} {error}") from None


Territory = Annotated[
    tuple[str, ...] | Literal["worldwide"], BeforeValidator(_territory), AfterValidator(_worldwide_or_countries)
]


AgreementId = Literal["cptac-data-use", "dbgap", "nctn-data-archive", "tcia-restricted-license"]


class Agreement(Contract):
    """A signed agreement or an approved request, as evidence. `id` is what rules ask for, such as `cptac-data-use`.

    It has the day on which it was signed or approved; `evidence` is its document.
    """

    id: AgreementId
    accession: Annotated[str, AfterValidator(_accession)] | None = None
    dataset: str | None = None
    signed_on: Day | None = None
    approved_on: Day | None = None
    expires_on: Day | None = None
    evidence: EvidenceDocument

    @model_validator(mode="after")
    def _has_its_day(self) -> "Agreement":
        if self.signed_on is None and self.approved_on is None:
            raise ValueError("an agreement needs `signed_on` or `approved_on`, the day from which it counts")
        if self.id == "dbgap" and self.approved_on is None:
            raise ValueError("a dbGaP request needs `approved_on`, the day from which it counts")
        return self


class Permission(Contract):
    """A grant from the owner of a dataset, as evidence. What it leaves out, it does not give.

    `grants` is the right that is given for `dataset` (or for some of its `distributions`), by `from`, to the licensee
    `to`. `activities` and `outputs` are what it names; `territory` has ISO country codes, or is `worldwide`; `until` is
    its last day, and a grant without one has no end. `sublicensable`: others may use what is passed on to them.
    """

    model_config = ConfigDict(populate_by_name=True)

    dataset: str
    grants: Literal["commercial-use", "distribution", "derivative-works"]
    distributions: tuple[str, ...] | None = None
    from_: str = Field(alias="from", min_length=1)
    to: str | None = Field(default=None, min_length=1)
    activities: tuple[Activity, ...] | None = Field(default=None, min_length=1)
    outputs: tuple[OutputKind, ...] | None = None
    territory: Territory | None = None
    on: Day
    until: Day | None = Field(default=None, validation_alias=AliasChoices("until", "expires_on"))
    sublicensable: YesNo = False
    evidence: EvidenceDocument

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Permission":
        if self.until is not None and self.until < self.on:
            raise ValueError("the grant ends (`until`) before the day on which it was given (`on`)")
        return self


class Answer(Contract):
    """A reply to a question that a rule leaves open, from somebody whom the rule lets answer it.

    `rule` is the rule's id, `data` a dataset or data item, `from` who answered. `activities` are those that the reply
    names; left out, it speaks of the activities that the rule names. `grantor` is whose grant it is about, for a reply
    to `grant-from-somebody-else`; left out, that is the only one who is in doubt for these data.
    """

    model_config = ConfigDict(populate_by_name=True)

    rule: str = Field(min_length=1)
    data: str = Field(min_length=1)
    says: Literal["permitted", "prohibited"]
    from_: str = Field(alias="from", min_length=1)
    on: Day
    activities: tuple[Activity, ...] | None = Field(default=None, min_length=1)
    grantor: str | None = Field(default=None, min_length=1)
    evidence: EvidenceDocument


class StatedPosition(Contract):
    """A legal position with its author, the day on which it was taken, and its document.

    A project file may write the value alone; then nobody signed it.
    """

    value: YesNo
    by: str | None = Field(default=None, min_length=1)
    on: Day | None = None
    evidence: EvidenceDocument | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_value(cls, value: object) -> object:
        if isinstance(value, bool):
            return {"value": value}
        if not isinstance(value, (dict, StatedPosition)):
            raise ValueError("is no position; write true or false, or {value: ..., by: ..., on: ..., evidence: ...}")
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of both ways to write it: a yes or no alone, or the mapping."""
        mapping = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [{"type": "boolean"}, mapping], "description": mapping.pop("description", "")}


class Positions(Contract):
    """The positions that the project's counsel takes where the law is unsettled."""

    model_is_adaptation: StatedPosition | None = Field(default=None, alias="model-is-adaptation")
    model_config = ConfigDict(populate_by_name=True)

    @property
    def is_adaptation(self) -> bool | None:
        """Return whether the project takes a model for an adaptation of its data; `None` without a position."""
        return None if self.model_is_adaptation is None else self.model_is_adaptation.value
