"""What changed between two assessments of a study."""

from enum import StrEnum

from pydantic import Field

from tcia_policy.model.base import Contract, Day
from tcia_policy.model.dataset import Access
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.holding import Route
from tcia_policy.model.use import Activity
from tcia_policy.model.verdict import Verdict


class Turn(StrEnum):
    """Whether a change is for the worse, for the better, or neither."""

    WORSE = "worse"
    BETTER = "better"
    NEITHER = "neither"


class Compared(Contract):
    """One of the two assessments: its title, the day it speaks of, its verdict, and its document id.

    `document` is the SHA-256 of it as JSON, in hexadecimal, as the report shows it.
    """

    title: str | None
    as_of: Day
    verdict: Verdict
    document: str


class ItemSeen(Contract):
    """A data item as one of the assessments has it. `parts` are the titles of the parts that may have been used."""

    id: str
    name: str
    dataset: str | None = None
    version: str | None = None
    obtained_from: Route
    obtained_on: Day | None = None
    altered: bool | None = None
    parts: tuple[str, ...] = ()
    series: int | None = None


class ItemChange(Contract):
    """A data item that is new (no `before`), gone (no `after`) or another than it was."""

    before: ItemSeen | None
    after: ItemSeen | None


class LicenseSeen(Contract):
    """The license terms of a part. `stated` has each license with who states it, as `CC-BY-4.0: DataCite`."""

    stated: tuple[str, ...] = ()
    governing: str | None = None
    access: Access | None = None


class LicenseChange(Contract):
    """A part of a data item, or of what it was made from, whose license is another, or is stated by others.

    `item` is the id of the data item, or the name of what it was made from.
    """

    item: str
    name: str
    part: str | None
    before: LicenseSeen | None
    after: LicenseSeen | None


class LinesChange(Contract):
    """A rule, or the terms of a license, whose substance changed: the lines that it lost and gained."""

    id: str
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


class Cell(Contract):
    """A data item and an activity; on the study as a whole, `item` and `name` are `None`."""

    item: str | None
    name: str | None
    activity: Activity


class VerdictChange(Contract):
    """Verdicts that changed in the same way: for which cells, and the rules that objected before and after.

    `before` or `after` is `None` where the data item or the activity is only in the other assessment. They are the same
    where other rules than before say what they said.
    """

    before: Verdict | None
    after: Verdict | None
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]
    cells: tuple[Cell, ...]
    turn: Turn


class OutputChange(Contract):
    """An output, and whether it was and is cleared; `None` where it is only in the other assessment."""

    name: str
    before: bool | None
    after: bool | None
    turn: Turn


class FactChange(Contract):
    """Something that the project states of the study: its purpose, activities, outputs, country, legal position."""

    fact: str
    before: str | None
    after: str | None


class QuestionState(StrEnum):
    """Whether a question was open, decided by a reviewer (and the decision counted), or not asked at all."""

    NOT_ASKED = "not-asked"
    OPEN = "open"
    DECIDED = "decided"


class QuestionBecame(StrEnum):
    """What became of a question.

    `new`: it was not asked. `settled`: it is answered or decided. `stale`: it was decided, and no decision on it counts
    any more. `changed`: it is as open or as decided as it was, about something that changed. `gone`: nothing that it
    was about is in the study any more.
    """

    NEW = "new"
    SETTLED = "settled"
    STALE = "stale"
    CHANGED = "changed"
    GONE = "gone"


class QuestionChange(Contract):
    """A question that is new, settled, stale or changed. `decisions` are the names of those that count or counted.

    `lost` and `gained` are the lines of what it rests on; both are empty where they did not change.
    """

    id: str
    text: str
    became: QuestionBecame
    before: QuestionState
    after: QuestionState
    decisions: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    turn: Turn


class DutyState(StrEnum):
    """How a duty stands. `decided`: it is not met, and a decision lets it pass. `not-owed`: there is no such duty."""

    NOT_OWED = "not-owed"
    MET = "met"
    DECIDED = "decided"
    UNVERIFIED = "unverified"
    OPEN = "open"


class DutyChange(Contract):
    """A duty that is new, gone, or stands otherwise. `required` is whether it is in the later assessment that has it.

    `names` are the data items that it is for.
    """

    id: str
    text: str
    names: tuple[str, ...]
    required: bool
    before: DutyState
    after: DutyState
    turn: Turn


class CitationChange(Contract):
    """A reference that is owed newly, no longer, or otherwise: `required`, `asked for`, or `None` where it is not."""

    doi: str
    text: str
    before: str | None
    after: str | None


class DecisionChange(Contract):
    """A decision of a reviewer that is new, gone, or counts otherwise. `why` says why it counts for nothing now."""

    name: str
    kind: DecisionKind
    before: DecisionStatus | None
    after: DecisionStatus | None
    why: str | None = None
    turn: Turn


class VersionChange(Contract):
    """A version of what was judged with: the program, the rules, the registry, the IDC index, the house rules."""

    what: str
    before: str | None
    after: str | None


class AssessmentDiff(Contract):
    """What changed from the assessment `old` to the assessment `new`; every list is sorted, and empty for no change.

    `turn` is `worse` if anything is worse, else `better` if anything is. `inputs` are the files that are not the same:
    the project, cohort files, the manuscript, the release, the review. They and the `versions` alone are no change in
    the answer. `rules` are those whose substance changed as far as something open or owed rests on them, `terms` the
    licenses whose description did.
    """

    old: Compared
    new: Compared
    turn: Turn
    items: tuple[ItemChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    licenses: tuple[LicenseChange, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()
    outputs: tuple[OutputChange, ...] = ()
    questions: tuple[QuestionChange, ...] = ()
    duties: tuple[DutyChange, ...] = ()
    citations: tuple[CitationChange, ...] = ()
    decisions: tuple[DecisionChange, ...] = ()
    rules: tuple[LinesChange, ...] = ()
    terms: tuple[LinesChange, ...] = ()
    versions: tuple[VersionChange, ...] = ()
    inputs: tuple[str, ...] = Field(default=(), max_length=20)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all changed, not even what it was judged with or from."""
        return self.answers_alike and not self.versions and not self.inputs

    @property
    def answers_alike(self) -> bool:
        """Return whether both say the same of the study, whatever they were judged with."""
        kept = {"old", "new", "turn", "versions", "inputs"}
        changed = any(getattr(self, name) for name in type(self).model_fields if name not in kept)
        return not changed and self.old.verdict is self.new.verdict

    @property
    def exits_with(self) -> int:
        """Return the exit code of `diff`: 1 if something is worse, else 0."""
        return int(self.turn is Turn.WORSE)


class AssessmentDiffPrinted(AssessmentDiff):
    """What changed, as `diff --format json` prints it: with the answer in a line, and the exit code."""

    summary: str
    exit_code: int
