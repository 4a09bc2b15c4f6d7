"""`tcia-policy diff` and `report --diff`: what changed since an earlier check."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tcia_policy.reports.formats import DOCUMENTS
from tests.cli.run import DAY, EXAMPLES, HOUSE, PROGRAM, SOURCE, is_one_clear_error, run
from tests.work import PATIENCE

STUDY = EXAMPLES / "commercial-product"
NOT_COMMERCIAL = ("--set", "use.purpose=noncommercial")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the study as it was, when it was not commercial, and as it is."""
    folder = tmp_path_factory.mktemp("saved")
    before, after = folder / "before.json", folder / "after.json"
    for path, options in ((before, NOT_COMMERCIAL), (after, ())):
        ran = run("check", STUDY, "--as-of", DAY, "--format", "json", *options)
        path.write_text(ran.out, encoding="utf-8")
    return before, after


def test_the_exit_code_says_whether_something_is_worse(saved: tuple[Path, Path]) -> None:
    before, after = saved
    worse, better, same = run("diff", before, after), run("diff", after, before), run("diff", before, before)
    assert (worse.code, better.code, same.code) == (1, 0, 0)
    assert worse.out.startswith("WORSE  4 verdicts are worse and 1 thing that the project states changed; the\n")
    assert better.out.startswith("BETTER  4 verdicts are better and 1 thing that the project states changed; the")
    assert same.out.startswith("THE SAME  Nothing changed.\n")
    assert (worse.err, better.err, same.err) == ("", "", "")


def test_a_project_is_judged_as_it_is(saved: tuple[Path, Path]) -> None:
    before, after = saved
    assert run("diff", before, STUDY, "--as-of", DAY).out == run("diff", before, after).out
    assert run("diff", STUDY / "tcia-policy.yaml", after, "--as-of", DAY).code == 0


def test_one_of_them_may_come_from_stdin(saved: tuple[Path, Path]) -> None:
    before, after = saved
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, "diff", "-", str(after)],
        input=before.read_bytes(),
        env={**os.environ, "PYTHONPATH": SOURCE},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout.decode() == run("diff", before, after).out
    is_one_clear_error(run("diff", "-", "-"), "both cannot be read from stdin")


def test_json_says_the_same(saved: tuple[Path, Path]) -> None:
    ran = run("diff", *saved, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["turn"], found["exit_code"]) == (1, "worse", 1)
    assert found["summary"].startswith("WORSE: 4 verdicts are worse")
    assert {each["after"] for each in found["verdicts"]} == {"prohibited"}


def test_what_is_no_assessment_is_told_for_both_at_once(tmp_path: Path, saved: tuple[Path, Path]) -> None:
    (tmp_path / "old.json").write_text('{"schema_version": "3.0"}', encoding="utf-8")
    (tmp_path / "new.json").write_text("[]", encoding="utf-8")
    ran = run("diff", "old.json", "new.json", cwd=tmp_path)
    assert ran.code == 2
    assert "old.json: schema_version: has the form '3.0', which this program does not read" in ran.err
    assert "new.json: schema_version: is not an assessment" in ran.err
    changed = json.loads(saved[1].read_text(encoding="utf-8"))
    changed["verdicts"][0]["verdict"] = "permitted"
    (tmp_path / "new.json").write_text(json.dumps(changed), encoding="utf-8")
    is_one_clear_error(run("diff", saved[0], "new.json", cwd=tmp_path), "new.json: verdicts: does not follow")


def test_a_report_begins_with_what_changed_in_every_format(saved: tuple[Path, Path], tmp_path: Path) -> None:
    before, _ = saved
    for form in DOCUMENTS:
        path = tmp_path / f"report{form.suffix}"
        ran = run("report", STUDY, "--as-of", DAY, "-o", path, "--diff", before)
        assert (ran.code, ran.err) == (0, f"wrote {path}\n")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text.index(f"## What changed since {DAY}") < text.index("What was asked")
    assert "4 verdicts are worse" in text
    assert "## Annex on changes" in text
    again = tmp_path / "again.md"
    run("render", tmp_path / "report.json", "-o", again)
    assert again.read_bytes() == (tmp_path / "report.md").read_bytes()


def test_the_earlier_assessment_is_never_replaced(saved: tuple[Path, Path], tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_bytes(saved[0].read_bytes())
    ran = run("report", STUDY, "--as-of", DAY, "-o", mine, "--diff", mine, "--overwrite")
    is_one_clear_error(ran, "was read, and would be lost")
    assert mine.read_bytes() == saved[0].read_bytes()


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a study as saved when a reviewer accepted what is open, and as it is now, with another license."""
    folder = tmp_path_factory.mktemp("decided")
    study = folder / "study"
    shutil.copytree(STUDY, study)
    project = study / "tcia-policy.yaml"
    people = "authors: [Ann Archer]\nreviewers: [{name: Rita Reviewer, role: counsel}]\n"
    project.write_text(project.read_text(encoding="utf-8") + people, encoding="utf-8")
    listed = json.loads(run("review", study, "--list", "--as-of", DAY, "--format", "json").out)
    [question] = [each for each in listed["entries"] if each["kind"] == "question"]
    accepted = {
        "kind": "accept",
        "name": "hospital",
        "decides": question["matters"],
        "by": "Rita Reviewer",
        "role": "counsel",
        "on": "2026-11-20",
        "reason": "Rita Reviewer has seen the contract.",
    }
    (study / "review.yaml").write_text(json.dumps({"decisions": [accepted]}), encoding="utf-8")
    saved = folder / "saved.json"
    saved.write_text(run("check", study, "--as-of", DAY, "--format", "json").out, encoding="utf-8")
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("LicenseRef-internal", "LicenseRef-other"), encoding="utf-8")
    return saved, study


def test_a_decision_on_what_changed_is_stale_and_shown_side_by_side(decided: tuple[Path, Path]) -> None:
    ran = run("diff", *decided, "--as-of", DAY, "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 1
    [question] = found["questions"]
    assert (question["became"], question["decisions"]) == ("stale", ["hospital"])
    assert any("LicenseRef-internal" in line for line in question["lost"])
    assert any("LicenseRef-other" in line for line in question["gained"])
    [decision] = found["decisions"]
    assert (decision["before"], decision["after"], decision["turn"]) == ("counts", "stale", "worse")
    assert [each["item"] for each in found["licenses"]] == ["Hospital CT 2023"]


def test_names_and_reasons_are_left_out_of_what_is_shared(decided: tuple[Path, Path], tmp_path: Path) -> None:
    saved, study = decided
    for form in ("text", "markdown", "json"):
        assert "Rita" not in run("diff", *decided, "--as-of", DAY, "--redact", "--format", form).out
    ran = run("report", study, "--as-of", DAY, "-o", tmp_path / "r.json", "--diff", saved, "--redact")
    assert (ran.code, ran.err) == (0, f"wrote {tmp_path / 'r.json'}\n")
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert "Rita" not in text
    assert json.loads(text)["changes"]["turn"] == "worse"
    assert run("render", tmp_path / "r.json", "-o", tmp_path / "r.md").code == 0


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (HOUSE.replace("The board decided so.", "So the board has decided."), None),
        (HOUSE.replace("Minutes", "Minutes of the board"), None),
        (
            HOUSE.replace("when: {use.activity: release-model}", "when: {use.activity: [release-model, teach]}"),
            ("prohibited if use.activity = release-model", "prohibited if use.activity = release-model or teach"),
        ),
    ],
    ids=["words", "title-of-source", "substance"],
)
def test_a_rule_changed_only_where_its_substance_did(tmp_path: Path, now: str, says: tuple[str, str] | None) -> None:
    saved = []
    for name, text in (("before", HOUSE), ("after", now)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "house.yaml").write_text(text, encoding="utf-8")
        ran = run(*("check", EXAMPLES / "lung-nodules", "--as-of", DAY, "--format", "json", "--rules", tmp_path / name))
        saved.append(tmp_path / f"{name}.json")
        saved[-1].write_text(ran.out, encoding="utf-8")
    found = json.loads(run("diff", *saved, "--format", "json").out)
    assert [each["what"] for each in found["versions"]] == ["rules", "house rules"]
    assert [(each["id"], each["lost"], each["gained"]) for each in found["rules"]] == (
        [] if says is None else [("house-no-release", [says[0]], [says[1]])]
    )
    assert found["turn"] == "neither"
    assert found["verdicts"] == found["questions"] == found["duties"] == []


def test_a_later_day_alone_is_no_change(saved: tuple[Path, Path], tmp_path: Path) -> None:
    later = tmp_path / "later.json"
    ran = run("check", STUDY, "--as-of", "2026-11-25", "--format", "json")
    later.write_text(ran.out, encoding="utf-8")
    assert run("diff", saved[1], later).out == (
        "THE SAME  Nothing changed.\nAs of 2026-11-25 against 2026-11-22: prohibited.\n"
    )


def test_a_lock_is_no_assessment_and_the_error_says_what_compares_with_it(tmp_path: Path) -> None:
    (tmp_path / "tcia-policy.lock").write_text("{}", encoding="utf-8")
    ran = run("diff", "tcia-policy.lock", STUDY, cwd=tmp_path)
    is_one_clear_error(ran, "tcia-policy.lock: is a lock, and no assessment")
    assert "check --locked" in ran.err
