"""What each answer to a question leads to."""

from pathlib import Path

import pytest

from tcia_policy.engine.branches import Judged, is_idle
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.judge_again import Cell, Result, World
from tcia_policy.engine.study import Study
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.model import Activity
from tcia_policy.model.question import Consequence
from tests.engine.asking import DAY, REGISTRY, RULES

RELEASE: Cell = (None, Activity.RELEASE_MODEL)
TRAIN: Cell = (None, Activity.TRAIN_MODEL)
CLEAR, OPEN = Result(Consequence.CLEAR, ()), Result(Consequence.OPEN, ("positions",))


@pytest.mark.parametrize(
    ("results", "wanted"),
    [
        ([{RELEASE: OPEN}, {RELEASE: OPEN}], True),
        ([{RELEASE: OPEN}, {RELEASE: CLEAR}], False),
        ([{TRAIN: CLEAR}, {RELEASE: OPEN}], False),
    ],
)
def test_a_question_is_idle_where_all_answers_on_the_same_thing_leave_the_same_open(
    results: list[dict[Cell, Result]], wanted: bool
) -> None:
    study = Study.parse("data: [{dataset: LIDC-IDRI}]", Path("tcia-policy.yaml"))
    world = World(Case.open(study, CaseOptions(as_of=DAY), Library(REGISTRY, RULES)), (), ())
    answers = [Judged(Supposition("so", None, world), each) for each in results]
    assert is_idle(RELEASE, answers) is wanted
