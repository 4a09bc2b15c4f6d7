"""DataCite's records of DOIs: creators, rights, and the day on which the record was changed last.

The shape is that of `GET /dois` (https://support.datacite.org/docs/api-get-doi). People type these records: a family
name may be missing, or stand where the given name belongs, and an identifier may be an address or a number.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from tcia_policy.importers import tcia
from tcia_policy.importers.online.answers import Answers, Record
from tcia_policy.text.orcid import is_orcid

LIST = "dois"
ORCID = re.compile(r"(?:https?://)?(?:orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?", re.IGNORECASE)


def _objects(value: object) -> object:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


class NameIdentifier(BaseModel):
    """An identifier of a creator, by scheme."""

    value: tcia.MaybeText = Field(default=None, alias="nameIdentifier")


class CreatorRecord(BaseModel):
    """A creator as somebody typed it."""

    name: tcia.MaybeText = None
    family: tcia.MaybeText = Field(default=None, alias="familyName")
    given: tcia.MaybeText = Field(default=None, alias="givenName")
    type: tcia.MaybeText = Field(default=None, alias="nameType")
    identifiers: Annotated[tuple[NameIdentifier, ...], BeforeValidator(_objects)] = Field(
        default=(), alias="nameIdentifiers", max_length=20
    )

    @property
    def orcid(self) -> str | None:
        """Return the ORCID iD, in whichever scheme and spelling it is recorded; none that was typed wrong."""
        found = (ORCID.fullmatch(item.value) for item in self.identifiers if item.value is not None)
        typed = (match[1].upper() for match in found if match is not None)
        return next(filter(is_orcid, typed), None)


class Right(BaseModel):
    """One entry of `rightsList`: a license by SPDX identifier, by name, by address."""

    spdx: tcia.MaybeText = Field(default=None, alias="rightsIdentifier")
    name: tcia.MaybeText = Field(default=None, alias="rights")
    url: tcia.MaybeText = Field(default=None, alias="rightsUri")


class DoiRecord(BaseModel):
    """What the record of one DOI says."""

    doi: tcia.Doi
    creators: Annotated[tuple[CreatorRecord, ...], BeforeValidator(_objects)] = Field(default=(), max_length=5_000)
    rights: Annotated[tuple[Right, ...], BeforeValidator(_objects)] = Field(
        default=(), alias="rightsList", max_length=50
    )
    updated: tcia.MaybeDay = None


def read(answers: Answers) -> tuple[Mapping[str, DoiRecord], tuple[str, ...]]:
    """Return the records by DOI, and a remark for each that cannot be read."""
    found: dict[str, DoiRecord] = {}
    remarks: list[str] = []
    for record in answers.lists.get(LIST, ()):
        try:
            parsed = DoiRecord.model_validate(_attributes(record))
        except ValidationError as error:
            complaint = error.errors()[0]
            remarks.append(f"DataCite: {str(record.get('id'))[:80]} is left out: {complaint['msg']}")
        else:
            found[parsed.doi] = _with_rights_of(found.get(parsed.doi), parsed)
    return found, tuple(remarks)


def _with_rights_of(other: DoiRecord | None, record: DoiRecord) -> DoiRecord:
    """Return a record with the licenses of another one of its DOI as well: both are stated."""
    if other is None or other.rights == record.rights:
        return record
    return record.model_copy(update={"rights": (*other.rights, *record.rights)})


def changed_on(record: DoiRecord, day: date) -> date:
    """Return the day on which the record was changed last, at the latest that on which it was read."""
    return min(record.updated or day, day)


def _attributes(record: Record) -> Record:
    attributes = record.get("attributes")
    return {"doi": record.get("id"), **attributes} if isinstance(attributes, dict) else record
