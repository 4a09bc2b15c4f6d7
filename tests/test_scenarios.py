"""Every scenario is one test, named by its sentence; and the runner of scenarios itself."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tcia_policy.engine.scenarios import LocatedScenario, load_scenarios, run_scenario, run_scenarios
from tcia_policy.errors import InputError
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import RuleBook, load_rules

FOLDER = Path(__file__).parent / "scenarios"


@cache
def rules() -> RuleBook:
    return load_rules()


@cache
def registry() -> Registry:
    return Registry.load()


SCENARIOS = [located for path in sorted(FOLDER.glob("*.yaml")) for located in load_scenarios(path, rules())]


@pytest.mark.parametrize("located", SCENARIOS, ids=[located.scenario.name for located in SCENARIOS])
def test_scenario(located: LocatedScenario) -> None:
    result = run_scenario(located, registry(), rules())
    assert result.passed, f"\n{result}\n  because: {located.scenario.why}"


def test_no_two_scenarios_have_the_same_name() -> None:
    counted = Counter(located.scenario.name for located in SCENARIOS)
    assert [name for name, count in counted.items() if count > 1] == []


def test_there_are_scenarios_for_every_policy() -> None:
    named = {
        rule
        for located in SCENARIOS
        for key in ("findings", "silent", "lifted", "owed", "open", "met")
        for rule in getattr(located.scenario.expect, key)
    }
    policies = {rules().get(rule).policy.id for rule in named}
    assert policies >= {
        "creative-commons",
        "tcia-data-usage",
        "nih-controlled-access",
        "cptac",
        "idc",
        "nlm",
        "evidence",
    }
    assert len(SCENARIOS) >= 70


CASE = """
scenarios:
  - name: A product is trained on LIDC-IDRI
    why: CC BY 3.0 legal code, 4(b)
    project:
      use: {purpose: commercial, activities: [train-model]}
      data: [{collection: LIDC-IDRI}]
    expect:
"""


def run_one(folder: Path, expect: str) -> tuple[str, ...]:
    path = folder / "case.yaml"
    path.write_text(CASE + "".join(f"      {line}\n" for line in expect.splitlines()), encoding="utf-8")
    (result,) = run_scenarios([path], registry(), rules())
    return result.differences


def test_a_scenario_that_holds_has_no_differences(tmp_path: Path) -> None:
    assert run_one(tmp_path, "verdict: conditional\nexit: 0\ncite: [DOI:10.7937/K9/TCIA.2015.LO9QL9SX]") == ()


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("verdict: prohibited", "expected the verdict prohibited on the study, but it is conditional"),
        ("exit: 3", "expected exit code 3, but it is 0"),
        ("exit: 2", "expected exit code 2, but it is 0"),
        (
            "verdicts: {LIDC-IDRI: permitted}",
            "LIDC-IDRI, train-model: expected permitted, but it is conditional because of tcia-cite-dataset",
        ),
        (
            "verdicts: {LIDC-IDRI: {train-model: prohibited}}",
            "LIDC-IDRI, train-model: expected prohibited, but it is conditional because of tcia-cite-dataset",
        ),
        (
            "verdicts: {LIDC-IDRI: {analyze: conditional}}",
            "expected analyze to be judged on LIDC-IDRI, but only these are judged: train-model",
        ),
        ("verdicts: {NLST: conditional}", "expected a data item 'NLST', but the data items are LIDC-IDRI"),
        ("findings: [cc-noncommercial]", "expected a finding by cc-noncommercial"),
        ("silent: [cc-grants-use]", "expected that cc-grants-use does not apply, but it does"),
        ("silent: [tcia-cite-dataset]", "expected that tcia-cite-dataset does not apply, but it does"),
        ("lifted: [cc-noncommercial]", "expected evidence that lifts cc-noncommercial, but found none"),
        ("open: [tcia-cite-dataset]", "expected an open duty by tcia-cite-dataset"),
        ("met: [tcia-cite-dataset]", "expected a duty met by tcia-cite-dataset"),
        ("owed: [idc-cite-paper]", "expected a duty by idc-cite-paper"),
        ("cite: [10.1148/rg.230180]", "expected a reference to 10.1148/rg.230180, but the references owed are"),
    ],
)
def test_a_scenario_that_does_not_hold_says_what_came_out(tmp_path: Path, expect: str, said: str) -> None:
    (difference,) = run_one(tmp_path, expect)
    assert difference.startswith(said)


def test_all_differences_are_told_at_once_with_file_line_and_sentence(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE + "      verdict: prohibited\n      exit: 1\n", encoding="utf-8")
    (result,) = run_scenarios([path], registry(), rules())
    assert str(result).splitlines() == [
        "case.yaml:3: A product is trained on LIDC-IDRI",
        "  expected the verdict prohibited on the study, but it is conditional",
        "  expected exit code 1, but it is 0",
    ]


def test_a_project_that_cannot_be_read_is_a_difference_unless_it_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    broken = CASE.replace("LIDC-IDRI}", "LIDC-IDR}")
    path.write_text(broken + "      exit: 0\n", encoding="utf-8")
    (result,) = run_scenarios([path], registry(), rules())
    assert "cannot be read" in result.differences[0]
    assert "LIDC" in result.differences[0]
    path.write_text(broken + "      exit: 2\n", encoding="utf-8")
    (result,) = run_scenarios([path], registry(), rules())
    assert result.passed


def test_a_project_with_an_unknown_key_is_an_error_of_the_file_unless_it_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    broken = CASE.replace("purpose: commercial", "porpose: commercial")
    path.write_text(broken + "      exit: 0\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        list(run_scenarios([path], registry(), rules()))
    assert (raised.value.line, raised.value.field) == (6, "scenarios[0].project.use.porpose")
    path.write_text(broken + "      exit: 2\n", encoding="utf-8")
    (result,) = run_scenarios([path], registry(), rules())
    assert result.passed


def test_paths_in_a_scenario_start_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "cohort.txt").write_text("LIDC-IDRI\n", encoding="utf-8")
    path = tmp_path / "case.yaml"
    case = CASE.replace("collection: LIDC-IDRI", "manifest: cohort.txt")
    path.write_text(case + "      verdicts: {LIDC-IDRI: conditional}\n", encoding="utf-8")
    (result,) = run_scenarios([path], registry(), rules())
    assert result.passed, result


@pytest.mark.parametrize(
    ("expect", "field", "problem"),
    [
        ("silent: [cc-noncomercial]", "scenarios[0].expect.silent[0]", "unknown rule 'cc-noncomercial'"),
        ("cite: [LIDC-IDRI]", "scenarios[0].expect.cite[0]", "'LIDC-IDRI' is not a DOI"),
        ("verdict: allowed", "scenarios[0].expect.verdict", "unknown word 'allowed'"),
        (
            "verdicts: {LIDC-IDRI: {analyse: permitted}}",
            "scenarios[0].expect.verdicts.LIDC-IDRI",
            "unknown word 'analyse'",
        ),
        ("exit: 4", "scenarios[0].expect.exit", "is out of range"),
        ("outcome: permitted", "scenarios[0].expect.outcome", "unknown key"),
        ("{}", "scenarios[0].expect", "expects nothing"),
    ],
)
def test_a_scenario_that_is_written_wrongly_names_file_line_and_field(
    tmp_path: Path, expect: str, field: str, problem: str
) -> None:
    with pytest.raises(InputError) as raised:
        run_one(tmp_path, expect)
    assert raised.value.file == tmp_path / "case.yaml"
    assert raised.value.line in (8, 9)
    assert (raised.value.field or "").startswith(field)
    assert problem in raised.value.problem
