"""Every command opens the same case and gives the same answer: over all examples, scenarios and whole manuscripts."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.explain import explain
from tcia_policy.engine.license_choices import license_choices
from tcia_policy.engine.study import Study
from tcia_policy.engine.what_if import what_if
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, OutputClearance, Verdict
from tcia_policy.registry import Registry
from tcia_policy.reports.json_report import render_json
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.rulebook import load_rules
from tests.cli.run import DAY, EXAMPLES, HOUSE, run

TESTS = Path(__file__).resolve().parents[1]
MANUSCRIPTS = sorted(path.parent for path in (TESTS / "sample_manuscripts").glob("*/tcia-policy.yaml"))
PROJECTS = (*sorted(path.parent for path in EXAMPLES.glob("*/tcia-policy.yaml")), *MANUSCRIPTS)
SCENARIOS = sorted((TESTS / "scenarios").glob("*.yaml"))
COMMANDS = (
    ("check",),
    ("explain",),
    ("what-if",),
    ("licenses", "--for", "model"),
    ("cite",),
    ("report", "-o", "out"),
    ("notices", "-o", "out"),
)


class Opened(BaseException):
    """Ends a command where it has opened its case."""

    def __init__(self, case: Case) -> None:
        self.case = case


@cache
def library() -> Library:
    return Library(Registry.load(), load_rules())


def opened_by(command: tuple[str, ...], *arguments: str | Path, cwd: Path) -> Case:
    opening = Case.open.__func__  # type: ignore[attr-defined]

    def open_and_stop(cls: type[Case], /, *given: object, **named: object) -> Case:
        raise Opened(opening(cls, *given, **named))

    with patch.object(Case, "open", classmethod(open_and_stop)), pytest.raises(Opened) as stopped:
        run(*command, *arguments, cwd=cwd)
    return stopped.value.case


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_every_command_and_the_library_open_the_same_case(folder: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "own.yaml").write_text(HOUSE, encoding="utf-8")
    of_house = ("--rules", house) if folder.parent == EXAMPLES else ()  # reading all rules anew for each takes a while
    options = ("--as-of", DAY, "--set", "use.purpose=commercial", *of_house)
    texts = {
        command[0]: render_json(assess(opened_by(command, folder, *options, cwd=tmp_path))) for command in COMMANDS
    }
    assert {name for name, text in texts.items() if text != texts["check"]} == set()
    assert json.loads(texts["check"])["project"]["use"]["purpose"] == "commercial"


def scenario_cases(path: Path) -> Iterator[tuple[str, Case]]:
    for scenario in yaml.safe_load(path.read_text(encoding="utf-8"))["scenarios"]:
        options = CaseOptions(as_of=scenario.get("as_of"))
        try:
            study = Study.parse(yaml.safe_dump(scenario["project"], allow_unicode=True), path)
            yield scenario["name"], Case.open(study, options, library())
        except InputError:
            continue


def differing(case: Case) -> list[object]:
    """Return what explain, what-if and licenses say otherwise than the assessment that `check` prints."""
    checked = assess(case)
    holdings = {holding.id: holding for holding in case.holdings}
    first_of_each = {(cell.holding, cell.verdict): cell for cell in reversed(checked.verdicts)}
    found: list[object] = [
        cell
        for cell in first_of_each.values()
        if explain(case, holdings[cell.holding], cell.activity).cell.verdict is not cell.verdict
    ]
    stated = case.project.use
    if stated.purpose is not None and stated.activities is not None:
        (supposed,) = what_if(case, [stated.purpose], asking=False).suppositions
        found += [cell for cell in checked.verdicts if supposed.on(cell.holding, cell.activity) is not cell.verdict]
    return [*found, *better_licenses(case)]


def better_licenses(case: Case) -> list[object]:
    """Return the outputs whose license `licenses` calls better than `check` calls that output, released alone."""
    found: list[object] = []
    for output in case.project.use.outputs or ():
        activity = next(activity for activity in Activity if output.kind in outputs_of(activity))
        alone = assess(
            case.supposing(outputs=(output.model_copy(update={"license_file": None}),), activities=(activity,))
        )
        (checked,) = alone.clearance.outputs
        for choice in license_choices(case, output.kind).choices:
            is_better = choice.verdict.severity < checked.verdict.severity
            if choice.license == output.license and is_better and not _is_only_owed(checked):
                found.append((output, choice.verdict, checked.verdict))
    return found


def _is_only_owed(output: OutputClearance) -> bool:
    """Duties that are owed whatever the license is make a release conditional, and no license."""
    return output.verdict is Verdict.CONDITIONAL


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_has_one_answer(path: Path) -> None:
    """One file at a time: on a busy machine all of them take long."""
    for name, case in scenario_cases(path):
        assert differing(case) == [], name


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_every_example_and_manuscript_has_one_answer(folder: Path) -> None:
    assert differing(Case.open(folder, library=library())) == []


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_what_is_printed_is_that_answer(folder: Path, tmp_path: Path) -> None:
    checked = json.loads(run("check", folder, "--format", "json", "--as-of", DAY).out)
    report = run("report", folder, "-o", tmp_path / "report", "--as-of", DAY)
    assert json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8")) == checked, report
    names = {holding["id"]: holding["name"] for holding in checked["holdings"]}
    cell = checked["verdicts"][-1]
    told = run("explain", folder, "--activity", cell["activity"], "--dataset", cell["holding"], "--as-of", DAY)
    assert told.out.splitlines()[0] == f"{cell['verdict'].upper()}  {names[cell['holding']]}, {cell['activity']}"
    supposed = json.loads(run("what-if", folder, "--as-of", DAY, "--format", "json").out)["suppositions"]
    own = next(each for each in supposed if each["is_stated"])
    assert own["purpose"] == checked["project"]["use"]["purpose"]
    assert cell in own["cells"]


UNDECLARED = "We used NSCLC-Radiomics. Further data are from https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX.\n"


@pytest.fixture
def undeclared(tmp_path: Path) -> Path:
    """Return a project whose manuscript cites a dataset that it does not declare."""
    (tmp_path / "paper.md").write_text(UNDECLARED, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [release-model], outputs: [{kind: model, license: CC-BY-NC-4.0}]}\n"
        "positions: {model-is-adaptation: false}\n"
        "data: [{dataset: NSCLC-Radiomics}]\nmanuscript: [paper.md]\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_dataset_cited_and_not_declared_leaves_every_command_undetermined(undeclared: Path) -> None:
    assert run("check", cwd=undeclared).code in (1, 3)
    notices = run("notices", "-o", "out", cwd=undeclared)
    assert "not cleared" in notices.err
    assert "not cleared" in " ".join((undeclared / "out" / "NOTICE").read_text(encoding="utf-8").lower().split())
    licenses = json.loads(run("licenses", "--for", "model", "--format", "json", cwd=undeclared).out)
    assert {choice["verdict"] for choice in licenses["choices"]} <= {"undetermined", "prohibited"}
    supposed = json.loads(run("what-if", "--format", "json", cwd=undeclared).out)["suppositions"]
    whole = {each["verdict"] for one in supposed for each in one["whole"]}
    assert whole <= {"undetermined", "prohibited"}
