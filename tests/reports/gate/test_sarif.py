"""SARIF: valid by its schema, complete for code scanning, inert, and bounded."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tcia_policy.engine.fail_on import gate_of
from tcia_policy.model import Assessment
from tcia_policy.reports.answer.project_places import Standpoint
from tcia_policy.reports.gate import sarif
from tcia_policy.reports.gate.results import results
from tcia_policy.reports.gate.sarif import render_sarif
from tests.cli.run import EXAMPLES, run
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.gate.decided import ACCEPTED, HOSTILE_FILE, REFERRED, REJECTED, STALE, hostile

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
SAMPLES = {
    "sample": SAMPLE,
    "evil": EVIL_SAMPLE,
    "hostile": hostile(),
    "clear": CLEAR,
    "accepted": ACCEPTED,
    "referred": REFERRED,
    "stale": STALE,
    "rejected": REJECTED,
}


@pytest.fixture(scope="session")
def judge() -> Any:
    """Return the validator of the official schema."""
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run_of(assessment: Assessment, standpoint: Standpoint | None = None) -> dict[str, Any]:
    log = json.loads(render_sarif(assessment) if standpoint is None else render_sarif(assessment, standpoint))
    found: dict[str, Any] = log["runs"][0]
    return found


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_it_is_valid_by_the_schema_of_oasis(judge: Any, sample: Assessment) -> None:
    assert list(judge.iter_errors(json.loads(render_sarif(sample)))) == []


def test_the_schema_refuses_what_is_wrong(judge: Any) -> None:
    log = json.loads(render_sarif(SAMPLE))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(judge.iter_errors(log))


@pytest.mark.parametrize("example", sorted(path.parent.name for path in EXAMPLES.glob("*/tcia-policy.yaml")))
def test_every_example_is_valid_and_shows_lines_of_files_that_are_there(judge: Any, example: str) -> None:
    log = json.loads(run("check", EXAMPLES / example, "--format", "sarif").out)
    assert list(judge.iter_errors(log)) == []
    for result in log["runs"][0]["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            file = EXAMPLES.parent / unquote(place["artifactLocation"]["uri"])
            assert 1 <= place["region"]["startLine"] <= len(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_every_result_has_what_code_scanning_needs(sample: Assessment) -> None:
    found = run_of(sample)
    rules = found["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 20
        assert all(len(rule[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription"))
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not uri.startswith(("/", ".", "file:"))
        assert " " not in uri
    fingerprints = [result["partialFingerprints"] for result in found["results"]]
    for key in ("primaryLocationLineHash", "tciaPolicyId/v1"):
        assert len({each[key] for each in fingerprints}) == len(fingerprints)


def test_the_help_of_a_rule_has_its_reason_and_its_sources_with_links() -> None:
    rules = {rule["id"]: rule for rule in run_of(SAMPLE)["tool"]["driver"]["rules"]}
    rule = rules["cc-noncommercial"]
    assert rule["name"] == "CcNoncommercial"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["shortDescription"]["text"] == "A NonCommercial license does not cover commercial use"
    assert "NonCommercial purposes only" in rule["help"]["text"]
    assert f"](<{rule['helpUri']}>)" in rule["help"]["markdown"]
    assert "`tcia-policy rules show cc-noncommercial`" in rule["help"]["markdown"]
    for sample in (EVIL_SAMPLE, SAMPLES["hostile"]):
        for each in run_of(sample)["tool"]["driver"]["rules"]:
            assert each.get("helpUri", "https://").startswith(("https://", "http://"))
            assert "](<javascript" not in each["help"]["markdown"]
            assert "<script" not in each["help"]["markdown"].replace("\\<script", "")


@pytest.mark.parametrize(
    ("sample", "status"),
    [(ACCEPTED, "accepted"), (REFERRED, "underReview"), (STALE, "rejected")],
    ids=["accepted", "underReview", "rejected"],
)
def test_only_a_decision_that_counts_is_a_suppression_and_each_is_told(sample: Assessment, status: str) -> None:
    (result,) = (
        each for each in run_of(sample)["results"] if each["properties"]["id"].startswith("cc-noncommercial/P")
    )
    assert result["properties"]["decision"] == status
    assert " Decision " in result["message"]["text"]
    if status != "accepted":  # readers that look at no status would let it pass
        assert "suppressions" not in result
        assert (result["level"], result["properties"]["stops"]) == ("warning", True)
        return
    (suppression,) = result["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"].startswith("decision ")
    assert (result["level"], result["properties"]["stops"]) == ("note", False)


def test_the_exit_code_is_that_of_the_gate_and_projects_have_categories_of_their_own() -> None:
    found = run_of(SAMPLE, Standpoint(Path("studies/lung (1)")))
    assert found["automationDetails"] == {"id": "tcia-policy/studies/lung%20%281%29/"}
    assert found["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    never = SAMPLE.model_copy(update={"gate": gate_of(SAMPLE, ("never",), "option")})
    assert run_of(never)["invocations"][0]["exitCode"] == 0
    assert run_of(never)["automationDetails"] == {"id": "tcia-policy/"}
    assert not any(each["properties"]["stops"] for each in run_of(never)["results"])


def test_a_place_outside_of_the_repository_is_shown_at_the_project_file() -> None:
    outside = tuple(item.model_copy(update={"at": ("/etc/passwd:3", "../../x.tex:1")}) for item in SAMPLE.findings)
    sample = SAMPLE.model_copy(update={"findings": outside, "project_file": "tcia-policy.yaml"})
    text = render_sarif(sample)
    assert '"uri": "tcia-policy.yaml"' in text
    assert "etc/passwd" not in text
    assert "x.tex" not in text


def test_names_of_files_are_escaped_to_the_same_bytes() -> None:
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run_of(SAMPLES["hostile"])["results"]
    }
    assert HOSTILE_FILE in {unquote(uri) for uri in uris}


def test_nothing_that_hides_or_acts_is_in_it() -> None:
    for sample in SAMPLES.values():
        text = render_sarif(sample)
        assert not {"\x1b", "\u202e", "\x00", "\x9b", "\u200b"} & set(text)
        text.encode("utf-8")


def test_of_too_many_results_the_mildest_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch, judge: Any) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    log = json.loads(render_sarif(SAMPLE))
    found = log["runs"][0]
    assert [result["level"] for result in found["results"]] == ["error", "error"]
    (told,) = found["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith(f"{len(results(SAMPLE)) - 2} more results are left out")
    assert list(judge.iter_errors(log)) == []
