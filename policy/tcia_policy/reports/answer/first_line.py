"""The first line: the verdict, the study, and the reasons for both the verdict and the exit code."""

from collections.abc import Iterator, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Assessment,
    CellVerdict,
    Duty,
    DutyKind,
    DutyStatus,
    HoldingKind,
    OtherKind,
    Verdict,
)
from tcia_policy.reports.answer.blockers import agreements_owed, undecided
from tcia_policy.reports.answer.decisions import disputes, reasons, rejections
from tcia_policy.reports.answer.matrix import COLUMN_WORDS, STUDY, names_apart
from tcia_policy.reports.answer.tasks import to_cite
from tcia_policy.text.english import count, joined
from tcia_policy.text.sanitize import clean

FEW = 3
NO_DATA = "NO DATA"
MAY_HAVE_USED = "manuscript-may-have-used-data"
WHICH_DATA = "the manuscript does not say which of the data it names were used"
NOTHING_NAMED = "the manuscript names no dataset of TCIA or IDC that we know"
NOT_PLANNED = "what is planned is not stated (use: {activities: [...]})"
# What is open, in few words: one, and several.
OPEN_DUTIES = {
    DutyKind.CITE: ("reference to cite", "references to cite"),
    DutyKind.ACKNOWLEDGE: ("acknowledgement to print", "acknowledgements to print"),
    DutyKind.ATTRIBUTE: ("attribution to give", "attributions to give"),
    DutyKind.CONTACT: ("letter to write", "letters to write"),
    DutyKind.NOTIFY: ("notice to give", "notices to give"),
    DutyKind.REFRAIN: ("thing to refrain from", "things to refrain from"),
    DutyKind.AGREE: ("agreement is owed", "agreements are owed"),
}


@dataclass(frozen=True)
class FirstLine:
    """The parts of the first line. `why_exit` is the reason for the exit code; empty where it is 0.

    `nothing_to_judge` says that a manuscript names no data and speaks of none.
    """

    verdict: Verdict
    title: str | None
    reasons: tuple[str, ...]
    why_exit: str
    nothing_to_judge: bool = False

    @property
    def word(self) -> str:
        """Return the verdict as the line begins: `PROHIBITED`; or `NO DATA`, where there is nothing to judge."""
        return NO_DATA if self.nothing_to_judge else self.verdict.value.upper()

    @property
    def text(self) -> str:
        """Return what follows the word, safe to show: `SegEverything: TCGA-GBM is blocked; 2 questions open.`"""
        reasons = f"{'; '.join(self.reasons)}."
        return clean(reasons if self.title is None else f"{self.title}: {reasons}")

    def __str__(self) -> str:
        return f"{self.word}  {self.text}"


def first_line(assessment: Assessment) -> FirstLine:
    """Return the first line of an assessment."""
    blocked, still_open, owed = _blocked(assessment), tuple(_open(assessment)), tuple(_owed(assessment))
    against = (*blocked, *still_open)
    well = () if against else (_all_well(assessment),)
    return FirstLine(
        verdict=assessment.verdict,
        title=clean(assessment.project.title or "") or None,
        reasons=(*well, *against, *owed, *_cites(assessment), *reasons(assessment)),
        why_exit=_why_exit(assessment, blocked, still_open, owed),
        nothing_to_judge=assessment.has_nothing_to_judge,
    )


def _why_exit(assessment: Assessment, blocked: Sequence[str], still_open: Sequence[str], owed: Sequence[str]) -> str:
    if assessment.exit_code == 0:
        return ""
    if assessment.verdict is Verdict.PROHIBITED:
        return "; ".join(blocked)
    if assessment.exit_code == 1:
        cites = [duty for duty in to_cite(assessment) if duty.status is DutyStatus.OPEN and not duty.decided_by]
        rejected = rejections(assessment)
        return "; ".join((*rejected, *owed, *([_numbered(DutyKind.CITE, len(cites))] if cites else [])))
    return "; ".join((*still_open, *disputes(assessment)))


def _blocked(assessment: Assessment) -> tuple[str, ...]:
    """Return what is blocked: wholly, and in part."""
    names = names_apart(assessment.holdings)
    wholly: list[str] = []
    partly: dict[str, tuple[Activity, ...]] = {}
    cells: dict[str, list[CellVerdict]] = {}
    for cell in assessment.verdicts:
        cells.setdefault(cell.holding, []).append(cell)
    for id_, own in cells.items():
        no = tuple(cell.activity for cell in own if cell.verdict is Verdict.PROHIBITED)
        if no and len(no) == len(own):
            wholly.append(names.get(id_, id_))
        elif no:
            partly[names.get(id_, id_)] = no
    of_study = assessment.verdict is Verdict.PROHIBITED and not wholly and not partly
    return (
        *([f"{STUDY} is blocked"] if of_study else []),
        *([f"{_some(wholly, assessment)} blocked"] if wholly else []),
        *([f"{_some(list(partly), assessment)} blocked for {_activities(list(partly.values()))}"] if partly else []),
    )


def _activities(blocked: Sequence[Sequence[Activity]]) -> str:
    """Return the activities that are blocked, if they are few and the same for all items."""
    words = [COLUMN_WORDS[activity] for activity in COLUMN_WORDS if activity in blocked[0]]
    alike = all(set(each) == set(blocked[0]) for each in blocked)
    return joined(words) if alike and len(words) <= FEW else "some activities"


def _some(names: Sequence[str], assessment: Assessment) -> str:
    """Return `A and B are`, or `5 of 12 datasets are`."""
    if len(names) <= FEW:
        return f"{joined(names)} {'is' if len(names) == 1 else 'are'}"
    number = len(assessment.holdings)
    return f"{'all' if len(names) == number else f'{len(names)} of'} {count(number, _noun(assessment))} are"


def _open(assessment: Assessment) -> Iterator[str]:
    if not assessment.holdings:
        is_asked = any(item.rule == MAY_HAVE_USED for item in assessment.findings)
        yield WHICH_DATA if is_asked else NOTHING_NAMED
    elif not assessment.activities_stated:
        yield NOT_PLANNED
    yield from _questions(assessment)
    left = [item for item in undecided(assessment) if item.names or assessment.activities_stated]
    for item in left[:1]:
        if item.names:
            yield f"{joined(item.names) if len(item.names) <= FEW else f'{len(item.names)} items'} cannot be judged"
        else:
            yield f"open: {item.text}"


def _questions(assessment: Assessment) -> Iterator[str]:
    """Yield how many questions are open, and how many of them reviewers let pass."""
    number = len(assessment.questions)
    decided = sum(bool(question.decided_by) for question in assessment.questions)
    passed = "" if not decided else " and decided" if decided == number else f", {decided} decided"
    if number:
        yield ("one question open" if number == 1 else f"{number} questions open") + passed


def _owed(assessment: Assessment) -> Iterator[str]:
    """Yield the open duties by kind, references apart. An agreement for what is blocked is told with what blocks it."""
    agreements = len(agreements_owed(assessment))
    if agreements:
        yield _numbered(DutyKind.AGREE, agreements)
    is_open = [
        duty for duty in assessment.duties if duty.required and duty.status is DutyStatus.OPEN and not duty.decided_by
    ]
    for kind in OPEN_DUTIES:
        number = sum(duty.kind is kind for duty in is_open)
        if number and kind not in (DutyKind.CITE, DutyKind.AGREE):
            yield _numbered(kind, number)


def _cites(assessment: Assessment) -> Iterator[str]:
    cites: Sequence[Duty] = to_cite(assessment)
    if cites:
        yield _numbered(DutyKind.CITE, len(cites))


def _numbered(kind: DutyKind, number: int) -> str:
    return count(number, *OPEN_DUTIES[kind])


def _all_well(assessment: Assessment) -> str:
    number = len(assessment.holdings)
    noun = _noun(assessment)
    everything = f"the {noun}" if number == 1 else f"{'both' if number == 2 else f'all {number}'} {noun}s"  # noqa: PLR2004
    whose = "its" if number == 1 else "their"
    once = f" once {whose} conditions are met" if assessment.verdict is Verdict.CONDITIONAL else ""
    return f"{everything} may be used as planned{once}"


def _noun(assessment: Assessment) -> str:
    known = (HoldingKind.DATASET, HoldingKind.OTHER, HoldingKind.OWN)
    are_data = all(holding.kind in known and holding.content is OtherKind.DATASET for holding in assessment.holdings)
    return "dataset" if are_data else "data item"
