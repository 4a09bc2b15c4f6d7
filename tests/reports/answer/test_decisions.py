"""What a reader is told of decisions: those that count, and those that count for nothing with what to do."""

from collections.abc import Mapping
from pathlib import Path

from tcia_policy.model import Assessment
from tcia_policy.reports.answer.decisions import decided_in_words, decisions_told
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.gate.results import results
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.objections import objections
from tcia_policy.reports.screen.screen import render_screen
from tcia_policy.reports.typeset.markdown import render_markdown
from tests.engine.reviewed import COUNSEL, DISPUTED, STEWARD, concluding, judged, today, write


def decided(folder: Path, *decisions: Mapping[str, object]) -> Assessment:
    write(folder, DISPUTED, decisions)
    return judged(folder)


def accepting(folder: Path, **changes: object) -> dict[str, object]:
    decides = today(folder, "license/ct", "cc-noncommercial/ct/train-model")
    return {"kind": "accept", "name": "ct-accept", "decides": decides, "until": "2027-05-01", **STEWARD, **changes}


def test_without_a_review_file_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    found = judged(tmp_path)
    assert decisions_told(found) == ()
    assert "ecision" not in render_screen(found, detail=Detail.ALL)


def test_what_is_accepted_is_told_with_the_role_and_the_last_day(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    found = decided(tmp_path, accepting(tmp_path))
    assert "accepted by data-steward until 2027-05-01 (d. ct-accept)" in render_screen(found, 200)
    assert decided_in_words(["ct-accept"], found) == "accepted by data-steward until 2027-05-01 (d. ct-accept)"
    assert first_line(found).reasons[0] == "one question open and decided"
    assert first_line(found).why_exit == ""


def test_a_conclusion_is_told_where_the_license_is(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    found = decided(tmp_path, concluding(tmp_path))
    screen = render_screen(found, 200)
    assert "CC BY 4.0, concluded by counsel on 2026-11-10" in screen
    memo = render_markdown(found)
    assert "set aside: CC BY\\-NC 4" in memo or "set aside: CC BY-NC 4" in memo


def test_a_rejection_is_the_reason_for_the_exit_code(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    reject: dict[str, object] = {"kind": "reject", "name": "never", "decides": today(tmp_path, "license/ct"), **COUNSEL}
    found = decided(tmp_path, reject)
    assert first_line(found).why_exit == "rejected by counsel"
    assert "exit 1: rejected by counsel" in render_screen(found, 200)


def test_a_rejection_that_another_reviewer_contradicts_leaves_it_open(tmp_path: Path) -> None:
    use = {"purpose": "noncommercial", "activities": ["train-model"]}
    project = {**DISPUTED, "use": use, "data": [{"id": "lidc", "collection": "LIDC-IDRI"}]}
    write(tmp_path, project)
    decides = today(tmp_path, "tcia-no-reidentification:all")
    reject = {"kind": "reject", "name": "stop", "decides": decides, **COUNSEL}
    accept = {"kind": "accept", "name": "go", "decides": decides, **STEWARD}
    write(tmp_path, project, [reject, accept])
    found = judged(tmp_path)
    assert found.exit_code == 3
    assert first_line(found).why_exit == "a rejection is contradicted (d. stop)"
    assert "study-undetermined" in {each.id for each in results(found)}


def test_what_counts_for_nothing_says_why_and_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    stale = [{"id": "license/ct", "digest": "b" * 64}]
    found = decided(tmp_path, accepting(tmp_path, decides=stale))
    screen = render_screen(found, 200)
    assert "review.yaml:3  ct-accept counts for nothing (stale): license/ct is no longer what was decided" in screen
    assert "one decision does not count" in str(first_line(found))
    detailed = render_screen(found, 200, detail=Detail.MORE)
    assert "Changed since it was decided" in detailed
    assert "the review file does not have what it was decided on" in detailed


def test_the_document_has_every_decision_with_its_evidence(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    found = decided(tmp_path, concluding(tmp_path, reason="The archive <b>wrote</b> so."))
    (annex,) = [each for each in review_document(found).sections if each.anchor == "annex-decisions"]
    said = str(annex)
    assert "Jane Doe, counsel" in said
    assert "letter.txt, SHA-256" in said
    assert "<b>" not in render_markdown(found)


def test_what_was_let_pass_is_no_clearance_and_names_the_decision(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    found = decided(tmp_path, accepting(tmp_path))
    first, *_, last = objections(found)
    assert first == "the use as a whole: undetermined"
    assert last.startswith("reviewers let it pass the check, and that clears nothing: ")
    assert "(d. ct-accept)" in last


def test_who_was_asked_and_who_rejects_is_told_apart_from_what_is_decided(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    asked = {"kind": "refer", "name": "asked", "to": "TCIA Help Desk", "asked_on": "2026-11-09"}
    never = {"kind": "reject", "name": "never"}
    decides = today(tmp_path, "license/ct")
    found = decided(tmp_path, *({**each, "decides": decides, **COUNSEL} for each in (asked, never)))
    screen = render_screen(found, 200)
    assert "ASKED       license/ct: referred to TCIA Help Desk" in screen
    assert "REJECTED    license/ct: rejected by counsel" in screen
    assert "DECIDED" not in screen
