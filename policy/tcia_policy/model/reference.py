"""Where a fact or a rule comes from, whose word that is, how far it was read, and when it holds."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from tcia_policy.model.base import Contract, Day

LONGEST_QUOTE = 60  # words


class Authority(StrEnum):
    """Whose word a source is.

    `instrument`: a text that binds, such as a license, an agreement, a regulation, a policy or a notice of it.
    `official-statement`: what those say who may decide, on a page, in their documentation or in their own data.
    `staff-remark`: what one of their staff says, in a forum or a notebook. `third-party-copy`: a copy, a summary or a
    comment by others. `tool-safeguard`: a caution of this program's own; no source asks for it.
    """

    INSTRUMENT = "instrument"
    OFFICIAL_STATEMENT = "official-statement"
    STAFF_REMARK = "staff-remark"
    THIRD_PARTY_COPY = "third-party-copy"
    TOOL_SAFEGUARD = "tool-safeguard"

    @property
    def is_official(self) -> bool:
        """Return whether it is the word of those who may decide."""
        return self in (Authority.INSTRUMENT, Authority.OFFICIAL_STATEMENT)


class Extent(StrEnum):
    """How far a source was read.

    `full`: the whole passage that is relied on. `part`: only a part of the document could be seen, often its beginning.
    `not-read`: nobody has read it; it is named because the text must be there.
    """

    FULL = "full"
    PART = "part"
    NOT_READ = "not-read"


# How `grade` and `as_of` of files from before 2026-11-29 are read: whose word, and how far it was read.
GRADES = {
    "primary": {"authority": "official-statement", "reading": "full"},
    "primary-partial": {"authority": "official-statement", "reading": "part"},
    "data": {"authority": "official-statement", "reading": "full"},
    "secondary": {"authority": "third-party-copy", "reading": "full"},
}


def standing(authority: Authority | None, reading: Extent | None) -> str:
    """Return whose word a source is and how far it was read: `official statement, read in part`. Empty if not known."""
    if authority is None:
        return ""
    whose = "safeguard of this tool" if authority is Authority.TOOL_SAFEGUARD else authority.value.replace("-", " ")
    how_far = {Extent.PART: ", read in part", Extent.NOT_READ: ", not read"}
    return whose if reading is None else whose + how_far.get(reading, "")


class Reference(Contract):
    """The document, and the place in it, that a rule rests on.

    `authority` says whose word it is, and `reading` how far it was read; a safeguard of this program has no `reading`.
    An institution's own rules may leave both out: that forbids as well as any, and permits nothing.
    `published` is the day of the version that was read; `retrieved` is the day on which it was read, if that is known.
    `quote` is exact, and short. `url` is left out for a page that is not public, and for a safeguard. With `licenses`
    it counts for data under one of these alone, such as the legal code of one version of a license.
    """

    title: str
    url: str | None = None
    section: str | None = None
    authority: Authority | None = None
    reading: Extent | None = None
    published: Day | None = None
    retrieved: Day | None = None
    quote: str | None = Field(default=None, min_length=1)
    note: str | None = None
    licenses: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _older_spelling(cls, data: object) -> object:
        if not isinstance(data, dict) or not {"grade", "as_of"} & set(data) or data.get("grade", "data") not in GRADES:
            return data
        newer = {key: value for key, value in data.items() if key not in ("grade", "as_of")}
        return {"published": data.get("as_of"), **GRADES.get(data.get("grade", ""), {}), **newer}

    @model_validator(mode="after")
    def _says_how_far_it_was_read(self) -> "Reference":
        if self.authority is Authority.TOOL_SAFEGUARD and self.reading is not None:
            raise ValueError("a tool-safeguard has no `reading`: nobody else has written it")
        if self.authority not in (None, Authority.TOOL_SAFEGUARD) and self.reading is None:
            raise ValueError("`reading` is missing: say how far the source was read (full, part, not-read)")
        return self

    @field_validator("quote")
    @classmethod
    def _is_short(cls, quote: str | None) -> str | None:
        words = len((quote or "").split())
        if words > LONGEST_QUOTE:
            raise ValueError(f"has {words} words; a quote has {LONGEST_QUOTE} at most")
        return quote

    @property
    def standing(self) -> str:
        """Return whose word it is and how far it was read, such as `official statement, read in part`."""
        return standing(self.authority, self.reading)

    @property
    def is_official(self) -> bool:
        """Return whether it is the word of those who may decide."""
        return self.authority is not None and self.authority.is_official

    @property
    def was_read(self) -> bool:
        """Return whether the passage relied on was read: all of it, or the words that are quoted."""
        return self.reading is Extent.FULL or (self.reading is Extent.PART and self.quote is not None)

    def supports(self, verdict: Literal["permitted", "undetermined", "prohibited"]) -> bool:
        """Return whether a rule that rests on this may have the verdict.

        A permission needs an official text whose passage was read in full. A prohibition needs an official text that
        was read, or says that it is a safeguard, or does not say whose word it is. What is undetermined may rest on
        anything.
        """
        if verdict == "undetermined":
            return True
        if self.authority is None or not self.authority.is_official:
            return verdict == "prohibited" and self.authority in (None, Authority.TOOL_SAFEGUARD)
        return self.reading is Extent.FULL or (verdict == "prohibited" and self.was_read)


class Period(Contract):
    """The days from `from` to `until`, both included; an end left out is open."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    def __contains__(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)
