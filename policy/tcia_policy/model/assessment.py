"""The assessment: the only result. Every report is made from one `Assessment` and nothing else."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tcia_policy.files.mark import MARK
from tcia_policy.files.type_later import TypeLater
from tcia_policy.model.base import Day, Made
from tcia_policy.model.clearance import Clearance
from tcia_policy.model.dataset import Citation, Contact, Dataset, Source
from tcia_policy.model.decision_kinds import LETTING_PASS
from tcia_policy.model.evidence import Agreement
from tcia_policy.model.fact_days import FactDays
from tcia_policy.model.gate import Gate
from tcia_policy.model.holding import Holding
from tcia_policy.model.license import License
from tcia_policy.model.matter import Matter, MatterKind
from tcia_policy.model.project import Project
from tcia_policy.model.reference import Period, Reference
from tcia_policy.model.remark import Remark
from tcia_policy.model.terms import HoldingTerms, OriginTerms
from tcia_policy.model.use import Activity
from tcia_policy.model.verdict import Verdict

if TYPE_CHECKING:
    from tcia_policy.model.changes import AssessmentDiff
    from tcia_policy.model.decision import ReviewRead
    from tcia_policy.model.question import Question
    from tcia_policy.model.release import ReleaseRead
else:  # many classes that most studies have nothing of
    AssessmentDiff = Annotated[Any, TypeLater("tcia_policy.model.changes", "AssessmentDiff")]
    ReviewRead = Annotated[Any, TypeLater("tcia_policy.model.decision", "ReviewRead")]
    Question = Annotated[Any, TypeLater("tcia_policy.model.question", "Question")]
    ReleaseRead = Annotated[Any, TypeLater("tcia_policy.model.release", "ReleaseRead")]

SCHEMA_VERSION = "4.2"
DISCLAIMER = (
    "This is an aid to review, not legal advice. It judges recorded facts by recorded rules, both dated; "
    "the terms themselves govern."
)


Role = Literal["dataset", "source", "companion", "archive"]


class DutyKind(StrEnum):
    """The kinds of duties."""

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
    """The way in which a manuscript has what a duty asks for.

    Of a reference: `cited` with its DOI; `cited-without-doi`; `listed` in a bibliography and never cited; only `named`
    in the text. Of wording: `present`; `altered`. For both: `absent`; `in-doubt`, where it stands only in text of which
    nobody can tell whether it is printed, so that the duty stays unverified.
    """

    CITED = "cited"
    IN_DOUBT = "in-doubt"
    CITED_WITHOUT_DOI = "cited-without-doi"
    LISTED = "listed"
    NAMED = "named"
    PRESENT = "present"
    ALTERED = "altered"
    ABSENT = "absent"


class ManuscriptRead(Made):
    """The `files` that were read, and what could not be read or does not fit (`problems`).

    `selects` says that no project named the data, so that they were inferred from what the manuscript names and cites.
    `digest` is the SHA-256 of what was read.
    """

    files: tuple[str, ...]
    problems: tuple[str, ...] = ()
    selects: bool = False
    digest: str | None = None


class MissingFact(Made):
    """A fact that a rule needs and nobody stated. `consequence` says what would follow from each value of it.

    `name` is the fact's name in the vocabulary (`use.purpose`), or `parts`, `license` or `evidence` for what the
    interpretations differ in, and for evidence that is in doubt.
    """

    fact: str
    consequence: str
    name: str = ""


class Reading(Made):
    """The outcome of a rule under one interpretation of what the sources state: a part, and a license for it."""

    distribution: str | None
    license: str | None
    sources: tuple[str, ...]
    outcome: str


class Finding(Made):
    """A rule that applies to a holding and some activities. `verdict` is `None` for a notice that decides nothing.

    `lifted_by` is the evidence (a permission or an agreement) because of which the rule's verdict does not count.
    `readings` is filled if the rule has different outcomes for different sources or parts. `line` is that of the data
    item in the project file, or of the evidence that it is about; `None` where there is none. `at` are the places in
    a manuscript or a release that it is about (`model/README.md:3`).
    `id` says what it is about (`cc-noncommercial/lidc`); `matters` are the ids of what can be decided of it.
    """

    id: str = ""
    rule: str
    title: str
    verdict: Verdict | None
    holding: str | None
    activities: tuple[Activity, ...]
    because: str
    remedy: str | None = None
    references: tuple[Reference, ...]
    in_force: Period = Period.model_construct()
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[Reading, ...] = ()
    lifted_by: str | None = None
    line: int | None = None
    at: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()


class Duty(Made):
    """A duty. `required` is false if a source only requests it. `doi` is a reference, `cites` its role.

    `wordings` is text that the source asks to print as it is; any one of several serves. `printed` is what text that
    meets it says: one of each group. `found` is what the manuscript was seen to hold; `evidence` says where.
    `at` are the places (`paper/main.tex:8`) at which to do what is open: where the text names the data, the entry that
    lacks its DOI, the wording that is altered. `entry` is the key of that entry. `missing_in` is where it has to be
    shown and is not, in a study that has a release: in the paper, in the release, or in both.
    `matters` are the ids of what can be decided of it, `decided_by` the decisions, by name, that let it pass the gate.
    `agreements` are those of the project that met it. `accessions` are the dbGaP studies (`phs004225`) of which an
    approved request meets it.
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
    at: tuple[str, ...] = ()
    entry: str | None = None
    missing_in: tuple[Literal["manuscript", "release"], ...] = ()
    agreements: tuple[Agreement, ...] = ()
    accessions: tuple[str, ...] = ()
    doi: str | None = None
    cites: Role | None = None
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...]
    matters: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()


class CitationOwed(Made):
    """A reference that the study owes, and for which holdings. `role`: the dataset itself, a source it was made from,
    what its own page asks to be cited beside it (`companion`), or the paper of an archive. `key` is the key by which
    the bibliography of the manuscript has it, or would get it from `cite --into`; `None` without a manuscript."""

    citation: Citation
    role: Role
    required: bool
    holdings: tuple[str, ...]
    key: str | None = None


class CellVerdict(Made):
    """The verdict of one activity on one holding, and the rules that decided it."""

    holding: str
    activity: Activity
    verdict: Verdict
    rules: tuple[str, ...]


class EvidenceSeen(Made):
    """A piece of evidence that the project records, and whether it counts.

    `field` is its place in the project (`permissions[0]`), `line` its line. `text` is what it is, in words. `document`
    is the path of its document, or `held_by` who keeps it: then this check has not seen it. `sha256` is what the file
    has, or what the project states. It counts for nothing if there is a `problem`, and nothing rests on it
    until a `doubt` is settled; `right` is what would be right.
    """

    field: str
    line: int | None = None
    text: str
    document: str | None = None
    held_by: str | None = None
    sha256: str | None = None
    problem: str | None = None
    doubt: str | None = None
    right: str | None = None

    @property
    def counts(self) -> bool:
        """Return whether nothing speaks against it."""
        return self.problem is None


class Digests(Made):
    """SHA-256 digests of what the assessment was made from, in hexadecimal; `None` for what was not used.

    `registry` is of all files of the registry, `rules` of all files of the rules, and of the rules that were judged by,
    `house_rules` of the institution's folder, `project` of the project as it is judged, `cohorts` of the
    cohort files, `manuscript` of what was read of the manuscript, `release` of what the files of the release say,
    `review` of the file with the decisions of reviewers.
    """

    registry: str | None = None
    rules: str | None = None
    house_rules: str | None = None
    project: str | None = None
    cohorts: str | None = None
    manuscript: str | None = None
    release: str | None = None
    review: str | None = None


class Versions(Made):
    """The versions of everything that this assessment was made with."""

    program: str
    rules: str
    registry: str
    idc_index_data: str | None = None
    digests: Digests = Digests()


class Assessment(Made):
    """All findings and duties for one project, and the verdict of every activity on every holding.

    Complete: `terms` has the terms of each of the `holdings`, `origins` what they were made from, `clearance` what may
    be released, `questions` what is open, `matters` what can be decided, `review` what reviewers decided, `gate` what
    stops a command, where the project or an option says so, `remarks` what the author of the project may not have
    meant, `evidence` what the project records and whether its documents are there, `release` what the files say that
    are about to be published; `datasets`, `licenses` and `sources` carry what all these refer to. So any report can be
    rendered from the JSON form alone, and no report judges.
    `changes` is what changed since an earlier assessment, where `report --diff` named one; nothing else depends on it.
    `project_file` is the name of the project file, without its folder; `None` where there is none. `written_by` is the
    mark by which this program knows its own files: they are no manuscript.
    """

    schema_version: str = SCHEMA_VERSION
    written_by: str = MARK
    disclaimer: str = DISCLAIMER
    as_of: Day
    fact_days: FactDays | None = None
    versions: Versions
    project_file: str | None = None
    project: Project
    verdict: Verdict
    activities: tuple[Activity, ...]
    activities_stated: bool
    holdings: tuple[Holding, ...]
    verdicts: tuple[CellVerdict, ...]
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    citations: tuple[CitationOwed, ...]
    terms: tuple[HoldingTerms, ...]
    origins: tuple[OriginTerms, ...]
    clearance: Clearance
    questions: tuple[Question, ...] = ()
    matters: tuple[Matter, ...] = ()
    review: ReviewRead | None = None
    gate: Gate | None = None
    changes: AssessmentDiff | None = None
    remarks: tuple[Remark, ...] = ()
    evidence: tuple[EvidenceSeen, ...] = ()
    manuscript: ManuscriptRead | None = None
    release: ReleaseRead | None = None
    datasets: tuple[Dataset, ...]
    licenses: tuple[License, ...]
    sources: tuple[Source, ...]

    @property
    def exit_code(self) -> int:
        """Return 0 if clear, 1 if prohibited, rejected or a required duty is open, 3 if only something is undetermined.

        What reviewers let pass is not open. Where one rejected what another let pass, nobody knows: it is 3. A
        manuscript that neither names nor speaks of data has 0: nothing is open, and nothing was permitted.
        """
        owed = any(duty.required and duty.status is DutyStatus.OPEN and not duty.decided_by for duty in self.duties)
        is_rejected = self.review is not None and bool(self.review.rejected_by)
        if owed or is_rejected or self.verdict is Verdict.PROHIBITED:
            return 1
        is_open = self.verdict is Verdict.UNDETERMINED and not self.has_nothing_to_judge
        is_disputed = self.review is not None and bool(self.review.disputed)
        return 3 if is_disputed or (is_open and not self.is_all_decided) else 0

    @property
    def is_all_decided(self) -> bool:
        """Return whether reviewers decided every open question, and all that leaves anything undetermined.

        A rule that no question asks for yet leaves it so, too.
        """
        if not self.activities_stated or not self.holdings or not self.questions:
            return False
        if not all(question.decided_by for question in self.questions):
            return False
        asked = {(cell.holding, cell.activity) for question in self.questions for cell in question.cells}
        left: list[tuple[str | None, Activity]] = [
            (cell.holding, cell.activity) for cell in self.verdicts if cell.verdict is Verdict.UNDETERMINED
        ]
        left += [
            (None, activity)
            for finding in self.findings
            if finding.holding is None and finding.verdict is Verdict.UNDETERMINED and finding.lifted_by is None
            for activity in finding.activities
        ]
        rules = (each for each in self.matters if each.kind is MatterKind.QUESTION and each.activity is not None)
        held_back = {each.id for each in rules if (each.holding, each.activity) in left}
        read = () if self.review is None else self.review.decisions
        passed = {id_ for each in read if each.decision.kind in LETTING_PASS for id_ in each.counts_for}
        return asked.issuperset(left) and passed.issuperset(held_back)

    @property
    def has_nothing_to_judge(self) -> bool:
        """Return whether there are no data, and nothing that shows that there may be some."""
        return not self.holdings and not any(finding.verdict for finding in self.findings)
