"""A rule as it is written in YAML: its fields, and which of them belong together."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from tcia_policy.model import DutyKind, NoticeKind, Period, Reference
from tcia_policy.model.base import Contract, Day
from tcia_policy.rules.sources import check_address, official_address

# What rules' texts may leave open, and what stands there where no data item fills it in.
PLACEHOLDERS: Mapping[str, str] = {
    "dataset.name": "the dataset",
    "dataset.link": "(its DOI)",
    "dataset.contacts": "the contacts that are recorded",
    "dataset.program": "its program",
    "license.name": "(name of the license)",
    "license.url": "(the license's address)",
    "license.of_sources": "(the license that the sources state)",
    "holding.name": "this data item",
    "holding.license": "the stated license",
    "holding.obtained_from": "(where they were obtained)",
    "repository.name": "(the repository)",
    "repository.short": "(its short name)",
    "holding.series": "some",
    "holding.doi": "(its DOI)",
    "holding.examples": "(examples)",
    "holding.named_otherwise": "another dataset",
    "holding.removed_after": "an earlier version",
    "holding.rows_name": "another dataset",
    "holding.rows_say": "(what they say)",
    "parts.controlled": "(their names)",
    "holding.registered_as": "a dataset of the registry",
    "holding.named_like": "a dataset of the registry",
    "holding.speaks_of": "an archive or a challenge",
    "access.accession": "its dbGaP accession",
    "sources.noncommercial": "(its sources)",
    "sources.controlled": "(its sources)",
    "sources.share-alike": "(its sources)",
    "access.repository": "(the repository)",
    "access.repository.name": "(the repository)",
    "access.repository.short": "(its short name)",
    "manuscript.dataset": "a dataset",
    "manuscript.name": "its name",
    "manuscript.place": "(file and line)",
    "output.kind": "output",
    "output.license": "the stated license",
    "output.file": "the license file",
    "output.found": "another license",
    "evidence.field": "its place in the project",
    "evidence.text": "evidence",
    "evidence.place": "file and line",
    "evidence.problem": "(what is wrong)",
    "evidence.right": "(what would be right)",
    "notice.summary": "(what the notice says)",
    "reference.quote": "(the words of the source)",
    "release.outputs": "output",
    "release.with": "other data",
    "release.place": "(file and line)",
    "release.text": "(what it says)",
    "release.other": "(what else is said)",
    **{f"notices.{kind}": "(what the sources say)" for kind in NoticeKind},
}
PLACEHOLDER = re.compile(r"\{([a-z_.-]+)\}")

Expectation = Literal["prohibited", "undetermined", "permitted", "owed", "note", "silent", "lifted"]


class Answerer(StrEnum):
    """Whose reply settles what a rule leaves open."""

    DATA_OWNER = "data-owner"
    ACCESS_COMMITTEE = "access-committee"
    COUNSEL = "counsel"
    ARCHIVE = "archive"

    @property
    def in_words(self) -> str:
        """Return who that is, as a sentence has it."""
        return {
            Answerer.DATA_OWNER: "the owner of the data",
            Answerer.ACCESS_COMMITTEE: "the Data Access Committee",
            Answerer.COUNSEL: "counsel",
            Answerer.ARCHIVE: "the archive",
        }[self]


class DutySpec(Contract):
    """What is owed, with what to `cite`. The rule's `unless` says which evidence meets it.

    `wordings` is text that the source asks to print as it is (any one of several serves); what is to be filled in
    is in square brackets. `printed` is what a text that meets the duty says: one of each group. `from_notices` makes
    one duty of each notice of that kind; the notice says what, in which wording, whether it is required or only
    requested, and where it says so.
    """

    kind: DutyKind
    text: str
    required: bool = True
    cite: Literal["dataset", "sources", "paper"] | None = None
    doi: str | None = None
    wordings: tuple[str, ...] = ()
    printed: tuple[tuple[str, ...], ...] = ()
    from_notices: NoticeKind | None = None

    @model_validator(mode="after")
    def _paper_has_its_doi(self) -> "DutySpec":
        if (self.cite == "paper") != (self.doi is not None):
            raise ValueError("`doi` and `cite: paper` need each other: state both, or none")
        return self

    @model_validator(mode="after")
    def _notices_say_the_rest(self) -> "DutySpec":
        superfluous = {"cite", "wordings", "printed", "required"} & self.model_fields_set
        if self.from_notices is not None and superfluous:
            raise ValueError(f"leave `{min(superfluous)}` out: with `from_notices`, the notice says it")
        if (self.from_notices is not None) != ("{notice.summary}" in self.text):
            raise ValueError("`from_notices` and a text with {notice.summary} need each other: state both, or none")
        return self


class Example(Contract):
    """Facts, and what the rule says if nothing else is known. `license` stands for all facts of that license."""

    given: dict[str, Any]
    expect: Expectation


class Policy(Contract):
    """The document that rules come from, where it is, and of which day it is, where that is known."""

    id: str
    title: str
    url: str
    as_of: Day | None = None
    note: str | None = None


class RuleText(Contract):
    """One rule as it is written. Exactly one of `verdict`, `duty` and `note` says what it does.

    If an agreement lifts the verdict, the rule may have that agreement as its duty as well. `replaces` is the id of the
    rule that held until the day before, and that stays in the book. The one `fallback` decides if no other rule does.
    `answered_by` are those whose reply, recorded under `answers`, settles what the rule leaves undetermined. `question`
    is what is asked where the rule leaves something open, and ends in `?`; `stated_at` is the key of the project file
    that answers it (`use.country`), where one does.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    applies_to: dict[str, Any] = Field(default_factory=dict)
    when: dict[str, Any] = Field(default_factory=dict)
    verdict: Literal["permitted", "undetermined", "prohibited"] | None = None
    duty: DutySpec | None = None
    note: bool = False
    fallback: bool = False
    unless: dict[str, Any] | None = None
    answered_by: tuple[Answerer, ...] = ()
    because: str
    remedy: str | None = None
    question: str | None = Field(default=None, pattern=r"\?$")
    stated_at: str | None = None
    reference: Reference
    see_also: tuple[Reference, ...] = ()
    in_force: Period = Period.model_construct()
    replaces: str | None = None
    examples: tuple[Example, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _does_one_thing(self) -> "RuleText":
        does = [name for name in ("verdict", "duty", "note") if getattr(self, name)]
        if does == ["verdict", "duty"]:
            if self.unless is None or self.duty is None or self.duty.kind is not DutyKind.AGREE:
                raise ValueError("a rule with a verdict can only have the duty to agree to what lifts it")
        elif len(does) != 1:
            raise ValueError("a rule needs exactly one of verdict, duty and note")
        return self

    @model_validator(mode="after")
    def _is_open_if_it_can_be_answered(self) -> "RuleText":
        if self.answered_by and self.verdict != "undetermined":
            raise ValueError("only a rule with the verdict `undetermined` can have `answered_by`")
        return self

    @model_validator(mode="after")
    def _names_its_sources(self) -> "RuleText":
        for reference in (self.reference, *self.see_also):
            check_address(reference)
        official = official_address(self.reference)
        if official is not None:
            raise ValueError(f"a rule rests on the text itself ({official}); put a copy of it under `see_also`")
        if self.verdict is not None and not self.reference.supports(self.verdict):
            raise ValueError(f"its reference ({self.reference.standing}) cannot support the verdict {self.verdict!r}")
        return self


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its `{placeholders}` replaced, by `[not known]` if a placeholder has no value."""
    return PLACEHOLDER.sub(lambda match: values.get(match.group(1)) or "[not known]", text)
