"""Parts that may not have been used at all."""

import json
from pathlib import Path

import pytest

from tcia_policy.engine.evaluate import Judgment
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.may_be_unused import unless_unused
from tcia_policy.engine.outcome import Outcome
from tcia_policy.model import Verdict
from tcia_policy.rules.rulebook import load_rules
from tests.cli.run import run
from tests.registry.small_registry import part

RULES = load_rules()
READINGS = [PartReading(part("1", "Images"), "CC-BY-4.0", (), {})]


def test_a_prohibition_of_what_may_be_unused_waits_for_the_parts() -> None:
    rule = RULES.get("nih-controlled-access")
    judgment = unless_unused(rule, Judgment(Outcome.SPEAKS), READINGS)
    assert judgment.outcome is Outcome.UNKNOWN
    (missing,) = judgment.missing
    assert missing.name == "parts"
    assert missing.consequence == "no objection from this rule if none of these; prohibited for Images"


@pytest.mark.parametrize("outcome", [Outcome.SILENT, Outcome.UNKNOWN, Outcome.LIFTED])
def test_nothing_else_of_it_changes(outcome: Outcome) -> None:
    judgment = Judgment(outcome)
    assert unless_unused(RULES.get("nih-controlled-access"), judgment, READINGS) is judgment
    spoken = Judgment(Outcome.SPEAKS)
    for rule in (RULES.get("license-claims-disagree"), RULES.get("series-not-in-idc-index")):
        assert rule.verdict is not Verdict.PROHIBITED
        assert unless_unused(rule, spoken, READINGS) is spoken


def test_a_patient_alone_asks_which_parts_and_foresees_both_answers(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("PatientID\nTCGA-02-0001\n", encoding="utf-8")
    asked = ("p.csv", "--purpose", "noncommercial", "--activity", "analyze", "--format", "json")
    ran = run("check", *asked, cwd=tmp_path)
    assert ran.code == 3
    found = json.loads(ran.out)
    (question,) = [each for each in found["questions"] if each["kind"] == "parts"]
    assert {(each["says"].split(":")[0], each["leads_to"][0]["consequence"]) for each in question["branches"]} == {
        ("none of it", "clear"),
        ("Images (43865)", "prohibited"),
    }


def test_a_row_that_names_the_dataset_says_that_it_was_used(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("PatientID,Collection\nTCGA-02-0001,TCGA-GBM\n", encoding="utf-8")
    ran = run("check", "p.csv", "--purpose", "noncommercial", "--activity", "analyze", cwd=tmp_path)
    assert ran.code == 1
    assert ran.out.startswith("PROHIBITED")
