"""Places as a code host wants them: from the root of the repository, and never out of it."""

from pathlib import Path

import pytest

from tcia_policy.model import Assessment
from tcia_policy.model.release import ReleaseFileRead, ReleaseRead
from tcia_policy.reports.answer.project_places import Standpoint
from tcia_policy.reports.gate.places import GatePlace, Places
from tests.reports.assessments import SAMPLE

READ = ReleaseRead(paths=("model",), files=(ReleaseFileRead(file="model/README.md", format="card"),))
THERE = Standpoint(Path("studies/a"), Path("papers"), Path("out"))


def places(standpoint: Standpoint = THERE, project_file: str | None = "tcia-policy.yaml", **fields: object) -> Places:
    sample: Assessment = SAMPLE.model_copy(update={"project_file": project_file, "release": READ, **fields})
    return Places(sample, standpoint)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("main.tex:8", GatePlace("papers/main.tex", 8)),
        ("main.tex", GatePlace("papers/main.tex")),
        ("main.tex:0", GatePlace("papers/main.tex")),
        ("model/README.md:3", GatePlace("out/model/README.md", 3)),
        ("a:b.tex:3", GatePlace("papers/a:b.tex", 3)),
        ("../studies/a/x.bib:2", GatePlace("studies/a/x.bib", 2)),
        ("../../x.tex:1", None),
        ("/etc/passwd:1", None),
        ("..", None),
    ],
)
def test_a_place_is_spelled_from_the_root_and_is_left_out_where_it_is_not_below(
    told: str, place: GatePlace | None
) -> None:
    assert list(places().of([told])) == ([] if place is None else [place])


def test_the_project_file_is_where_the_project_is() -> None:
    assert places().in_project(12) == GatePlace("studies/a/tcia-policy.yaml", 12)
    assert places().in_project(None) is None
    assert places(Standpoint(Path("../elsewhere"))).in_project(12) is None
    assert places(project_file=None).in_project(12) is None


def test_where_nothing_is_known_there_is_a_place_all_the_same() -> None:
    assert places().anywhere() == GatePlace("studies/a/tcia-policy.yaml")
    assert places(project_file=None).anywhere() == GatePlace("out/model/README.md")
    assert places(project_file=None, release=None).anywhere() == GatePlace("tcia-policy.yaml")
