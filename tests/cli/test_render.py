"""`tcia-policy render`: a report of a saved assessment, with the bytes of `report` and `check`."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tcia_policy.reports.formats import CHECKED, DOCUMENTS, FORMATS
from tests.cli.run import DAY, EXAMPLES, SOURCE, is_one_clear_error, run
from tests.work import PATIENCE

STUDY = EXAMPLES / "lung-nodules"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.json"
    path.write_text(run("check", STUDY, "--as-of", DAY, "--format", "json").out, encoding="utf-8")
    return path


def test_it_prints_what_check_prints(saved: Path, tmp_path: Path) -> None:
    outside = shutil.copytree(STUDY, tmp_path / "outside")  # of a repository, at whose root some paths begin
    for form in CHECKED:
        checked = run("check", "--as-of", DAY, "--format", form.name, cwd=outside)
        assert run("render", saved, "--format", form.name, cwd=tmp_path).out == checked.out
    assert run("render", saved).out == run("check", "--as-of", DAY, cwd=STUDY).out
    assert run("render", saved).code == 0


@pytest.mark.parametrize("suffix", [form.suffix for form in DOCUMENTS])
def test_a_file_has_the_bytes_of_report(saved: Path, tmp_path: Path, suffix: str) -> None:
    assert run("report", STUDY, "--as-of", DAY, "-o", tmp_path / f"a{suffix}").code == 0
    ran = run("render", saved, "-o", tmp_path / f"b{suffix}")
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {tmp_path / f'b{suffix}'}\n")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_folder_gets_what_report_writes_into_it(saved: Path, tmp_path: Path) -> None:
    run("report", STUDY, "--as-of", DAY, "-o", tmp_path / "a")
    run("render", saved, "-o", tmp_path / "b")
    assert [(path.name, path.read_bytes()) for path in sorted((tmp_path / "a").iterdir())] == [
        (path.name, path.read_bytes()) for path in sorted((tmp_path / "b").iterdir())
    ]


def test_what_is_there_is_kept(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "review.md").write_text("signed", encoding="utf-8")
    is_one_clear_error(run("render", saved, "-o", tmp_path / "review.md"), "review.md: exists already")
    is_one_clear_error(run("render", saved, "-o", saved, "--overwrite"), "saved.json: was read, and would be lost")
    assert (tmp_path / "review.md").read_text(encoding="utf-8") == "signed"


def test_fail_on_gives_the_exit_code_of_check(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    product = EXAMPLES / "commercial-product"
    path.write_text(run("check", product, "--as-of", DAY, "--format", "json").out, encoding="utf-8")
    assert run("render", path).code == 0
    assert run("render", path, "--fail-on", "prohibited").code == 1


def test_what_is_no_assessment_is_one_clear_error(saved: Path, tmp_path: Path) -> None:
    written = json.loads(saved.read_text(encoding="utf-8"))
    path = tmp_path / "other.json"
    for content, complaint in (
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "is not an assessment"),
        (json.dumps(written | {"schema_version": "99.0"}), "which is newer than this program"),
        (json.dumps(written | {"schema_version": "1.0"}), "which this program does not read"),
        (json.dumps(written | {"more": 1}), "more: unknown key"),
        (json.dumps({name: value for name, value in written.items() if name != "project"}), "project: missing"),
    ):
        path.write_text(content, encoding="utf-8")
        is_one_clear_error(run("render", path), f"{path}: ", complaint)
    path.write_bytes(b"\xff\xfe\x00")
    is_one_clear_error(run("render", path), "is not UTF-8 text")
    is_one_clear_error(run("render", tmp_path / "nowhere.json"), "no such file")
    is_one_clear_error(run("render", tmp_path), "is a directory")
    is_one_clear_error(run("render", STUDY / "tcia-policy.yaml"), "is not JSON")


def test_a_name_that_no_format_has_is_an_error_with_all_names(saved: Path) -> None:
    is_one_clear_error(run("render", saved, "--format", "odt"), *[form.name for form in FORMATS])


def test_no_library_of_another_format_is_loaded(saved: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tcia_policy.reports import formats;"
        "from tcia_policy.reports.json_report import read_assessment;"
        "formats.TEXT.render(read_assessment(Path(sys.argv[1])));"
        "print([name for name in ('docx', 'typst', 'pypdf', 'duckdb') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, saved],
        cwd=tmp_path,
        env={"PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout == "[]\n"


def test_what_was_made_milder_by_hand_is_refused(tmp_path: Path) -> None:
    printed = json.loads(run("check", EXAMPLES / "commercial-product", "--as-of", DAY, "--format", "json").out)
    for key, value in (("verdict", "permitted"), ("exit_code", 0), ("findings", [])):
        path = tmp_path / "saved.json"
        path.write_text(json.dumps({**printed, key: value}), encoding="utf-8")
        is_one_clear_error(run("render", path), "does not follow from")
