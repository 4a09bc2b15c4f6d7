"""Annotations for GitHub Actions: every line is one command of ours, whatever the texts say."""

import re

import pytest

from tcia_policy.model import Assessment
from tcia_policy.reports.gate import github
from tcia_policy.reports.gate.github import render_github
from tcia_policy.reports.gate.results import results
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.gate.decided import ACCEPTED, HOSTILE_FILE, STALE, hostile

COMMAND = re.compile(r"::(error|warning|notice) (?:file=([^,:]*),line=(\d+),)?title=([^,:]*)::([^\r\n]*)")
SAMPLES = {"sample": SAMPLE, "evil": EVIL_SAMPLE, "hostile": hostile(), "clear": CLEAR, "accepted": ACCEPTED}


def unescaped(text: str) -> str:
    """Return a property as the runner reads it."""
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_every_line_is_a_command_and_there_is_one_for_each_result(sample: Assessment) -> None:
    lines = render_github(sample).removesuffix("\n").split("\n")
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert len(lines) == len(results(sample)) + 1
    assert "##[" not in "".join(lines)
    assert not {"\x1b", "\u202e", "\x00", "\x9b", "\r"} & set("".join(lines))


def test_levels_files_lines_and_titles_are_there() -> None:
    kinds = [line.split(" ", 1)[0] for line in render_github(SAMPLE).splitlines()]
    assert kinds[:4] == ["::notice", "::error", "::error", "::error"]
    assert "::warning" in kinds
    project = SAMPLE.model_copy(update={"project_file": "tcia-policy.yaml"})
    assert "::error file=tcia-policy.yaml,line=1,title=A NonCommercial license" in render_github(project)


def test_a_name_of_a_file_comes_back_as_it_is_but_for_what_a_terminal_acts_on() -> None:
    files = {match[2] for match in COMMAND.finditer(render_github(SAMPLES["hostile"])) if match[2]}
    assert HOSTILE_FILE.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd") in {unescaped(file) for file in files}


def test_what_was_accepted_is_a_notice_and_a_stale_decision_is_told() -> None:
    (line,) = (line for line in render_github(ACCEPTED).splitlines() if "Which license do the images" in line)
    assert line.startswith("::notice ")
    assert "decision phantom%3A" not in line
    assert "Decision phantom: accept by R. Lee" in line
    assert "::warning file=review.yaml,line=3,title=A decision no longer fits" in render_github(STALE)


def test_of_many_results_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github, "MOST_RESULTS", 1)
    lines = render_github(SAMPLE).splitlines()
    assert len(lines) == 3
    assert lines[-1] == f"::notice title=tcia-policy::{len(results(SAMPLE)) - 1} more results not shown"
