"""The answer: what a reader came for, in the order in which it is read. The terminal, the report and the notebook
render this one object; it is looked up and grouped here once, and nothing is judged.
"""

from collections.abc import Sequence
from datetime import date

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Verdict
from tcia_policy.reports.answer.asked import AskedQuestion, asked
from tcia_policy.reports.answer.blockers import Blocker, agreements_owed, prohibitions, undecided
from tcia_policy.reports.answer.decisions import ToldDecision, decisions_told
from tcia_policy.reports.answer.first_line import FirstLine, first_line
from tcia_policy.reports.answer.matrix import Matrix, matrix
from tcia_policy.reports.answer.notes import notes
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint, explain_command
from tcia_policy.reports.answer.tasks import LeftOver, Task, left_over, tasks
from tcia_policy.reports.fact_days import line_on_days
from tcia_policy.text.english import joined


@dataclass(frozen=True)
class Footer:
    """The exit code and `why` it is so, and what the answer was made from. `by_gate`: a gate made it another one.

    `age` is how many days old the registry is, `explain` the command to ask why.
    """

    exit_code: int
    why: str
    by_gate: bool
    as_of: date
    registry: str
    age: int | None
    explain: str | None


@dataclass(frozen=True)
class Answer:
    """The answer to a study.

    `first_line` has the verdict, the title and the reasons. `matrix` has data items by activities. `blocked` is what
    prohibits something, `owed` the agreements that are owed and not recorded, `questions` what is open, `undecided`
    what is open and no question asks. `tasks` are what is to do, `left_over` counts what they do not tell. `notes` are
    what a reader must know at once; `days` is the first of them where the facts are old, or later than the day.
    """

    first_line: FirstLine
    matrix: Matrix
    blocked: tuple[Blocker, ...]
    owed: tuple[Blocker, ...]
    questions: tuple[AskedQuestion, ...]
    undecided: tuple[Blocker, ...]
    decisions: tuple[ToldDecision, ...]
    tasks: tuple[Task, ...]
    left_over: LeftOver
    notes: tuple[str, ...]
    footer: Footer
    days: str | None = None


def answer(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> Answer:
    """Return the answer that `assessment` gives. Its commands are typed where the reader stands."""
    blocked, questions = prohibitions(assessment), asked(assessment)
    left = undecided(assessment)
    line, days = first_line(assessment), line_on_days(assessment.fact_days, assessment.as_of)
    return Answer(
        first_line=line,
        matrix=matrix(assessment, assessment.questions),
        blocked=blocked,
        owed=agreements_owed(assessment),
        questions=questions,
        undecided=left,
        decisions=decisions_told(assessment),
        tasks=tasks(assessment, standpoint),
        left_over=left_over(assessment),
        notes=(*([days] if days is not None else []), *notes(assessment)),
        days=days,
        footer=Footer(
            exit_code=assessment.exit_code if assessment.gate is None else assessment.gate.exit_code,
            why=_why(assessment, line),
            by_gate=_is_by_gate(assessment),
            as_of=assessment.as_of,
            registry=assessment.versions.registry,
            age=None if assessment.fact_days is None else assessment.fact_days.age,
            explain=_explain(assessment, (*blocked, *left), questions, standpoint),
        ),
    )


def _why(assessment: Assessment, line: FirstLine) -> str:
    """Return the reason for the exit code: the gate, where that changes it."""
    gate, usual = assessment.gate, assessment.exit_code
    if gate is None or not _is_by_gate(assessment):
        return line.why_exit
    if gate.stopped_by:
        return f"stopped by {joined(gate.stopped_by)}, as the gate says; without it, exit {usual}"
    stops = f"stops on {', '.join(gate.fail_on)}" if gate.words else "stops on nothing"
    return f"the gate {stops}; without it, exit {usual}"


def _is_by_gate(assessment: Assessment) -> bool:
    return assessment.gate is not None and assessment.gate.exit_code != assessment.exit_code


def _explain(
    assessment: Assessment, against: Sequence[Blocker], questions: Sequence[AskedQuestion], standpoint: Standpoint
) -> str | None:
    """Return the command that explains the first data item that is not permitted; `None` where all are."""
    ids = [id_ for item in against for id_ in item.holdings]
    ids += [id_ for item in questions for id_ in item.holdings]
    owing = [cell.holding for cell in assessment.verdicts if cell.verdict is Verdict.CONDITIONAL]
    selects = assessment.release is not None and assessment.release.selects
    known = {holding.id for holding in assessment.holdings if holding.dataset is not None or not selects}
    first = next((id_ for id_ in (*ids, *owing) if id_ in known), None)
    return None if first is None else explain_command(assessment, first, standpoint)
