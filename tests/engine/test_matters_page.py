"""The page on what can be decided shows what a check of the examples has."""

from pathlib import Path

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tests.engine.asking import DAY, REGISTRY, RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "matters.md").read_text(encoding="utf-8")


def test_the_id_and_the_lines_are_those_of_the_example() -> None:
    options = CaseOptions(as_of=DAY)
    case = Case.open(ROOT / "examples" / "commercial-product", options, Library(REGISTRY, RULES))
    id_, lines = (block.partition("```")[0].strip() for block in PAGE.split("```text\n")[1:])
    matter = next(each for each in assess(case).matters if each.id == id_)
    assert set(lines.splitlines()) - {"..."} <= set(matter.basis)
