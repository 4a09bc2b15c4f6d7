"""What the commands write changes no verdict and no duty, wherever it lies and however it is named."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tcia_policy.reports.formats import DOCUMENTS, Format
from tests.cli.run import COMMAND, DAY, SOURCE, run
from tests.work import PATIENCE

ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCE}
PAPER = "# Nodules in CT\n\nWe trained a network on computed tomography.\n"
PROJECT = (
    "title: Nodules\n"
    "use: {purpose: noncommercial, activities: [publish-results, release-model], country: US,\n"
    "  outputs: [{kind: model, license: CC-BY-4.0}]}\n"
    "positions: {model-is-adaptation: false}\n"
    "data: [{dataset: LIDC-IDRI, obtained_from: %s}]\n"
    "manuscript: [.]\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "paper.md").write_text(PAPER, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(PROJECT % "tcia", encoding="utf-8")
    return tmp_path


def decided(study: Path) -> dict[str, object]:
    ran = run("check", study, "--format", "json", "--as-of", DAY)
    told = json.loads(ran.out)
    duties = {duty["id"]: duty["status"] for duty in told["duties"]}
    return {"code": ran.code, "files": told["manuscript"]["files"], "duties": duties, "verdicts": told["verdicts"]}


def problems(study: Path) -> str:
    told = json.loads(run("check", study, "--format", "json", "--as-of", DAY).out)
    return "\n".join(told["manuscript"]["problems"])


def write_all(study: Path, folder: Path) -> None:
    for command in ("report", "notices"):
        assert run(command, study, "-o", folder / command, "--as-of", DAY).code == 0
    assert run("cite", study, "--format", "text", "-o", folder / "references.txt", "--as-of", DAY).code == 0
    assert run("cite", study, "-o", folder / "cited.bib", "--as-of", DAY).code == 0


def test_a_report_and_notices_in_the_folder_meet_no_duty(study: Path) -> None:
    before = decided(study)
    assert before["code"] == 1
    write_all(study, study / "out")
    after = decided(study)
    assert after | {"files": ()} == before | {"files": ()}
    assert set(after["files"]) <= {"paper.md", "out/cited.bib"}  # type: ignore[call-overload]
    assert "files that tcia-policy wrote were not read" in problems(study)


def test_neither_do_they_under_other_names_and_alone(study: Path) -> None:
    before = decided(study)
    write_all(study, study / "out")
    for number, path in enumerate(sorted((study / "out").rglob("*.*"))):
        if path.suffix != ".bib":
            shutil.copy(path, study / f"chapter-{number}{path.suffix}")
    shutil.rmtree(study / "out")
    after = decided(study)
    assert after == before
    for path in sorted(study.glob("chapter-*")):
        named = run("check", study, "--manuscript", path, "--format", "json", "--as-of", DAY)
        told = json.loads(named.out)["manuscript"]
        assert told["files"] == []
        assert "was written by tcia-policy" in told["problems"][0]


def test_a_statement_that_its_author_pasted_or_made_their_own_counts(study: Path) -> None:
    write_all(study, study / "out")
    statement = (study / "out" / "notices" / "data-availability.md").read_text(encoding="utf-8")
    shutil.rmtree(study / "out")
    open_before = decided(study)["duties"]
    (study / "paper.md").write_text(f"{PAPER}\n## Data\n\n{statement}", encoding="utf-8")
    pasted = decided(study)["duties"]
    assert pasted != open_before
    (study / "paper.md").write_text(PAPER, encoding="utf-8")
    (study / "data.md").write_text(statement, encoding="utf-8")
    assert decided(study)["duties"] == open_before
    (study / "data.md").write_text(statement.partition("\n")[2], encoding="utf-8")
    assert decided(study)["duties"] == pasted


def test_a_report_is_no_evidence_of_an_agreement_and_a_card_none_of_a_license(tmp_path: Path) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(PROJECT % "tcia", encoding="utf-8")
    write_all(tmp_path, tmp_path / "out")
    (tmp_path / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [analyze], country: US}\n"
        "data: [{dataset: LIDC-IDRI, obtained_from: kaggle, license_file: out/notices/CARD-model.md}]\n"
        "permissions: [{dataset: LIDC-IDRI, grants: commercial-use, from: TCIA, on: 2026-01-02,"
        " evidence: out/report/report.md}]\n",
        encoding="utf-8",
    )
    told = json.loads(run("check", tmp_path, "--format", "json", "--as-of", DAY).out)
    assert [each["problem"] for each in told["evidence"]] == [
        "out/report/report.md is no document; tcia-policy wrote it"
    ]
    assert "was written by tcia-policy" in json.dumps(told["holdings"])


@pytest.mark.parametrize("form", [each for each in DOCUMENTS if each.extra is None], ids=lambda form: form.name)
def test_a_document_in_a_folder_that_is_published_states_nothing_of_the_release(form: Format, study: Path) -> None:
    def read() -> tuple[int, object]:
        ran = run("check", study, "--release", study / "model", "--format", "json", "--as-of", DAY)
        return ran.code, {key: value for key, value in json.loads(ran.out).items() if key in ("verdicts", "findings")}

    (study / "model").mkdir()
    (study / "model" / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# A model\n", encoding="utf-8")
    before = read()
    assert run("report", study, "-o", study / "model" / f"a{form.suffix}", "--as-of", DAY).code == 0
    assert read() == before


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--format", "markdown"),
        ("cite", "--format", "text"),
        ("what-if",),
    ],
    ids=" ".join,
)
def test_what_is_printed_into_a_file_of_the_folder_meets_no_duty(command: tuple[str, ...], study: Path) -> None:
    before = decided(study)
    name, *options = command
    for suffix in ("txt", "md"):
        with (study / f"printed.{suffix}").open("wb") as stream:
            subprocess.run(
                [*COMMAND, name, str(study), *options], stdout=stream, check=False, timeout=PATIENCE, env=ENVIRONMENT
            )
    assert (study / "printed.txt").stat().st_size > 100
    assert decided(study) == before


def test_what_is_for_programs_is_printed_as_it_is(study: Path) -> None:
    path = study / "refs.bib"
    with path.open("wb") as stream:
        subprocess.run([*COMMAND, "cite", str(study)], stdout=stream, check=True, timeout=PATIENCE, env=ENVIRONMENT)
    assert path.read_text(encoding="utf-8") == run("cite", study).out
