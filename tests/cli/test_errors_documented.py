"""The mistakes that docs/project-file.md shows are told as it says."""

import re
from pathlib import Path

from tests.cli.run import run

PAGE = Path(__file__).parents[2] / "docs" / "project-file.md"


def test_the_mistakes_of_the_page_are_told_as_it_says(tmp_path: Path) -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## When something is wrong")[2]
    project, said = re.findall(r"```(?:yaml)?\n(.*?)```", section, re.DOTALL)[:2]
    (tmp_path / "tcia-policy.yaml").write_text(project, encoding="utf-8")
    ran = run("check", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == said
