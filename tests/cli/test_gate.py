"""`--fail-on` and the gate of a project, as a pipeline sees them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.model.gate import NEVER, WRITTEN
from tests.cli.run import DAY, Project, Ran, run

UNVERIFIED = "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{dataset: LIDC-IDRI}]\n"
UNDETERMINED = "use: {purpose: noncommercial, activities: [publish-results]}\ndata: [{other: {name: Hospital CT}}]\n"
GATE = "gate: {fail_on: [unverified, stale]}\n"
LENIENT = "gate: {fail_on: [prohibited]}\n"


def check(path: Path, *options: str) -> Ran:
    return run("check", path, "--as-of", DAY, *options)


def test_the_gate_of_the_project_decides_and_the_last_line_says_so(project: Project) -> None:
    ran = check(project(UNVERIFIED + GATE))
    assert (ran.code, ran.err) == (3, "")
    assert "\nexit 3: stopped by unverified, as the gate says; without it, exit 0" in ran.out
    ran = check(project(UNDETERMINED + LENIENT))
    assert (ran.code, ran.err) == (0, "")
    assert "\nexit 0: the gate stops on prohibited; without it, exit 3" in ran.out


def test_the_first_line_alone_does_not_say_so_and_stderr_does(project: Project) -> None:
    ran = check(project(UNVERIFIED + GATE), "-q")
    assert (ran.code, ran.out.count("\n")) == (3, 1)
    assert ran.err == "exit 3, because of the project's gate (fail_on: unverified,stale); without it, exit 0\n"


def test_of_json_stderr_says_so_and_both_exit_codes_are_there(project: Project) -> None:
    ran = check(project(UNVERIFIED + GATE), "--format", "json")
    assert ran.code == 3
    assert ran.err == "exit 3, because of the project's gate (fail_on: unverified,stale); without it, exit 0\n"
    assert '"exit_code": 3,\n    "stopped_by": [' in ran.out
    assert ran.out.endswith('"exit_code": 0\n}\n')


def test_the_option_takes_the_place_of_the_project_s_gate_and_says_so(project: Project) -> None:
    ran = check(project(UNVERIFIED + GATE), "--fail-on", "undetermined")
    assert ran.code == 0
    assert ran.err == "--fail-on takes the place of the project's gate (fail_on: unverified, stale)\n"
    assert check(project(UNDETERMINED + LENIENT), "--fail-on", "never").code == 0
    assert check(project(UNDETERMINED + LENIENT), "--fail-on", "undetermined").code == 3


@pytest.mark.parametrize("command", ["report", "notices"])
def test_the_gate_stops_what_writes_files_too(project: Project, tmp_path: Path, command: str) -> None:
    path, out = project(UNVERIFIED + GATE), tmp_path / "out"
    ran = run(command, path, "--as-of", DAY, "-o", out)
    assert ran.code == 3
    assert "exit 3, because of the project's gate (fail_on: unverified,stale); without it, exit 0\n" in ran.err
    assert run(command, path, "--as-of", DAY, "-o", out, "--overwrite", "--fail-on", "never").code == 0


def test_a_saved_assessment_keeps_its_gate(project: Project, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(check(project(UNVERIFIED + GATE), "--format", "json").out, encoding="utf-8")
    assert run("render", saved).code == 3
    assert run("render", saved, "--fail-on", "never").code == 0
    saved.write_text(saved.read_text("utf-8").replace('"exit_code": 3', '"exit_code": 0'), encoding="utf-8")
    ran = run("render", saved)
    assert (ran.code, ran.out) == (2, "")
    assert "gate: does not follow" in ran.err


def test_a_list_is_written_with_commas_or_by_repeating(project: Project) -> None:
    path = project(UNVERIFIED)
    one = check(path, "--fail-on", "Unverified, expiring:30")
    assert one == check(path, "--fail-on", "unverified", "--fail-on", "expiring:30")
    assert one.code == 3


@pytest.mark.parametrize(
    ("given", "problem", "hint"),
    [
        ("undetermind", "unknown value 'undetermind'", "did you mean 'undetermined'?"),
        ("prohibited,expiring", "unknown value 'expiring'", "such as expiring:30"),
        ("never,stale", "never and other words exclude each other", "leave one out"),
        (",", "unknown value ''", "use some of prohibited, open"),
    ],
)
def test_a_word_that_is_none_is_an_error_before_anything_is_written(
    project: Project, tmp_path: Path, given: str, problem: str, hint: str
) -> None:
    out = tmp_path / "out"
    for command in (("check",), ("report", "-o", out), ("notices", "-o", out)):
        ran = run(*command, project(UNVERIFIED), "--fail-on", given)
        assert (ran.code, ran.out) == (2, "")
        assert f"error: --fail-on: {problem}\n" in ran.err
        assert hint in ran.err
    assert not out.exists()


def test_bad_words_in_a_project_are_told_at_once_with_their_lines(project: Project) -> None:
    ran = check(project(UNVERIFIED + "gate:\n  fail_on:\n    - unverifed\n    - expiring\n    - never\n"))
    assert (ran.code, ran.out) == (2, "")
    assert ":5: gate.fail_on[0]: unknown result (found 'unverifed')\n  did you mean 'unverified'?" in ran.err
    assert ":6: gate.fail_on[1]: unknown result (found 'expiring')" in ran.err
    assert ":7: gate.fail_on[2]: is no gate (found 'never')\n  leave `gate` out" in ran.err


def test_the_help_has_every_word() -> None:
    shown = "".join(run("check", "--help").out.split())
    assert "|".join((*WRITTEN, NEVER)) in shown


REVIEWED = UNDETERMINED + "authors: [Ann Archer]\nreviewers: [{name: R. Lee, role: data-steward}]\n"


def accepted(path: Path, until: str) -> Path:
    """Accept everything that is open in a project, as a reviewer would have it written; return the review file."""
    matters = json.loads(check(path, "--format", "json").out)["matters"]
    decides = [{"id": each["id"], "digest": each["digest"]} for each in matters if each["kind"] == "question"]
    made = {
        "kind": "accept",
        "name": "hospital",
        "decides": decides,
        "by": "R. Lee",
        "role": "data-steward",
        "on": "2026-11-01",
        "until": until,
    }
    review = path.with_name("review.yaml")
    review.write_text(json.dumps({"decisions": [made]}, indent=1), encoding="utf-8")
    return review


def alerts(path: Path, *options: str) -> tuple[int, dict[str, dict[str, Any]]]:
    ran = check(path, "--format", "sarif", *options)
    found = json.loads(ran.out)["runs"][0]["results"]
    return ran.code, {each["properties"]["id"]: each for each in found}


def test_what_was_accepted_opens_the_gate_until_it_ends_or_the_facts_change(project: Project) -> None:
    path = project(REVIEWED)
    asked = next(iter(alerts(path)[1]))
    assert alerts(path)[0] == 3
    accepted(path, until="2026-12-01")
    code, found = alerts(path)
    assert code == 0
    assert found[asked]["suppressions"][0]["status"] == "accepted"
    assert alerts(path, "--fail-on", "stale")[0] == 0
    code, found = alerts(path, "--fail-on", "stale,expiring:30")
    assert code == 3
    assert found["expiring/hospital"]["properties"]["stops"]
    assert [each["message"]["text"] for each in found.values() if each["properties"]["stops"]] == [
        "Decision hospital ends on 2026-12-01. accepted by data-steward until 2026-12-01"
    ]
    path.write_text(REVIEWED.replace("Hospital CT", "Hospital CT, license: CC-BY-9.0"), encoding="utf-8")
    code, found = alerts(path, "--fail-on", "prohibited,stale")
    assert code == 3
    told = found["decision/hospital"]
    assert told["level"] == "warning"
    place = told["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("review.yaml")
    assert place["region"]["startLine"] > 1
    assert check(path, "--fail-on", "prohibited").code == 0
    assert check(path).code == 3


def test_a_decision_that_ended_is_stale(project: Project) -> None:
    path = project(REVIEWED)
    accepted(path, until="2026-11-20")
    code, found = alerts(path, "--fail-on", "prohibited,stale")
    assert code == 3
    assert found["decision/hospital"]["ruleId"] == "decision-expired"
    assert not [each for each in found.values() if each.get("suppressions", [{}])[0].get("status") == "accepted"]


HOSTILE = r"""
title: "<script>alert(1)</script> \u202e ::error file=x::y ##[set-env name=A;]B ]]> \e[31m =cmd|' /C calc'!A0"
use: {purpose: commercial, activities: [train-model, use-in-product]}
data:
  - {dataset: NSCLC-Radiomics}
  - {other: {name: "\u202eevil]]><b>\n::warning ::x \\input{/etc/passwd} #eval(1)"}}
manuscript: ["pa\n::error ::per\e[31m.tex"]
"""


def test_nothing_that_a_project_says_is_active_in_any_format(project: Project) -> None:
    path = project(HOSTILE)
    path.with_name("pa\n::error ::per\x1b[31m.tex").write_text("We used LIDC-IDRI CT.\n\\input{/etc/passwd}\n")
    printed = {form: check(path, "--format", form).out for form in ("sarif", "junit", "github", "gitlab")}
    for text in printed.values():
        assert not {"\x1b", "\u202e"} & set(text)
        assert "root:" not in text
    uris = re.findall(r'"uri": "([^"]+)"', printed["sarif"])
    assert "pa%0A%3A%3Aerror%20%3A%3Aper%1B%5B31m.tex" in uris
    assert all(line.startswith(("::notice ", "::error ", "::warning ")) for line in printed["github"].splitlines())
    assert not {"<script", "]]>"} & set(re.findall(r"<script|\]\]>", printed["junit"]))
    assert "pa\n::error ::per\x1b[31m.tex" in {each["location"]["path"] for each in json.loads(printed["gitlab"])}
