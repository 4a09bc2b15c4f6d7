"""A license that a project describes itself, in the words of `model/license.py`."""

import re
from typing import Annotated, get_args

from pydantic import AfterValidator, Field, model_validator

from tcia_policy.model.base import Contract
from tcia_policy.model.dataset import Access
from tcia_policy.model.evidence import EvidenceDocument
from tcia_policy.model.license import Permits, Prohibits, Requires

# What the program itself calls a license of which nothing is known.
RESERVED = (
    "licenseref-unrecognized",
    "licenseref-none-stated",
    "licenseref-changing-label",
    "licenseref-earlier-label",
)


def _own_id(text: str) -> str:
    if not re.fullmatch(r"LicenseRef-[A-Za-z0-9][A-Za-z0-9.-]{0,63}", text):
        raise ValueError("is not an id of your own; write LicenseRef- and then letters, digits, `.` and `-`")
    if text.lower() in RESERVED:
        raise ValueError("is a word of this program; choose another id")
    return text


class DescribedLicense(Contract):
    """A license on the project's word. What is left out is not granted, or not known.

    `text` is the file with the terms, or who keeps it; it is opened and hashed. `permits` left out grants nothing,
    `access` left out is not open. Without `requires` or `prohibits`, or without a text, the license is not known.
    """

    id: Annotated[str, AfterValidator(_own_id)]
    name: str = Field(min_length=1, max_length=200)
    url: str | None = Field(default=None, min_length=1)
    text: EvidenceDocument | None = None
    access: Access | None = None
    permits: tuple[Permits, ...] | None = None
    requires: tuple[Requires, ...] | None = None
    prohibits: tuple[Prohibits, ...] | None = None

    @property
    def evidence(self) -> EvidenceDocument | None:
        """Return the document that shows the terms."""
        return self.text

    @model_validator(mode="after")
    def _does_not_contradict_itself(self) -> "DescribedLicense":
        if not self.name.strip():
            raise ValueError("`name` is empty")
        both = [word for word in get_args(Permits) if word in (self.permits or ()) and word in (self.prohibits or ())]
        if both:
            raise ValueError(f"`{both[0]}` is both in `permits` and in `prohibits`; keep what the text says")
        return self
