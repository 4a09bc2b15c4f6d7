"""The wheel, in an empty environment away from the checkout, does the main job as the checkout does."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.run import DAY, EXAMPLES, run

ROOT = Path(__file__).resolve().parents[1]
CHECK = ("check", "lung-nodules", "--format", "json", "--as-of", DAY)


def called(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with no trace of the checkout in its environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist, and the wheel that was built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    done = called(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and what it needs, pinned, into a fresh environment; return its folder of programs."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(folder)
    python = folder / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    pip = (sys.executable, "-m", "pip", "--python", python)
    done = called(*pip, "install", "-q", "--no-compile", "-c", constraints, wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    return python.parent


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_has_every_rule_every_fact_and_every_template(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"tcia_policy/_shipped/{name}" for name in files_below(ROOT / "rules") | files_below(ROOT / "data")}
    assert shipped <= inside
    assert len(shipped) > 400
    package = {name for name in files_below(ROOT / "policy" / "tcia_policy") if "__pycache__" not in name}
    assert {name.removeprefix("policy/") for name in package} <= inside
    assert any(name.endswith(".jinja") for name in inside)


def test_the_wheel_has_nothing_that_is_not_for_its_users(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("tcia_policy/", f"tcia_policy-{version('tcia-policy')}.dist-info/")), name
        assert "test_" not in Path(name).name
        assert "__pycache__" not in name


def test_the_sdist_has_what_the_wheel_is_made_of_and_nothing_of_the_machine_it_was_made_on(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "data/index.json", "policy/tcia_policy/version.py"} <= names
    assert not any("__pycache__" in name or name.startswith((".venv", ".git/", "dist")) for name in names)


def test_the_installed_program_gives_the_same_answer_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "lung-nodules", tmp_path / "lung-nodules")
    there = called(installed / "tcia-policy", *CHECK, cwd=tmp_path)
    here = run(*CHECK, cwd=tmp_path)
    assert (there.returncode, there.stderr) == (here.code, "")
    assert there.stdout == here.out


def test_the_installed_program_needs_no_duckdb_to_look_series_up(installed: Path, tmp_path: Path) -> None:
    look = "from importlib.util import find_spec; print(find_spec('duckdb'), find_spec('idc_index_data'))"
    assert called(installed / "python", "-c", look, cwd=tmp_path).stdout == "None None\n"
    uid = "1.3.6.1.4.1.14519.5.2.1.6279.6001.179049373636438705059720603192"
    done = called(installed / "tcia-policy", "resolve", uid, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("RESOLVE  1 dataset, 1 series, 70.0 MB.\n\nLIDC-IDRI  1 series  70.0 MB  CC BY 3.0\n")
    assert done.stdout == run("resolve", uid).out


def test_what_needs_more_than_is_installed_says_so_in_one_line(installed: Path, tmp_path: Path) -> None:
    done = called(installed / "python", "-m", "tcia_policy.importers", ".", "-o", "data", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: idc-index-data is not installed\n  pip install 'tcia-policy[bulk]'")
    assert not (tmp_path / "data").exists()


def test_the_installed_program_writes_a_report(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "commercial-product", tmp_path / "study")
    done = called(installed / "tcia-policy", "report", "study", "-o", "review", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Breast-Cancer-Screening-DBT" in (tmp_path / "review" / "report.html").read_text(encoding="utf-8")


def test_the_installed_program_reads_its_own_rules_and_data(installed: Path, tmp_path: Path) -> None:
    locate = "from tcia_policy.files.shipped import shipped; print(shipped('rules')); print(shipped('data'))"
    for line in called(installed / "python", "-c", locate, cwd=tmp_path).stdout.splitlines():
        assert Path(line).is_relative_to(installed.parent)
        assert Path(line).is_dir()


def test_the_version_is_that_of_the_metadata(installed: Path, wheel: Path, tmp_path: Path) -> None:
    by_metadata = "from importlib.metadata import version; print(version('tcia-policy'))"
    number = called(installed / "python", "-c", by_metadata, cwd=tmp_path).stdout.strip()
    assert called(installed / "tcia-policy", "--version", cwd=tmp_path).stdout == f"tcia-policy {number}\n"
    assert wheel.name.startswith(f"tcia_policy-{number}-")
    assert number == version("tcia-policy")
