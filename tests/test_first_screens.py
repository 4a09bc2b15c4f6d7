"""The first screen of every scenario: the word, the reason and the exit code fit; nothing undetermined is hidden."""

from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from tcia_policy.engine.scenarios import LocatedScenario, assess_scenario, load_scenarios
from tcia_policy.errors import InputError
from tcia_policy.model import Assessment, Verdict
from tcia_policy.registry import Registry
from tcia_policy.reports.answer.answer import answer
from tcia_policy.reports.screen.screen import render_screen
from tcia_policy.rules.rulebook import RuleBook, load_rules

FOLDER = Path(__file__).parent / "scenarios"
GONE = ("more cannot be judged", "say why", "all references are cited", "of 1 dataset", "of 1 data item")
FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def rules() -> RuleBook:
    return load_rules()


@cache
def registry() -> Registry:
    return Registry.load()


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_word_the_reason_and_the_exit_code_fit(file: Path) -> None:
    for located in load_scenarios(file, rules()):
        if located.project is not None:
            with suppress(InputError):
                check(located, assess_scenario(located, registry(), rules()))


def check(located: LocatedScenario, assessment: Assessment) -> None:
    name = located.scenario.name
    found = answer(assessment)
    line, code = found.first_line, assessment.exit_code
    assert line.verdict is assessment.verdict, name
    assert bool(line.why_exit) is (code != 0), name
    assert all(line.reasons), name
    text = "; ".join(line.reasons)
    assert not any(fragment in text for fragment in GONE), name
    if code == 0 and assessment.verdict is Verdict.UNDETERMINED:
        assert "open and decided" in text or assessment.has_nothing_to_judge, name
    elif code == 0:
        assert "may be used as planned" in text, name
        assert "open" not in text, name
        assert "blocked" not in text, name
    if assessment.verdict is Verdict.PROHIBITED:
        assert code == 1, name
        assert "blocked" in line.why_exit, name
        assert found.blocked, name
    if code == 3:
        assert any(word in line.why_exit for word in ("open", "cannot be judged", "not stated", "contradicted")), name
        assert found.questions or found.undecided or "contradicted" in line.why_exit, name
    numbered = {number for row in found.matrix.rows for cell in row.cells for number in cell.questions}
    assert numbered <= {item.number for item in found.questions}, name
    unasked = [
        cell
        for row in found.matrix.rows
        for cell in row.cells
        if cell.verdict is Verdict.UNDETERMINED and not cell.questions
    ]
    assert not unasked or found.undecided, name
    screen = render_screen(assessment)
    assert screen.startswith(f"{line.word}  "), name
    assert f"exit {code}" in screen, name
