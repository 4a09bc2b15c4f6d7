"""`tcia-policy what-if`: what would the verdict be for each activity and purpose?"""

import json
from pathlib import Path

import pytest

from tcia_policy.model import Activity
from tests.cli.run import DAY, EXAMPLES, Project, Ran, run

NODULES = EXAMPLES / "lung-nodules"
PRODUCT = EXAMPLES / "commercial-product"


def what_if(*arguments: str | Path) -> Ran:
    ran = run("what-if", *arguments, "--as-of", DAY)
    assert ran.code == 0
    return ran


def test_the_answer_for_both_purposes_comes_first() -> None:
    lines = what_if(NODULES).out.splitlines()
    assert lines[0] == "WHAT IF  Malignancy of lung nodules from deep ensembles"
    assert lines[1] == "  commercial: prohibited for all activities"
    assert lines[2].startswith("  noncommercial (as the project states): permitted for analyze, ")


def test_data_items_and_activities_that_are_alike_are_told_once() -> None:
    out = what_if(NODULES).out
    assert "\nLIDC-IDRI, CPTAC-LUAD  " in out
    assert out.count("\n  clinical-use ") == 1
    assert len(out.splitlines()) < 66


def test_what_would_change_it_names_the_rule_and_the_remedy() -> None:
    out = " ".join(what_if(NODULES).out.split())
    assert "What would change it, if commercial prohibited NSCLC-Radiomics, all activities:" in out
    assert "[cc-noncommercial]" in out
    assert "for a commercial license and record it under `permissions`" in out
    assert "What would change it, if noncommercial question NSCLC-Radiomics, " in out
    assert "says: prohibited, from: ..., on: ..., evidence: ...}] -> prohibited" in out
    assert "use-hosted-service" in what_if(NODULES, "-v").out.split("if noncommercial\n")[1]


@pytest.mark.parametrize("name", ["NSCLC-Radiomics", "nsclc radiomics", "10.7937/K9/TCIA.2015.PF0M9REI"])
def test_the_study_without_a_data_item_in_any_spelling(name: str) -> None:
    out = what_if(NODULES, "--without", name).out
    assert "commercial without NSCLC-Radiomics: permitted for analyze" in " ".join(out.split())
    assert "The study with NSCLC-Radiomics, and without" in out
    assert "\nNSCLC-Radiomics  " not in out
    assert "It is supposed that the manuscript no longer says that they were used." in out


def test_several_data_items_can_be_left_out_and_json_has_before_and_after() -> None:
    told = json.loads(
        what_if(PRODUCT, "--without", "Phantom FDA", "--without", "NSCLC-Radiomics", "--format", "json").out
    )
    assert told["without"] == ["NSCLC-Radiomics", "Phantom FDA"]
    assert {holding["name"] for holding in told["holdings"]}.isdisjoint(told["without"])
    assert [each["purpose"] for each in told["before"]] == [each["purpose"] for each in told["suppositions"]]
    assert len(told["suppositions"][0]["whole"]) == len(Activity)


def test_leaving_out_what_does_not_matter_changes_nothing() -> None:
    ran = what_if(PRODUCT, "--without", "LIDC-IDRI")
    assert "The study with LIDC-IDRI, and without: no activity has another verdict." in ran.out


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["NSCLC-Radiomic"], "--without: the project has no data item 'NSCLC-Radiomic'"),
        (["LIDC-IDRI", "NSCLC-Radiomics", "CPTAC-LUAD"], "--without: no data item is left"),
    ],
)
def test_what_cannot_be_left_out_is_one_error(names: list[str], said: str) -> None:
    ran = run("what-if", NODULES, *(word for name in names for word in ("--without", name)))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_ten_data_items_alike_are_one_block(project: Project) -> None:
    names = ["LIDC-IDRI", "4D-Lung", "LungCT-Diagnosis", "SPIE-AAPM Lung CT Challenge", "QIN LUNG CT"]
    data = "\n".join(f"  - {{dataset: {name}}}" for name in [*names, *names])
    out = what_if(project(f"use: {{purpose: noncommercial}}\ndata:\n{data}\n")).out
    assert out.count("commercial     noncommercial\n") == 1
    assert len(out.splitlines()) < 45


def test_names_from_the_project_do_not_reach_the_terminal_as_controls(project: Project) -> None:
    path = project('title: "a\\u001b[31m"\ndata: [{other: {name: "Clinic\\u001b[31m", license: CC-BY-NC-4.0}}]\n')
    for more in ((), ("-v",), ("--format", "json")):
        assert "\x1b" not in what_if(path, *more).out
