"""The matrix of the answer: data items by activities, one word in each cell, alike items in one row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, CellVerdict, Holding, Verdict
from tcia_policy.model.holding import REPOSITORIES
from tcia_policy.reports.answer.license_label import LicenseLabel, in_words, license_label
from tcia_policy.reports.item_names import Names

if TYPE_CHECKING:
    from tcia_policy.model.question import Question

COLUMN_WORDS: Mapping[Activity, str] = {
    Activity.ANALYZE: "analyze",
    Activity.ANNOTATE: "annotate",
    Activity.TRAIN_MODEL: "train",
    Activity.FINE_TUNE: "fine-tune",
    Activity.EVALUATE: "evaluate",
    Activity.USE_HOSTED_SERVICE: "service",
    Activity.TEACH: "teach",
    Activity.PUBLISH_RESULTS: "results",
    Activity.PUBLISH_FIGURES: "figures",
    Activity.SHARE_DERIVED_DATA: "derived",
    Activity.REDISTRIBUTE_DATA: "copies",
    Activity.RELEASE_MODEL: "model",
    Activity.HOST_ACCESS: "host",
    Activity.USE_IN_PRODUCT: "product",
    Activity.CLINICAL_USE: "clinic",
}
WORDS = {Verdict.PERMITTED: "ok", Verdict.CONDITIONAL: "to do", Verdict.UNDETERMINED: "?", Verdict.PROHIBITED: "no"}
NOT_DONE = "-"
STUDY = "the study as a whole"


@dataclass(frozen=True)
class Column:
    """An activity, and its short word."""

    activity: Activity
    word: str


@dataclass(frozen=True)
class Cell:
    """What the answer says of an activity on data items. `verdict` is `None` where it is not done with them.

    `questions` are the numbers of those that are open there, ascending.
    """

    verdict: Verdict | None
    questions: tuple[int, ...] = ()

    @property
    def word(self) -> str:
        """Return `ok`, `to do`, `no`, `-`, or the questions that are open: `?1 ?2`."""
        if self.verdict is None:
            return NOT_DONE
        asked = " ".join(f"?{number}" for number in self.questions)
        return asked if self.verdict is Verdict.UNDETERMINED and asked else WORDS[self.verdict]

    @property
    def severity(self) -> int:
        """Return how bad it is; what is not done is best."""
        return -1 if self.verdict is None else self.verdict.severity


@dataclass(frozen=True)
class Row:
    """Data items that are alike in all cells and in their license. `holdings` are their ids; none: the whole study.

    `names` are as they are told apart; `license` is in few words, and empty for the whole study.
    """

    holdings: tuple[str, ...]
    names: tuple[str, ...]
    cells: tuple[Cell, ...]
    license: str

    @property
    def severity(self) -> int:
        """Return that of the worst cell."""
        return max((cell.severity for cell in self.cells), default=-1)

    @property
    def worst_cells(self) -> int:
        """Return how many cells are as bad as the worst."""
        return sum(cell.severity == self.severity for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Columns and rows, worst rows first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix(assessment: Assessment, questions: Sequence["Question"]) -> Matrix:
    """Return the matrix of an assessment. Questions are numbered from 1 in their order."""
    columns = tuple(Column(activity, COLUMN_WORDS[activity]) for activity in assessment.activities)
    asked = _numbers(questions)
    names, told_apart = Names.of(assessment), names_apart(assessment.holdings)
    verdicts = {(cell.holding, cell.activity): cell for cell in assessment.verdicts}
    groups: dict[tuple[object, ...], list[tuple[str, tuple[Cell, ...], LicenseLabel]]] = {}
    for terms in assessment.terms:
        cells = tuple(_cell(terms.holding, column.activity, verdicts, asked) for column in columns)
        label = license_label(terms, names)
        groups.setdefault((cells, label.kind), []).append((terms.holding, cells, label))
    rows = [
        Row(
            holdings=tuple(id_ for id_, _, _ in group),
            names=tuple(told_apart.get(id_, id_) for id_, _, _ in group),
            cells=group[0][1],
            license=in_words([label for _, _, label in group]),
        )
        for group in groups.values()
    ]
    of_study = _study_row(columns, asked)
    if of_study is not None and not assessment.activities_stated and len(set(of_study.cells)) == 1:
        of_study = None  # that nothing is planned is the first thing told, and a question of its own
    worst_first = sorted(rows, key=lambda row: (-row.severity, -row.worst_cells))
    return Matrix(columns, (*([of_study] if of_study is not None else []), *worst_first))


def names_apart(holdings: Sequence[Holding]) -> Mapping[str, str]:
    """Return the name of each data item by its id; with the place that it is from where two have one name."""
    times = Counter(holding.name for holding in holdings)
    return {holding.id: holding.name if times[holding.name] == 1 else _with_place(holding) for holding in holdings}


def _with_place(holding: Holding) -> str:
    place = REPOSITORIES.get(holding.obtained_from)
    details = [*([] if place is None else [place.short]), *holding.parts_named]
    return f"{holding.name} ({', '.join(details)})" if details else holding.name


def _numbers(questions: Sequence["Question"]) -> Mapping[tuple[str | None, Activity], tuple[int, ...]]:
    found: dict[tuple[str | None, Activity], list[int]] = {}
    for number, question in enumerate(questions, start=1):
        for cell in question.cells:
            numbers = found.setdefault((cell.holding, cell.activity), [])
            numbers += [] if number in numbers else [number]
    return {cell: tuple(numbers) for cell, numbers in found.items()}


def _cell(
    holding: str,
    activity: Activity,
    verdicts: Mapping[tuple[str, Activity], CellVerdict],
    asked: Mapping[tuple[str | None, Activity], tuple[int, ...]],
) -> Cell:
    judged = verdicts.get((holding, activity))
    if judged is None:
        return Cell(None)
    is_open = judged.verdict is Verdict.UNDETERMINED
    return Cell(judged.verdict, asked.get((holding, activity), ()) if is_open else ())


def _study_row(columns: Sequence[Column], asked: Mapping[tuple[str | None, Activity], tuple[int, ...]]) -> Row | None:
    """Return the row of what is open on the study as a whole, `None` where nothing is."""
    cells = tuple(
        Cell(Verdict.UNDETERMINED, numbers) if (numbers := asked.get((None, column.activity))) else Cell(None)
        for column in columns
    )
    return Row((), (STUDY,), cells, "") if any(cell.questions for cell in cells) else None
