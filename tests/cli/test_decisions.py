"""Decisions of reviewers, as the commands that judge take them and tell of them."""

import json
from pathlib import Path

from tests.cli.run import Ran, run
from tests.engine.reviewed import DISPUTED, STEWARD, concluding, today, write

DAY = "2026-11-22"


def check(folder: Path, *options: str) -> Ran:
    return run("check", folder, "--as-of", DAY, *options)


def accepted(folder: Path) -> None:
    write(folder, DISPUTED)
    decides = today(folder, "license/ct", "cc-noncommercial/ct/train-model")
    write(folder, DISPUTED, [{"kind": "accept", "name": "ct-accept", "decides": decides, **STEWARD}])


def test_what_is_accepted_no_longer_stops_the_check_and_stays_undetermined(tmp_path: Path) -> None:
    accepted(tmp_path)
    ran = check(tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("UNDETERMINED")
    assert "accepted by data-steward (d. ct-accept)" in " ".join(ran.out.split())


def test_without_decisions_it_stops_as_before_and_nothing_is_told_of_them(tmp_path: Path) -> None:
    accepted(tmp_path)
    ran = check(tmp_path, "--no-decisions")
    assert ran.code == 3
    assert "review.yaml is not read, because of --no-decisions" in ran.err
    (tmp_path / "review.yaml").unlink()
    assert ran.out == check(tmp_path).out


def test_the_first_line_alone_says_it(tmp_path: Path) -> None:
    accepted(tmp_path)
    assert "one question open and decided" in check(tmp_path, "-q").out


def test_the_json_has_every_decision_and_the_digest_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    write(tmp_path, DISPUTED, [concluding(tmp_path)])
    printed = json.loads(check(tmp_path, "--format", "json").out)
    (decision,) = printed["review"]["decisions"]
    assert (decision["status"], decision["counts_for"]) == ("counts", ["license/ct"])
    assert printed["review"]["digest"] == printed["versions"]["digests"]["review"]
    assert printed["exit_code"] == 0


def test_a_saved_assessment_with_decisions_is_rendered_as_it_was(tmp_path: Path) -> None:
    accepted(tmp_path)
    saved = tmp_path / "saved.json"
    saved.write_text(check(tmp_path, "--format", "json").out, encoding="utf-8")
    assert run("render", saved, "--format", "markdown").out == check(tmp_path, "--format", "markdown").out


def test_what_does_not_fit_is_an_error_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED, [{"kind": "acept", "name": "a"}])
    ran = check(tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "review.yaml:4: decisions[0].kind: unknown word 'acept'" in ran.err
    assert "did you mean 'accept'?" in ran.err


def test_other_commands_judge_with_what_is_settled(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    write(tmp_path, DISPUTED, [concluding(tmp_path)])
    ran = run("explain", tmp_path, "ct", "--as-of", DAY)
    assert ran.out.startswith("CONDITIONAL")
    assert run("explain", tmp_path, "ct", "--as-of", DAY, "--no-decisions").out.startswith("UNDETERMINED")
    notices = run("notices", tmp_path, "--as-of", DAY, "--format", "markdown")
    assert "BY-NC" not in notices.out


def test_a_hostile_review_is_inert(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    nasty = "\x1b[31m<script>alert(1)</script>\u202e=cmd|' /C calc'!A0 \\input{/etc/passwd} #eval ::error::"
    decides = [{"id": nasty.replace("\x1b", ""), "digest": "a" * 64}]
    refer = {"kind": "refer", "name": "r", "to": nasty.replace("\x1b", ""), "asked_on": "2026-11-01", "reason": "x"}
    write(tmp_path, DISPUTED, [{**refer, "decides": decides, **STEWARD}])
    for form in ("text", "markdown", "html"):
        ran = check(tmp_path, "--format", form)
        assert ran.code == 3, ran.err
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out
        assert form == "text" or "<script>alert" not in ran.out
