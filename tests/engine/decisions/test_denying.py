"""A reviewer's no, and a project that says yes: the stricter of the two counts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tcia_policy.model import Verdict
from tcia_policy.model.decision_kinds import DecisionStatus
from tests.engine.reviewed import COUNSEL, DOCUMENT, STEWARD, judged, read, today, write

RULE = "nih-models-ask-the-committee"
ASKED: Mapping[str, Any] = {
    "use": {"purpose": "noncommercial", "activities": ["train-model"], "country": "US"},
    "data": [{"id": "moonshot", "dataset": "CMB-LCA", "distributions": ["48125"]}],
    "agreements": [
        {
            "id": "dbgap",
            "accession": "phs002192",
            "approved_on": "2026-01-10",
            "evidence": {"held_by": "Contracts office, no. 12"},
        }
    ],
    "authors": ["Ann Author"],
    "reviewers": [{"name": "Jane Doe", "role": "counsel"}, {"name": "Max Roe", "role": "data-steward"}],
}
YES = {
    "rule": RULE,
    "data": "moonshot",
    "says": "permitted",
    "activities": ["train-model"],
    "from": "NCI Data Access Committee",
    "on": "2026-05-10",
    "evidence": {"held_by": "Contracts office, no. 14"},
}
MODEL: Mapping[str, Any] = {
    "use": {
        "purpose": "noncommercial",
        "activities": ["release-model"],
        "outputs": [{"kind": "model", "license": "MIT"}],
        "country": "US",
    },
    "data": [{"id": "lungs", "dataset": "NSCLC-Radiomics"}],
    "authors": ["Ann Author"],
    "reviewers": [{"name": "Jane Doe", "role": "counsel"}],
}


def no(folder: Path) -> dict[str, Any]:
    write(folder, ASKED)
    asked = [each.id for each in judged(folder).matters if each.id.startswith(f"{RULE}/moonshot/")]
    reply = {"kind": "answer", "name": "dac", "says": "prohibited", "from": "NCI Data Access Committee"}
    return {**reply, "decides": today(folder, *asked), **STEWARD, "evidence": DOCUMENT}


def test_a_no_of_a_reviewer_counts_beside_a_yes_that_the_project_records(tmp_path: Path) -> None:
    decision = no(tmp_path)
    write(tmp_path, {**ASKED, "answers": [YES]})
    assert judged(tmp_path).verdict is not Verdict.PROHIBITED
    write(tmp_path, {**ASKED, "answers": [YES]}, [decision])
    found = judged(tmp_path)
    assert read(found)["dac"].status is DecisionStatus.COUNTS
    assert found.verdict is Verdict.PROHIBITED


def test_a_no_to_what_is_another_question_by_now_leaves_the_yes_of_the_project(tmp_path: Path) -> None:
    decision = no(tmp_path)
    stale = {**decision, "decides": [{"id": each["id"], "digest": "0" * 64} for each in decision["decides"]]}
    write(tmp_path, {**ASKED, "answers": [YES]})
    before = judged(tmp_path)
    write(tmp_path, {**ASKED, "answers": [YES]}, [stale])
    found = judged(tmp_path)
    assert read(found)["dac"].status is not DecisionStatus.COUNTS
    assert found.verdicts == before.verdicts


def position(folder: Path, value: bool) -> dict[str, Any]:
    write(folder, MODEL)
    decided = today(folder, "positions.model-is-adaptation")
    taken = {"kind": "position", "name": "model", "decides": decided, "value": value}
    return {**taken, **COUNSEL, "evidence": DOCUMENT}


def test_the_stricter_position_counts_whether_the_project_or_a_reviewer_takes_it(tmp_path: Path) -> None:
    yes, not_so = position(tmp_path, True), position(tmp_path, False)
    by_project = {"value": False, "by": "Office of Counsel", "on": "2026-03-02", "evidence": "letter.txt"}

    write(tmp_path, {**MODEL, "positions": {"model-is-adaptation": by_project}})
    alone = judged(tmp_path)
    write(tmp_path, {**MODEL, "positions": {"model-is-adaptation": by_project}}, [yes])
    denied = judged(tmp_path)
    assert read(denied)["model"].status is DecisionStatus.COUNTS
    assert denied.verdict.severity > alone.verdict.severity
    seen = next(each for each in denied.evidence if each.field == "positions.model-is-adaptation")
    assert seen.problem == "the decision model says otherwise"

    write(tmp_path, {**MODEL, "positions": {"model-is-adaptation": {**by_project, "value": True}}}, [not_so])
    kept = judged(tmp_path)
    assert read(kept)["model"].status is DecisionStatus.CONTRADICTED
    assert kept.verdict is denied.verdict
