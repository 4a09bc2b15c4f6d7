"""`tcia-policy report`: three files in a folder, or none."""

import os
from pathlib import Path

import pytest

from tcia_policy.reports.formats import DOCUMENTS, Format
from tcia_policy.reports.json_report import read_json
from tests.cli.run import DAY, EXAMPLES, Ran, is_one_clear_error, run

FILES = ["report.html", "report.json", "report.md"]


def report(folder: Path, *options: str) -> Ran:
    return run("report", EXAMPLES / "lung-nodules", "-o", folder, "--as-of", DAY, *options)


def test_a_new_folder_is_made_and_filled(tmp_path: Path) -> None:
    ran = report(tmp_path / "legal" / "review")
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "legal" / "review").iterdir()) == FILES
    assert [line.removeprefix("wrote ") for line in ran.err.splitlines()] == [
        str(tmp_path / "legal" / "review" / name) for name in ("report.html", "report.md", "report.json")
    ]


def test_the_json_is_that_of_check(tmp_path: Path) -> None:
    report(tmp_path)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert text == run("check", EXAMPLES / "lung-nodules", "--format", "json", "--as-of", DAY).out
    read_json(text)


def test_an_earlier_report_is_replaced_only_when_told(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("an older one", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    ran = report(tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {tmp_path / 'report.md'}: exists already")
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "an older one"
    assert not (tmp_path / "report.html").exists()

    assert report(tmp_path, "--overwrite").code == 0
    assert "an older one" not in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_way_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "review").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "review", tmp_path / "review" / "below"):
        ran = report(folder, "--overwrite")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("error: ")
        assert "cannot be written" in ran.err
    assert (tmp_path / "review").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_one_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ran = report(tmp_path / "review")
    tmp_path.chmod(0o700)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written: Permission denied" in ran.err


def test_a_project_that_cannot_be_read_makes_no_folder(tmp_path: Path) -> None:
    ran = run("report", tmp_path / "nowhere.yaml", "-o", tmp_path / "review")
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "review").exists()


def test_a_dash_prints_one_document_and_writes_nothing(tmp_path: Path) -> None:
    study = EXAMPLES / "lung-nodules"
    page = run("report", study, "-o", "-", "--as-of", DAY, cwd=tmp_path)
    assert (page.code, page.err) == (0, "")
    assert page.out.lower().startswith("<!doctype html>")
    as_json = run("report", study, "-o", "-", "--format", "json", "--as-of", DAY, cwd=tmp_path)
    assert as_json.out == run("check", study, "--format", "json", "--as-of", DAY).out
    assert list(tmp_path.iterdir()) == []
    assert "a folder gets every document" in report(tmp_path, "--format", "json").err


def test_fail_on_gives_the_exit_code_of_check(tmp_path: Path) -> None:
    product = ("report", EXAMPLES / "commercial-product", "-o", "-", "--as-of", DAY)
    assert run(*product).code == 0
    assert run(*product, "--fail-on", "prohibited").code == 1
    assert run(*product, "--fail-on", "prohibit").code == 2


def test_a_file_is_written_by_the_ending_of_its_name(tmp_path: Path) -> None:
    report(tmp_path / "folder")
    for name, same in (("a.html", "html"), ("b.HTM", "html"), ("c.md", "md"), ("d.json", "json")):
        ran = report(tmp_path / name)
        assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {tmp_path / name}\n")
        assert (tmp_path / name).read_bytes() == (tmp_path / "folder" / f"report.{same}").read_bytes()


def test_a_file_that_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "review.md"
    path.write_text("signed", encoding="utf-8")
    is_one_clear_error(report(path), f"{path}: exists already")
    assert path.read_text(encoding="utf-8") == "signed"
    assert report(path, "--overwrite").code == 0
    assert path.read_text(encoding="utf-8") != "signed"


def test_a_folder_may_be_called_like_a_file_if_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "all.pdf").mkdir()
    assert report(tmp_path / "all.pdf").code == 0
    assert sorted(path.name for path in (tmp_path / "all.pdf").iterdir()) == FILES
    assert report(tmp_path / "review-1.2").code == 0
    assert (tmp_path / "review-1.2").is_dir()


def test_an_ending_that_no_document_has_is_an_error(tmp_path: Path) -> None:
    is_one_clear_error(report(tmp_path / "review.odt"), "no report is written as .odt", ".html", ".md", ".json")
    for name in ("terms.jsonld", "data.croissant", "study.spdx"):
        is_one_clear_error(
            report(tmp_path / name), f"no report is written as .{name.partition('.')[2]}", ".odrl.jsonld"
        )
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_does_not_fit_the_name_is_an_error(tmp_path: Path) -> None:
    is_one_clear_error(report(tmp_path / "review.md", "--format", "html"), "--format", "review.md", ".html")
    assert report(tmp_path / "review.md", "--format", "markdown").code == 0


@pytest.mark.parametrize("form", [each for each in DOCUMENTS if each.is_linked_data], ids=lambda form: form.name)
def test_what_is_for_machines_is_printed_or_written_by_the_name_of_its_format(form: Format, tmp_path: Path) -> None:
    study = ("report", EXAMPLES / "published-model", "--as-of", DAY, "--format", form.name)
    printed = run(*study)
    assert (printed.code, printed.err) == (0, "")
    for name in (f"report{form.suffix}", "plain.json", "linked.JSONLD"):
        assert run(*study, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8") == printed.out
    others = [each.suffix for each in DOCUMENTS if each != form and each.name != "json"]
    for suffix in (*others, ".txt"):
        assert run(*study, "-o", tmp_path / f"other{suffix}").code == 2
