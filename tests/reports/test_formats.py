"""The register of report formats: what the command line and the library know of it."""

import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

import tcia_policy
from tcia_policy.errors import InputError
from tcia_policy.model import Assessment
from tcia_policy.reports import formats, write_report
from tcia_policy.reports.formats import (
    CHECKED,
    DOCUMENTS,
    FORMATS,
    IN_FOLDER,
    TEXT,
    TEXTS,
    Format,
    Screen,
    format_named,
)
from tcia_policy.reports.json_report import read_json, render_json
from tests.cli.run import EXAMPLES, run
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE

LIBRARIES = {"docx": "docx", "pdf": "typst"}


@pytest.mark.parametrize("form", TEXTS, ids=lambda form: form.name)
@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR], ids=["sample", "evil", "clear"])
def test_every_report_can_be_made_from_the_json_alone(form: Format, assessment: Assessment) -> None:
    written = form.render(assessment)
    assert written.endswith("\n")
    assert form.render(read_json(render_json(assessment))) == written


@pytest.mark.parametrize("form", [form for form in CHECKED if not form.for_repositories], ids=lambda form: form.name)
def test_the_library_and_the_command_line_write_the_same(form: Format) -> None:
    by_library = tcia_policy.render(tcia_policy.assess(EXAMPLES / "lung-nodules"), form.name)
    assert run("check", "--format", form.name, cwd=EXAMPLES / "lung-nodules").out == by_library


@pytest.mark.parametrize("form", [form for form in TEXTS if form.for_repositories], ids=lambda form: form.name)
def test_the_library_tells_paths_from_the_project_and_the_command_line_from_the_repository(form: Format) -> None:
    by_library = tcia_policy.render(tcia_policy.assess(EXAMPLES / "lung-nodules"), form.name)
    shown = run("check", "--format", form.name, cwd=EXAMPLES / "lung-nodules").out
    assert shown != by_library
    assert shown.replace("examples/lung-nodules/", "") == by_library


def test_the_root_is_the_folder_with_git_at_or_above_the_project_however_it_is_named(tmp_path: Path) -> None:
    lung, link = tmp_path / "studies" / "lung", tmp_path.with_name(f"{tmp_path.name}-link")
    shutil.copytree(EXAMPLES / "lung-nodules", lung)
    link.symlink_to(lung)

    def category(*arguments: str | Path, cwd: Path) -> str:
        return run("check", *arguments, "--format", "sarif", cwd=cwd).out.partition('"id": "tcia-policy/')[2][:13]

    from_root, from_project = "studies/lung/", '"\n   },\n   "'
    assert category("studies/lung", cwd=tmp_path) == from_root
    assert category(lung, cwd=EXAMPLES).startswith(from_project)
    (tmp_path / ".git").mkdir()
    assert category(cwd=lung) == category(link, cwd=EXAMPLES) == from_root
    (tmp_path / ".git").rename(lung / ".git")
    assert category("studies/lung", cwd=tmp_path).startswith(from_project)


def test_only_what_is_for_screens_depends_on_the_screen() -> None:
    narrow = Screen(width=40, color=True)
    assert [form for form in TEXTS if form.render(SAMPLE) != form.render(SAMPLE, narrow)] == [TEXT]


def test_names_and_help_are_in_the_help_of_the_commands() -> None:
    shown = " ".join(run("check", "--help").out.split())
    assert all(f"{form.name}: {form.help}" in shown for form in CHECKED)
    files = " ".join(run("report", "--help").out.split())
    assert all(form.suffix in files for form in DOCUMENTS)
    assert all(f"report{form.suffix}" in files for form in IN_FOLDER)


def test_a_name_that_no_format_has_is_an_error_with_all_names() -> None:
    with pytest.raises(InputError, match="there is no report format 'xlsx'") as caught:
        format_named("xlsx")
    assert caught.value.hint == f"the formats are {', '.join(form.name for form in FORMATS)}"
    ran = run("check", str(EXAMPLES / "lung-nodules"), "--format", "xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: --format: there is no report format 'xlsx'")


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR], ids=["sample", "evil", "clear"])
@pytest.mark.parametrize("form", [form for form in FORMATS if form.extra], ids=lambda form: form.name)
def test_every_file_can_be_made_from_the_json_alone(form: Format, assessment: Assessment) -> None:
    pytest.importorskip(LIBRARIES[form.name])
    assert form.content(read_json(render_json(assessment))) == form.content(assessment)


@pytest.mark.parametrize("form", [form for form in FORMATS if form.extra], ids=lambda form: form.name)
def test_without_its_library_a_format_says_how_to_install_it(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, LIBRARIES[form.name], None)
    monkeypatch.delitem(sys.modules, f"tcia_policy.reports.typeset.{form.name}", raising=False)
    with pytest.raises(InputError, match=f"what writes {form.name} is not installed") as caught:
        form.content(SAMPLE)
    assert caught.value.hint == f"pip install 'tcia-policy[{form.extra}]'"


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_what_is_no_text_is_not_printed_by_check(name: str) -> None:
    ran = run("check", str(EXAMPLES / "lung-nodules"), "--format", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: --format: {name} is no text to print")
    assert f"report -o report.{name}" in ran.err


@pytest.mark.parametrize("form", [form for form in TEXTS if not form.is_checked], ids=lambda form: form.name)
def test_what_check_does_not_print_is_written_by_report(form: Format, tmp_path: Path) -> None:
    ran = run("check", EXAMPLES / "lung-nodules", "--format", form.name)
    assert (ran.code, ran.out) == (2, "")
    assert f"report -o report{form.suffix}" in ran.err
    written = tmp_path / f"report{form.suffix}"
    assert run("report", "-o", written, cwd=EXAMPLES / "lung-nodules").code == 0
    by_library = tcia_policy.render(tcia_policy.assess(EXAMPLES / "lung-nodules"), form.name)
    assert written.read_text(encoding="utf-8") == by_library


def test_a_new_format_is_one_module_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def render_title(assessment: Assessment) -> str:
        return f"{assessment.project.title}\n"

    module = ModuleType("made_up_report")
    monkeypatch.setattr(module, "render_title", render_title, raising=False)
    monkeypatch.setitem(sys.modules, "made_up_report", module)
    new = Format("title", (".title",), "only the title", "made_up_report:render_title")
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, new))
    monkeypatch.setattr(write_report, "IN_FOLDER", (*IN_FOLDER, new))
    assert tcia_policy.render(SAMPLE, "title") == f"{SAMPLE.project.title}\n"
    written = write_report.write_report(SAMPLE, tmp_path)
    assert (tmp_path / "report.title").read_text(encoding="utf-8") == f"{SAMPLE.project.title}\n"
    assert len(written) == len(IN_FOLDER) + 1
