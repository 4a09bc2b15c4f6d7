"""`tcia-policy review`: what is open is listed, walked through, and decided in review.yaml."""

import os
import pty
import stat
import subprocess
from pathlib import Path

import pytest

from tcia_policy.files import located_yaml
from tcia_policy.files.digests import digest_of_file
from tcia_policy.model.decision import Review
from tcia_policy.model.decision_kinds import PRIVATE_FILE, REVIEW_FILE
from tests.cli.run import COMMAND, DAY, Ran, is_one_clear_error, run
from tests.review.studies import OPEN_STUDY
from tests.work import PATIENCE

MEMO = "Memorandum. The license of these data is CC BY 4.0. Rita Review, counsel, 2026-11-20\n"
ON = ("--as-of", DAY)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "tcia-policy.yaml").write_text(OPEN_STUDY, encoding="utf-8")
    (tmp_path / "memo.txt").write_text(MEMO, encoding="utf-8")
    return tmp_path


def walk(study: Path, *typed: str) -> Ran:
    return run("review", study, "--ask", *ON, typed="".join(f"{line}\n" for line in typed))


def review_of(study: Path) -> Review:
    return located_yaml.read(study / REVIEW_FILE).parse(Review)


CONCLUDE = ("1", "", "conclude:CC-BY-4.0", "memo.txt", "The page says so", "no", "y")


def test_without_a_terminal_it_lists_what_is_open_and_writes_nothing(study: Path) -> None:
    ran = run("review", study, *ON)
    assert ran.code == 0
    assert "QUESTION 1  license/ped (tcia-policy.yaml:13)" in ran.out
    assert "conclude:CC-BY-4.0" in ran.out
    assert ran.out == run("review", study, "--list", *ON).out
    assert not (study / REVIEW_FILE).exists()


def test_duties_of_one_kind_stand_together_and_each_says_whether_it_was_looked_for(study: Path) -> None:
    listed = run("review", study, *ON).out
    assert listed.count("DUTY        Cite the data citation of every dataset that you used") == 1
    assert "            tcia-cite-dataset:10.7937/tcia.x0h0-1706 (unverified)\n" in listed
    assert listed.count("each duty   choices: accept,") == 1


def test_it_says_where_nobody_may_decide(study: Path) -> None:
    assert "nobody may decide" not in run("review", study, *ON).err
    project = study / "tcia-policy.yaml"
    lines = [line for line in OPEN_STUDY.splitlines(keepends=True) if "authors: " not in line]
    project.write_text("".join(lines), encoding="utf-8")
    for form in ("text", "json"):
        ran = run("review", study, *ON, "--list", "--format", form)
        assert (ran.code, ran.err.count("nobody may decide on this project yet")) == (0, 1)


def test_data_are_no_project(tmp_path: Path) -> None:
    (tmp_path / "cohort.txt").write_text("LIDC-IDRI\n", encoding="utf-8")
    for command in (("review",), ("review", "verify"), ("bundle", "-o", tmp_path / "x.zip")):
        is_one_clear_error(run(*command, "LIDC-IDRI"), "no such file or folder", "name a project file")
        is_one_clear_error(
            run(*command, tmp_path / "cohort.txt"), "is no project", "`tcia-policy init DATA` writes one"
        )


def test_a_word_may_be_begun_and_is_asked_again_where_it_is_none(study: Path) -> None:
    ran = walk(study, "1", "", "conclude:CC-BY-4.0", "memo.txt", "The page says so", "maybe", "n", "y", "q")
    assert "'maybe' is none of the words; type one of no, yes" in ran.err
    assert [each.kind for each in review_of(study).decisions] == ["conclude"]


def test_a_license_is_concluded(study: Path) -> None:
    ran = walk(study, *CONCLUDE, "q")
    assert ran.code == 0
    (decision,) = review_of(study).decisions
    assert (decision.name, decision.kind, decision.by, decision.role) == (
        "ped-license",
        "conclude",
        "Rita Review",
        "counsel",
    )
    assert "1 decision written" in ran.err
    assert "+  - name: ped-license\n" in ran.out
    assert set(review_of(study).bases) == {each.digest for each in decision.decides}  # type: ignore[union-attr]


def test_the_document_is_hashed(study: Path) -> None:
    walk(study, *CONCLUDE, "q")
    (decision,) = review_of(study).decisions
    assert decision.evidence is not None
    assert decision.evidence.path == "memo.txt"
    assert decision.evidence.sha256 == digest_of_file(study / "memo.txt")


def test_a_private_reason_is_in_its_own_file_that_nobody_else_reads(study: Path) -> None:
    ran = walk(study, *CONCLUDE[:4], "Only between us", "yes", "y", "q")
    private = study / PRIVATE_FILE
    assert private.read_text(encoding="utf-8").endswith("reasons:\n  ped-license: Only between us\n")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert "between us" not in (study / REVIEW_FILE).read_text(encoding="utf-8")
    assert "between us" not in ran.out
    for command in ("check", "review"):
        assert "between us" not in run(command, study, "--format", "json", *ON).out


def test_nothing_is_written_without_a_yes(study: Path) -> None:
    ran = walk(study, *CONCLUDE[:-1], "", "q")
    assert "nothing is written" in ran.err
    assert not (study / REVIEW_FILE).exists()


def test_who_stops_in_the_middle_keeps_what_was_written_and_nothing_half(study: Path) -> None:
    ran = walk(study, *CONCLUDE, "answer:permitted", "Some Owner")
    assert ran.code == 0
    assert [each.name for each in review_of(study).decisions] == ["ped-license"]
    assert "1 decision written" in ran.err


def test_what_is_wrong_is_said_at_once_and_asked_again(study: Path) -> None:
    ran = walk(study, "1", "", "waive", "because", "granted", "", "", "someday", "", "", "", "s", "q")
    for said in (
        "'because' is none of the words",
        "'someday' is not a day",
        "is missing: this decision rests on a document",
    ):
        assert said in ran.err
    assert not (study / REVIEW_FILE).exists()


def test_a_document_outside_of_the_folder_is_not_opened(study: Path) -> None:
    ran = walk(study, "1", "", "1", "/etc/hostname", "", "s", "q")
    assert "leads out of the project's folder" in ran.err


def test_a_choice_that_is_none_is_asked_again(study: Path) -> None:
    ran = walk(study, "9", "Rita", "1", "tomorrow", "1", "", "99", "acept", "q")
    assert "type a number from 1 to 2" in ran.err
    assert "'tomorrow' is not a day" in ran.err
    assert "'acept' is no choice; did you mean 'accept'?" in ran.err
    assert ran.err.endswith("nothing is written\n")


def test_a_second_decision_stands_below_the_first_and_comments_stay(study: Path) -> None:
    walk(study, *CONCLUDE, "q")
    path = study / REVIEW_FILE
    path.write_text("# ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = path.read_text(encoding="utf-8").split("bases:")[0]
    walk(study, "1", "", "s", "s", "refer", "The owner", "", "", "", "", "y", "q")
    assert path.read_text(encoding="utf-8").startswith(before)
    assert len(review_of(study).decisions) == 2


def test_a_project_without_reviewers_says_what_to_write(study: Path) -> None:
    text = OPEN_STUDY.replace("reviewers:\n", "").replace("  - {name: Rita Review, role: counsel}\n", "")
    text = text.replace("  - {name: Dan Data, role: data-steward}\n", "")
    (study / "tcia-policy.yaml").write_text(text, encoding="utf-8")
    is_one_clear_error(run("review", study, "--ask"), "reviewers: nobody may decide without it", "reviewers: [{name:")


def test_who_wrote_the_project_has_to_be_named_too(study: Path) -> None:
    text = OPEN_STUDY.replace("authors: [Ann Author]\n", "")
    (study / "tcia-policy.yaml").write_text(text, encoding="utf-8")
    is_one_clear_error(run("review", study, "--ask"), "authors: nobody may decide without it")


def test_who_was_asked_is_shown_the_next_time(study: Path) -> None:
    walk(study, "1", "", "s", "s", "refer", "The owner", "", "", "", "", "y", "q")
    (decision,) = review_of(study).decisions
    said = f"asked already: The owner on {DAY} ({decision.name})"
    assert said in " ".join(run("review", study, *ON).out.split())
    assert said in walk(study, "1", "", "s", "s", "q").err


def test_a_decision_that_would_count_for_nothing_is_told_before_it_is_written(study: Path) -> None:
    project = study / "tcia-policy.yaml"
    project.write_text(
        OPEN_STUDY.replace("counsel}", "counsel}\n  - {name: Rita Reviewer, role: steward}"), encoding="utf-8"
    )
    waive = ("waive", "does-not-apply", "Rita Reviewer", "steward", "2029-01-01", "memo.txt", "", "n")
    ran = walk(study, "1", "", *waive, "q")
    assert "ped-license-waived would count for nothing (unfounded): it runs to 2029-01-01" in ran.err
    assert not (study / REVIEW_FILE).exists()


def test_a_decision_is_taken_back_by_another(study: Path) -> None:
    walk(study, "1", "", "accept", "", "", "", "", "y", "q")
    (accepted,) = review_of(study).decisions
    typed = "1\n\n\n\nWe looked again\nno\ny\n"
    ran = run("review", study, "--supersede", accepted.name, *ON, typed=typed)
    assert (ran.code, "1 decision written" in ran.err) == (0, True)
    _, taken_back = review_of(study).decisions
    assert (taken_back.kind, taken_back.reason) == ("supersede", "We looked again")
    assert taken_back.name == f"{accepted.name}-taken-back"
    listed = " ".join(run("review", study, *ON).out.split())
    assert f"{accepted.name}: accept, superseded" in listed
    assert f"{taken_back.name}: supersede, counts" in listed


def test_a_name_that_no_decision_has_is_not_taken_back(study: Path) -> None:
    walk(study, *CONCLUDE, "q")
    ran = run("review", study, "--supersede", "ped-licence", *ON)
    is_one_clear_error(ran, "--supersede: there is no decision 'ped-licence'", "did you mean 'ped-license'?")


def test_what_is_decided_is_not_asked_again(study: Path) -> None:
    walk(study, "1", "", "accept", "", "", "", "", "y", "q")
    (decision,) = review_of(study).decisions
    assert f"decided: {decision.name}" in run("review", study, *ON).out
    assert "QUESTION 1  license/ped" not in walk(study, "1", "", "q").err


def test_a_review_file_in_brackets_is_not_added_to(study: Path) -> None:
    walk(study, *CONCLUDE, "q")
    path = study / REVIEW_FILE
    data = review_of(study).model_dump_json(by_alias=True, exclude_none=True)
    path.write_text(data, encoding="utf-8")
    ran = walk(study, "1", "", "s", "s", "refer", "The owner", "", "", "", "", "y")
    assert "is not written on lines of its own" in ran.err
    assert path.read_text(encoding="utf-8") == data


def test_on_a_terminal_it_asks(study: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "review", str(study), *ON], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=study
    ) as running:
        os.close(theirs)
        os.write(ours, b"q\n")
        assert running.wait(timeout=PATIENCE) == 0
        assert running.stdout is not None
        assert running.stdout.read() == b""
    os.close(ours)
