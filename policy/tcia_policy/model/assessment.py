"""The only result there is: every output is a pure function of one `Assessment`."""

from enum import StrEnum
from typing import Literal

from tcia_policy.model.base import Contract, Day
from tcia_policy.model.dataset import Citation, Contact, Dataset, Source
from tcia_policy.model.holding import Holding
from tcia_policy.model.license import License
from tcia_policy.model.project import Activity, Project
from tcia_policy.model.reference import Period, Reference

SCHEMA_VERSION = "2.0"
DISCLAIMER = (
    "This is an aid to review, not legal advice. It judges recorded facts by recorded rules, both dated; "
    "the terms themselves govern."
)


Role = Literal["dataset", "source", "companion", "archive"]


class Verdict(StrEnum):
    """From best to worst; the worst wins."""

    PERMITTED = "permitted"
    CONDITIONAL = "conditional"
    UNDETERMINED = "undetermined"
    PROHIBITED = "prohibited"

    @property
    def severity(self) -> int:
        """0 for `permitted` to 3 for `prohibited`."""
        return list(Verdict).index(self)


class DutyKind(StrEnum):
    """What is owed."""

    CITE = "cite"
    ATTRIBUTE = "attribute"
    ACKNOWLEDGE = "acknowledge"
    AGREE = "agree"
    CONTACT = "contact"
    NOTIFY = "notify"
    REFRAIN = "refrain"


class DutyStatus(StrEnum):
    """`met`: evidence is named. `open`: evidence was looked for and is not there, or an agreement is owed and none is
    recorded. `unverified`: nothing was given to look in."""

    OPEN = "open"
    UNVERIFIED = "unverified"
    MET = "met"


class Found(StrEnum):
    """What a manuscript holds of a thing owed.

    Of a reference: `cited` with its DOI; `cited-without-doi`; `listed` in a bibliography and never cited; only `named`
    in the text. Of wording: `present`; `altered`. `absent` for both.
    """

    CITED = "cited"
    CITED_WITHOUT_DOI = "cited-without-doi"
    LISTED = "listed"
    NAMED = "named"
    PRESENT = "present"
    ALTERED = "altered"
    ABSENT = "absent"


class ManuscriptRead(Contract):
    """What was looked into: the `files` that were read, and what could not be read or does not fit (`problems`).

    `selects` says that no project named the data, so that they were inferred from what the manuscript names and cites.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...] = ()
    selects: bool = False


class MissingFact(Contract):
    """A fact that a rule needs and nobody stated. `consequence` says what would follow from each value of it."""

    fact: str
    consequence: str


class Reading(Contract):
    """What a rule says under one way of reading the sources' statements on a holding: a part, and a license for it."""

    distribution: str | None
    license: str | None
    sources: tuple[str, ...]
    outcome: str


class Finding(Contract):
    """A rule that spoke about a holding and some activities. `verdict` is `None` for a notice that decides nothing.

    `lifted_by` is the evidence (a permission or an agreement) because of which the rule's verdict does not count.
    `readings` are filled where the rule speaks differently under different sources or parts.
    """

    rule: str
    title: str
    verdict: Verdict | None
    holding: str | None
    activities: tuple[Activity, ...]
    because: str
    remedy: str | None = None
    references: tuple[Reference, ...]
    in_force: Period = Period()
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[Reading, ...] = ()
    lifted_by: str | None = None


class Duty(Contract):
    """Something owed; `required` is false for what is only asked for. `doi` is a reference, `cites` its role.

    `wordings` is text that the source asks to print as it is; any one of several serves. `printed` is what text that
    meets it says: one of each group. `found` is what the manuscript was seen to hold; `evidence` says where.
    """

    id: str
    kind: DutyKind
    text: str
    title: str = ""
    wordings: tuple[str, ...] = ()
    printed: tuple[tuple[str, ...], ...] = ()
    rule: str
    holdings: tuple[str, ...]
    activities: tuple[Activity, ...]
    required: bool = True
    status: DutyStatus
    found: Found | None = None
    evidence: str | None = None
    doi: str | None = None
    cites: Role | None = None
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...]


class CitationOwed(Contract):
    """A reference that the study owes, and for which holdings. `role`: the dataset itself, a source it was made from,
    what its own page asks to be cited beside it (`companion`), or the paper of an archive."""

    citation: Citation
    role: Role
    required: bool
    holdings: tuple[str, ...]


class CellVerdict(Contract):
    """The verdict of one activity on one holding, and the rules that decided it."""

    holding: str
    activity: Activity
    verdict: Verdict
    rules: tuple[str, ...]


class Versions(Contract):
    """What this assessment was made with."""

    program: str
    rules: str
    registry: str
    idc_index_data: str | None = None


class Assessment(Contract):
    """All findings and duties for one project, and the verdict of every activity on every holding.

    Complete: `datasets`, `licenses` and `sources` carry what the holdings refer to, so that any report can be rendered
    from the JSON form alone.
    """

    schema_version: str = SCHEMA_VERSION
    disclaimer: str = DISCLAIMER
    as_of: Day
    versions: Versions
    project: Project
    verdict: Verdict
    activities: tuple[Activity, ...]
    activities_stated: bool
    holdings: tuple[Holding, ...]
    verdicts: tuple[CellVerdict, ...]
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    citations: tuple[CitationOwed, ...]
    manuscript: ManuscriptRead | None = None
    datasets: tuple[Dataset, ...]
    licenses: tuple[License, ...]
    sources: tuple[Source, ...]

    @property
    def exit_code(self) -> int:
        """0 clear, 1 something prohibited or a required duty open, 3 nothing of that but something undetermined."""
        owed = any(duty.status is DutyStatus.OPEN and duty.required for duty in self.duties)
        if owed or self.verdict is Verdict.PROHIBITED:
            return 1
        return 3 if self.verdict is Verdict.UNDETERMINED else 0
