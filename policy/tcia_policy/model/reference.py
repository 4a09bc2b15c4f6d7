"""Where a fact or a rule comes from, how firmly it is known, and when it holds."""

from datetime import date
from enum import StrEnum

from pydantic import ConfigDict, Field

from tcia_policy.model.base import Contract, Day


class Grade(StrEnum):
    """How firmly a source supports a rule. Only `primary` and `data` may carry a prohibition or a permission.

    `primary`: the passage itself was read. `primary-partial`: the source itself, of which only a part was seen.
    `data`: computed from a source's own data. `secondary`: a copy, a summary or a comment by others.
    """

    PRIMARY = "primary"
    PRIMARY_PARTIAL = "primary-partial"
    DATA = "data"
    SECONDARY = "secondary"

    @property
    def carries_verdict(self) -> bool:
        """Return whether a rule that rests on this grade may permit or prohibit."""
        return self in (Grade.PRIMARY, Grade.DATA)


class Reference(Contract):
    """The document, and the place in it, that a rule rests on. `as_of` is when it was read or published.

    `url` is left out only for a page that is not public; what a rule rests on always has one.
    """

    title: str
    url: str | None = None
    section: str | None = None
    grade: Grade = Grade.PRIMARY
    as_of: Day | None = None
    note: str | None = None


class Period(Contract):
    """The days from `from` to `until`, both included; an end left out is open."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    def __contains__(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)
