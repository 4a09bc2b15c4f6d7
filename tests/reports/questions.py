"""Questions, built by hand."""

from tcia_policy.model import Activity
from tcia_policy.model.question import Question, QuestionCell, QuestionKind


def question(*holdings: str | None) -> Question:
    cells = tuple(QuestionCell(holding=id_, activity=Activity.TRAIN_MODEL) for id_ in holdings)
    return Question(
        id="parts",
        kind=QuestionKind.PARTS,
        text="Which part did you use?",
        because="It has parts under several terms.",
        cells=cells,
        rules=("cc-noncommercial",),
    )
